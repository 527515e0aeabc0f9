"""A card of the coach, and the routines as cards: exercises with dose and when they are done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from niggle.core.coach import RoutineOf
from niggle.core.condition import Dose, Span
from niggle.core.knowledge_types import Knowledge
from niggle.core.routine import RoutineItem, Slot
from niggle.wording.lists import listed, lowered
from niggle.wording.race import Ask

_NBSP: Final = "\u00a0"
_SLOTS: Final[Mapping[Slot, str]] = {
    Slot.BEFORE_RUN: "before a run",
    Slot.AFTER_RUN: "after a run",
    Slot.DAILY: "on any day",
    Slot.EVENING: "in the evening",
    Slot.SESSION: "",
}


@dataclass(frozen=True, slots=True)
class Card:
    """summary: at most 140 characters. label: "rule of thumb" where no study stands behind it. items: (exercise, text).

    urgent: help for a person in danger; it stands first and is the only thing that may be loud.
    """

    id: str
    title: str
    summary: str
    lines: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    label: str = ""
    urgent: bool = False
    rules: tuple[str, ...] = ()
    items: tuple[tuple[str, str], ...] = ()


_CARDS: Final = {"daily-prevention": "prevention", "warm-up": "warm_up", "strength-template": "strength"}


def routine_card(r: RoutineOf, known: Knowledge) -> Card:
    routine = r.routine
    name = _CARDS[routine.id]
    if r.plan_first:
        text = "Your plan's own strength comes first; this general set is for the time after it."
        return Card(name, routine.name, text, rules=(r.reason.rule,))
    often = "" if routine.per_week is None else f", {_times(routine.per_week)} a week"
    lines = list(routine.rules)
    if r.left_out:
        names = listed([lowered(known.exercises[e].name) for e, _ in r.left_out], "and")
        lines.append(f"Left out because of what is open: {names}.")
    if not r.may_run and name == "prevention":
        lines.append("On days with a run there is a little more, before and after it.")
    items = tuple((i.dose.exercise, item_line(i, known)) for i in r.items)
    summary = f"{routine.purpose} {range_words(routine.minutes.low, routine.minutes.high)}{_NBSP}min{often}."
    return Card(name, routine.name, summary, tuple(lines), rules=(r.reason.rule,), items=items)


def item_line(item: RoutineItem, known: Knowledge) -> str:
    """Plank: 1 x 45 s, 3 times a week, on any day."""
    name = known.exercises[item.dose.exercise].name
    parts = [amount(item.dose), "each side" if item.each_side else "", _SLOTS[item.slot]]
    parts += ["if you like" if item.optional else "", item.dose.note or ""]
    said = ", ".join(p for p in parts if p)
    return f"{name}: {said}" if said else name


def amount(dose: Dose) -> str:
    """2 to 3 x 8 to 12, 1 x 45 s, 5 to 10 min, 3 times a week."""
    sets = "" if dose.sets is None else _span(dose.sets)
    core = sets
    if dose.reps is not None:
        core = f"{sets or '1'} x {_span(dose.reps)}"
    elif dose.hold_s is not None:
        core = f"{sets} x {_span(dose.hold_s)}{_NBSP}s" if sets else f"{_span(dose.hold_s)}{_NBSP}s"
    elif dose.minutes is not None:
        core = f"{_span(dose.minutes)}{_NBSP}min"
    often = ""
    if dose.per_week is not None:
        often = "every day" if dose.per_week.low >= 7 else f"{_times(dose.per_week)} a week"
    return ", ".join(p for p in (core, often) if p)


def range_words(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _span(span: Span) -> str:
    return range_words(span.low, span.high)


def _times(span: Span) -> str:
    named = {(1, 1): "once", (2, 2): "twice"}
    return named.get((int(span.low), int(span.high)), f"{_span(span)} times")
