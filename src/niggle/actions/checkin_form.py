"""The answers of a check-in's interview, from any face, as the plain entry that core reads.

What was not answered is left out: unknown is not no.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, Protocol

from niggle.core.checkin import Moment
from niggle.core.units import M_PER_KM, length_m
from niggle.wording.interview import DAY, MORNING, Step
from niggle.wording.told import ASKED

PAIN_FIELD: Final[Mapping[str, str]] = {
    DAY: "pain_max",
    Moment.BEFORE.value: "pain_before",
    Moment.DURING.value: "pain_max",
    Moment.AFTER.value: "pain_after",
    Moment.EVENING.value: "pain_evening",
    MORNING: "pain_morning",
}
_COURSES: Final[Mapping[str, Mapping[str, bool]]] = {
    "flat": {"built_up": False, "late_onset": False},
    "eased": {"built_up": False, "late_onset": False},
    "built": {"built_up": True},
    "late": {"late_onset": True},
    "no_run": {},
}
NONE: Final = "none"
UNUSUAL: Final = "unusual"  # answers that are facts of their own, not part of the entry


class Form(Protocol):
    """Answers by name, several of a name where several can hold (Django's QueryDict)."""

    def get(self, key: str, default: Any = None, /) -> Any: ...
    def getlist(self, key: str, /) -> Sequence[str]: ...


def plain_from_form(form: Form, steps: Sequence[Step], today: date, distance_unit: str) -> dict[str, Any]:
    """The entry as plain data. Ticked boxes are yes; boxes of a list that was answered at all are no; others unknown.

    Numbers that are no numbers are handed on as they stand, so that the reader names the field and the trouble.
    """
    hurts = form.get("hurts")
    plain: dict[str, Any] = {"on": _day(form, today)}
    if hurts == "wrong":
        plain["feels_wrong"] = True
    if hurts == "no":
        plain["pain_max"] = 0
        return plain
    if hurts not in ("yes", "wrong"):
        plain["hurts"] = hurts  # not answered: refused by name below
    plain |= _checks(form, steps)
    if hurts != "yes":
        return plain
    for name in ("site", "side", "quality", "stiffness"):
        if form.get(name):
            plain[name] = form.get(name)
    moment = form.get("moment") or DAY
    if moment != DAY:
        plain["moment"] = Moment.NEXT_MORNING.value if moment == MORNING else moment
    if form.get("pain"):
        plain[PAIN_FIELD.get(moment, "pain_max")] = number(form.get("pain"))
    plain |= _COURSES.get(form.get("course") or "no_run", {})
    if form.get("course") == "late" and form.get("onset"):
        far = number(form.get("onset"))
        plain["onset_km"] = length_m(far, distance_unit) / M_PER_KM if isinstance(far, float) else far
    if form.get("baseline") in ("yes", "no"):
        plain["baseline_by_24h"] = form.get("baseline") == "yes"
    if plain.get("posture_pain"):
        plain["posture_fades"] = True  # the box says both
    return plain


def findings_from_form(form: Form, asked: Sequence[str], more: Sequence[str]) -> dict[str, bool]:
    """The later warning signs. `asked`: a list that was answered as a whole; `more`: only what was ticked counts."""
    ticked = set(form.getlist("asked"))
    found = {name: name in ticked for name in asked} if ticked else {}
    return found | {name: True for name in form.getlist("more") if name in more}


def told_from_form(form: Form) -> tuple[str, ...]:
    """What was unusual that day. Not ticked is not said: it takes nothing back."""
    return tuple(code for code in form.getlist(UNUSUAL) if code in ASKED)


def _day(form: Form, today: date) -> str:
    """The day the entry speaks of. A morning speaks of the day before it, and of the run there may have been."""
    chosen, on = form.get("day"), today
    if chosen == "yesterday":
        on = today - timedelta(days=1)
    elif chosen == "other" and form.get("other_day"):
        try:
            on = date.fromisoformat(str(form.get("other_day")))
        except ValueError:
            return str(form.get("other_day"))  # refused by name where it is read
    morning = form.get("hurts") == "yes" and form.get("moment") == MORNING
    return (on - timedelta(days=1) if morning else on).isoformat()


def _checks(form: Form, steps: Sequence[Step]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    findings: dict[str, bool] = {}
    for step in steps:
        if step.kind != "checks":
            continue
        ticked = set(form.getlist(step.id))
        if not ticked:
            continue
        into = findings if step.id == "urgent" else answers
        for option in step.options:
            into[option.value] = into.get(option.value, False) or option.value in ticked
    if findings:
        answers["findings"] = findings
    return answers


def number(text: str) -> float | str:
    """A number with a point or a comma; the text itself where it is none."""
    try:
        return float(str(text).strip().replace(",", "."))
    except ValueError:
        return str(text)
