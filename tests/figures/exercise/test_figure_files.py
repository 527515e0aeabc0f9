"""Every shipped figure: possible in every frame, small, well-formed, the same for the other side."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from niggle.actions.figures import checked
from niggle.core.movement import mirrored
from niggle.figures.exercise import draw
from niggle.figures.exercise.check import check
from niggle.figures.exercise.frames import motion
from niggle.figures.exercise.props import KINDS
from niggle.figures.exercise.skeleton import points
from niggle.figures.exercise.vectors import length, sub
from niggle.knowledge import figures_loader
from niggle.knowledge.figures_loader import FOLDER, figure_files, ids, load_one, not_movements

IDS = ids()


@pytest.fixture(scope="module")
def moving():
    return {name: motion(load_one(FOLDER / f"{name}.yaml")) for name in IDS}


def test_there_are_figures():
    assert len(IDS) >= 15
    assert len({p.stem for p in figure_files()}) == len(IDS)


@pytest.mark.parametrize("name", IDS)
def test_the_figure_is_possible_in_every_frame(name):
    load_one(FOLDER / f"{name}.yaml", checked)  # raises with file and line


@pytest.mark.parametrize("name", IDS)
def test_what_is_held_stays_and_bones_keep_their_length(name, moving):
    for frame in moving[name].frames:
        for point, place in frame.held.items():
            assert length(sub(frame.at[point], place)) < 1.0, (name, frame.second, point)
        at = points(frame.posed)
        assert length(sub(at["right_hip"], at["right_knee"])) == pytest.approx(41.6, abs=0.1)
        assert length(sub(at["left_elbow"], at["left_wrist"])) == pytest.approx(24.8, abs=0.1)


@pytest.mark.parametrize("name", IDS)
def test_the_pictures_are_small_and_well_formed(name, moving):
    svg = draw.moving_svg(moving[name])
    assert len(svg.encode()) < 12 * 1024
    for picture in (svg, draw.still_svg(moving[name]), draw.strip_svg(moving[name]), draw.thumbnail_svg(moving[name])):
        root = ET.fromstring(picture)
        assert root.tag.endswith("svg")
        used = [e.get("id") for e in root.iter() if e.get("id")]
        assert len(used) == len(set(used))
        wanted = {e.get("href")[1:] for e in root.iter() if e.tag.endswith("}use")}
        assert wanted <= set(used)
        assert "nan" not in picture
    for word in ("<script", " style=", "onload", "http://www.w3.org/1999/xlink", "javascript"):
        assert word not in svg


@pytest.mark.parametrize("name", IDS)
def test_a_page_that_inlines_it_meets_no_style(name, moving):
    assert "<style" not in draw.moving_svg(moving[name], own_file=False)
    assert "prefers-reduced-motion" in draw.moving_svg(moving[name])


@pytest.mark.parametrize("name", IDS)
def test_the_other_side_is_the_mirror_image(name, moving):
    movement = moving[name].movement
    other = mirrored(movement)
    assert mirrored(other) == movement
    assert not [f for f in check(other) if not check(movement)]
    left = motion(other)
    for a, b in zip(moving[name].frames, left.frames, strict=True):
        for point in ("right_knee", "right_hand", "left_toe", "head"):
            swapped = {"right": "left", "left": "right"}.get(point.split("_")[0])
            twin = point if swapped is None else f"{swapped}_{point.split('_')[1]}"
            x, y, z = a.at[point]
            image = (-x, y, z) if "side" in movement.base else (x, y, -z)
            assert length(sub(b.at[twin], image)) < 0.8, (point, a.second)


@pytest.mark.parametrize("name", IDS)
def test_key_times_are_in_order(name, moving):
    root = ET.fromstring(draw.moving_svg(moving[name]))
    for element in root.iter():
        if "animate" not in element.tag:
            continue
        times = [float(t) for t in element.get("keyTimes").split(";")]
        assert times == sorted(times)
        assert (times[0], times[-1]) == (0, 1)
        assert len(element.get("values").split(";")) == len(times)
        if element.get("keySplines"):
            assert len(element.get("keySplines").split(";")) == len(times) - 1


def test_cues_lie_on_the_paper(moving):
    for name, figure in moving.items():
        if figure.movement.close is not None:
            continue
        for text, x, y in draw.cue_places(figure):
            assert 0 <= x <= 1, (name, text)
            assert 0 <= y <= 1, (name, text)


def test_what_is_no_movement_has_a_reason_and_no_figure(moving):
    drawn = {entry for figure in moving.values() for entry in figure.movement.catalogue}
    for entry, why in not_movements().items():
        assert len(why.reason) > 10
        assert entry not in drawn
        assert set(why.see) <= set(IDS)


def test_loader_and_drawing_know_the_same_props():
    assert set(figures_loader.PROP_KINDS) == set(KINDS)


def test_figures_on_one_page_share_no_ids(moving):
    seen = {}
    for name, figure in moving.items():
        for side in (False, True):
            root = ET.fromstring(draw.moving_svg(figure, own_file=False, mirror=side))
            for element in root.iter():
                key = element.get("id")
                assert key is None or key not in seen, (name, seen.get(key))
                if key is not None:
                    seen[key] = name
