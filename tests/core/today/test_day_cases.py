"""Runs tests/cases/today/*.yaml; the form is described in the README there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cases.checkin_cases import day, entries_of, profile_of
from tests.healthy.build import Row, knowledge, log

from niggle.core.case import Case
from niggle.core.today import decide

FOLDER = Path(__file__).parents[2] / "cases" / "today"
USUAL = {"weeks": 5, "runs": [{"d": 1, "km": 8}, {"d": 3, "km": 8}, {"d": 5, "km": 10}]}
KEYS = {"id", "title", "usual", "runs", "days", "profile", "today", "expect"}
EXPECTED = {"light", "rules", "absent", "caps_km", "leave_out", "not_left_out"}


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}:{case['id']}")
        for path in sorted(FOLDER.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def rows_of(case: dict[str, Any]) -> list[Row]:
    usual = case.get("usual", USUAL)
    weeks = range(1, usual["weeks"] + 1)
    rows = [Row(day(0) - timedelta(days=7 * w - r["d"]), r["km"]) for w in weeks for r in usual["runs"]]
    return rows + [Row(day(r["day"]), r["km"]) for r in case.get("runs", ())]


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS, set(case) - KEYS
    expect = case["expect"]
    assert set(expect) <= EXPECTED, set(expect) - EXPECTED
    entries = tuple(entries_of(case, knowledge()))
    decision = decide(Case(day(case.get("today", 0)), log(rows_of(case)), entries, profile_of(case)), knowledge())
    weights = {r.rule: r.weight.value for r in decision.reasons}
    assert decision.light.value == expect["light"]
    for rule, weight in expect.get("rules", {}).items():
        assert weights.get(rule) == weight, (rule, weights)
    assert not set(expect.get("absent", ())) & set(weights), weights
    ruled = dict(decision.caps.rules)
    for name, (km, rule) in expect.get("caps_km", {}).items():
        value = getattr(decision.caps, f"{name}_m")
        assert value is not None, name
        # the page shows hundreds of metres, and never more than is allowed
        assert km * 1000 - 100 < value <= km * 1000 + 1e-6, (name, value)
        assert ruled[f"{name}_m"] == rule
    left_out = {a.value for a in decision.leave_out}
    assert set(expect.get("leave_out", ())) <= left_out, left_out
    assert not set(expect.get("not_left_out", ())) & left_out, left_out


def test_ids_are_unique() -> None:
    ids = [p.values[0]["id"] for p in cases()]
    assert len(ids) == len(set(ids))
