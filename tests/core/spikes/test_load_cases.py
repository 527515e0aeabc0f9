"""Runs tests/cases/load/*.yaml; the form is described in the README there."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.healthy.build import Row, even_week, knowledge, log

from niggle.core.history import Shoe, Surface, Tag
from niggle.core.profile import KnownCondition, Mode, Profile
from niggle.core.reasons import Reason
from niggle.core.session.types import Sport
from niggle.core.spikes import Planned, Told, caps, find, reasons_of, spikes_of, week_plan, whatif
from niggle.wording.load import SENTENCES
from niggle.wording.units import IMPERIAL, METRIC

FOLDER = Path(__file__).parents[2] / "cases" / "load"
TODAY = date(2026, 6, 10)  # a Wednesday
MONDAY = TODAY - timedelta(days=2)
USUAL = {"weeks": 5, "runs": [{"d": 1, "km": 8}, {"d": 3, "km": 8}, {"d": 5, "km": 10}]}


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}:{case['id']}")
        for path in sorted(FOLDER.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


@dataclass(frozen=True)
class Said:
    sleep_h: float | None = None
    heavy_legs: bool | None = None
    standing_h: float | None = None
    pain_start: float | None = None
    pain_max: float | None = None


@dataclass(frozen=True)
class Report:
    on: date
    answers: Said
    site: str | None = None
    acute: bool = False


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def row(on: date, given: dict[str, Any]) -> Row:
    known = {f.name for f in fields(Row)} | {"d", "day"}
    assert set(given) <= known, set(given) - known
    values = {k: v for k, v in given.items() if k not in ("d", "day")}
    values["sport"] = Sport(given.get("sport", "run"))
    values["tags"] = frozenset(Tag(t) for t in given.get("tags", ()))
    if "surface" in given:
        values["surface"] = Surface(given["surface"])
    return Row(on, **values)


def rows_of(case: dict[str, Any]) -> list[Row]:
    rows = [row(day(s["day"]), s) for s in case.get("sessions", ())]
    if "weeks_km" in case:
        first = MONDAY - timedelta(days=7 * len(case["weeks_km"]))
        for w, total in enumerate(case["weeks_km"]):
            rows += [Row(first + timedelta(days=7 * w + d), km) for d, km in even_week(total)]
        return rows
    if "usual" not in case and case.get("profile", {}).get("mode") == "ladder":
        return rows
    usual = case.get("usual", USUAL)
    # end_days: the last run of the usual weeks was so many days ago
    weekdays = [r["d"] for r in usual["runs"]]
    shift = 0
    if "end_days" in usual:
        last_usual = MONDAY - timedelta(days=7 - max(weekdays))
        shift = (day(-usual["end_days"]) - last_usual).days
    for w in range(usual["weeks"]):
        start = MONDAY - timedelta(days=7 * (w + 1)) + timedelta(days=shift)
        rows += [row(start + timedelta(days=r["d"]), r) for r in usual["runs"]]
    return rows


def shoes_of(case: dict[str, Any]) -> list[Shoe]:
    shoes = []
    for given in case.get("shoes", ()):
        values = {"name": given["id"], **given}
        if "retired_on" in values:
            values["retired_on"] = day(values["retired_on"])
        shoes.append(Shoe(**values))
    return shoes


def profile_of(case: dict[str, Any]) -> Profile:
    given = dict(case.get("profile", {}))
    conditions = tuple(KnownCondition(**c) for c in given.pop("conditions", ()))
    mode = Mode(given.pop("mode", "build"))
    return Profile(mode=mode, conditions=conditions, **given)


def planned_of(given: dict[str, Any]) -> Planned:
    start = None
    if "at_hour" in given:
        start = (
            datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC) + timedelta(hours=given["at_hour"])
        ).timestamp()
    km = given.get("km")
    return Planned(
        None if km is None else km * 1000,
        None if km is None else km * 360,
        given.get("ascent_m"),
        given.get("descent_m"),
        Sport(given.get("sport", "run")),
        frozenset(Tag(t) for t in given.get("tags", ())),
        shoe=given.get("shoe"),
        start_s=start,
    )


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    known = knowledge()
    history = log(rows_of(case), shoes_of(case))
    profile, expect = profile_of(case), case["expect"]
    assert set(expect) <= {"rules", "spikes", "absent", "gate", "caps", "leave_out", "facts"}
    reports = [
        Report(
            day(r["day"]),
            Said(r.get("sleep_h"), r.get("heavy_legs"), r.get("standing_h"), pain_max=r.get("pain_max")),
            r.get("site"),
            r.get("acute", False),
        )
        for r in case.get("reports", ())
    ]
    told = [Told(t["code"], day(t["day"])) for t in case.get("told", ())]
    guarded = case.get("guarded", False)
    reasons: list[Reason]
    if "plan_week_km" in case:
        reasons, types = list(week_plan(history, TODAY, case["plan_week_km"] * 1000, known, profile)), []
    elif "planned" in case:
        result = whatif(history, TODAY, planned_of(case["planned"]), known, profile, reports, told, guarded=guarded)
        reasons, types = list(result.reasons), [s.type for s in result.spikes]
        if "gate" in expect:
            assert result.gate.state.value == expect["gate"]
    else:
        found = find(history, TODAY, known, profile, reports, told, guarded=guarded)
        reasons, types = list(reasons_of(found)), [s.type for s in spikes_of(found)]
    weights = {r.rule: r.weight.value for r in reasons}
    for rule, weight in expect.get("rules", {}).items():
        assert weights.get(rule) == weight, (rule, weights)
    for type_id in expect.get("spikes", ()):
        assert type_id in types, types
    gone = set(expect.get("absent", ()))
    assert not gone & (set(types) | set(weights)), (types, weights)
    for rule, wanted in expect.get("facts", {}).items():
        reason = next(r for r in reasons if r.rule == rule)
        for name, value in wanted.items():
            got = reason.fact(name)
            assert got == pytest.approx(value) if isinstance(value, float) else got == value, (rule, name, got)
    for reason in reasons:
        said = {f.name: f.value for f in reason.facts}
        for units in (METRIC, IMPERIAL):
            sentence = SENTENCES[reason.rule](said, units)
            assert sentence.endswith(".")
            assert "None" not in sentence
            assert "nan" not in sentence.split()
            assert not (reason.grade.rule_of_thumb and "rule of thumb" not in sentence.lower()), sentence
    limits = caps(history, TODAY, known, profile, reports, told)
    for name, wanted in expect.get("caps", {}).items():
        limit = getattr(limits, name)
        if wanted is None:
            assert limit is None
        else:
            assert limit is not None, name
            assert (limit.value, limit.rule) == (pytest.approx(wanted[0]), wanted[1]), name
    left_out = {item.exposure.value for item in limits.leave_out}
    assert set(expect.get("leave_out", ())) <= left_out, left_out


def test_ids_are_unique_and_every_worked_example_is_here() -> None:
    ids = [p.values[0]["id"] for p in cases()]
    assert len(ids) == len(set(ids))
    assert {f"LOAD-E{n:02d}" for n in range(1, 13)} <= set(ids)


def test_every_spike_type_is_found_somewhere_and_missed_somewhere() -> None:
    found: set[str] = set()
    absent: set[str] = set()
    for param in cases():
        expect = param.values[0]["expect"]
        found |= set(expect.get("spikes", ()))
        absent |= set(expect.get("absent", ()))
    types = set(knowledge().spikes)
    assert types - found == set()
    assert types - absent == set()


def test_every_rule_speaks_somewhere_and_is_silent_somewhere() -> None:
    """Of the rules of load, each has a case of its own on either side; LOAD-R12 needs a light, so it is a day case."""
    day_cases = [
        c for path in (FOLDER.parent / "today").glob("*.yaml") for c in yaml.safe_load(path.read_text("utf-8"))
    ]
    speaks: set[str] = set()
    silent: set[str] = set()
    for case in [*(p.values[0] for p in cases()), *day_cases]:
        speaks |= set(case["expect"].get("rules", ()))
        silent |= set(case["expect"].get("absent", ()))
    rules = {r for r in knowledge().rules if r.startswith("LOAD-R")} | {"LOAD-TISSUE"}
    assert rules - speaks == set()
    assert rules - silent == set()


def test_every_rule_has_a_sentence() -> None:
    mine = {r for r in knowledge().rules if r.startswith(("LOAD-R", "SHOE-"))} | {"SCI-GATE", "SCI-LONGEST"}
    assert mine <= set(SENTENCES)
    assert set(SENTENCES) <= set(knowledge().rules)
