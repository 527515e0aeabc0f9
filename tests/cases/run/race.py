"""A case of race/: a race, what is known of the runner, and the advice; or what her log and words tell the rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
from tests.cases.case_files import Case, Found, known_keys

from niggle.core.body import LOAD_TISSUES, Side
from niggle.core.case import Case as DayCase
from niggle.core.checkin import Answers, Entry
from niggle.core.checkin.types import Moment
from niggle.core.history import FEATURES, SPORTS, History
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light
from niggle.core.plan import Importance, PlanAnswer, PlanFacts, Race
from niggle.core.profile import Profile
from niggle.core.race import RaceFacts, advise
from niggle.core.session.types import Sport
from niggle.core.today import decide, plans_of
from niggle.core.today.racing import race_facts_of

ON = date(2026, 11, 22)
_KEYS = (
    "race_km", "days", "prepared", "importance", "longest_km", "light", "healed", "injured", "bone", "cleared",
    "red_flag", "runs", "rated",
)  # fmt: skip


def found(case: Case, knowledge: Knowledge) -> Found:
    known_keys(case, *_KEYS)
    if "runs" in case or "rated" in case:
        return _gathered(case, knowledge)
    facts = facts_of(case)
    advice = advise(facts, knowledge)
    return {
        "verdict": advice.verdict,
        "percent": None if facts.ratio is None else round(facts.ratio * 100, 1),
        "rules": [r.rule for r in advice.reasons],
        "conditions": list(advice.conditions),
        "instead": list(advice.pivots),
        "missing": list(advice.missing),
        "doctor": advice.doctor,
        "asked_daily": advice.again_daily,
        "waits": advice.waits,
        "open": [f.name for f in advice.open_points],
    }


def race_of(case: Case) -> Race:
    on = ON + timedelta(days=case.get("days", 70))
    importance = Importance(case.get("importance", "ordinary"))
    return Race("race", on, case["race_km"] * 1000, importance=importance, prepared=case.get("prepared", True))


def facts_of(case: Case) -> RaceFacts:
    longest = case.get("longest_km")
    return RaceFacts(
        race_of(case), ON, Light(case.get("light", "green")), case.get("injured", True), case.get("bone", False),
        red_flag=case.get("red_flag", False), cleared=case.get("cleared", False),
        healed_percent=case.get("healed", 95.0), pain_free_m=None if longest is None else longest * 1000,
    )  # fmt: skip


def _gathered(case: Case, knowledge: Knowledge) -> Found:
    """runs: days ago and km, each with its quiet evening and morning. rated: how healed it felt, days ago."""
    runs = sorted(case.get("runs", []), key=lambda r: -r["days_ago"])
    said = sorted({0, 1, *(r["days_ago"] for r in runs)}, reverse=True)
    pains = {r["days_ago"]: r.get("pain", 0.0) for r in runs}
    entries = tuple(e for n in said for e in _word(n, pains.get(n, 0.0)))
    rated = case.get("rated")
    answers = () if rated is None else (
        PlanAnswer("says_healed_percent", ON - timedelta(days=rated["days_ago"]), rated["percent"]),
    )  # fmt: skip
    race = race_of(case)
    day = DayCase(ON, _history(runs), entries, Profile(), plan=PlanFacts(races=(race,), answers=answers))
    facts = race_facts_of(day, plans_of(day, knowledge), decide(day, knowledge), race, knowledge)
    return {
        "longest_km": None if facts.pain_free_m is None else facts.pain_free_m / 1000,
        "healed": facts.healed_percent,
        "light": facts.light,
    }


def _word(days_ago: int, pain: float) -> list[Entry]:
    on = ON - timedelta(days=days_ago)
    stamp = datetime.combine(on, time(20), UTC)
    evening = Answers(pain_start=pain, pain_max=pain, pain_end=pain, pain_evening=pain, night_pain=False, limp=False,
                      swelling=False)  # fmt: skip
    morning = Answers(pain_morning=0, stiffness_min=0, baseline_by_24h=True, limp_first_steps=False)
    first = Entry(f"e{days_ago:03}", on, stamp, "achilles", Side.LEFT, answers=evening)
    later = {"id": f"m{days_ago:03}", "moment": Moment.NEXT_MORNING, "answers": morning}
    return [first, replace(first, recorded_at=stamp + timedelta(hours=11), **later)]  # type: ignore[arg-type]


def _history(runs: list[dict[str, Any]]) -> History:
    n = len(runs)
    day = np.array([(ON - timedelta(days=r["days_ago"])).toordinal() for r in runs], dtype=np.int64)
    metres = np.array([r["km"] * 1000.0 for r in runs], dtype=np.float64)
    none = (None,) * n
    start_s, run = day.astype(np.float64) * 86400.0, np.full(n, SPORTS.index(Sport.RUN), np.int64)
    return History(
        tuple(f"s{i}" for i in range(n)), start_s, day, run, metres,
        metres / 2.8, metres / 2.8, np.zeros(n), np.zeros(n), np.zeros((n, len(LOAD_TISSUES))),
        np.full((n, len(FEATURES)), np.nan), (frozenset(),) * n, none, none, none,
    )  # fmt: skip
