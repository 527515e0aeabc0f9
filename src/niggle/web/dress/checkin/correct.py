"""An entry back into the form it could have come from, so that it can be corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Any, Final

from niggle.actions.checkin_form import NONE, Form
from niggle.core.checkin import Answers, Entry, Moment, entry_to_plain
from niggle.core.checkin.types import PAIN_FIELDS
from niggle.core.units import M_PER_KM
from niggle.wording.checkin import SIGNS, worst_pain
from niggle.wording.interview import DAY, MORNING, Option, Step, applies

ALSO: Final = "also"
# Amounts and words that the form has no question for: they stay as they were unless the complaint is another one.
_KEPT: Final = ("sleep_h", "standing_h", "heavy_legs")
_KEPT_AT_SITE: Final = ("stiffness_min", "posture", "posture_fades", "diffuse_both_sides", "session_id")
_FORM: Final = frozenset({"built_up", "late_onset", "onset_km", "quality", "stiffness", "baseline_by_24h", "findings"})


def form_from_entry(entry: Entry, steps: Sequence[Step], today: date, metres_per_unit: float) -> dict[str, list[str]]:
    """Field -> values, as a form would hold them. Pain is the highest score given."""
    a = entry.answers
    given = {"hurts": ["yes" if entry.site is not None else "wrong" if a.feels_wrong else "no"]}
    morning = entry.site is not None and entry.moment is Moment.NEXT_MORNING
    given |= _day(min(entry.on + timedelta(days=1), today) if morning else entry.on, today)
    for name, value in (("site", entry.site), ("side", entry.side), ("quality", a.quality), ("stiffness", a.stiffness)):
        if value is not None:
            given[name] = [str(value)]
    if entry.site is not None:
        whole = entry.moment in (None, Moment.DURING)
        given["moment"] = [MORNING if morning else DAY if whole else str(entry.moment)]
        if (score := worst_pain(entry)) is not None:
            given["pain"] = [f"{score:g}"]
    if a.built_up is not None or a.late_onset is not None:
        given["course"] = ["built" if a.built_up else "late" if a.late_onset else "flat"]
    if a.onset_km is not None:
        given["onset"] = [f"{a.onset_km * M_PER_KM / metres_per_unit:.3g}"]
    if a.baseline_by_24h is not None:
        given["baseline"] = ["yes" if a.baseline_by_24h else "no"]
    plain = entry_to_plain(entry)
    said: Mapping[str, Any] = plain | plain.get("findings", {})
    for step in steps:
        if step.kind != "checks":
            continue
        yes = [option.value for option in step.options if said.get(option.value) is True]
        if yes or any(said.get(option.value) is False for option in step.options):
            given[step.id] = yes or [NONE]
    return given


def _day(on: date, today: date) -> dict[str, list[str]]:
    if on == today:
        return {"day": ["today"]}
    if on == today - timedelta(days=1):
        return {"day": ["yesterday"]}
    return {"day": ["other"], "other_day": [on.isoformat()]}


def also_step(
    entry: Entry, steps: Sequence[Step], given: Mapping[str, Sequence[str]], questions: Mapping[str, str]
) -> Step | None:
    """A question for every sign answered yes that the form as filled would not show, None where it shows them all."""
    shown = {o.value for s in steps if s.kind == "checks" and applies(s.when, given) for o in s.options}
    missing = [Option(n, questions.get(n, n)) for n, yes in entry.answers.findings if yes and n not in shown]
    hidden = {*_FORM, *_KEPT, *_KEPT_AT_SITE, *PAIN_FIELDS, *shown}
    missing += [
        Option(f.name, _capital(SIGNS.get(f.name, f.name.replace("_", " "))))
        for f in fields(Answers)
        if f.name not in hidden and getattr(entry.answers, f.name) is True
        and not (f.name == "feels_wrong" and given["hurts"] == ["wrong"])
    ]  # fmt: skip
    if entry.answers.built_up and entry.answers.late_onset:
        missing.append(Option("late_onset", "It came after a while"))
    if entry.acute:
        missing.append(Option("acute", "It came in one sudden moment", "A twist, a pop, a fall"))
    if not missing:
        return None
    return Step(ALSO, "checks", "You also said", "Take away what is not so.", options=tuple(missing))


def corrected(entry: Entry, plain: Mapping[str, Any], also: Step | None, form: Form) -> dict[str, Any]:
    """The plain entry that replaces `entry`: what the form says, with what it has no question for."""
    old = entry_to_plain(entry)
    same = plain.get("site") == entry.site and plain.get("site") is not None
    kept = {name: old[name] for name in (*_KEPT, *(_KEPT_AT_SITE if same else ())) if name in old}
    new = kept | _with_pains(entry, plain) | {"corrects": entry.id}
    ticked = set(form.getlist(ALSO))
    asked_of = dict(entry.answers.findings)
    for option in also.options if also is not None else ():
        yes = option.value in ticked
        if option.value in asked_of:
            new["findings"] = {**new.get("findings", {}), option.value: yes}
        else:
            new[option.value] = yes
    return new


def _with_pains(entry: Entry, plain: Mapping[str, Any]) -> dict[str, Any]:
    """The form asks for one score, the worst; what was given of other moments stays where it can still be so."""
    old = {name: value for name in PAIN_FIELDS if (value := getattr(entry.answers, name)) is not None}
    said = [plain[name] for name in PAIN_FIELDS if name in plain]
    moment = entry.moment.value if entry.moment is not None and entry.moment is not Moment.DURING else None
    if entry.site is None or plain.get("site") is None or not old or len(said) != 1 or isinstance(said[0], str):
        return dict(plain)
    if len(old) == 1 and plain.get("moment") != moment:
        return dict(plain)  # the same score of another moment
    (score,) = said
    worst = max(old, key=lambda name: old[name])
    pains = {name: value for name, value in old.items() if value <= score} | {worst: score}
    rest = {name: value for name, value in plain.items() if name not in PAIN_FIELDS}
    if entry.moment is Moment.DURING and "moment" not in rest:
        rest["moment"] = Moment.DURING.value  # shown as "the whole day", and not changed
    return rest | pains


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
