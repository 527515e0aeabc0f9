"""A case that guards a number must fall when the number moves: one side by a step up, the other by a step down.

So each threshold has a case on either side of it, and right beside it.
"""

from __future__ import annotations

from functools import lru_cache

import pytest
from tests.cases.case_files import Case, read
from tests.cases.nudge import nudged
from tests.cases.run import FOLDERS, check
from tests.healthy.build import knowledge

from niggle.knowledge import load
from niggle.knowledge.loader import FOLDER
from niggle.knowledge.yaml_lines import read as read_yaml

# Numbers of plans.yaml without a case of this kind, and where they are held instead.
ELSEWHERE = {
    # compared with outside of what these cases run
    "cadence_info_range": "shown, never chased",
    "cadence_runs_min": "tests/actions/plans/test_own_cadence.py",
    "home_set_max_min": "a law of the knowledge, tests/knowledge",
    "strength_session_max_min": "a law of the knowledge, tests/knowledge",
}


@lru_cache(maxsize=1)
def guards() -> dict[str, list[tuple[str, Case]]]:
    found: dict[str, list[tuple[str, Case]]] = {}
    for folder in FOLDERS:
        for case in read(folder):
            for name in case.get("guards", ()):
                found.setdefault(name, []).append((folder, case))
    return found


def falls(folder: str, case: Case, name: str, sign: int) -> bool:
    try:
        check(folder, case, nudged(knowledge(), name, sign))
    except AssertionError:
        return True
    return False


@pytest.mark.parametrize("sign", [1, -1], ids=["up", "down"])
@pytest.mark.parametrize("name", sorted(guards()))
def test_a_step_of_the_number_breaks_a_case(name: str, sign: int) -> None:
    assert any(falls(folder, case, name, sign) for folder, case in guards()[name]), [c["id"] for _, c in guards()[name]]


@pytest.mark.parametrize("name", sorted(guards()))
def test_no_case_guards_a_number_in_vain(name: str) -> None:
    for folder, case in guards()[name]:
        assert falls(folder, case, name, 1) or falls(folder, case, name, -1), case["id"]


def test_every_number_of_plans_is_guarded_or_held_elsewhere() -> None:
    names = set(read_yaml(FOLDER / "plans.yaml")[0]["parameters"])
    guarded = {name.partition(".")[0] for name in guards()}
    assert sorted(guarded - set(load().parameters)) == [], "no such numbers"
    assert sorted(names - guarded - set(ELSEWHERE)) == [], "numbers of plans.yaml without a case on either side"
    assert sorted(guarded & set(ELSEWHERE)) == [], "guarded by cases now: take them off the list"
    assert sorted(set(ELSEWHERE) - names) == [], "no longer in plans.yaml: take them off the list"
