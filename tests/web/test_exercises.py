"""The exercise library through Django's client: every figure, filters without scripts, drawings and their cache."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from django.test import Client

from niggle.actions import library
from niggle.core.movement import MUSCLES
from niggle.knowledge.figures_schema import TYPES
from niggle.web.dress import exercises as dress
from niggle.wording import movement as words

ALL = sorted(library.exercises())


def shown(client: Client, query: str = "") -> set[str]:
    body = client.get(f"/library/exercises{query}").content.decode()
    rows = re.findall(r'<li data-part="[^>]*?>.*?href="/library/exercises/([\w-]+)"', body)
    hidden = re.findall(r'<li data-part="[^>]*? hidden>.*?href="/library/exercises/([\w-]+)"', body)
    assert sorted(rows) == ALL  # what is left out is in the page, hidden
    return set(rows) - set(hidden)


def test_the_gallery_holds_every_figure(client: Client) -> None:
    assert shown(client) == set(ALL)


def test_filters_hold_together_and_each_alone(client: Client) -> None:
    known = library.exercises()
    lower = shown(client, "?part=lower_leg")
    slow = shown(client, "?type=ecc")
    assert lower == {i for i, e in known.items() if set(words.BODY_PARTS["lower_leg"][1]) & set(e.movement.targets)}
    assert slow == {i for i, e in known.items() if "ecc" in e.movement.types}
    assert shown(client, "?part=lower_leg&type=ecc") == lower & slow
    assert shown(client, "?need=none") == {i for i, e in known.items() if not e.movement.equipment}
    assert "split-squat" in shown(client, "?q=quadriceps+dumbbell")
    assert shown(client, "?q=nothing+is+called+so") == set()


def test_a_filter_offers_only_what_there_is_and_counts_it(client: Client) -> None:
    movements = [e.movement for e in library.exercises().values()]
    for filter_ in dress.filters(movements, {}):
        for option in filter_.options:
            assert option.many == len(shown(client, f"?{filter_.name}={option.value}")) > 0


def test_every_muscle_and_type_has_words_and_every_muscle_a_body_part() -> None:
    assert set(words.MUSCLE_WORDS) == set(MUSCLES)
    assert sorted(m for _, muscles in words.BODY_PARTS.values() for m in muscles) == sorted(MUSCLES)
    assert set(words.TYPE_WORDS) == set(TYPES)


def test_a_hold_is_named_and_its_time_is_the_prescribed_one() -> None:
    movement = library.exercises()["split-squat"].movement
    assert words.tempo_line(movement).replace("\u00a0", " ") == "Lower slowly 3 s, hold 1 s, drive up 1 s"
    assert words.alternative(movement).replace("\u00a0", " ").startswith(
        "Split squat, seen from the side: lower slowly (3 s), then hold (1 s), then drive up (1 s). Works: front"
    )  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_each_exercise_has_a_page_with_sentence_cues_and_player(name: str, client: Client) -> None:
    answer = client.get(f"/library/exercises/{name}")
    assert answer.status_code == 200
    body = answer.content.decode()
    movement = library.exercises()[name].movement
    assert f'aria-label="{html.escape(words.alternative(movement))}"' in body
    assert " style=" not in body
    assert "<style" not in body
    assert len(body.encode()) < 30_000
    for cue in movement.cues:
        assert html.escape(cue.text[1:]) in body
    left = re.search(r'"left": "([^"]+)"', body)
    assert left is not None
    assert client.get(left[1]).status_code == 200


def test_unknown_exercises_and_drawings_are_not_found(client: Client) -> None:
    digest = library.exercises()["plank"].digest
    for path in ("/library/exercises/no-such", "/figures/0123.css", f"/figures/{digest}/system/right/thumb/squat.svg",
                 f"/figures/{digest}/pink/right/thumb/plank.svg", f"/figures/{digest}/system/up/thumb/plank.svg",
                 f"/figures/{digest}/system/right/../plank.svg"):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_a_drawing_is_kept_by_the_browser_and_may_do_nothing(client: Client) -> None:
    digest = library.exercises()["plank"].digest
    answer = client.get(f"/figures/{digest}/system/right/loop/plank.svg")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert "script" not in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_drawing_comes_from_the_cache_and_a_broken_disk_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = library.drawing("plank", "thumb")
    kept = list((tmp_path / "home" / "cache" / "figures").glob("*.svg"))
    assert len(kept) == 1
    kept[0].write_text("<svg>kept</svg>")
    assert library.drawing("plank", "thumb") == "<svg>kept</svg>"
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("NIGGLE_HOME", str(tmp_path / "file"))
    assert library.drawing("plank", "thumb") == first


def test_the_runners_theme_decides_over_the_systems() -> None:
    system, light, dark = (library.drawing("plank", "thumb", theme=t) for t in library.THEMES)
    assert "prefers-color-scheme" in system
    assert "prefers-color-scheme" not in light + dark
    assert "@media all{" in dark
    assert "@media not all{" in light


def test_listing_the_exercises_solves_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("solved")

    monkeypatch.setattr(library.figures, "motion", never)
    library.exercises.cache_clear()
    assert library.exercises()


def test_numbers_stand_at_the_joints_of_the_cues_also_in_the_mirror() -> None:
    right, left = (library.drawing("split-squat", "numbered", mirror=m) for m in (False, True))
    for text in (right, left):
        assert text.count('class="xbadge"') == 2 * len(library.exercises()["split-squat"].movement.cues)
    box = [float(v) for v in re.findall(r'viewBox="([^"]+)"', right)[0].split()]
    places = [re.findall(r'display="none" aria-hidden="true"><g transform="translate\((-?[\d.]+)', t)[0]
              for t in (right, left)]  # fmt: skip
    assert float(places[0]) + float(places[1]) == pytest.approx(2 * box[0] + box[2], abs=0.2)


def test_the_contact_sheet_names_every_figure_once_and_stays_small() -> None:
    text = library.sheet()
    for name in ALL:
        assert text.count(f">{name}</text>") == 1
    assert len(text.encode()) < 600_000
    ids = re.findall(r' id="(\w+)"', text)
    assert len(ids) == len(set(ids))


def test_the_committed_sheet_shows_every_figure() -> None:
    """`niggle figure --contact-sheet docs/reference/exercises.svg` makes it anew."""
    text = (Path(__file__).parents[2] / "docs" / "reference" / "exercises.svg").read_text(encoding="utf-8")
    assert sorted(re.findall(r'font-size="10"[^>]*>([\w-]+)</text>', text)) == ALL
