"""Runs the cases of plans against the real core; the forms are described in README.md."""

from __future__ import annotations

import pytest
from tests.cases.case_files import Case, params, read
from tests.cases.run import FOLDERS, check
from tests.healthy.build import knowledge


@pytest.mark.parametrize(("folder", "case"), params(FOLDERS))
def test_case(folder: str, case: Case) -> None:
    check(folder, case, knowledge())


def test_every_case_says_what_it_is_about_and_expects_something() -> None:
    for folder in FOLDERS:
        assert read(folder), folder
        for case in read(folder):
            assert case["title"], case["id"]
            assert case["expect"], case["id"]


def said() -> tuple[set[str], set[str]]:
    """(rules that some case expects, rules that some case expects to be silent)"""
    speak: set[str] = set()
    silent: set[str] = set()
    for folder in FOLDERS:
        for case in read(folder):
            for expect in case["expect"] if isinstance(case["expect"], list) else [case["expect"]]:
                for name in ("rules", "today_rules", "breaks"):
                    speak |= set(expect.get(name, ()))
                silent |= set(expect.get("no_rules", ()))
    return speak, silent


def test_every_rule_of_plans_that_has_a_threshold_speaks_somewhere() -> None:
    numbered = {
        "RTR-R": (1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19),
        "ASB-R": (1, 2, 3, 6, 7, 8),
        "RP-R": (1, 2, 3, 4, 7),
        "GC-R": range(1, 6),
        "NSM-R": range(1, 5),
        "PLAN-R": (2, 3, 5, 6, 9, 10),
    }
    wanted = {f"{stem}{n:02}" for stem, numbers in numbered.items() for n in numbers}
    wanted |= {"RF-33", "ASB-17", "RP-G1", "SEA-R04"}
    assert wanted <= set(knowledge().rules)
    assert wanted - said()[0] == set()


def test_every_rule_of_the_week_speaks_somewhere_and_is_silent_somewhere() -> None:
    speak, silent = said()
    rules = {f"RP-C{n:02}" for n in range(1, 17)} | {"RP-R07", "RP-X06", "LOAD-R01", "PLAN-W01", "PLAN-W05"}
    assert rules - speak == set()
    assert rules - silent == set()
