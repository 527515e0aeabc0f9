"""Sentences and what must be understood of them; the cases stand in tests/cases/language/*.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from niggle.knowledge.lexicon import load_lexicon
from niggle.language import Understanding, understand

FOLDER = Path(__file__).parents[1] / "cases" / "language"


def _cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            found += [pytest.param(case, id=f"{path.stem}: {case['say'][:60]}")]
    return found


def _told(u: Understanding) -> dict[str, Any]:
    return {f.finding: f.value for f in u.findings}


@pytest.mark.parametrize("case", _cases())
def test_sentence(case: dict[str, Any]) -> None:
    u = understand(case["say"], load_lexicon())
    told = _told(u)
    shown = f"{told} {[(p.sites, p.side) for p in u.sites]}"
    for name in case.get("has", ()):
        if name == "below_knee" and "at_site" in case:
            continue
        assert told.get(name) is True, f"{name} should be there: {shown}"
    for name in case.get("denied", ()):
        assert name in told, f"{name} should be denied: {shown}"
        assert told[name] is False, f"{name} should be denied: {shown}"
    for name in case.get("unknown", ()):
        assert name in told, f"{name} should be mentioned: {shown}"
        assert told[name] is None, f"{name} should be unknown: {shown}"
    for name in case.get("silent", ()):
        assert told.get(name) is not True, f"{name} was never said: {shown}"
    for name in (*case.get("absent", ()), *case.get("silent_value", ())):
        if case.get("about") == "other_or_none" and u.about == "other":
            continue
        assert told.get(name) is None, f"{name} is not the runner's: {shown}"
    if "site" in case:
        assert any(set(p.sites) == set(case["site"]) for p in u.sites), shown
    if "side" in case:
        place = next((p for p in u.sites if set(p.sites) == set(case.get("site", p.sites))), None)
        assert place is not None, shown
        assert (place.side and place.side.value) == case["side"], shown
    if "guess" in case:
        assert case["guess"] in {g.condition for g in u.guesses}, u.guesses
        if "by" in case:
            assert case["by"] in {g.by for g in u.guesses}
    for key, value in (
        ("age", u.age), ("sex", u.sex), ("days", u.duration_days), ("pain", u.pain_score), ("metres", u.distance_m),
        ("stiff", u.stiffness_min), ("weekly", u.weekly_distance_m),
    ):  # fmt: skip
        if key in case:
            got = getattr(value, "value", value)
            assert got == (pytest.approx(case[key]) if isinstance(case[key], float | int) else case[key]), key


def test_half_of_the_cases_deny_doubt_or_do_not_count() -> None:
    cases = [p.values[0] for p in _cases()]
    careful = [c for c in cases if {"denied", "unknown", "absent", "silent_value", "silent"} & set(c)]
    assert len(cases) >= 250
    assert len(careful) * 2 >= sum(
        bool({"has", "denied", "unknown", "absent", "silent_value", "silent"} & set(c)) for c in cases
    )
