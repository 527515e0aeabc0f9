"""What was cleared, how long it still takes, and a hop on a bone, in words."""

from datetime import date

import pytest
from tests.core.rehab.tale import K

from niggle.core.body import Side
from niggle.core.gates import GateItem, GateResult
from niggle.core.profile import Clearance, Cleared
from niggle.core.scoreboard import TestState as Shown  # pytest would collect it
from niggle.wording import gates, ladder, light, scoreboard, today
from niggle.wording.care import SAID, clearance_line
from niggle.wording.units import Units

ON = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 weeks"), (0.1, "1 day"), (5 / 7, "5 days"), (1, "1 week"), (10 / 7, "1 week and 3 days"),
     (5.9, "5 weeks and 6 days"), (6, "6 weeks")],
)  # fmt: skip
def test_weeks_are_told_in_weeks_and_days(count, said):
    assert gates.weeks(count) == said


def test_of_several_waits_one_is_named():
    items = [GateItem(name, False, (), (name,)) for name in ("weeks:6", "days:5", "weeks:4", "days:43", "imaging")]
    assert GateResult(tuple(items[:3])).missing == ("weeks:6",)
    assert GateResult(tuple(items)).missing == ("days:43", "imaging")


@pytest.mark.parametrize(
    ("lifts", "said"),
    [(None, "Cleared for running"), (Cleared.WEIGHT, "Cleared for weight and training, not for running"),
     (Cleared.RUNNING, "Cleared for running"), (Cleared.EVERYTHING, "Cleared for everything")],
)  # fmt: skip
def test_a_line_says_what_was_cleared(lifts, said):
    word = Clearance(ON, "Dr Lang", "shin_inner", Side.LEFT, lifts=lifts)
    assert clearance_line(word).startswith(f"{said}: inner edge of the shin")


def test_every_clearance_can_be_chosen_on_the_form():
    assert {c.value for c in Cleared} == set(SAID) - {"restricted"}


def test_what_is_still_needed_names_running():
    assert gates.do_this("clearance:running", K) == (
        "Ask your clinician about running; when it is cleared, record who said so and when."
    )
    assert "running and jumping not yet" in today.SENTENCES["DAY-R01"]({"since": str(ON), "only": "weight"}, Units())
    assert "No running and no jumps yet" in ladder.lock_line("weight_only")


def test_a_bone_is_asked_about_pressing_in_the_way_out_of_red():
    facts = {"missing": "walk_pain bone_spot_tender"}
    assert "no spot on the bone is sore when you press it" in light.SENTENCES["TL-34"](facts, Units())


@pytest.mark.parametrize(("value", "said"), [(0.0, "It opens nothing"), (1.0, "a warning sign")])
def test_a_hop_on_a_bone_says_what_it_means(value, said):
    state = Shown("hop_in_place", on=ON, value=value, worse=value, not_now="bone")
    assert said in scoreboard.verdict_line(state, K.tests["hop_in_place"])
