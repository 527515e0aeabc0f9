"""The day's decision: the order of authority, what is allowed, how far; nothing lower loosens anything higher."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niggle import knowledge
from niggle.core.body import LOAD_TISSUES, SITES, Side
from niggle.core.case import Case, case_from_plain, case_to_plain
from niggle.core.checkin import Answers, Entry, Moment, Quality
from niggle.core.history import FEATURES, SPORTS, History, empty_history
from niggle.core.outcomes import Light, Urgency
from niggle.core.profile import Clearance, Profile
from niggle.core.session import Sport
from niggle.core.today import Activity, Headline, NextStep, decide, decision_from_plain, decision_to_plain
from niggle.wording import today as words
from niggle.wording.reasons import sentence
from niggle.wording.units import IMPERIAL, METRIC

K = knowledge.load()
DAY = date(2026, 3, 11)  # a Wednesday
KNEE = ("knee_front", Side.LEFT)


def runs(days_ago: dict[int, float], ascent_m: float = 20.0, descent_m: float = 20.0) -> History:
    """A log of easy runs: {days before DAY: kilometres}."""
    order = sorted(days_ago, reverse=True)
    n = len(order)
    km = np.array([days_ago[d] for d in order], dtype=np.float64)
    day = np.array([DAY.toordinal() - d for d in order], dtype=np.int64)
    return History(
        tuple(f"r{d}" for d in order), (day - 719163) * 86400.0 + 64800.0, day,
        np.full(n, SPORTS.index(Sport.RUN)), km * 1000, km * 360, km * 355, np.full(n, ascent_m), np.full(n, descent_m),
        np.repeat(km[:, None], len(LOAD_TISSUES), axis=1), np.full((n, len(FEATURES)), np.nan),
        (frozenset(),) * n, (None,) * n, (None,) * n, (None,) * n,
    )  # fmt: skip


STEADY = runs({d: 8.0 for d in range(1, 85) if d % 7 in (0, 2, 4)})


def said(on: date, place=KNEE, *, moment=None, hour=20, findings=(), **answers) -> Entry:
    site, side = place or (None, None)
    stamp = datetime(on.year, on.month, on.day, hour, tzinfo=UTC)
    number = len(answers) + hour
    return Entry(
        f"{on}-{site}-{number}", on, stamp, site, side, moment, None, Answers(**answers, findings=tuple(findings))
    )


def today(*entries, history=STEADY, on=DAY, **profile):
    return decide(Case(on, history, entries, Profile(**profile)), K)


def test_nothing_known_is_never_green():
    decision = today(history=empty_history())
    assert decision.light is Light.CANNOT_SAY
    assert decision.headline is Headline.NOTHING_KNOWN
    assert not decision.may_run
    assert decision.next_steps == (NextStep.CHECK_IN_FIRST, NextStep.IMPORT_ARCHIVE)


def test_an_archive_without_a_check_in_gives_no_light():
    decision = today()
    assert decision.light is Light.CANNOT_SAY
    assert decision.headline is Headline.CHECK_IN_FIRST
    assert not decision.may_run


@pytest.mark.parametrize(("age_days", "light"), [(7, Light.GREEN), (8, Light.CANNOT_SAY)])
def test_a_word_of_last_week_counts_and_an_older_one_does_not(age_days, light):
    assert today(said(DAY - timedelta(days=age_days), None, pain_max=0.0)).light is light


def test_nothing_hurts_is_green_with_limits_from_the_log():
    decision = today(said(DAY, None, pain_max=0.0))
    assert decision.light is Light.GREEN
    assert decision.headline is Headline.AS_PLANNED_CAPPED
    assert decision.caps.longest_session_m == pytest.approx(8800)  # ten per cent above the longest of 30 days
    assert decision.may_run


def test_the_evenings_story_from_the_front_page():
    """Knee, 4 of 10, came after 6 km, limped the last stairs."""
    decision = today(said(DAY, pain_max=4.0, onset_km=6.0, late_onset=True, limp=True, quality=Quality.DULL))
    assert decision.light is Light.RED
    assert not decision.may_run
    assert decision.care.urgency >= Urgency.ROUTINE
    assert {"TL-D05", "TL-D10", "TL-D11"} <= {r.rule for r in decision.reasons}
    assert decision.reasons[0].rule == "TL-D05"
    assert decision.reasons[0].decided


def test_yellow_runs_less_than_green():
    green = today(said(DAY, None, pain_max=0.0))
    yellow = today(said(DAY, pain_max=4.0, pain_start=4.0))
    assert yellow.light is Light.YELLOW
    assert yellow.headline is Headline.REDUCED
    assert yellow.caps.longest_session_m < green.caps.longest_session_m
    assert {Activity.SPEED, Activity.HILLS, Activity.DOWNHILL, Activity.LONG_RUN} <= set(yellow.leave_out)
    assert NextStep.TWO_REDUCED_SESSIONS in yellow.next_steps


def test_an_emergency_silences_everything_else():
    decision = today(said(DAY, ("chest", None), pain_max=3.0))
    assert decision.headline is Headline.EMERGENCY
    assert decision.care.urgency is Urgency.EMERGENCY
    assert decision.allowed == ()
    assert decision.next_steps == (NextStep.CALL_EMERGENCY,)
    assert decision.caps.longest_session_m is None


def test_a_clinicians_restriction_stands_above_a_green_light_and_lifts():
    nothing = said(DAY, None, pain_max=0.0)
    stop = Clearance(DAY - timedelta(days=5), "a clinic", restricts=True)
    held = today(nothing, clearances=(stop,))
    assert held.light is Light.RED
    assert held.headline is Headline.NO_RUNNING
    assert "DAY-R01" in {r.rule for r in held.reasons}
    assert today(nothing, clearances=(stop, Clearance(DAY - timedelta(days=1), "a clinic"))).light is Light.GREEN
    over = replace(stop, until=DAY - timedelta(days=1))
    assert today(nothing, clearances=(over,)).light is Light.GREEN
    assert today(nothing, clearances=(replace(over, until=DAY),)).light is Light.RED


def test_a_bone_flag_locks_until_somebody_cleared_it():
    spot = said(DAY - timedelta(days=20), ("shin_front", Side.LEFT), pain_max=3.0, bone_spot_tender=True,
                findings=(("hop_pain", True),))  # fmt: skip
    fine = said(DAY, None, pain_max=0.0)
    assert today(spot, fine).light is Light.RED
    assert NextStep.RECORD_CLEARANCE in today(spot, fine).next_steps
    cleared = Clearance(DAY - timedelta(days=2), "a clinic", "shin_front", Side.LEFT)
    assert today(spot, fine, clearances=(cleared,)).light is not Light.RED


def test_six_days_of_running_ask_for_a_day_off():
    daily = runs(dict.fromkeys(range(1, 7), 6.0) | dict.fromkeys(range(8, 60), 6.0))
    decision = today(said(DAY, None, pain_max=0.0), history=daily)
    assert decision.light is Light.GREEN
    assert decision.headline is Headline.REST_DAY
    assert not decision.may_run


def test_a_full_week_says_so():
    history = runs({d: 10.0 for d in range(3, 60) if d % 7 in (0, 3)} | {1: 14.0, 2: 16.0})
    decision = today(said(DAY, None, pain_max=0.0), history=history)
    assert decision.headline is Headline.WEEK_FULL
    assert decision.light is Light.GREEN


def test_a_place_that_niggle_does_not_cover_is_never_green():
    decision = today(said(DAY, ("arm_or_hand", Side.LEFT), pain_max=2.0, pain_start=2.0))
    assert decision.light is Light.CANNOT_SAY
    assert decision.headline is Headline.OUTSIDE_SCOPE
    assert decision.outside_scope == ("arm_or_hand",)
    assert NextStep.ASK_ELSEWHERE in decision.next_steps
    assert not decision.may_run


def test_the_runners_week_may_begin_on_sunday():
    sunday = DAY - timedelta(days=DAY.weekday() + 1)  # 8 March 2026
    history = runs({d: 10.0 for d in range(8, 60) if d % 7 in (0, 3, 5)} | {(DAY - sunday).days: 20.0})
    fine = said(DAY, None, pain_max=0.0)
    from_monday = decide(Case(DAY, history, (fine,), Profile(), "monday"), K).caps
    from_sunday = decide(Case(DAY, history, (fine,), Profile(), "sunday"), K).caps
    assert from_sunday.week_left_m < from_monday.week_left_m


@pytest.mark.parametrize(("days_off", "line"), [(28, Headline.AS_PLANNED_CAPPED), (29, Headline.WALK_AND_RUN)])
def test_four_weeks_away_start_with_walking_breaks(days_off, line):
    history = runs(dict.fromkeys(range(days_off + 2, 120, 2), 8.0) | {days_off + 1: 8.0})
    decision = today(said(DAY, None, pain_max=0.0), history=history)
    assert decision.headline is line
    assert (Activity.LONG_RUN in decision.leave_out) == (line is Headline.WALK_AND_RUN)


def test_what_decided_a_lighter_complaint_did_not_decide_today():
    decision = today(said(DAY - timedelta(days=1), None, pain_max=0.0, hour=8), said(DAY, pain_max=5.0, pain_start=5.0))
    assert [r.rule for r in decision.reasons if r.decided] == ["TL-D10"]
    assert "TL-D15" not in {r.rule for r in decision.reasons}


def test_every_reason_has_a_sentence_and_every_decision_its_words():
    for decision in (
        today(history=empty_history()),
        today(said(DAY, None, pain_max=0.0)),
        today(said(DAY, pain_max=5.0, built_up=True, swelling=True, night_pain=True, feels_wrong=True)),
        today(said(DAY, ("groin", Side.RIGHT), pain_max=2.0, findings=(("hop_pain", True),)), born_on=date(2012, 1, 1)),
    ):
        for reason in decision.reasons:
            for units in (METRIC, IMPERIAL):
                text = sentence(reason, units)
                assert text.strip(), reason.rule
                assert text[0].isupper(), text
                assert "None" not in text, text
        assert len(words.summary(decision)) <= 140
        assert words.light_name(decision)
        assert len(words.next_steps(decision)) == len(decision.next_steps)


SITE = st.sampled_from([s for s in SITES if SITES[s].paired])
PAIN = st.integers(0, 20).map(lambda x: x / 2)


@st.composite
def entries(draw):
    found = []
    for back in draw(st.lists(st.integers(0, 20), max_size=6, unique=True)):
        on = DAY - timedelta(days=back)
        place = (draw(SITE), draw(st.sampled_from([Side.LEFT, Side.RIGHT]))) if draw(st.booleans()) else KNEE
        answers = {"pain_max": draw(PAIN)}
        for name in ("limp", "swelling", "built_up", "night_pain", "feels_wrong", "bone_spot_tender"):
            value = draw(st.sampled_from([None, None, None, False, True]))
            if value is not None:
                answers[name] = value
        if draw(st.booleans()):
            answers |= {"pain_morning": draw(PAIN), "baseline_by_24h": draw(st.booleans())}
        found.append(said(on, place, hour=draw(st.integers(6, 22)), **answers))
    return tuple(found)


@settings(max_examples=60, deadline=None)
@given(entries())
def test_replay_equals_decide(given_entries):
    case = Case(DAY, STEADY, given_entries, Profile(), engine_version="x")
    decision = decide(case, K)
    assert decide(case_from_plain(case_to_plain(case)), K) == decision
    assert decision_from_plain(decision_to_plain(decision)) == decision


@settings(max_examples=60, deadline=None)
@given(entries(), entries())
def test_tomorrows_data_never_changes_today(before, after):
    later = tuple(
        replace(e, id=f"later-{e.id}", on=DAY + timedelta(days=1 + (DAY - e.on).days),
                recorded_at=e.recorded_at + timedelta(days=1 + 2 * (DAY - e.on).days)) for e in after
    )  # fmt: skip
    yesterday = DAY - timedelta(days=9)  # the log and the entries both go on after it
    known = tuple(e for e in before if e.on <= yesterday and e.recorded_at.date() <= yesterday)
    longer = Case(yesterday, STEADY, (*known, *later), Profile())
    without = Case(yesterday, STEADY.until(yesterday), known, Profile())
    assert len(without.history) < len(STEADY)
    assert decide(longer, K) == decide(without, K)


@settings(max_examples=80, deadline=None)
@given(entries(), st.data())
def test_more_pain_never_gives_a_lighter_light(given_entries, data):
    if not given_entries:
        return
    which = data.draw(st.integers(0, len(given_entries) - 1))
    entry = given_entries[which]
    more = data.draw(st.floats(entry.answers.pain_max, 10))
    worse = replace(entry, answers=replace(entry.answers, pain_max=more))
    changed = tuple(worse if i == which else e for i, e in enumerate(given_entries))
    newest = max(e.on for e in given_entries)
    if entry.on != newest:
        return  # an older worse day may make today's state differ in clocks; the newest word is what she says now
    before = decide(Case(DAY, STEADY, given_entries, Profile()), K)
    after = decide(Case(DAY, STEADY, changed, Profile()), K)
    assert after.light.severity >= before.light.severity
    assert after.care.urgency >= before.care.urgency
    assert set(after.allowed) <= set(before.allowed) or after.light is not before.light


@settings(max_examples=60, deadline=None)
@given(entries())
def test_running_is_allowed_only_on_green_and_yellow(given_entries):
    decision = decide(Case(DAY, STEADY, given_entries, Profile()), K)
    if decision.light in (Light.RED, Light.CANNOT_SAY):
        assert not decision.may_run
        assert decision.caps.longest_session_m is None
    assert not set(decision.allowed) & set(decision.leave_out)
    assert decision.next_steps


def test_a_moment_is_not_needed_for_a_final_green():
    morning = said(DAY, moment=Moment.NEXT_MORNING, pain_morning=1.0, baseline_by_24h=True, hour=7)
    decision = today(said(DAY, pain_max=2.0, pain_start=2.0), morning)
    assert decision.light is Light.GREEN
    assert not decision.provisional


def spoken(decision) -> list[str]:
    return [sentence(r, METRIC) for r in decision.reasons]


def test_a_pain_of_the_day_is_not_followed_by_nothing_hurts():
    nothing = said(DAY, None, pain_max=0.0, hour=21)
    texts = spoken(today(said(DAY, pain_max=3.0), nothing))
    assert [t for t in texts if t.startswith("Quiet enough: you rated it 3 of 10,")]
    assert not [t for t in texts if t.startswith("Nothing hurt")]
    before = spoken(today(said(DAY - timedelta(days=1), pain_max=3.0), nothing))
    assert "Nothing hurts: pain sets no limit." in before, "the newer word"
    assert [t for t in before if "3 of 10 yesterday" in t]


@pytest.mark.parametrize(
    ("days_ago", "moment", "when"),
    [(0, None, ""), (1, Moment.NEXT_MORNING, ""), (1, None, " yesterday"),
     (2, Moment.NEXT_MORNING, " on Monday 9 March, 2 days ago"), (6, None, " on Thursday 5 March, 6 days ago")],
)  # fmt: skip
def test_a_word_that_is_older_than_last_night_says_of_which_day_it_is(days_ago, moment, when):
    on = DAY - timedelta(days=days_ago)
    quiet = spoken(today(said(on, pain_max=2.0, moment=moment)))
    assert [t for t in quiet if t.startswith(f"Quiet enough: you rated it 2 of 10{when}")]
    assert bool([t for t in quiet if "ago" in t or "yesterday" in t]) == bool(when)
    assert [t for t in spoken(today(said(on, pain_max=5.0, moment=moment))) if f"You rated it 5 of 10{when}, over" in t]
    if moment is None:
        none = [t for t in spoken(today(said(on, None, pain_max=0.0))) if t.startswith("Nothing hurt")]
        assert none == [f"Nothing hurt{when}: pain sets no limit." if when else "Nothing hurts: pain sets no limit."]


def test_a_check_in_of_today_without_a_number_is_not_called_old():
    decision = today(said(DAY))
    assert decision.light is Light.CANNOT_SAY
    assert "Your check-in of today leaves open how much it hurts." in spoken(decision)
    assert "recent check-in" not in words.summary(decision)
    assert "recent check-in" in words.summary(today(history=STEADY))
    assert len(words.summary(decision)) <= 140
