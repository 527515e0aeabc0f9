"""The light's cases: worked examples, both sides of every threshold, and the states from day to day."""

from typing import Any

import pytest
from tests.cases.checkin_cases import cases, check, run

from niggle.knowledge import load

CASES = cases("light")


@pytest.mark.parametrize("case", [c for _, c in CASES], ids=[name for name, _ in CASES])
def test_light(case: dict[str, Any]) -> None:
    check(case, run(case, load()))


@pytest.mark.parametrize("case", [c for _, c in CASES], ids=[name for name, _ in CASES])
def test_reading_quiet_check_ins_in_full_changes_nothing(case: dict[str, Any]) -> None:
    assert run(case, load(), every_check_in=True) == run(case, load())


def test_every_worked_example_and_row_is_there() -> None:
    names = " ".join(name for name, _ in CASES)
    wanted = [f"TL-E{n:02d}" for n in range(1, 24)] + [f"TL-D{n:02d}" for n in range(1, 16)]
    assert [w for w in wanted if w not in names] == []
