"""`niggle triage` and its kin: stories, files, bad input by name, the interview, evaluation, vocabulary."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import Niggle

HEEL = "My left heel hurts with the first steps out of bed for three weeks. No swelling."


def file_of(folder: Path, data: object) -> Path:
    path = folder / "answers.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_a_story_in_words(niggle: Niggle) -> None:
    said = niggle("triage", "--text", HEEL, "--json")
    assert said.code == 0
    assert said.json["differential"][0]["condition"] == "plantar-fasciitis"
    assert {f["finding"]: f["value"] for f in said.json["findings"]}["swelling"] is False
    printed = niggle("triage", "--text", HEEL).out
    assert "Plantar fasciitis" in printed
    assert "not a diagnosis" in printed
    assert "“first steps" in printed


def test_answers_from_a_file(niggle: Niggle, tmp_path: Path) -> None:
    data = {"age": 34, "sex": "f", "sites": ["heel_under"], "side": "left", "findings": {"first_steps": True}}
    said = niggle("triage", "--findings", file_of(tmp_path, data), "--json")
    assert said.code == 0
    assert said.json["differential"][0]["condition"] == "plantar-fasciitis"
    assert said.json["sites"][0]["sites"] == ["heel_under"]


def test_an_emergency_stands_first(niggle: Niggle, tmp_path: Path) -> None:
    data = {"age": 50, "sites": ["knee_front"], "findings": {"chest_pain": True}}
    path = file_of(tmp_path, data)
    assert niggle("triage", "--findings", path, "--json").json["urgency"] == "emergency"
    assert niggle("triage", "--findings", path).out.startswith("Get medical help now")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_text"),
        ("Seit drei Wochen tut mir beim Laufen das Knie weh und es wird nicht besser", "another_language"),
        ("knee pain " * 10_000, "text_too_long"),
    ],
    ids=["empty", "german", "long"],
)
def test_a_text_that_is_no_story_is_refused_by_name(niggle: Niggle, text: str, code: str) -> None:
    said = niggle("triage", "--text", text, "--json")
    assert said.code == 1
    assert said.json["error"]["code"] == code
    assert said.json["error"]["suggestion"]


def test_a_dog_is_outside(niggle: Niggle) -> None:
    said = niggle("triage", "--text", "my dog hurts", "--json")
    assert (said.code, said.json["outside"], said.json["differential"]) == (0, "animal", [])
    assert "vet" in niggle("triage", "--text", "my dog hurts").out


@pytest.mark.parametrize("age", [3, 130])
def test_an_age_that_is_no_runners_is_outside(niggle: Niggle, tmp_path: Path, age: int) -> None:
    path = file_of(tmp_path, {"age": age, "sites": ["heel_under"], "findings": {"first_steps": True}})
    assert niggle("triage", "--findings", path, "--json").json["outside"] == "age"
    assert niggle("triage", "--text", HEEL, "--age", age, "--json").json["outside"] == "age"


def test_every_mistake_in_a_file_is_named(niggle: Niggle, tmp_path: Path) -> None:
    data = {"age": 300, "sites": ["kneecap"], "findings": {"first_step": True, "pop": "perhaps"}}
    said = niggle("triage", "--findings", file_of(tmp_path, data), "--json")
    assert said.code == 1
    wrong = {e["place"].rpartition(": ")[2]: e["suggestion"] for e in said.json["errors"]}
    assert wrong.keys() == {"age", "site", "findings.first_step", "findings.pop"}
    assert wrong["findings.first_step"] == "first_steps"


def test_answers_that_contradict_each_other_are_said(niggle: Niggle, tmp_path: Path) -> None:
    data = {"sites": ["heel_under"], "findings": {"first_steps": True, "morning_stiff": False}}
    said = niggle("triage", "--findings", file_of(tmp_path, data), "--json")
    assert said.json["contradictions"] == [["first_steps", "morning_stiff"]]
    assert "TRI-07" in [r["rule"] for r in said.json["reasons"]]


def test_a_story_that_says_both_counts_neither(niggle: Niggle) -> None:
    said = niggle("triage", "--text", "My knee is swollen. There is no swelling in my knee.", "--json")
    found = {f["finding"]: f for f in said.json["findings"]}["swelling"]
    assert found["value"] is None
    assert len(found["spans"]) == 2


@pytest.mark.parametrize(
    "argv",
    [("--text", "a", "--findings", "b"), ("--text", HEEL, "--sex", "x"), ("--text", HEEL, "--age", "-4")],
    ids=["both", "sex", "age"],
)
def test_options_that_cannot_be_meant(niggle: Niggle, argv: tuple[str, ...]) -> None:
    assert niggle("triage", *argv).code in (1, 2)


def test_nobody_at_the_terminal(niggle: Niggle) -> None:
    assert niggle("triage", "--json").json["error"]["code"] == "no_answers"


def test_the_vocabulary(niggle: Niggle) -> None:
    found = {f["id"]: f for f in niggle("findings", "--json").json["findings"]}
    assert len(found) > 150
    assert found["onset"]["choices"]["sudden"]
    assert found["pain_max"]["maximum"] == 10
    assert niggle("findings", "heel").out
    assert niggle("findings", "zzz", "--json").json["error"]["code"] == "no_such_finding"


def test_evaluation(niggle: Niggle, tmp_path: Path) -> None:
    story = {
        "id": "a", "text": HEEL, "age": 40, "sex": "f", "diagnosis": "plantar-fasciitis", "urgency_truth": "routine",
        "must_not_miss": False,
        "findings": [{"name": "first_steps", "value": True}, {"name": "site", "value": "heel_under"}],
    }  # fmt: skip
    path = tmp_path / "stories.jsonl"
    path.write_text(json.dumps(story) + "\nnot json\n", encoding="utf-8")
    for source in ("text", "findings"):
        said = niggle("evaluate-triage", path, "--from", source, "--json")
        assert (said.code, said.json["stories"], said.json["top_1"]) == (0, 1, 1.0)
        assert [p["field"] for p in said.json["problems"]] == ["line 2"]
    assert "100%" in niggle("evaluate-triage", path).out
    assert niggle("evaluate-triage", path, "--from", "dreams").code == 2
    assert niggle("evaluate-triage", tmp_path / "none.jsonl", "--json").json["error"]["code"] == "unreadable"
    (tmp_path / "empty.jsonl").write_text("")
    assert niggle("evaluate-triage", tmp_path / "empty.jsonl", "--json").json["error"]["code"] == "no_stories"


class Typist:
    """Types what is given, then Enter for ever; remembers what was asked."""

    def __init__(self, *lines: str) -> None:
        self.lines: Iterator[str] = iter(lines)
        self.asked: list[str] = []

    def __call__(self, text: str) -> str:
        self.asked.append(text)
        assert len(self.asked) < 500, f"asked without end: {text!r}"
        return next(self.lines, "")


@pytest.mark.django_db
class TestInterview:
    def talk(self, *lines: str) -> None:
        from niggle.cli.started import here
        from niggle.cli.triage_talk import talk

        talk(here(), Typist(*lines))

    def test_place_then_questions_then_an_answer(self, capsys: pytest.CaptureFixture[str]) -> None:
        # no words; heel by word, and which of its places; left; age
        self.talk("", "heel", "1", "1", "40")
        out = capsys.readouterr().out
        assert "not a diagnosis" in out

    def test_an_emergency_in_the_first_words_is_on_today_even_if_she_goes_then(self) -> None:
        from niggle.actions import athletes, checkins, clock
        from niggle.cli.started import here
        from niggle.cli.triage_talk import talk

        lines = iter([POPPED, ""])

        def leaves(_: str) -> str:
            for said in lines:
                return said
            raise EOFError

        with pytest.raises(EOFError):
            talk(here(), leaves)
        (entry,) = checkins.list_entries(athletes.local_athlete(), clock.today(), clock.today())
        assert entry.answers.pop

    def test_the_answer_names_the_commands_that_go_on(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.talk(HEEL, "", "", "40", "n", "q")
        out = " ".join(capsys.readouterr().out.split())
        assert "niggle triage keep" in out
        assert "niggle plan start --condition plantar-fasciitis --side left --hurts-since 20" in out

    def test_answered_to_the_end_it_counts_as_the_check_in_of_the_day(self, capsys: pytest.CaptureFixture[str]) -> None:
        from niggle.actions import athletes, checkins, clock
        from niggle.cli.started import here
        from niggle.cli.triage_talk import talk

        def says(prompt: str) -> str:
            if "none of them" in prompt:
                return "0"
            if "years" in prompt:
                return "40"
            if prompt.startswith("("):
                return "4" if "0-10" in prompt else ""
            if next(asked) > 60:
                return ""
            return "1" if "comes closest" in said[-1] else "n"

        def types(prompt: str) -> str:
            said.append(capsys.readouterr().out)
            return first.pop(0) if first else says(prompt)

        first, asked, said = [HEEL, "", ""], itertools.count(), [""]  # her words, their end, nothing of them was wrong
        talk(here(), types)
        out = " ".join(("".join(said) + capsys.readouterr().out).split())
        assert "Which of these comes closest?" in out
        assert "Last, the warning signs." in out
        assert "Kept on Today. Your answers count as a check-in of that day." in out
        (entry,) = checkins.list_entries(athletes.local_athlete(), clock.today(), clock.today())
        assert entry.answers.pain_max == 4
        assert dict(entry.answers.findings)["chest_pain"] is False

    def test_left_in_the_middle_it_goes_on_there(self, capsys: pytest.CaptureFixture[str]) -> None:
        from niggle.actions import athletes, triage

        self.talk(HEEL, "", "", "40", "n", "q")
        assert "Kept." in capsys.readouterr().out
        kept = triage.current(athletes.local_athlete())
        assert kept is not None
        assert kept.answers["first_steps"] is True
        assert len(kept.asked) == 1
        self.talk("", "3", "q")
        assert "You left an interview" in capsys.readouterr().out
        again = triage.current(athletes.local_athlete())
        assert again is not None
        assert (again.key, len(again.asked)) == (kept.key, 2)

    def test_what_was_misunderstood_is_left_out(self) -> None:
        from niggle.actions import athletes, triage

        self.talk(HEEL, "", "1, 2", "heel", "1", "1", "40", "q")
        kept = triage.current(athletes.local_athlete())
        assert kept is not None
        assert "first_steps" not in kept.answers


@pytest.mark.django_db
def test_an_interview_is_kept_as_an_open_complaint(niggle: Niggle) -> None:
    from niggle.actions import athletes, clock, triage

    assert niggle("triage", "keep", "--json").json["error"]["code"] == "no_interview"
    me = athletes.local_athlete()
    key = triage.start(me, clock.now()).key
    triage.place(me, key, "heel_under", "left", clock.now())
    assert niggle("triage", "keep", key).code == 1, "nothing to suspect yet"
    triage.answer(me, key, "first_steps", True, clock.now())
    said = niggle("triage", "keep", key)
    assert said.code == 0
    assert said.out.startswith("Suspected: Plantar fasciitis.")
    again = niggle("triage", "keep", "--json").json
    assert (again["key"], again["condition"], again["new"]) == (key, "plantar-fasciitis", False)
    assert [c.slug for c in athletes.get_profile(me, clock.today()).conditions] == ["plantar-fasciitis"]
    assert niggle("triage", "burn").code == 2
    page = niggle("triage", "summary", key).out
    assert page.startswith("Summary for a clinician")
    assert "not a diagnosis" in page
    assert niggle("triage", "summary", "0000").code == 1


POPPED = "Sharp pain under my heel since yesterday's run, I cannot put weight on it, it popped"


@pytest.mark.django_db
def test_an_emergency_about_me_is_on_today_until_it_is_taken_back(niggle: Niggle, typed: Callable[[str], None]) -> None:
    typed('{"pain_max": 0}')
    assert niggle("checkin", "--json-in", "-").code == 0
    stateless = niggle("triage", "--text", POPPED).out
    assert "Nothing of this was kept" in stateless
    assert niggle("today", "--json").json["light"] == "green", "it may have been about anybody"
    said = niggle("triage", "--text", POPPED, "--mine", "--json").json
    assert said["urgency"] == "emergency"
    assert len(said["on_today"]) == 1
    assert niggle("today", "--json").json["headline"] == "emergency"
    back = niggle("triage", "take-back", "--json").json
    assert (back["key"], back["taken_back"]) == (said["key"], said["on_today"])
    assert niggle("today", "--json").json["light"] == "green"
    assert niggle("triage", "take-back", "--json").json["error"]["code"] == "nothing_held"


@pytest.mark.django_db
def test_a_lesser_story_about_me_can_be_kept_and_one_about_anybody_not(niggle: Niggle) -> None:
    from niggle.actions import athletes, clock

    assert niggle("triage", "--text", HEEL, "--json").code == 0
    assert niggle("triage", "keep", "--json").json["error"]["code"] == "no_interview"
    said = niggle("triage", "--text", HEEL, "--mine").out
    assert "niggle triage keep" in said
    assert niggle("triage", "take-back", "--json").json["error"]["code"] == "nothing_held", "Today holds none of it yet"
    kept = niggle("triage", "keep", "--json").json
    assert (kept["condition"], kept["new"]) == ("plantar-fasciitis", True)
    me = athletes.get_profile(athletes.local_athlete(), clock.today())
    assert [c.slug for c in me.conditions] == ["plantar-fasciitis"]
    assert niggle("triage", "--text", "My belly hurts since yesterday", "--mine").code == 0
    assert niggle("triage", "keep", "--json").json["condition"] == "plantar-fasciitis", "what is outside leaves nothing"


@pytest.mark.django_db
def test_after_an_answer_the_way_on_is_named(niggle: Niggle) -> None:
    from niggle.actions import athletes, clock, triage

    me = athletes.local_athlete()
    key = triage.start(me, clock.now()).key
    triage.place(me, key, "heel_under", "left", clock.now())
    triage.answer(me, key, "first_steps", True, clock.now())
    said = niggle("triage", "keep", key).out
    assert "niggle plan start --condition plantar-fasciitis --side left" in said


@pytest.mark.django_db
def test_the_summary_is_written_and_another_condition_kept(niggle: Niggle, tmp_path: Path) -> None:
    from niggle.actions import athletes, clock, triage

    me = athletes.local_athlete()
    key = triage.start(me, clock.now()).key
    triage.tell(me, key, "Heel <b>hurts</b> & aches", clock.now())
    triage.place(me, key, "heel_under", "left", clock.now())
    triage.answer(me, key, "first_steps", True, clock.now())
    triage.answer(me, key, "numb_sole", True, clock.now())
    text, html = tmp_path / "page.txt", tmp_path / "page.html"
    assert niggle("triage", "summary", key, "--out", text).out.strip().endswith("page.txt")
    assert text.read_text() == niggle("triage", "summary", key).out
    said = niggle("triage", "summary", "--out", html, "--json").json
    assert said["written"] == str(html)
    assert [s["title"] for s in said["sections"]][:2] == ["Complaint", "Present"]
    page = html.read_text()
    assert page.startswith("<!doctype html>")
    assert "@media print" in page
    assert "<b>" not in page, "words of hers are escaped"
    assert "&lt;b&gt;hurts" in page
    assert "http" not in page, "nothing is fetched"
    refused = niggle("triage", "summary", key, "--out", tmp_path / "page.doc", "--json")
    assert refused.json["error"]["code"] == "unknown_kind"
    missing = niggle("triage", "summary", key, "--out", tmp_path / "none" / "page.txt", "--json")
    assert missing.json["error"]["code"] == "not_written"
    assert niggle("triage", "keep", key, "--out", text).code == 2
    assert niggle("triage", "summary", key, "--condition", "gout").code == 2
    assert niggle("triage", "--text", HEEL, "--condition", "gout").code == 2
    assert niggle("triage", "keep", key, "--condition", "hip-osteoarthritis").code == 1
    kept = niggle("triage", "keep", key, "--condition", "Tarsal tunnel syndrome", "--json").json
    assert kept["condition"] == "tarsal-tunnel-syndrome"
