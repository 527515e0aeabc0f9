"""Forms and what they do, through Django's client: the views are thin, so this is about the wiring."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.actions.archives import fit, session

from niggle.actions import athletes, checkins, clock, imports, sessions, shoes, told_facts
from niggle.core.body import LOAD_TISSUES
from niggle.core.history import Shoe, Surface, Tag
from niggle.core.spikes import Told
from niggle.store import home
from niggle.store.models import ImportJob
from niggle.store.scopes import athlete_scope
from niggle.web.dress.words import day_text

YESTERDAY = clock.today().replace(day=1)


def add_run(client: Client, **more: str) -> str:
    """A run typed in; its id."""
    form = {"sport": "run", "on": "2026-05-04", "start": "18:05", "distance": "10", "minutes": "55"} | more
    answer = client.post("/sessions/add", form)
    assert answer.status_code == 302, answer.content.decode()
    found = re.search(r"/sessions/(\w+)", answer["Location"])
    assert found is not None
    return found[1]


def test_a_typed_session_is_listed_and_shown(client: Client) -> None:
    session_id = add_run(client)
    page = client.get(f"/sessions/{session_id}").content.decode()
    assert "10\u00a0km" in page
    assert "18:05" in page
    assert "No curves" in page
    assert "May 2026" in client.get("/sessions?until=2026-05-31").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("distance", "ten"), ("start", "half past"), ("on", ""), ("distance", "-4"), ("on", "2031-01-01")],
)
def test_a_session_that_cannot_be_is_refused_and_what_was_typed_stays(client: Client, field: str, value: str) -> None:
    form = {"sport": "run", "on": "2026-05-04", "start": "18:05", "distance": "10", "minutes": "55"} | {field: value}
    answer = client.post("/sessions/add", form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert 'value="55"' in page
    assert sessions.list_sessions(athletes.local_athlete()) == ()


def test_labels_and_shoes_of_a_session(client: Client) -> None:
    session_id = add_run(client)
    assert client.post("/shoes/add", {"name": "Red pair", "start": "100"}).status_code == 302
    (pair,) = shoes.list_shoes(athletes.local_athlete())
    form = {"tags": ["race", "hills"], "surface": "trail", "low_side": "left", "shoe": pair.shoe.id}
    assert client.post(f"/sessions/{session_id}/label", form).status_code == 302
    (row,) = sessions.list_sessions(athletes.local_athlete())
    assert row.tags == {Tag.RACE, Tag.HILLS}
    assert (row.surface, row.low_side, row.shoe) == (Surface.TRAIL, "left", pair.shoe.id)
    assert shoes.list_shoes(athletes.local_athlete())[0].distance_m == pytest.approx(110_000)


def test_an_unknown_tag_is_refused(client: Client) -> None:
    session_id = add_run(client)
    assert client.post(f"/sessions/{session_id}/label", {"tags": ["invented"]}).status_code == 422


def test_shoes_are_assigned_by_span_and_retired(client: Client) -> None:
    add_run(client)
    add_run(client, on="2026-06-04")
    client.post("/shoes/add", {"name": "Red pair"})
    (pair,) = shoes.list_shoes(athletes.local_athlete())
    at = f"/shoes/{pair.shoe.id}"
    assert client.post(f"{at}/assign", {"first": "2026-05-01", "last": "2026-05-31"}).status_code == 302
    assert shoes.list_shoes(athletes.local_athlete())[0].runs == 1
    assert client.post(f"{at}/assign", {"first": "", "last": "2026-05-31"}).status_code == 422
    assert client.post(f"{at}/retire").status_code == 302
    assert shoes.list_shoes(athletes.local_athlete())[0].shoe.retired_on == clock.today()
    assert "Retired" in client.get("/shoes").content.decode()


def test_a_shoe_keeps_what_is_not_changed_and_refuses_words_for_numbers(client: Client) -> None:
    client.post("/shoes/add", {"name": "Red pair", "drop_mm": "8", "category": "trail"})
    (pair,) = shoes.list_shoes(athletes.local_athlete())
    page = client.get(f"/shoes/{pair.shoe.id}").content.decode()
    assert 'value="8"' in page
    assert '<option value="trail" selected>' in page
    assert client.post(f"/shoes/{pair.shoe.id}", {"name": "Red pair", "drop_mm": "high"}).status_code == 422
    assert client.post("/shoes/add", {"name": ""}).status_code == 422


def test_settings_are_kept_and_an_unknown_choice_is_refused(client: Client) -> None:
    form = {"units": "mi", "pace_or_speed": "speed", "week_starts": "sunday", "clock": "12", "theme": "dark"}
    assert client.post("/settings", form).status_code == 302
    page = client.get("/more").content.decode()
    assert 'data-theme="dark"' in page
    assert athletes.get_settings(athletes.local_athlete()).units == "mi"
    assert client.post("/settings", form | {"units": "leagues"}).status_code == 422
    assert client.post("/settings/theme", {"theme": "pink"}).status_code == 422


def test_profile_answers_are_recorded_and_taken_back(client: Client) -> None:
    me = athletes.local_athlete()
    assert client.post("/settings/profile", {"born_on": "1988-03-01", "osteoporosis": "no"}).status_code == 302
    known = athletes.get_profile(me, clock.today())
    assert known.born_on is not None
    assert known.osteoporosis is False
    assert client.post("/settings/profile", {"born_on": "", "osteoporosis": ""}).status_code == 302
    assert athletes.get_profile(me, clock.today()).osteoporosis is None
    assert client.post("/settings/profile", {"mass_kg": "heavy"}).status_code == 422
    assert client.post("/settings/profile", {"born_on": "2090-01-01"}).status_code == 422


def test_a_check_in_with_nothing_answered_is_refused(client: Client) -> None:
    for form in ({}, {"hurts": "yes"}, {"hurts": "yes", "site": "elbow_of_doom", "pain": "3"},
                 {"hurts": "yes", "site": "achilles", "pain": "11"}):  # fmt: skip
        answer = client.post("/checkin", form)
        assert answer.status_code == 422, form
        assert 'role="alert"' in answer.content.decode()
    today = clock.today()
    assert checkins.list_entries(athletes.local_athlete(), today, today) == ()


def test_the_questions_that_follow_add_to_the_same_complaint(client: Client) -> None:
    form = {"hurts": "yes", "urgent": "none", "site": "shin_inner", "side": "left", "moment": "day", "pain": "3",
            "signs": "bone_spot_tender"}  # fmt: skip
    answer = client.post("/checkin", form)
    more = answer["Location"].split("?")[0]
    page = client.get(more).content.decode()
    assert "hopping" in page
    assert client.post(more, {"asked": ["hop_pain"]}).status_code == 302
    today = clock.today()
    first, second = checkins.list_entries(athletes.local_athlete(), today, today)
    assert (second.site, second.side, second.moment) == (first.site, first.side, first.moment)
    assert dict(second.answers.findings)["hop_pain"] is True
    assert client.get("/").content.decode().count("light-red") == 1


def test_passing_over_the_questions_records_nothing(client: Client) -> None:
    answer = client.post("/checkin", {"hurts": "yes", "site": "achilles", "side": "left", "pain": "2"})
    client.post(answer["Location"].split("?")[0], {})
    today = clock.today()
    assert len(checkins.list_entries(athletes.local_athlete(), today, today)) == 1


def test_each_reason_unfolds_to_its_rule_facts_source_and_grade(client: Client) -> None:
    form = {"hurts": "yes", "urgent": "none", "site": "achilles", "side": "left", "moment": "day", "pain": "5"}
    client.post("/checkin", form)
    page = client.get("/").content.decode()
    reason = page[page.index("Rule TL-D10") - 1500 :]
    assert "5 of 10" in reason
    assert "Source: " in reason
    assert "linical practice" in reason
    assert "light-yellow" in page


def test_a_reason_that_is_a_rule_of_thumb_says_so(client: Client) -> None:
    client.post("/checkin", {"hurts": "no"})
    add_run(client, on=clock.today().replace(day=1).isoformat(), start="00:01")
    page = client.get("/load?distance=30&descent=900").content.decode()
    assert '<span class="label">rule of thumb</span>' in page


def test_load_lists_what_is_above_its_usual_and_folds_the_rest(client: Client) -> None:
    for ago in range(3, 60, 3):
        add_run(client, on=(clock.today() - timedelta(days=ago)).isoformat())
    page = client.get("/load").content.decode()
    names = re.findall(r'class="row-name">([^<]+)<', page)
    assert len(names) == len(set(names)) == len(LOAD_TISSUES), "each tissue once"
    assert "as usual or below" in page
    asked = client.get("/load?tissue=achilles").content.decode()
    assert re.search(r"<details open><summary><span>[^<]*as usual or below", asked), "she asked for one of them"


@pytest.mark.parametrize(("weeks_ago", "quiet"), [(11, False), (12, True)])
def test_load_without_a_run_in_the_weeks_shown_draws_nothing(client: Client, weeks_ago: int, quiet: bool) -> None:
    """Weeks begin on Mondays: eleven Mondays back is the first of twelve weeks."""
    today = clock.today()
    last = today - timedelta(days=today.weekday() + 7 * weeks_ago)
    add_run(client, on=last.isoformat())
    page = client.get("/load").content.decode()
    assert ("chart-ink" in page) is not quiet
    assert ("No run in the 12 weeks up to" in page) is quiet
    assert "What would a run do?" in page
    if quiet:
        assert f"Your last run was on {day_text(last)}, " in page
        assert 'href="?weeks=26"' in page
        then = client.get(f"/load?until={last.isoformat()}").content.decode()
        assert "chart-ink" in then
        assert f"As it stood on {day_text(last)}" in then
        assert "chart-ink" in client.get("/load?weeks=26").content.decode()


def test_load_of_an_archive_that_ends_years_ago(client: Client) -> None:
    add_run(client, on="2019-05-05")
    page = client.get("/load?weeks=52").content.decode()
    assert "Your last run was on Sun 5 May 2019, " in page
    assert "chart-ink" not in page
    assert 'href="?until=2019-05-05"' in page
    assert "No run in the 52 weeks" in client.get("/load?weeks=52&until=2099-01-01").content.decode()
    assert "No run in the 52 weeks" in client.get("/load?weeks=52&until=yesterday").content.decode()
    assert "Your load will stand here" in client.get("/load?until=2019-05-04").content.decode()


def test_what_if_answers_and_refuses(client: Client) -> None:
    add_run(client, on=clock.today().replace(day=1).isoformat(), start="00:01")
    page = client.get("/load?distance=30&descent=400").content.decode()
    assert "Your week would come to" in page
    page = client.get("/load?distance=far").content.decode()
    assert "is not a number" in page
    assert "Your week would come to" not in page


def test_forgetting_needs_the_word(client: Client) -> None:
    add_run(client)
    assert client.post("/settings/forget", {"sure": "yes"}).status_code == 422
    assert len(sessions.list_sessions(athletes.local_athlete())) == 1
    assert client.post("/settings/forget", {"sure": "Forget"}).status_code == 302
    assert sessions.list_sessions(athletes.local_athlete()) == ()


def test_the_export_is_a_zip(client: Client) -> None:
    add_run(client)
    answer = client.post("/settings/export")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


def test_an_upload_arrives_in_the_data_folder_and_leaves_nothing_but_its_file(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived: list[Path] = []
    take = imports.take_upload

    def watching(athlete: int, files: Any, now: Any) -> int:
        arrived.extend((home.folder() / "arriving").iterdir())
        return take(athlete, files, now)

    monkeypatch.setattr("niggle.actions.imports.take_upload", watching)
    upload = SimpleUploadedFile("runs.csv", b"Date,Distance (km),Time\n2026-05-04,8,0:44:00\n")
    assert client.post("/import", {"files": upload}).status_code == 302
    assert len(arrived) == 1
    assert list((home.folder() / "arriving").iterdir()) == []
    (kept,) = [p for p in (home.folder() / "uploads").rglob("*") if p.is_file()]
    assert kept.name == "runs.csv"
    assert kept.read_bytes().startswith(b"Date")


def test_an_upload_without_a_file_is_refused(client: Client) -> None:
    assert client.post("/import", {}).status_code == 422


def test_a_notice_cannot_be_forged(client: Client) -> None:
    page = client.get("/more?done=<script>").content.decode()
    assert "notice" not in page


def test_something_unusual_is_told_with_the_check_in(client: Client) -> None:
    me, today = athletes.local_athlete(), clock.today()
    form = {"hurts": "no", "unusual": ["carried_weight", "long_sitting", "invented"]}
    assert client.post("/checkin", form).status_code == 302
    assert told_facts.list_told(me, today, today) == (Told("carried_weight", today), Told("long_sitting", today))
    assert "You carried extra weight" in client.get("/").content.decode()
    (entry,) = checkins.list_entries(me, today, today)
    assert entry.answers.findings == ()


def test_a_refused_check_in_tells_nothing(client: Client) -> None:
    today = clock.today()
    assert client.post("/checkin", {"unusual": ["carried_weight"]}).status_code == 422
    assert told_facts.list_told(athletes.local_athlete(), today, today) == ()


@pytest.fixture
def demo(db: None) -> int:
    """A demo runner with one pair, shown as long as there is nothing of one's own."""
    demo = athletes.new_demo_athlete()
    assert isinstance(shoes.save_shoe(demo, {"name": "Demo pair"}, clock.now()), Shoe)
    return demo


def test_shoes_added_while_the_demo_is_shown_are_ones_own(client: Client, demo: int) -> None:
    assert "Demo pair" in client.get("/shoes").content.decode()
    assert client.post("/shoes/add", {"name": "Red pair"}).status_code == 302
    assert [p.shoe.name for p in shoes.list_shoes(athletes.local_athlete())] == ["Red pair"]
    assert [p.shoe.name for p in shoes.list_shoes(demo)] == ["Demo pair"]
    page = client.get("/shoes").content.decode()
    assert "Red pair" in page
    assert "Demo pair" not in page
    assert "demo runner" not in client.get("/").content.decode()


def test_a_pair_of_the_demo_runner_is_changed_where_it_is(client: Client, demo: int) -> None:
    (pair,) = shoes.list_shoes(demo)
    assert client.post(f"/shoes/{pair.shoe.id}", {"name": "Old pair"}).status_code == 302
    assert [p.shoe.name for p in shoes.list_shoes(demo)] == ["Old pair"]
    assert shoes.list_shoes(athletes.local_athlete()) == ()
    assert "demo runner" in client.get("/").content.decode()


def test_an_import_that_was_stopped_goes_on_at_a_button(client: Client, tmp_path: Path) -> None:
    me = athletes.local_athlete()
    path = tmp_path / "runs.csv"
    path.write_text("Date,Distance (km),Time\n2026-05-04,8,0:44:00\n2026-05-05,9,0:50:00\n")
    job = imports.start_import(me, [path], clock.now())
    with athlete_scope(me):
        ImportJob.objects.filter(pk=job).update(state="failed", error="no space left on device")
    page = client.get(f"/import/{job}").content.decode()
    assert "No space left on device" in page
    assert f'action="/import/{job}/resume"' in page
    assert client.post(f"/import/{job}/resume")["Location"].endswith("?done=resumed")
    assert imports.get_report(me, job).state == "queued"
    assert imports.next_job() in (job, None)  # the queue is the worker's; a young one waits a moment
    assert imports.run_import(job, processes=0).sessions_added == 2
    page = client.get(f"/import/{job}").content.decode()
    assert "/resume" not in page
    client.post(f"/import/{job}/resume")
    assert imports.get_report(me, job).state == "done", "what is done does not go on"
    assert client.post(f"/import/{job + 1}/resume").status_code == 404


def test_a_file_read_with_damage_is_named_on_the_page_of_its_import(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "cut.fit"
    path.write_bytes(fit(session())[:-1000])
    job = imports.start_import(athletes.local_athlete(), [path], clock.now())
    (told,) = imports.run_import(job, processes=0).damaged
    page = html.unescape(client.get(f"/import/{job}").content.decode())
    for text in ("Read with damage", told.name, told.message[1:], told.place or "", told.suggestion[1:]):
        assert text in page


def test_every_failed_file_is_listed_with_reason_place_and_suggestion(client: Client, tmp_path: Path) -> None:
    me = athletes.local_athlete()
    for number in range(60):
        (tmp_path / f"page{number}.fit").write_text("<!doctype html><html><body>Please log in</body></html>")
    (tmp_path / "empty.gpx").write_bytes(b"")
    job = imports.start_import(me, [tmp_path], clock.now())
    report = imports.run_import(job, processes=0)
    assert report.failed == len(report.files) == 61
    page = html.unescape(client.get(f"/import/{job}").content.decode())
    for failed in report.files:
        for text in (failed.name, failed.message[1:], failed.place or "", (failed.suggestion or "")[1:]):
            assert text in page
    assert f'action="/import/{job}/retry"' in page
    assert client.post(f"/import/{job}/retry").status_code == 302
    assert imports.get_report(me, job).state == "queued"


def test_after_a_check_in_without_more_to_ask_there_is_no_page_in_between(client: Client) -> None:
    quiet = {"hurts": "yes", "site": "achilles", "side": "left", "moment": "day", "day": "today", "pain": "2"}
    assert client.post("/checkin", quiet).headers["Location"] == "/?done=checkin"
    history = client.get("/checkin/history").content.decode()
    (more,) = re.findall(r'href="(/checkin/[^"/]+/more)"', history)
    page = client.get(more).content.decode()
    assert "<details open>" in page
    bone = quiet | {"site": "shin_inner", "pain": "6", "signs": "bone_spot_tender"}
    assert client.post("/checkin", bone).headers["Location"].partition("?")[0].endswith("/more")
