"""A case that tells days: a story, perhaps what comes then, and what is expected of some of its days."""

from __future__ import annotations

from tests.cases.case_files import Case, compare, known_keys
from tests.cases.story import seen_on, tale_of

from niggle.core.knowledge_types import Knowledge


def check(case: Case, knowledge: Knowledge) -> None:
    """Each of `expect` names its day; with `then`, days count from the first day on the ladder."""
    known_keys(case, "story", "then")
    tale, start = tale_of(case["story"], case.get("then"))
    for expected in case["expect"]:
        wanted = {k: v for k, v in expected.items() if k != "day"}
        try:
            compare(wanted, seen_on(tale, start + expected["day"], knowledge))
        except AssertionError as wrong:
            raise AssertionError(f"day {expected['day']}: {wrong}") from wrong
