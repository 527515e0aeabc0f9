"""Where a pose lies in the tempo, and that props with a place of their own follow it into the pictures at rest."""

from __future__ import annotations

import re

import pytest

from niggle.figures.exercise.draw import still_svg
from niggle.figures.exercise.frames import motion
from niggle.figures.exercise.page import lay_out
from niggle.figures.exercise.scenery import _rolling
from niggle.knowledge.figures_loader import load_one

ROLLING = """\
id: rolling
catalogue: EX-042
title: Squat beside a roller
view: side
targets: [quads]
props:
  - {kind: roller, at: [60, 7.5, 0], moves: {up: [60, 7.5, 0], down: [90, 7.5, 0], low: [75, 7.5, 0]}}
common:
  feet: flat
  anchor: {right_foot: [0, 0]}
  reach: {left_foot: [0, 0]}
  balance: both
poses:
  up: {knees: 5}
  down: {knees: 80, pelvis: 30}
  low: {knees: 60, pelvis: 20}
tempo:
  - {hold: 1}
  - {to: down, s: 3}
  - {hold: 30}
  - {to: low, s: 2}
  - {to: up, s: 1}
"""


@pytest.fixture
def rolling(tmp_path):
    def build(text=ROLLING):
        path = tmp_path / "rolling.yaml"
        path.write_text(text)
        return motion(load_one(path))

    return build


@pytest.mark.parametrize(("pose", "second", "phase"), [("up", 0.0, 0), ("down", 4.0, 1), ("low", 8.5, 3)])
def test_a_pose_knows_when_it_is_reached(rolling, pose, second, phase):
    frame = rolling().pose_frame(pose)
    assert (frame.second, frame.phase) == (pytest.approx(second), phase)


@pytest.mark.parametrize(("pose", "x"), [("up", 60), ("down", 90), ("low", 75)])
def test_a_prop_that_moves_is_where_the_pose_has_it(rolling, pose, x):
    sheet = lay_out(rolling())
    (place,) = _rolling(sheet, sheet.movement.props[0], [sheet.motion.pose_frame(pose)])
    assert place == pytest.approx((x, 7.5, 0))


def test_a_pose_outside_the_tempo_counts_as_the_start(rolling):
    frame = rolling(ROLLING.replace("{to: low, s: 2}", "{to: up, s: 2}")).pose_frame("low")
    assert (frame.second, frame.phase) == (0.0, 0)


def test_the_still_shows_the_prop_of_its_main_pose(rolling):
    def roller(main):
        text = ROLLING.replace("tempo:", f"still: [low, {main}]\ntempo:")
        return float(re.findall(r"translate\((-?\d*\.?\d+)", still_svg(rolling(text)))[0])

    assert roller("down") - roller("up") == pytest.approx(30, abs=0.2)
