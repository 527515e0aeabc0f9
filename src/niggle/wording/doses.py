"""A dose in words: sets, repetitions or seconds, tempo, side, how heavy, how often, and how it may grow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from niggle.core.body import Side
from niggle.core.exercise import DoseToday, ExerciseKind, GrowingDose, Quantity, Sides, Tempo, Weight
from niggle.wording.units import pain

_NBSP: Final = "\u00a0"  # a number and its unit stay on one line
_WEIGHTS: Final = {
    Weight.NONE: None,
    Weight.BODY: None,
    Weight.LIGHT: "A light weight or none: it should feel easy to the end.",
    Weight.MODERATE: "A moderate weight: it works you, but it is no struggle.",
    Weight.EFFORT: "Heavy enough that the last three take effort.",
}
_LOADS: Final = {Weight.LIGHT: "light weight", Weight.MODERATE: "moderate weight", Weight.EFFORT: "heavy"}
_EFFORT_HOLD: Final = "Heavy enough that the last seconds take effort."
_TIMES: Final = {1: "once", 2: "twice"}


def dose_line(dose: DoseToday, side: Side | None = None) -> str:
    """3 x 15, 2 s up, 1 s hold, 4 s down, each side, heavy."""
    parts = [_amount(dose)]
    if dose.tempo is not None:
        parts.append(tempo_line(dose.tempo))
    parts += [_side(dose.sides, side), _LOADS.get(dose.weight, "")]
    return ", ".join(p for p in parts if p)


def _amount(dose: DoseToday) -> str:
    if dose.minutes is not None:
        whole = f"{_short(dose.minutes)}{_NBSP}min"
        return whole if dose.sets <= 1 else f"{dose.sets} x {whole}"
    if dose.reps is None:
        return f"{dose.sets}" if dose.hold_s is None else f"{dose.sets} x {_short(dose.hold_s)}{_NBSP}s"
    held = "" if not dose.hold_s else f", {_short(dose.hold_s)}{_NBSP}s held each"
    return f"{dose.sets} x {dose.reps}{held}"


def tempo_line(tempo: Tempo) -> str:
    """2 s up, 1 s hold, 4 s down; what takes no time is left out."""
    parts = ((tempo.up_s, "up"), (tempo.hold_s, "hold"), (tempo.down_s, "down"))
    return ", ".join(f"{_short(seconds)}{_NBSP}s {word}" for seconds, word in parts if seconds > 0)


def _side(sides: Sides, side: Side | None) -> str:
    match sides:
        case Sides.EACH:
            return "each side"
        case Sides.SORE:
            if side in (Side.LEFT, Side.RIGHT):
                return f"{side.value} side only"
            return "both sides" if side is Side.BOTH else "the sore side"
        case Sides.TOGETHER:
            return ""


def easy_question(dose: DoseToday, kinds: Sequence[ExerciseKind] = ()) -> str:
    """Whether its end was easy, asked of what can be counted or held; empty for a stretch and for minutes."""
    if dose.minutes is not None or (kinds and kinds[0] in (ExerciseKind.MOBILITY, ExerciseKind.SELF_MASSAGE)):
        return ""
    if dose.reps is None:
        return "" if dose.hold_s is None else "Were the last seconds of the hold easy?"
    return "Were the last three repetitions easy?"


def dose_notes(dose: DoseToday) -> tuple[str, ...]:
    """How heavy, how often a day, the pause, and what else belongs to it; one sentence each."""
    notes: list[str] = []
    heavy = _EFFORT_HOLD if dose.weight is Weight.EFFORT and dose.reps is None else _WEIGHTS[dose.weight]
    if heavy is not None:
        notes.append(heavy)
    if dose.load_steps > 0:
        raised = "once" if dose.load_steps == 1 else f"{times_word(dose.load_steps)}"
        how = f" ({_lowered(dose.load_note)})" if dose.load_note else ""
        notes.append(f"More than at first: raised {raised}{how}.")
    if dose.per_day > 1:
        notes.append(f"{times_word(dose.per_day).capitalize()} a day.")
    if dose.rest_s is not None and dose.sets > 1:
        notes.append(f"Rest {_rest(dose.rest_s)} between sets.")
    if dose.note:
        notes.append(stopped(dose.note))
    return tuple(notes)


def times_line(per_week_low: int, per_week_high: int, per_day: int = 1) -> str:
    """5 to 7 days a week; twice a day, every day; once a week."""
    day = f"{times_word(per_day)} a day, " if per_day > 1 else ""
    if per_week_low == per_week_high:
        if per_week_low >= 7:
            return f"{day}every day"
        return f"{day}{times_word(per_week_low)} a week" if not day else f"{day}{per_week_low} days a week"
    return f"{day}{per_week_low} to {per_week_high} days a week"


def growing_line(dose: GrowingDose) -> str:
    """3 x 10, growing to 3 x 15, then heavier: from the first dose to the target."""
    first, last = _of(dose, target=False), _of(dose, target=True)
    line = first if first == last else f"{first}, growing to {last}"
    if "load" in dose.grows:
        line += ", then heavier"
    if dose.tempo is not None:
        line += f"; {tempo_line(dose.tempo)}"
    return line


def _of(dose: GrowingDose, *, target: bool) -> str:
    def at(quantity: Quantity | None, name: str) -> float | None:
        if quantity is None:
            return None
        return quantity.target if target and name in dose.grows else quantity.start

    reps, sets = at(dose.reps, "reps"), at(dose.sets, "sets")
    return _amount(
        DoseToday(
            round(sets or 0),
            None if reps is None else round(reps),
            at(dose.hold_s, "hold_s"),
            at(dose.minutes, "minutes"),
            None,
            dose.weight,
            dose.sides,
            dose.per_day,
            dose.rest_s,
        )
    )


def pain_line(pain_max: float) -> str:
    """How much an exercise may hurt."""
    if pain_max <= 0:
        return "It must not hurt at all; stop at the first pain."
    return f"Pain up to {pain(pain_max)} is fine if it is gone by the next morning."


def stopped(text: str) -> str:
    """A note as a sentence: capital first, full stop last."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "?", ":")) else ".")


def _lowered(text: str) -> str:
    text = text.strip().rstrip(".")
    return f"{text[:1].lower()}{text[1:]}" if text[1:2].islower() or text[1:2] == " " else text


def times_word(times: int) -> str:
    """once, twice, 4 times."""
    return _TIMES.get(times, f"{times} times")


def _rest(seconds: float) -> str:
    if seconds >= 120 and seconds % 60 == 0:
        return f"{seconds / 60:g}{_NBSP}min"
    return f"{_short(seconds)}{_NBSP}s"


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
