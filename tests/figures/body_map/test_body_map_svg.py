"""The pictures: names, sides, marks with a pattern besides the colour, size, nothing that a strict policy forbids."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from niggle.core.body import LOAD_TISSUES, SITES, LoadTissue, Side
from niggle.core.outcomes import Problem
from niggle.core.tissue import LoadWord
from niggle.figures.body_map import Kind, Mark, from_loads, marks_from, picture, pictures, sheet
from niggle.knowledge.drawings import FILE, body_map
from niggle.knowledge.loader import KnowledgeError

DRAWING = body_map()
FRONT = DRAWING.views[0]


def test_all_views_weigh_less_than_forty_kilobytes() -> None:
    marks = [Mark(site, Side.LEFT, 5) for site in ("knee_front", "achilles", "heel_under", "shin_inner", "groin")]
    assert len(sheet(DRAWING, marks).encode()) < 40 * 1024


def test_the_sheet_is_sound_and_names_every_place_on_both_sides() -> None:
    text = sheet(DRAWING)
    ElementTree.fromstring(text)
    assert "style=" not in text
    assert "<script" not in text
    for site in SITES.values():
        drawn = sum(1 for v in DRAWING.views for r in v.regions if r.site == site.id)
        name = site.lay[:1].upper() + site.lay[1:]
        assert text.count(f"<title>{name}</title>") == drawn * (2 if site.paired else 1), site.id


def test_sides_mirror_each_other_exactly() -> None:
    """Both sides use the same shapes; one of them through a mirror."""
    left, right = re.findall(r'<g data-side="(?:left|right)">(.*?)</g>', picture(DRAWING, FRONT, None))
    assert left == right
    assert '<g transform="scale(-1 1)"><g data-side="right">' in picture(DRAWING, FRONT, None)
    limb = next(v for v in DRAWING.views if not v.mirrors)
    one, other = (picture(DRAWING, limb, side) for side in (Side.LEFT, Side.RIGHT))
    width = 2 * limb.box[0] + limb.box[2]
    assert f"matrix(-1 0 0 1 {width:g} 0)" not in one
    assert f"matrix(-1 0 0 1 {width:g} 0)" in other
    assert re.findall(r'href="#\w+"', one) == re.findall(r'href="#\w+"', other)


@pytest.mark.parametrize(
    ("intensity", "pattern"), [(0.5, "dot"), (3.5, "dot"), (4, "line"), (6.5, "line"), (7, "cross")]
)
def test_a_mark_has_a_pattern_besides_its_colour(intensity: float, pattern: str) -> None:
    text = picture(DRAWING, FRONT, None, [Mark("knee_front", Side.LEFT, intensity)])
    assert text.count(f"url(#b{pattern})") == 1
    assert f", left: {intensity:g} of 10</title>" in text
    assert ", right:" not in text


def test_zero_is_named_and_not_filled() -> None:
    text = picture(DRAWING, FRONT, None, [Mark("knee_front", Side.LEFT, 0)])
    assert "left: 0 of 10" in text
    assert "bm-pain" not in text


def test_the_worst_of_two_marks_shows() -> None:
    text = picture(DRAWING, FRONT, None, [Mark("groin", Side.BOTH, 2), Mark("groin", Side.LEFT, 8)])
    assert "Groin, left: 8 of 10" in text
    assert "Groin, right: 2 of 10" in text


def test_a_note_is_escaped() -> None:
    assert "&lt;b&gt;" in picture(DRAWING, FRONT, None, [Mark("head", Side.MIDDLE, 1, "<b>")])


def test_only_the_pictures_that_are_needed() -> None:
    assert [v.id for v, _ in pictures(DRAWING, [Mark("groin", Side.LEFT, 3)])] == ["front", "back"]
    shown = pictures(DRAWING, [Mark("heel_under", Side.RIGHT, 3)])
    assert [s for _, s in shown] == [None, None, Side.RIGHT]
    assert any(r.site == "heel_under" for r in shown[-1][0].regions)


def test_loads_stand_at_the_places_of_their_tissue() -> None:
    words = dict.fromkeys(LOAD_TISSUES, LoadWord.NOT_KNOWN) | {
        LoadTissue.ACHILLES: LoadWord.FAR_ABOVE,
        LoadTissue.LOW_BACK: LoadWord.BELOW,
    }
    marks = from_loads(DRAWING, words, {LoadTissue.ACHILLES: "180 %"})
    assert {m.site for m in marks if m.kind is Kind.ABOVE} == set(DRAWING.tissues[LoadTissue.ACHILLES])
    assert [m.site for m in marks if m.kind is Kind.USUAL] == ["low_back"]
    text = sheet(DRAWING, marks, show=pictures(DRAWING, marks))
    assert "180 %" in text
    assert "url(#bcross)" in text
    assert "url(#bdot)" not in text  # what is usual has no pattern


@pytest.mark.parametrize(
    ("plain", "field", "words"),
    [
        ([{"site": "knee_frnt"}], "sites[0].site", "knee_front"),
        (["groin", {"site": 4}], "sites[1].site", "no site 4"),
        ([{}], "sites[0].site", "no site is named"),
        ([{"site": "groin", "side": "up"}], "sites[0].side", "left"),
        ([{"site": "groin", "intensity": 10.5}], "sites[0].intensity", "0 to 10"),
        ([{"site": "groin", "intensity": -1}], "sites[0].intensity", "0 to 10"),
        ([{"site": "groin", "intensity": True}], "sites[0].intensity", "0 to 10"),
        ([{"site": "groin", "colour": "red"}], "sites[0].colour", "one of"),
        ({"site": "groin"}, "sites", "list"),
        ([3], "sites[0]", "not a place"),
    ],
)
def test_bad_marks_are_named(plain: object, field: str, words: str) -> None:
    (problem,) = marks_from(plain)
    assert isinstance(problem, Problem)
    assert problem.field == field
    assert words in f"{problem.message} {problem.suggestion}"


def test_good_marks_at_both_ends() -> None:
    assert marks_from([{"site": "groin", "side": "left", "intensity": 0}, {"site": "head", "intensity": 10}]) == (
        Mark("groin", Side.LEFT, 0.0),
        Mark("head", Side.BOTH, 10.0),
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("      knee_front:", "      knee_frnt:", "did you mean knee_front"),
        ("achilles: [achilles,", "achilles: [achiles,", "did you mean achilles"),
        ("side: left", "side: both", "left or right"),
        ('- "0,2 ', '- "0;2 ', "is no knot"),
        ("head: {middle: true", "head: {middle: false", "has no left and right"),
        ("  low_back: [low_back]", "  calf: []", "stands twice"),
        ("    title: Front", "    titel: Front", "titel"),
    ],
)
def test_a_bad_drawing_is_refused_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    at = text.index(old)
    line = text[:at].count("\n") + 1
    broken = tmp_path / "body_map.yaml"
    broken.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        body_map(broken)
    found = [c for c in caught.value.complaints if said in c.message]
    assert found
    assert any(c.line == line for c in found) or said == "left or right"
