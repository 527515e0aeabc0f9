"""View models: what a form says, what a page says of a decision, weeks, facts, imports. No server, no database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.http import QueryDict

from niggle.core.body import SITES
from niggle.core.checkin import Entry, Moment, parse_entry
from niggle.core.history import Tag
from niggle.core.outcomes import Light, Urgency
from niggle.core.reasons import Fact, Grade, Reason, Weight
from niggle.core.session.types import Sport, Streams
from niggle.core.today import Activity, Care, DayCaps, Decision, Headline, NextStep, PlaceLight
from niggle.figures.charts import Table
from niggle.knowledge import load
from niggle.web.dress import sessions as session_dress
from niggle.web.dress.checkin import findings_from_form, first_warnings, later_warnings, plain_from_form, steps
from niggle.web.dress.imports import job
from niggle.web.dress.reasons import fact_line, reason_cards
from niggle.web.dress.today import today_page, week_strip
from niggle.web.dress.words import relative_day, week_days
from niggle.web.tags import table_rows
from niggle.wording.imports import import_line
from niggle.wording.interview import RanLately, site_groups
from niggle.wording.units import IMPERIAL, METRIC, Units

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


# ---- the form


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


# ---- the questions


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


# ---- today


REASON = Reason("LOAD-R01", Weight.CAUTION, (), ("S0",), Grade.PROPOSAL)
DAY = Decision(
    TODAY, Light.YELLOW, True, Headline.REDUCED, Care(), (Activity.EASY_RUN,), (Activity.SPEED,),
    DayCaps(longest_session_m=8046.72), (NextStep.ANSWER_MORNING,),
    (PlaceLight("achilles", None, Light.YELLOW, True, "TL-D10"), PlaceLight(None, None, Light.GREEN, False, "TL-D15")),
    (),
)  # fmt: skip


def test_the_day_in_miles() -> None:
    page = today_page(DAY, KNOWN.sources, IMPERIAL)
    assert [(f.name, f.value) for f in page.figures] == [("Longest run today", "5\u00a0mi")]
    assert page.light.word == "Yellow"
    assert "morning after" in page.light.tag
    assert page.emergency is None
    assert page.care is None


def test_a_final_light_has_no_for_now() -> None:
    assert "For now" not in today_page(replace(DAY, provisional=False), KNOWN.sources, METRIC).light.tag


def test_cannot_say_is_never_dressed_as_green() -> None:
    day = replace(DAY, light=Light.CANNOT_SAY, headline=Headline.CHECK_IN_FIRST, places=())
    page = today_page(day, KNOWN.sources, METRIC)
    assert page.light.light == "cannot_say"
    assert page.light.tag.startswith("Not green")


def test_an_emergency_has_its_own_words() -> None:
    day = replace(DAY, light=Light.RED, headline=Headline.EMERGENCY, care=Care(Urgency.EMERGENCY, suspect=("heart",)))
    page = today_page(day, KNOWN.sources, METRIC)
    assert page.emergency is not None
    assert "heart" in " ".join(page.emergency.lines)
    assert page.care is None


def test_a_new_runner_is_told_what_to_do() -> None:
    day = replace(DAY, light=Light.CANNOT_SAY, headline=Headline.NOTHING_KNOWN, places=())
    page = today_page(day, KNOWN.sources, METRIC, urls={"import": "/import", "checkin": "/checkin"})
    assert page.empty is not None
    assert (page.empty.url, page.empty.second_url) == ("/import", "/checkin")
    assert page.week == ()


@dataclass(frozen=True)
class Ran:
    on: date
    sport: Sport = Sport.RUN
    distance_m: float | None = 10_000.0


def test_the_week_begins_on_the_chosen_day() -> None:
    assert week_days(TODAY, "monday")[0] == date(2026, 11, 16)
    assert week_days(TODAY, "sunday")[0] == TODAY


def test_the_week_strip_counts_running_and_names_the_rest() -> None:
    monday = date(2026, 11, 16)
    cells, total = week_strip(TODAY, [Ran(monday), Ran(monday), Ran(monday, Sport.RIDE, 30_000.0)], METRIC, "monday")
    assert (cells[0].distance, cells[0].other, total) == ("20", "ride", "20\u00a0km")
    assert [c.today for c in cells] == [False] * 6 + [True]


# ---- facts


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (Fact("distance_m", 16093.44, "m"), "16.1\u00a0km"),
        (Fact("descent_m", 340.0, "m"), "340\u00a0m"),
        (Fact("growth", 0.25, "ratio"), "25\u00a0%"),
        (Fact("pain_max", 4.0, "0-10"), "4 of 10"),
        (Fact("limp", True), "yes"),
        (Fact("swelling", False), "no"),
        (Fact("site", "knee_front"), SITES["knee_front"].lay),
        (Fact("runs", 0, None), "0"),
        (Fact("week", 3600.0, "s"), "1\u00a0h"),
        (Fact("symptom_days", 15.0, "days"), "15 days"),
        (Fact("since", "2026-11-03"), "3 Nov"),
    ],
)
def test_a_fact_in_words(fact: Fact, text: str) -> None:
    assert fact_line(fact, METRIC).value == text


def test_a_facts_name_drops_its_unit() -> None:
    assert fact_line(Fact("longest_m", 5.0, "m", TODAY), METRIC).name == "Longest"
    assert fact_line(Fact("longest_m", 5.0, "m", TODAY), METRIC).on == "22 Nov"


# ---- sessions


@dataclass(frozen=True)
class Row:
    id: str = "a"
    sport: Sport = Sport.RUN
    start_utc: datetime = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    on: date = TODAY
    utc_offset_s: int | None = 3600
    title: str | None = None
    distance_m: float | None = 0.0
    duration_s: float | None = 600.0
    moving_s: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = 0.0
    avg_heart_rate_bpm: float | None = None
    tags: frozenset[Tag] = frozenset({Tag.RACE})


def test_a_row_shows_her_own_clock_and_choice_of_hours() -> None:
    (month,) = session_dress.months([Row()], METRIC, "12", {"a": "/x"})
    assert month.name == "November 2026"
    assert "12:30 am" in month.rows[0].when
    assert "race" in month.rows[0].when


def test_zero_is_a_value_and_absent_is_left_out() -> None:
    found = {f.name: f.value for f in session_dress.totals(Row(), None, METRIC)}
    assert found["Distance"] == "0\u00a0m"
    assert found["Descent"] == "0\u00a0m"
    assert "Ascent" not in found
    assert "Pace" not in found


def test_curves_are_drawn_for_what_was_recorded() -> None:
    n = 1200
    speed = np.full(n, 3.0)
    speed[100:140] = 0.0
    streams = Streams({"time_s": np.arange(n, dtype=float), "distance_m": np.cumsum(speed), "speed_mps": speed,
                       "heart_rate_bpm": np.full(n, np.nan)})  # fmt: skip
    (pace,) = session_dress.stream_charts(streams, Sport.RUN, METRIC)
    assert "5:33" in pace.title
    values = [row["value"] for row in pace.spec["data"]["values"]]
    assert None in values  # standing still has no pace
    (speed_chart,) = session_dress.stream_charts(streams, Sport.RIDE, Units("mi", "pace"))
    assert "mph" in speed_chart.title


# ---- imports


@dataclass(frozen=True)
class Report:
    state: str
    files_seen: int = 10
    files_total: int | None = 20
    sessions_added: int = 1
    duplicates: int = 0
    skipped: int = 0
    failed: int = 2
    job_id: int = 1
    label: str = "export.zip"
    seconds: float = 3.2
    files: tuple[object, ...] = ()
    error: str = ""
    damaged: tuple[object, ...] = ()


def test_an_import_says_how_it_stands() -> None:
    assert import_line(Report("running")) == "Reading: 10 of 20 files, 1 session added so far."
    assert import_line(Report("done")) == "1 session added, 2 failed, in 3 s."
    assert import_line(Report("failed")).startswith("Stopped")


def test_only_a_finished_import_that_brought_something_can_be_undone() -> None:
    assert job(Report("done")).can_undo
    assert not job(Report("running")).can_undo
    assert not job(Report("done", sessions_added=0)).can_undo
    assert not job(Report("undone")).can_undo


def test_what_can_be_done_with_an_import_depends_on_how_it_stands() -> None:
    found = {state: job(Report(state)) for state in ("queued", "running", "done", "failed", "undone")}
    assert [state for state, shown in found.items() if shown.can_go_on] == ["failed"]
    assert [state for state, shown in found.items() if shown.can_retry] == ["done"]
    assert not job(Report("done", failed=0)).can_retry
    assert job(Report("failed", error="no room on the disk")).error == "no room on the disk"


def test_progress_is_unknown_until_the_archive_is_counted() -> None:
    assert job(Report("running", files_total=None)).share is None
    assert job(Report("running")).share == 50


def test_relative_days() -> None:
    assert relative_day(TODAY, TODAY) == "today"
    assert relative_day(TODAY - timedelta(days=1), TODAY) == "yesterday"


def test_a_charts_table_is_escaped() -> None:
    rows = table_rows(Table(("Day", "Name"), (("<1>", "a & b"), ("2", "c"))))
    assert rows == (
        '<tr><th scope="row">&lt;1&gt;</th><td>a &amp; b</td></tr><tr><th scope="row">2</th><td>c</td></tr>'
    )


def test_two_rules_of_one_mind_are_one_card_with_both_rules_in_it() -> None:
    silent = Reason("TL-R12", Weight.INFO, (), ("niggle",), Grade.PROPOSAL, True)
    asked = Reason("DAY-R02", Weight.CAUTION, (), ("niggle",), Grade.PROPOSAL)
    (card,) = reason_cards((silent, asked), KNOWN.sources, METRIC)
    assert (card.rule, [a.rule for a in card.also], card.decided) == ("DAY-R02", ["TL-R12"], True)


def test_what_the_label_says_the_sentence_need_not() -> None:
    facts = (Fact("count", 2, "count"), Fact("limit", 8.7, "km"))
    for grade, ends in ((Grade.PROPOSAL, False), (Grade.MEASURED, True)):
        (card,) = reason_cards((Reason("SCI-LONGEST", Weight.CAUTION, facts, (), grade),), {}, METRIC)
        assert card.sentence.endswith("Rule of thumb.") is ends, card.sentence
