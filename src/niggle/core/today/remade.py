"""When a standing calendar no longer says what its week should hold, and why: what it was made for against today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from niggle.core.ids import digest_json
from niggle.core.outcomes import Light
from niggle.core.plan import FAST_KINDS, RUN_KINDS, Availability, ItemKind, Placed, PlanFacts, RunStatus, WeekItem
from niggle.core.rehab import PlanState
from niggle.core.today.race_week import RacesOfWeek
from niggle.core.week.rules import FLOATING

Stand = tuple[str, ...]
BREAK_STAND: Final = "break walks"
_WORSE: Final = (Light.GREEN.value, Light.CANNOT_SAY.value)
_STATUS: Final = {
    RunStatus.PAUSED: "pause", RunStatus.CONTINUING: "resume", RunStatus.LADDER: "ladder_start",
    RunStatus.BUILDING: "ladder_done", RunStatus.FULL: "full",
}  # fmt: skip


def stand_of(
    light: Light, states: Sequence[PlanState], races: RacesOfWeek, facts: PlanFacts, start: date, walks: bool = False
) -> Stand:
    """What a calendar of the seven days from `start` is made for, in words that can be compared.

    walks: the way back after weeks without a run.
    Steps of a ladder and doses are not among it: every session is done at its day's own.
    """
    found = [f"light {light.value}"]
    for s in states:
        elements = "+".join(sorted(o.element.value for o in s.opened)) or "-"
        found.append(f"plan {s.plan.id} {int(s.phase)} {s.status.value} {s.locked or '-'} {elements}")
    refused = {a.race.id for a in races.refused} | set(races.away)
    found += [
        f"race {a.race.id} {a.race.on.isoformat()} {'out' if a.race.id in refused else 'in'}" for a in races.advice
    ]
    found += [f"race-after {p.item.id} {p.on.isoformat()} in" for p in races.after]
    for day in (start + timedelta(days=n) for n in range(7)):
        away = facts.away(day)
        if away is not None:
            found.append(f"away {day.isoformat()} {away.kind.value} {'still' if away.no_running else 'runs'}")
    if walks:
        found.append(BREAK_STAND)
    found.append(f"hours {_hours(facts.availability)}")
    return tuple(found)


def _hours(has: Availability) -> str:
    """The week she has, as a digest: hours, wishes, gym visits and what is at hand."""
    wishes = sorted(f"{w.kind.value} {w.weekday} {w.value}" for w in has.wishes)
    windows = sorted([w.weekday, w.start_min, w.minutes, w.gym] for w in has.windows)
    return digest_json([windows, wishes, has.gym_visits, sorted(has.equipment)])[:16]


def why_again(made_for: Stand, now: Stand) -> tuple[str, ...]:
    """Why the calendar is to be made again: names of causes, none where it still holds.

    A light that gets better opens nothing by itself, except that running comes back after red.
    """
    if not made_for:
        return ()
    was, is_ = (dict(map(_split, stand)) for stand in (made_for, now))
    found: dict[str, None] = {}
    for key in dict.fromkeys((*was, *is_)):
        before, after = was.get(key), is_.get(key)
        if before != after:
            found.update(dict.fromkeys(_causes(key.split(" ")[0], before, after)))
    return tuple(found)


def _split(line: str) -> tuple[str, list[str]]:
    words = line.split(" ")
    named = 1 if words[0] in ("light", "hours") else 2
    return " ".join(words[:named]), words[named:]


def _causes(what: str, before: list[str] | None, after: list[str] | None) -> list[str]:
    if what == "light":
        assert before is not None
        assert after is not None
        return _light(before[0], after[0])
    if what == "plan":
        if before is None or after is None:
            return ["plan_start" if before is None else "plan_end"]
        return _plan(before, after)
    if what == "hours" and before is None:
        return []  # of a calendar that was made before hours were noted
    if what == "break":
        return ["break_over" if after is None else "break"]
    return ["race" if what in ("race", "race-after") else what]


def _light(before: str, after: str) -> list[str]:
    if after == Light.RED.value:
        return ["red"]
    if after == Light.YELLOW.value and before in _WORSE:
        return ["yellow"]
    return ["red_over"] if before == Light.RED.value and after != Light.CANNOT_SAY.value else []


def _plan(before: list[str], after: list[str]) -> list[str]:
    found = []
    if before[0] != after[0]:
        found.append("phase_forward" if int(after[0]) > int(before[0]) else "phase_back")
    if before[1] != after[1]:
        found.append(_STATUS[RunStatus(after[1])])
    if before[2] != after[2]:
        found.append("unlock" if after[2] == "-" else "lock")
    if before[3] != after[3]:
        found.append("elements")
    return found


def begun_today(planned: Sequence[Placed], before: Sequence[Placed], today: date) -> tuple[Placed, ...]:
    """Today's sessions of a calendar that were done, or of which a part was: they stay where they are.

    before: what was done (core.rehab.surroundings).
    """
    done = [p.item for p in before if p.on == today and p.done]
    ticked = {pair for i in done for pair in i.exercises}
    runs = sum(i.kind in RUN_KINDS for i in done)
    kinds = [i.kind for i in done if not i.exercises and i.kind not in RUN_KINDS]
    found: list[Placed] = []
    fast_first = sorted(
        (p for p in planned if p.on == today), key=lambda p: (p.item.kind not in FAST_KINDS, p.start_min)
    )
    for p in fast_first:
        item = p.item
        if item.kind is ItemKind.STRIDES:
            begun = any(i.kind in RUN_KINDS for i in done)
        elif item.kind in RUN_KINDS:
            begun, runs = runs > 0, runs - 1
        elif item.exercises:
            begun = bool(ticked.intersection(item.exercises))
        elif begun := item.kind in kinds:
            kinds.remove(item.kind)
        if begun:
            found.append(p)
    return tuple(sorted(found, key=lambda p: (p.start_min, p.item.id)))


def named_apart(items: Sequence[WeekItem], begun: Sequence[Placed]) -> tuple[WeekItem, ...]:
    """The items to be placed under names that no session of today has: an open page goes on finding its session."""
    taken = {p.item.id for p in begun}
    return tuple(replace(i, id=f"{i.id}-again") if i.id in taken else i for i in items)


def kept_floating(begun: Sequence[Placed]) -> tuple[Placed, ...]:
    """Daily sets and walks among them: the day has its own already."""
    return tuple(p for p in begun if p.item.kind in FLOATING)
