"""A case of scoreboard/: test results of some days ago, and what the board makes of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.cases.case_files import Case, Found, known_keys

from niggle.core.body import Side
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import Measured
from niggle.core.protocol import Phase
from niggle.core.scoreboard import board, check_result

DAY = date(2026, 3, 2)
_OPEN = {True: "open", False: "closed", None: "unknown"}
_SPEED = {True: "blocked", False: "free", None: "unknown"}


def found(case: Case, knowledge: Knowledge) -> Found:
    if "entered" in case:
        known_keys(case, "entered")
        entered = dict(case["entered"])
        problems = check_result(entered.pop("test"), knowledge, **entered)
        return {"wrong": [p.field for p in problems], "suggestion": problems[0].suggestion if problems else None}
    known_keys(case, "tests", "side", "phase", "red", "bone", "wanted")
    results = [
        measured(test, one, n)
        for test, given in case.get("tests", {}).items()
        for n, one in enumerate(given if isinstance(given, list) else [given])
    ]
    wanted = case.get("wanted") or list(case["tests"])
    phase = None if "phase" not in case else Phase(case["phase"])
    found = board(results, DAY, Side(case.get("side", "right")), wanted, knowledge, phase=phase,
                  red=case.get("red", False), bone=case.get("bone", False))  # fmt: skip
    limiter = found.limiter
    every = {
        name: {t.test: getattr(t, name) for t in found.tests}
        for name in ("gap", "band", "lsi", "met", "worse", "stale", "void", "not_now")
    }
    return {
        **every,
        "calf_gate": _OPEN[found.calf_gate],
        "heavy_speed": _SPEED[found.speed_blocked],
        "limiter": None if limiter is None else [limiter.test, limiter.side, limiter.against],
        "due": list(found.due),
        "rules": [r.rule for r in found.reasons],
    }


def measured(test: str, given: dict[str, Any], number: int) -> Measured:
    values = {"pain": 0.0, **given}
    on = DAY - timedelta(days=values.pop("days_ago", 0))
    return Measured(f"{test}-{number}", test, on, **values)
