"""`niggle figure` writes files and names what it cannot do; GIF and PNG are real pictures."""

from __future__ import annotations

import json

import pytest

from niggle.actions.figures import figure_ids, render
from niggle.actions.gif import read_png, write_gif
from niggle.cli import main


def run(capsys, *argv):
    code = main.run(["figure", *argv])
    return code, capsys.readouterr()


def test_without_an_id_it_lists_all(capsys):
    code, said = run(capsys, "--json")
    assert code == 0
    assert json.loads(said.out)["figures"] == figure_ids()


def test_one_file(capsys, tmp_path):
    code, _ = run(capsys, "plank", "--out", str(tmp_path / "plank.svg"))
    assert code == 0
    assert (tmp_path / "plank.svg").read_text().startswith("<svg")


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("plonk", "--out", "x.svg"), "no exercise"),
        (("plank",), "where should"),
        (("plank", "--out", "x.mp4"), "none of"),
    ],
)
def test_what_it_cannot_do_is_named(capsys, argv, words):
    code, said = run(capsys, *argv)
    assert code == 1
    assert words in said.err


def test_a_png_has_ink():
    picture = read_png(render("plank", ".png"))
    assert picture.shape[0] > 200
    assert 0.005 < (picture.min(axis=2) < 200).mean() < 0.6


def test_a_gif_moves():
    data = render("double-calf-raise", ".gif")
    assert data[:6] == b"GIF89a"
    assert data[-1:] == b"\x3b"
    assert data.count(b"\x21\xf9\x04") >= 8


def test_pictures_of_different_size_are_refused():
    with pytest.raises(ValueError, match="differ"):
        write_gif([render("plank", ".png"), render("hip-hike", ".png")], [1, 1])
