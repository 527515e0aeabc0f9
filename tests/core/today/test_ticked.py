"""A pain told with an exercise is a word about the place."""

from datetime import timedelta

import pytest
from tests.core.rehab.tale import DAY, K
from tests.core.today.test_plan_day import MID, continuing

from niggle.core.outcomes import Light
from niggle.core.plan import DoneItem
from niggle.core.today import decide

ITEM = next(i.id for i in K.protocols[MID].phases[0].items if i.exercise == "isometric-calf-hold")


def told(pain: float | None, days_ago: int = 0, said_after: bool = False):
    tale = continuing(20, MID)
    if said_after:
        tale.calm([20])
    tale.done.append(DoneItem("d", "p1", ITEM, DAY + timedelta(days=20 - days_ago), 5, 5, pain))
    return decide(tale.case(20), K)


@pytest.mark.parametrize(
    ("pain", "light"),
    [(None, Light.GREEN), (5.0, Light.GREEN), (5.5, Light.YELLOW), (6.5, Light.YELLOW), (7.0, Light.RED)],
)
def test_from_the_tissues_limit_on_it_is_yellow_and_from_seven_on_red(pain, light):
    decision = told(pain)
    assert decision.light is light
    assert any(r.rule == "DAY-R04" and r.decided for r in decision.reasons) is (light is not Light.GREEN)
    assert decision.may_run is (light is not Light.RED)


@pytest.mark.parametrize(("days_ago", "light"), [(1, Light.RED), (2, Light.GREEN)])
def test_it_counts_on_the_day_after_too(days_ago, light):
    assert told(8.0, days_ago).light is light


def test_a_later_check_in_of_the_place_speaks_for_it_again():
    assert told(8.0, 1, said_after=True).light is Light.GREEN
    assert told(8.0, 0, said_after=True).light is Light.RED
