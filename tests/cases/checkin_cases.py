"""Runs a case of tests/cases/{light,flags}: what was said on which day, and what niggle must answer today.

A case: name · days (list of check-ins; `day` counts from today, 0 or negative; other keys as in a plain entry) ·
sessions (day, and what SessionDay knows) · profile (as Profile; days as numbers) · expect. `today` moves the day judged
away from day 0. Expectations name what is checked; those that are not named are free.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from niggle.core.body import Side
from niggle.core.checkin import Entry, fold, parse_entry
from niggle.core.knowledge_types import Knowledge
from niggle.core.profile import Clearance, KnownCondition, Mode, Profile
from niggle.core.traffic_light import LightState, SessionDay, assess

DAY_0 = date(2026, 6, 15)
FOLDER = Path(__file__).parent


def day(number: int) -> date:
    return DAY_0 + timedelta(days=number)


def cases(folder: str) -> list[tuple[str, dict[str, Any]]]:
    """(id, case) of every YAML file of a folder."""
    found = []
    for path in sorted((FOLDER / folder).glob("*.yaml")):
        found += [(f"{path.stem}: {case['name']}", case) for case in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return found


def entries_of(case: dict[str, Any], knowledge: Knowledge) -> list[Entry]:
    entries = []
    for number, given in enumerate(case.get("days", [])):
        plain = dict(given)
        times = plain.pop("repeat", None)
        offsets = range(plain["day"], times + 1) if times is not None else [plain["day"]]
        del plain["day"]
        for offset in offsets:
            entry = parse_entry(
                plain | {"on": day(offset).isoformat()},
                id=f"entry-{number}-{offset}",
                recorded_at=datetime.combine(day(offset), time(20), UTC),
                findings=[name for name, f in knowledge.findings.items() if f.check_in or f.safety],
            )
            assert isinstance(entry, Entry), f"the case itself is wrong: {entry}"
            entries.append(entry)
    return entries


def profile_of(case: dict[str, Any]) -> Profile:
    plain = dict(case.get("profile", {}))
    if "born_on" in plain:
        plain["born_on"] = date.fromisoformat(str(plain["born_on"]))
    if "mode" in plain:
        plain["mode"] = Mode(plain["mode"])
    plain["conditions"] = tuple(_dated(KnownCondition, c, "since", "until") for c in plain.get("conditions", ()))
    # `day` and not `on`: YAML reads a bare "on" as true
    cleared = [{("on" if k == "day" else k): v for k, v in c.items()} for c in plain.get("clearances", ())]
    plain["clearances"] = tuple(_dated(Clearance, c, "on", "until") for c in cleared)
    return Profile(**plain)


def _dated(kind: Any, plain: dict[str, Any], *names: str) -> Any:
    values = {k: (day(v) if k in names else v) for k, v in plain.items()}
    if "side" in values:
        values["side"] = Side(values["side"])
    return kind(**values)


def sessions_of(case: dict[str, Any]) -> list[SessionDay]:
    return [SessionDay(**{**s, "day": day(s["day"])}) for s in case.get("sessions", [])]


def run(case: dict[str, Any], knowledge: Knowledge, **options: Any) -> LightState:
    today = day(case.get("today", 0))
    return assess(
        fold(entries_of(case, knowledge), until=today), today, profile_of(case), sessions_of(case), knowledge, **options
    )


def check(case: dict[str, Any], state: LightState) -> None:
    """Compares what is expected; the first complaint is the worst one."""
    expect = dict(case["expect"])
    first = state.complaints[0] if state.complaints else None
    reasons = [r.rule for r in state.reasons]
    flags = {f.rule: f for f in state.flags}
    for name in ("light", "provisional", "no_run_today", "ends_session"):
        if name in expect:
            assert getattr(state, name) == expect.pop(name), name
    if "care" in expect:  # of the table and the states, without the flags' own urgency
        assert first is not None
        assert first.care.code == expect.pop("care")
    if "total_care" in expect:
        assert state.care.code == expect.pop("total_care")
    if "rows" in expect:
        assert first is not None
        assert [r.rule for r in first.reasons if r.rule.startswith("TL-D")] == expect.pop("rows")
    for name in ("decided", "state", "sessions_left"):
        if name in expect:
            assert first is not None
            assert getattr(first, name) == expect.pop(name), name
    if "reasons" in expect:
        assert set(expect.pop("reasons")) <= set(reasons), reasons
    if "not_reasons" in expect:
        assert not set(expect.pop("not_reasons")) & set(reasons), reasons
    for rule, facts in expect.pop("facts", {}).items():
        (reason,) = (r for r in state.reasons if r.rule == rule)
        assert {name: reason.fact(name) for name in facts} == facts
    if "flags" in expect:  # exactly these
        assert sorted(flags) == sorted(expect.pop("flags"))
    if "has_flags" in expect:
        assert set(expect.pop("has_flags")) <= set(flags), sorted(flags)
    if "no_flags" in expect:
        assert not set(expect.pop("no_flags")) & set(flags), sorted(flags)
    for rule, urgency in expect.pop("urgency", {}).items():
        hit = flags[rule]
        soon = "S!" if hit.within_hours == 24 else {0: "-", 1: "P", 2: "S", 3: "E"}[hit.urgency]
        assert soon == urgency, rule
    for rule, tests in expect.pop("tests", {}).items():
        assert any(tests in t for t in flags[rule].tests), flags[rule].tests
    if "emergency" in expect:
        assert state.emergency == expect.pop("emergency")
    if "levers" in expect:
        assert list(state.levers) == expect.pop("levers")
    if "locks" in expect:
        assert sorted(lock.rule for lock in state.locks) == sorted(expect.pop("locks"))
    if "missing" in expect:
        assert set(expect.pop("missing")) <= set(state.missing), state.missing
    if "guardian" in expect:
        assert any(f.guardian for f in state.flags) == expect.pop("guardian")
    assert not expect, f"unknown expectations: {sorted(expect)}"
