"""A case of coach/: form, fuel, sleep or mood as they are known, and what the coach says."""

from __future__ import annotations

from datetime import date, timedelta

from tests.cases.case_files import Case, Found, known_keys

from niggle.core.checkin import CheckIn
from niggle.core.checkin.types import Answers
from niggle.core.coach import FormFacts, FuelFacts, OwnCadence, cadence_cue, foot_dial, fuel, mood, sleep
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light
from niggle.core.plan import PlanAnswer

ON = date(2026, 11, 22)


def found(case: Case, knowledge: Knowledge) -> Found:
    known_keys(case, "form", "fuel", "nights_h", "usual_night_h", "said", "routine", "item")
    if "form" in case:
        return _form(case, knowledge)
    if "fuel" in case:
        asked = dict.fromkeys(("missed", "weight_drop", "low_bmi", "under_eating", "earlier_bone"), False)
        seen = fuel(FuelFacts(**{"asks_periods": True, **asked, **case["fuel"]}), knowledge)
        return {
            "level": seen.level, "signs": list(seen.signs), "dxa": seen.dxa, "missing": list(seen.missing),
            "calcium_mg": None if seen.calcium_mg is None else list(seen.calcium_mg),
            "rules": [r.rule for r in seen.reasons],
        }  # fmt: skip
    if "routine" in case:
        routine = knowledge.routines[case["routine"]]
        items = [i for i in routine.items if i.fact == case["item"]]
        doses = [i.dose for i in items]
        return {
            "exercises": [d.exercise for d in doses],
            "doses": [_dose(d) for d in doses],
            "each_side": [i.each_side for i in items],
            "optional": [i.optional for i in items],
        }
    if "said" in case:
        answers = [PlanAnswer(s["key"], ON - timedelta(days=s["days_ago"]), s.get("value", True)) for s in case["said"]]
        feels = mood(sorted(answers, key=lambda a: a.on), (), ON, knowledge)
        return {"mood": feels.state, "weeks_low": feels.weeks_low, "rules": [feels.reason.rule]}
    nights = [
        CheckIn(ON - timedelta(days=n), None, None, Answers(sleep_h=h), (f"e{n}",))
        for n, h in enumerate(case.get("nights_h", ()))
    ]
    slept = sleep(nights, case.get("usual_night_h"), ON, knowledge)
    return {"sleep": slept.state, "mean_h": slept.mean_h, "by_usual": slept.usual, "rules": [slept.reason.rule]}


def _dose(dose: object) -> dict[str, object]:
    """Only what is set."""
    names = ("sets", "reps", "hold_s", "minutes", "per_week", "per_day")
    found = {}
    for name in names:
        value = getattr(dose, name)
        if value is not None:
            found[name] = value.low if value.low == value.high else [value.low, value.high]
    return found


def _form(case: Case, knowledge: Knowledge) -> Found:
    form = dict(case["form"])
    spm = form.pop("spm", None)
    own = None if spm is None else OwnCadence(spm, 2.8, 9, ON)
    for name in ("cue", "dial"):
        ago = form.pop(f"{name}_begun_days_ago", None)
        form[f"{name}_since"] = None if ago is None else ON - timedelta(days=ago)
    for name in ("sites", "conditions", "healed"):
        form[name] = tuple(form.get(name, ()))
    light = Light(form.pop("light", "green"))
    facts = FormFacts(ON, light, form.pop("may_run", True), cadence=own, **form)
    cue, dial = cadence_cue(facts, knowledge), foot_dial(facts, knowledge)
    return {
        "cue": cue.state,
        "target": cue.target_low_spm,
        "target_high": cue.target_high_spm,
        "most": cue.most_spm,
        "weeks": list(cue.weeks),
        "look_again_in_days": None if cue.audit_on is None else (cue.audit_on - ON).days,
        "missing": list(cue.missing),
        "because": cue.because,
        "dial": dial.state,
        "dial_to": dial.dial,
        "dial_missing": list(dial.missing),
        "rules": [r.rule for r in (*cue.reasons, *dial.reasons)],
    }
