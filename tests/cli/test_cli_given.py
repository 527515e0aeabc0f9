"""What is typed: days, distances, JSON, name=value words."""

from __future__ import annotations

import io
from datetime import date

import pytest
import typer

from niggle.cli import given
from niggle.cli.keeping import pairs
from niggle.cli.say import Stop

TODAY = date(2026, 3, 28)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (None, TODAY),
        ("today", TODAY),
        ("yesterday", date(2026, 3, 27)),
        ("-28", date(2026, 2, 28)),
        ("2025-12-31", date(2025, 12, 31)),
    ],
)
def test_days(text, day):
    assert given.day(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["28.3.2026", "", "tomorrow", "-", "2026-02-30", "-99999999999", "0026-03-28", "9999-12-31"]
)
def test_no_days(text):
    with pytest.raises(Stop) as caught:
        given.day(text, TODAY)
    assert caught.value.exit_code == 2


def test_distances():
    assert given.distance_m(18, None) == 18_000
    assert given.distance_m(None, 10) == pytest.approx(16_093.44)
    assert given.distance_m(None, None) is None
    assert given.distance_m(0, None) == 0
    with pytest.raises(Stop) as caught:
        given.distance_m(1, 1)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "place"),
    [("{", "line 1"), ("[1]", "in.json"), ('{\n"a": 1,\n"b" 2}', "line 3"), ("[" * 100_000, "in.json")],
)
def test_bad_json_says_where(tmp_path, text, place):
    path = tmp_path / "in.json"
    path.write_text(text)
    with pytest.raises(Stop) as caught:
        given.json_object(str(path))
    failure = caught.value.failures[0]
    assert failure.code == "bad_json"
    assert place in (failure.place or "")
    assert failure.suggestion


def test_json_from_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO('{"pain_max": 3}'))
    assert given.json_object("-") == {"pain_max": 3}


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = tmp_path / "in.json"
    path.write_bytes(b"\xef\xbb\xbf{}")
    assert given.json_object(str(path)) == {}


def test_pairs():
    assert pairs(["name=Blue trainer", "drop-mm=8", "plated=no", "category=none", "born_on=1988-04-02"]) == {
        "name": "Blue trainer", "drop_mm": 8, "plated": False, "category": None, "born_on": "1988-04-02",
    }  # fmt: skip
    with pytest.raises(typer.BadParameter):
        pairs(["units"])
