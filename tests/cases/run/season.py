"""A case of season/: a race so many days ahead, and the part of the year, the screen and the strength block."""

from __future__ import annotations

from datetime import date, timedelta

from tests.cases.case_files import Case, Found, known_keys

from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import Importance, Measured, Race
from niggle.core.season import SCREEN_TESTS, season

ON = date(2026, 11, 22)


def found(case: Case, knowledge: Knowledge) -> Found:
    known_keys(case, "races", "screened_days_ago", "plan_open")
    races = [
        Race(f"r{r['days']}", ON + timedelta(days=r["days"]), r.get("km", 10) * 1000,
             importance=Importance(r.get("importance", "ordinary")))
        for r in case["races"]
    ]  # fmt: skip
    ago = case.get("screened_days_ago")
    tests = [] if ago is None else [Measured(t, t, ON - timedelta(days=ago), value=1) for t in SCREEN_TESTS]
    seen = season(races, tests, ON, knowledge, plan_open=case.get("plan_open", False))
    return {
        "part": seen.phase,
        "screen": None if seen.screen is None else seen.screen.state,
        "block_fits": None if seen.block is None else seen.block.fits,
        "block_begins_in_days": None if seen.block is None else (seen.block.first - ON).days,
        "strength_cut": None if seen.strength_cut is None else list(seen.strength_cut),
        "rules": [r.rule for r in seen.reasons],
    }
