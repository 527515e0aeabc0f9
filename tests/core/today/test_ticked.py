"""A pain told with an exercise is a word about the place."""

from datetime import timedelta

import pytest
from tests.core.rehab.tale import DAY, K, Tale
from tests.core.today.test_plan_day import MID, continuing

from niggle.core.body import Side
from niggle.core.outcomes import Light
from niggle.core.plan import DoneItem
from niggle.core.profile import Clearance, Profile
from niggle.core.today import decide

ITEM = next(i.id for i in K.protocols[MID].phases[0].items if i.exercise == "isometric-calf-hold")


def told(pain: float | None, days_ago: int = 0):
    tale = continuing(18, MID).say(18, pain_evening=0.0, limp=False).say(19, pain_evening=0.0, limp=False)
    tale.done.append(DoneItem("d", "p1", ITEM, DAY + timedelta(days=19 - days_ago), 5, 5, pain))
    return decide(tale.case(19), K)


@pytest.mark.parametrize(
    ("pain", "light"),
    [(None, Light.GREEN), (5.0, Light.GREEN), (5.5, Light.YELLOW), (6.5, Light.YELLOW), (7.0, Light.RED)],
)
def test_from_the_tissues_limit_on_it_is_yellow_and_from_seven_on_red(pain, light):
    decision = told(pain)
    assert decision.light is light
    assert any(r.rule == "DAY-R04" and r.decided for r in decision.reasons) is (light is not Light.GREEN)
    assert decision.may_run is (light is not Light.RED)


def seen_the_day_after(**after):
    tale = continuing(18, MID).say(18, pain_evening=0.0, limp=False).say(19, pain_evening=0.0, limp=False)
    tale.done.append(DoneItem("d", "p1", ITEM, DAY + timedelta(days=19), 5, 5, 8.0))
    on = after.pop("on", 20)
    return decide((tale.say(on, **after) if after else tale).case(20), K).light


def test_it_counts_on_the_day_after_too_and_no_longer():
    assert seen_the_day_after() is Light.RED
    assert told(8.0, 2).light is Light.GREEN


@pytest.mark.parametrize(
    ("word", "light"),
    [
        ({"pain_before": 1.0}, Light.GREEN),
        ({"on": 19, "pain_morning": 0.0, "baseline_by_24h": True}, Light.GREEN),  # the morning after
        ({"on": 19, "pain_evening": 1.0}, Light.RED),
        ({"site": None}, Light.GREEN),  # nothing hurts
        ({"site": "knee_front", "pain_before": 1.0}, Light.RED),
    ],
)
def test_a_later_word_of_the_place_speaks_for_it_again(word, light):
    assert seen_the_day_after(**word) is light


def test_the_other_side_does_not_speak_for_it():
    tale = continuing(18, MID).say(18, pain_evening=0.0).say(19, pain_evening=0.0)
    tale.done.append(DoneItem("d", "p1", ITEM, DAY + timedelta(days=19), 5, 5, 8.0))
    tale.side = Side.RIGHT
    decision = decide(tale.say(20, pain_before=1.0).case(20), K)
    assert decision.light is Light.RED
    assert {p.side: p.light for p in decision.places}[Side.LEFT] is Light.RED


def test_a_bone_allows_no_pain():
    cleared = Profile(clearances=(Clearance(DAY, "doctor", "shin_inner", Side.LEFT),))
    tale = Tale("tibial-stress-fracture", running=False, imaged=True, profile=cleared)
    tale.calm(range(-3, 2)).say(2, pain_evening=0.0, limp=False)
    item = K.protocols["tibial-stress-fracture"].phases[0].items[0].id
    lights = []
    for pain in (0.0, 1.0):
        tale.done = [DoneItem("d", "p1", item, DAY + timedelta(days=2), 1, 1, pain)]
        lights.append(decide(tale.case(2), K).light)
    assert lights == [Light.GREEN, Light.YELLOW]
