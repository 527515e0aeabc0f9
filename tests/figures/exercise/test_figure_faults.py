"""Bad figure files: each mistake is named with file and line, and no picture is made."""

from __future__ import annotations

import pytest

from niggle.actions.figures import checked
from niggle.knowledge.figures_loader import load_all, load_one
from niggle.knowledge.loader import KnowledgeError

GOOD = """\
id: squat
catalogue: EX-042
title: Squat
view: side
targets: [quads]
common:
  feet: flat
  anchor: {right_foot: [0, 0]}
  reach: {left_foot: [0, 0]}
  balance: both
poses:
  up: {knees: 5}
  down: {knees: 80, pelvis: 30}
tempo:
  - {to: down, s: 3}
  - {hold: 1}
  - {to: up, s: 1}
"""


@pytest.fixture
def complaints(tmp_path):
    def run(old, new, name="squat"):
        assert old in GOOD
        path = tmp_path / f"{name}.yaml"
        path.write_text(GOOD.replace(old, new))
        with pytest.raises(KnowledgeError) as caught:
            load_one(path, checked)
        return [str(c) for c in caught.value.complaints]

    return run


def test_the_good_file_is_good(tmp_path):
    (tmp_path / "squat.yaml").write_text(GOOD)
    movement = load_all(tmp_path, checked)["squat"]
    assert movement.start() == "up"
    assert [p.seconds for p in movement.tempo] == [3, 1, 1]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("title: Squat", "title: Squat\ncolour: red", 4, "colour"),
        ("title: Squat", "title: Squat\ntitle: Again", 4, "twice"),
        ("[quads]", "[quadriceps]", 5, "no muscle; known: calf"),
        ("view: side", "view: below", 4, "view"),
        ("{right_foot: [0, 0]}", "{right_paw: [0, 0]}", 12, "no point"),
        ("{right_foot: [0, 0]}", "{right_foot: [0]}", 12, "a place is"),
        ("up: {knees: 5}", "up: {knee: 5}", 12, "'knee' is not known"),
        ("up: {knees: 5}", "up: {knees: very}", 12, "an angle is a number"),
        ("up: {knees: 5}", "up: {like: top}", 12, "no pose 'top'"),
        ("up: {knees: 5}", "up: {like: up}", 12, "like itself"),
        ("- {to: down, s: 3}", "- {to: deep, s: 3}", 15, "'deep' is no pose"),
        ("- {to: down, s: 3}", "- {to: down}", 15, "needs `s`"),
        ("- {hold: 1}", "- {hold: 1, to: up}", 16, "a phase says"),
        ("id: squat", "id: squats", 1, "not the file's name"),
    ],
)  # fmt: skip
def test_mistakes_are_named_with_their_line(complaints, old, new, line, words):
    found = complaints(old, new)
    assert any(words in c for c in found), found
    assert any(c.startswith(f"figures/squat.yaml:{line}:") for c in found), found


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("knees: 80, pelvis: 30", "knees: 165, pelvis: 30", "knee flex is"),
        ("knees: 80, pelvis: 30", "knees: 80, pelvis: 30, spine: 70", "spine flex is 70°; the joint goes from -32° to 60°"),  # noqa: E501
        ("up: {knees: 5}", "up: {knees: 5, reach: {right_hand: [150, 100]}}", "misses its place"),
        ("{right_foot: [0, 0]}", "{right_foot: [0, -6]}", "inside the floor"),
        ("{left_foot: [0, 0]}", "{left_foot: [0, -6]}", "inside the floor"),
        ("up: {knees: 5}", "up: {anchor: {right_foot: [0, 9]}, reach: {left_foot: [0, 9]}, knees: 5}", "nothing touches"),  # noqa: E501
        ("down: {knees: 80, pelvis: 30}", "down: {pelvis: 35, balance: none}", "would fall"),
    ],
)  # fmt: skip
def test_impossible_poses_are_refused(complaints, old, new, words):
    found = complaints(old, new)
    assert any(words in c for c in found), found
    assert all(c.startswith("figures/squat.yaml:1") for c in found), found


@pytest.mark.parametrize(("degrees", "fine"), [(60, True), (61, True), (63, False)])
def test_the_limit_of_the_spine_from_both_sides(tmp_path, degrees, fine):
    path = tmp_path / "squat.yaml"
    path.write_text(GOOD.replace("up: {knees: 5}", f"up: {{knees: 5, spine: {degrees}, pelvis: -20}}"))
    if fine:
        load_one(path, checked)
    else:
        with pytest.raises(KnowledgeError, match="spine flex"):
            load_one(path, checked)


def test_all_files_complain_together(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(GOOD)
    with pytest.raises(KnowledgeError) as caught:
        load_all(tmp_path, checked)
    assert {c.file for c in caught.value.complaints} == {"figures/a.yaml", "figures/b.yaml"}
