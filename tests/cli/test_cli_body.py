"""`niggle body`: the map as a file, and what is wrong with a list of places."""

from __future__ import annotations

from pathlib import Path

import pytest

from niggle.cli.main import run


def test_writes_the_map(tmp_path: Path) -> None:
    places, out = tmp_path / "sites.json", tmp_path / "map.svg"
    places.write_text('[{"site": "achilles", "side": "left", "intensity": 4}]', encoding="utf-8")
    assert run(["body", "--sites", str(places), "--out", str(out)]) == 0
    whole = out.read_text(encoding="utf-8")
    assert "left: 4 of 10</title>" in whole
    assert run(["body", "--sites", str(places), "--out", str(out), "--needed"]) == 0
    assert len(out.read_bytes()) < len(whole)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"site": "achiles"}]', ("achiles", "did you mean achilles", "sites[0].site")),
        ("[", ("not JSON", "line 1")),
        ("{}", ("not a list",)),
    ],
)
def test_bad_places_are_named_and_nothing_is_written(
    text: str, said: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places, out = tmp_path / "sites.json", tmp_path / "map.svg"
    places.write_text(text, encoding="utf-8")
    assert run(["body", "--sites", str(places), "--out", str(out)]) != 0
    shown = " ".join(capsys.readouterr().err.split())
    assert all(word in shown for word in said), shown
    assert not out.exists()
