"""What the first days after an illness say (PLAN-R17)."""

import pytest

from niggle.wording.plan_rules import SENTENCES
from niggle.wording.units import METRIC


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"days": 3, "fever": False, "left": 3}, "half a usual run, easy and flat, for the next 3 days"),
        ({"days": 3, "fever": False, "left": 1}, "flat, for today"),
        ({"days": 1, "fever": True, "left": 2, "until": "2026-03-14"}, "No run today: after 1 day of illness"),
        ({"days": 1, "fever": True, "left": 1}, "You had 1 day of illness"),
        ({}, "an illness"),
    ],
)
def test_it_says_how_little_and_for_how_long(facts, says):
    assert says in SENTENCES["PLAN-R17"](facts, METRIC)
