"""The red flags' cases: worked examples, and every flag from both sides."""

from typing import Any

import pytest
from tests.cases.checkin_cases import cases, check, run

from niggle.knowledge import load

CASES = cases("flags")


@pytest.mark.parametrize("case", [c for _, c in CASES], ids=[name for name, _ in CASES])
def test_flags(case: dict[str, Any]) -> None:
    check(case, run(case, load()))


@pytest.mark.parametrize("case", [c for _, c in CASES], ids=[name for name, _ in CASES])
def test_reading_quiet_check_ins_in_full_changes_nothing(case: dict[str, Any]) -> None:
    assert run(case, load(), every_check_in=True) == run(case, load())


def _flags_of(expect: dict[str, Any]) -> set[str]:
    return {*expect.get("urgency", {}), *expect.get("flags", ()), *expect.get("has_flags", ())}


def test_every_flag_has_a_case_that_raises_it_and_one_that_does_not() -> None:
    raised, spared = set(), set()
    for folder in ("flags", "light"):
        for _, case in cases(folder):
            raised |= _flags_of(case["expect"])
            spared |= set(case["expect"].get("no_flags", ()))
            if "flags" in case["expect"]:
                spared |= {f.rule.id for f in load().red_flags} - set(case["expect"]["flags"])
    ids = {f.rule.id for f in load().red_flags}
    assert ids - raised == set()
    assert ids - spared == set()


def test_every_worked_example_is_there() -> None:
    names = " ".join(name for name, _ in CASES)
    assert [n for n in range(1, 17) if f"RF-E{n:02d}" not in names] == []
