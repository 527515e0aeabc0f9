"""The form of a check-in without a server: what was ticked is what is kept, and what is asked at each place."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict

from niggle.core.body import SITES
from niggle.core.checkin import Entry, Moment, parse_entry
from niggle.knowledge import load
from niggle.web.dress.checkin import findings_from_form, first_warnings, later_warnings, plain_from_form, steps
from niggle.wording.interview import RanLately, site_groups

KNOWN = load()
STEPS = steps(KNOWN)
TODAY = date(2026, 11, 22)  # a Sunday
NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)


def plain(query: str, unit: str = "km") -> dict[str, object]:
    return plain_from_form(QueryDict(query), STEPS, TODAY, unit)


def parsed(query: str) -> Entry:
    entry = parse_entry(plain(query), id="x", recorded_at=NOW, on=TODAY, findings=KNOWN.questions)
    assert isinstance(entry, Entry), entry
    return entry


def test_nothing_hurts_is_a_pain_of_zero_and_nothing_else() -> None:
    assert plain("hurts=no&site=achilles&pain=7") == {"on": "2026-11-22", "pain_max": 0}


def test_a_feeling_that_it_is_wrong_needs_no_place() -> None:
    assert parsed("hurts=wrong&urgent=none").answers.feels_wrong is True


def test_the_issues_example() -> None:
    entry = parsed(
        "hurts=yes&urgent=none&site=knee_front&side=left&moment=day&day=today&pain=4&course=late&onset=6"
        "&quality=dull&signs=limp&rest=none"
    )
    assert (entry.site, entry.side, entry.moment) == ("knee_front", "left", None)
    said = entry.answers
    assert (said.pain_max, said.late_onset, said.onset_km, said.limp) == (4, True, 6, True)
    assert said.swelling is False
    assert said.night_pain is False


@pytest.mark.parametrize(
    ("moment", "field"),
    [("day", "pain_max"), ("before", "pain_before"), ("after", "pain_after"), ("evening", "pain_evening"),
     ("morning", "pain_morning")],
)  # fmt: skip
def test_the_number_goes_to_the_moment_it_was_asked_about(moment: str, field: str) -> None:
    entry = parsed(f"hurts=yes&site=achilles&side=left&moment={moment}&pain=3")
    assert getattr(entry.answers, field) == 3


def test_the_story_of_a_run_can_be_told_in_the_evening() -> None:
    told = "hurts=yes&site=knee_front&side=left&moment=evening&day=today&pain=4&course=late&onset=6&signs=limp"
    asked = {step.id for step in steps(KNOWN) if "evening" in (step.when or "")}
    assert {"course", "signs", "rest"} <= asked
    said = parsed(told).answers
    assert (said.pain_evening, said.late_onset, said.onset_km, said.limp) == (4, True, 6, True)


def words_of(ran: RanLately) -> str:
    asked = [s for s in steps(KNOWN, ran) if s.id in ("moment", "course", "signs", "baseline", "morning")]
    return " ".join([f"{s.title} {s.hint}" for s in asked] + [o.name for s in asked for o in s.options])


def test_who_did_not_run_is_asked_about_the_morning_and_not_about_a_run() -> None:
    rested, ran = words_of(RanLately(today=False, yesterday=False)), words_of(RanLately())
    for about_a_run in ("before the run", "since the run", "after it.", "the morning after a run"):
        assert about_a_run not in rested.lower()
    assert "before the run" in ran
    for words in (rested, ran):
        assert "The morning, on getting up" in words
    course = next(s for s in steps(KNOWN, RanLately(today=False)) if s.id == "course")
    assert course.title.startswith("If you ran")
    assert course.options[0].value == "no_run"


def test_the_words_of_a_day_change_nothing_that_can_be_answered() -> None:
    for ran in (RanLately(today=False), RanLately(yesterday=False)):
        for asked, usual in zip(steps(KNOWN, ran), steps(KNOWN), strict=True):
            assert (asked.id, asked.when) == (usual.id, usual.when)
            assert {o.value for o in asked.options} == {o.value for o in usual.options}


def test_a_list_that_was_passed_over_stays_unknown() -> None:
    """Unknown is not no: nothing ticked and not even "none of these" says nothing."""
    said = parsed("hurts=yes&site=achilles&side=left&pain=2").answers
    assert said.limp is None
    assert said.findings == ()


def test_a_list_answered_with_none_is_no_for_each_of_it() -> None:
    said = parsed("hurts=yes&site=achilles&side=left&pain=2&urgent=none&signs=none&moment=day").answers
    assert said.limp is False
    assert dict(said.findings) == dict.fromkeys(first_warnings(KNOWN), False)


def test_none_beside_a_ticked_box_does_not_untick_it() -> None:
    assert parsed("hurts=yes&site=achilles&pain=2&side=left&signs=limp&signs=none").answers.limp is True


def test_a_morning_is_kept_with_the_day_before_it() -> None:
    """It is that day's run, if there was one, that the morning speaks of."""
    morning = "hurts=yes&site=achilles&side=left&moment=morning"
    for day in ("", "&day=today"):
        entry = parsed(morning + day)
        assert (entry.on, entry.moment) == (date(2026, 11, 21), Moment.NEXT_MORNING)
    assert parsed(f"{morning}&day=yesterday").on == date(2026, 11, 20)
    assert parsed(f"{morning}&day=other&other_day=2026-11-01").on == date(2026, 10, 31)
    nonsense = parse_entry(plain(f"{morning}&day=other&other_day=soon"), id="x", recorded_at=NOW, on=TODAY)
    assert isinstance(nonsense, tuple)
    assert [p.field for p in nonsense] == ["on"]
    assert parsed("hurts=no&moment=morning").on == TODAY, "what nobody asked about moves nothing"
    assert parsed("hurts=yes&site=achilles&side=left&day=other&other_day=2026-11-01").on == date(2026, 11, 1)


def test_the_distance_of_the_onset_is_in_the_runners_unit() -> None:
    given = plain("hurts=yes&site=achilles&course=late&onset=3,5", "mi")
    assert given["onset_km"] == pytest.approx(5.6327, abs=1e-3)


def test_a_word_where_a_number_belongs_is_handed_on_and_refused_by_name() -> None:
    given = plain("hurts=yes&site=achilles&course=late&onset=far")
    problems = parse_entry(given, id="x", recorded_at=NOW, on=TODAY)
    assert isinstance(problems, tuple)
    assert [p.field for p in problems] == ["onset_km"]


def test_later_warnings_none_is_no_and_untouched_is_unknown() -> None:
    asked, more = ("hop_pain", "tap_pain"), ("lump",)
    assert findings_from_form(QueryDict("asked=none"), asked, more) == {"hop_pain": False, "tap_pain": False}
    assert findings_from_form(QueryDict("asked=hop_pain"), asked, more) == {"hop_pain": True, "tap_pain": False}
    assert findings_from_form(QueryDict("more=lump&more=invented"), asked, more) == {"lump": True}


def test_every_emergency_question_that_stands_alone_is_asked_first() -> None:
    first = first_warnings(KNOWN)
    assert {"chest_pain", "dizzy", "breathless", "bladder_trouble"} <= set(first)
    assert "hop_pain" not in first


@pytest.mark.parametrize("site", SITES)
def test_no_question_that_could_matter_at_a_place_is_left_out(site: str) -> None:
    """Every flag that is possible there finds each question that is asked there among the first or the later ones."""
    from niggle.wording.interview import place_facts

    offered = set(first_warnings(KNOWN)) | set(later_warnings(KNOWN, site))
    for flag in KNOWN.red_flags:
        if flag.when.truth(place_facts(site)) is not False:
            asked_here = {n for n in KNOWN.questions if site in (KNOWN.findings[n].sites or (site,))}
            assert set(flag.when.names) & asked_here <= offered, flag.rule.id


def test_questions_of_another_place_are_left_out() -> None:
    assert "wobbles" not in later_warnings(KNOWN, "groin")
    assert "wobbles" in later_warnings(KNOWN, "ankle_outer")
    assert len(later_warnings(KNOWN, "low_back")) < len(KNOWN.questions) - len(first_warnings(KNOWN))


def test_a_heel_is_looked_for_with_the_heel() -> None:
    group = next(g for g in site_groups() if g.name == "Ankle and heel")
    assert {"heel_under", "heel_bone", "achilles", "achilles_heel"} <= {o.value for o in group.options}
    everywhere = [o.value for g in site_groups() for o in g.options]
    assert sorted(everywhere) == sorted(SITES), "each place once"


def test_every_place_can_be_chosen() -> None:
    groups = next(step for step in STEPS if step.kind == "sites").groups
    assert {o.value for group in groups for o in group.options} == set(SITES)
