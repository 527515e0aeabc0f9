"""A dose at a level: at 0 every quantity stands at its start, each level is one step of the first that may grow.

Quantities grow in the order that the dose names; "load" comes last and has no end.
"""

from __future__ import annotations

from math import ceil

from niggle.core.exercise import DoseToday, GrowingDose, Quantity

LOAD = "load"


def dose_at(dose: GrowingDose, level: int) -> DoseToday:
    """The dose in plain numbers. A level below 0 is 0; one above the last is the last."""
    left = max(0, level)
    values: dict[str, float | None] = {
        "sets": dose.sets.start,
        "reps": None if dose.reps is None else dose.reps.start,
        "hold_s": None if dose.hold_s is None else dose.hold_s.start,
        "minutes": None if dose.minutes is None else dose.minutes.start,
    }
    load_steps = 0
    for name in dose.grows:
        if name == LOAD:
            load_steps, left = left, 0
            break
        quantity: Quantity | None = getattr(dose, name)
        if quantity is None:
            continue
        taken = min(left, _steps(quantity))
        values[name] = _value(quantity, taken)
        left -= taken
    reps, sets = values["reps"], values["sets"]
    return DoseToday(
        round(sets or 0),
        None if reps is None else round(reps),
        values["hold_s"],
        values["minutes"],
        dose.tempo,
        dose.weight,
        dose.sides,
        dose.per_day,
        dose.rest_s,
        load_steps,
        dose.load_note,
        dose.note,
    )


def level_cap(dose: GrowingDose) -> int | None:
    """The last level at which something still grows; None where the load grows without end."""
    if LOAD in dose.grows:
        return None
    return sum(_steps(q) for name in dose.grows if (q := getattr(dose, name)) is not None)


def grows_load(dose: GrowingDose, level: int) -> bool:
    """Whether the next level is a heavier weight: that wants her word that the last repetitions were easy."""
    if LOAD not in dose.grows:
        return False
    return level >= sum(_steps(q) for n in dose.grows if n != LOAD and (q := getattr(dose, n)) is not None)


def _steps(quantity: Quantity) -> int:
    """Levels from start to target, the last one perhaps a smaller step."""
    distance = quantity.target - quantity.start
    return 0 if quantity.step == 0 or distance / quantity.step <= 0 else ceil(distance / quantity.step - 1e-9)


def _value(quantity: Quantity, steps: int) -> float:
    if steps >= _steps(quantity):
        return quantity.target if steps else quantity.start
    return quantity.start + steps * quantity.step


def minutes_of_dose(dose: DoseToday, both_sides: bool) -> float:
    """About how long it takes, rests included (heuristic: three seconds a repetition without a tempo)."""
    if dose.minutes is not None:
        work_s = dose.minutes * 60.0
    else:
        one_s = 3.0 if dose.tempo is None else dose.tempo.up_s + dose.tempo.hold_s + dose.tempo.down_s
        hold_s = dose.hold_s or 0.0
        work_s = hold_s if dose.reps is None else dose.reps * max(one_s, hold_s)
    sides = 2 if both_sides else 1
    rest_s = dose.rest_s if dose.rest_s is not None else 30.0
    return (dose.sets * (work_s * sides + rest_s)) / 60.0
