"""The player and the strip of an exercise keep to the numbers of the plan."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from niggle.actions import library
from niggle.core.exercise import DoseToday, Sides, Tempo, Weight
from niggle.core.ladder import RunStep, StepKind
from niggle.web.dress.plan.session import planned_player, unrolled
from niggle.web.dress.plan.tempo import with_seconds


def test_the_player_takes_the_numbers_of_the_plan() -> None:
    figures = library.exercises()
    dose = DoseToday(3, None, 45.0, None, None, Weight.BODY, Sides.SORE, 1, None)
    held = planned_player(figures["isometric-calf-hold"], dose)
    assert (held["sets"], held["reps"], held["rest"], held["sided"]) == (3, 1, 30, False)
    assert max(p["seconds"] for p in held["phases"]) == 45
    counted = replace(dose, reps=12, hold_s=None, tempo=Tempo(2, 0, 5), rest_s=0.0, sides=Sides.EACH)
    raised = planned_player(figures["single-leg-calf-raise"], counted)
    assert (raised["reps"], raised["rest"], raised["sided"]) == (12, 0, True)
    assert {2, 5} <= {p["seconds"] for p in raised["phases"] if not p["cut"]}
    assert planned_player(figures["calf-foam-roll"], replace(counted, reps=None, minutes=2.0))["watch"]


@pytest.mark.parametrize(
    ("figure", "tempo", "seconds", "strip"),
    [
        ("heel-drop-straight-knee", Tempo(2, 0, 4), [1, 4, 0, 1, 2], ["4 s", "2 s"]),
        ("single-leg-calf-raise", Tempo(2, 1, 4), [2, 1, 4], ["2 s", "4 s"]),
        ("loaded-calf-raise", Tempo(3, 2, 3), [3, 3, 2], ["3 s", "3 s", "2 s"]),
        ("single-leg-deadlift", Tempo(1, 0, 3), [3, 0, 1], ["3 s", "", "1 s"]),
        ("nordic-curl", Tempo(1, 0, 4), [4, 0, 1], ["4 s", "1 s"]),
        ("band-eversion", Tempo(1, 0, 3), [1, 0, 3], ["1 s", "", "3 s"]),
    ],
)
def test_the_figure_and_its_strip_keep_the_plans_tempo(
    figure: str, tempo: Tempo, seconds: list[float], strip: list[str]
) -> None:
    dose = DoseToday(3, 10, None, None, tempo, Weight.BODY, Sides.SORE, 1, None)
    phases = planned_player(library.exercises()[figure], dose)["phases"]
    assert [p["seconds"] for p in phases] == seconds
    drawn = with_seconds(library.drawing(figure, "numbered"), phases)
    assert re.findall(r'<text x="[^"]*" y="[^"]*">([^<]*)</text>', drawn) == strip


def test_a_strip_of_another_movement_stays_as_it_was() -> None:
    drawn = library.drawing("squat", "numbered")
    assert with_seconds(drawn, [{"word": "up", "seconds": 9.0, "shown": 1.0, "cut": False}]) == drawn


def test_repeated_stretches_are_unrolled_in_their_order() -> None:
    walk, run = RunStep(StepKind.WALK, 60, repeat=3, block=1), RunStep(StepKind.RUN, 120, repeat=3, block=1)
    warm, cool = RunStep(StepKind.WARM_UP, 300), RunStep(StepKind.COOL_DOWN, 300)
    kinds = [s.kind for s in unrolled((warm, run, walk, cool))]
    assert kinds == [StepKind.WARM_UP, *([StepKind.RUN, StepKind.WALK] * 3), StepKind.COOL_DOWN]
    assert unrolled(()) == []
