"""A complaint day by day is the same story that today's light tells."""

from datetime import timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.core.rehab.tale import CALM, DAY, K, Tale, checkins

from niggle.core.outcomes import Light
from niggle.core.traffic_light import Memory, State, assess, find, marks_of

KNEE = "patellofemoral-pain-syndrome"


def marks(tale, n, **more):
    life = tale.life(n)
    return marks_of(life.checkins, life.on, life.profile, life.sessions, K, {tale.site}, tale.side, **more)


def light(tale, n, memory=None):
    life = tale.life(n)
    return assess(life.checkins, life.on, life.profile, life.sessions, K, memory=memory)


def test_days_without_a_word_have_no_mark():
    tale = Tale(KNEE).calm([0, 2])
    assert [(m.on - DAY).days for m in marks(tale, 5)] == [0, 2]


def test_a_run_is_final_with_its_morning_only():
    tale = Tale(KNEE).run(0, 30).run(2, 30, pain_morning=None, baseline_by_24h=None, limp_walking=None)
    first, second = marks(tale, 3)
    assert (first.session, first.final, first.green) == (True, True, True)
    assert (second.session, second.final) == (True, False)


def test_yellow_stays_the_state_while_the_day_itself_reads_green():
    tale = Tale(KNEE).run(0, 30, pain=5.0).run(2, 30)
    last = marks(tale, 3)[-1]
    assert (last.light, last.state) == (Light.GREEN, State.YELLOW)


def test_another_place_and_the_other_side_are_other_stories():
    tale = Tale(KNEE).say(0, site="achilles", pain_evening=8.0)
    assert marks(tale, 0) == ()


day = st.one_of(
    st.just(("none",)),
    st.just(("nothing",)),
    st.tuples(st.just("say"), st.integers(0, 9)),
    st.tuples(st.just("run"), st.integers(0, 8), st.booleans()),
    st.tuples(st.just("late"), st.integers(0, 9), st.integers(1, 4)),
)


def told(season):
    tale = Tale(KNEE)
    for n, (kind, *how) in enumerate(season):
        if kind == "nothing":
            tale.say(n, site=None)
        elif kind == "say":
            tale.say(n, **{**CALM, "pain_evening": float(how[0])})
        elif kind == "late":
            tale.say(n, late=how[1], **{**CALM, "pain_evening": float(how[0])})
        elif kind == "run":
            tale.run(n, 30, pain=float(how[0]), **({} if how[1] else {"pain_morning": None, "baseline_by_24h": None}))
    return tale


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(day, min_size=1, max_size=20))
@example([("nothing",), ("late", 0, 3), ("none",), ("say", 0), ("none",)])
def test_the_last_mark_is_todays_light_and_memory_changes_nothing(season):
    tale = told(season)
    memory = Memory()
    for n in range(len(season)):
        seen = marks(tale, n, since=DAY - timedelta(days=9), memory=memory)
        assert seen == marks(tale, n)
        plain = light(tale, n)
        assert light(tale, n, memory) == plain
        place = find(plain, tale.site, tale.side)
        if seen and place is not None and place.last_checkin == seen[-1].on:
            assert place.state is seen[-1].state
    assert len(checkins(tale, len(season))) <= len(season)


def test_a_calm_word_counts_of_the_own_place_only_and_a_bad_one_of_every_place_where_it_is_felt():
    tale = Tale(KNEE).say(0, site="thigh_front", pain_evening=1.0).say(1, site="thigh_front", pain_evening=5.0)
    tale.say(2, pain_evening=1.0)
    life = tale.life(2)

    def of(own):
        found = marks_of(life.checkins, life.on, life.profile, life.sessions, K, {tale.site, "thigh_front"},
                         tale.side, own=own)  # fmt: skip
        return [(m.on - DAY).days for m in found]

    assert of(None) == [0, 1, 2]
    assert of(tale.site) == [1, 2]


def test_a_calm_day_of_another_place_that_is_still_red_holds_and_says_nothing_of_pain():
    tale = Tale(KNEE).say(0, site="thigh_front", pain_evening=8.0).say(1, site="thigh_front", pain_evening=0.0)
    tale.say(2, site="thigh_front", pain_evening=0.0).say(2, pain_evening=1.0)
    life = tale.life(2)
    red, still, both = marks_of(life.checkins, life.on, life.profile, life.sessions, K, {tale.site, "thigh_front"},
                                tale.side, own=tale.site)  # fmt: skip
    assert (red.word, red.daily, red.state) == (True, 8.0, State.RED)
    assert (still.word, still.daily, still.green, still.state) == (False, None, False, State.RED)
    assert (both.word, both.daily, both.state) == (True, 1.0, State.RED)


def test_a_red_day_of_another_place_is_red_and_its_small_pain_is_not_this_one_s():
    """Red is held there although it hurts no more than 1; what hurts more than green stays."""
    tale = Tale(KNEE).say(0, site="thigh_front", pain_evening=1.0, limp=True)
    tale.say(1, site="thigh_front", pain_evening=3.5).say(2, site="thigh_front", pain_evening=1.0, limp=True)
    tale.say(2, pain_evening=0.0)
    life = tale.life(2)
    small, more, both = marks_of(life.checkins, life.on, life.profile, life.sessions, K, {tale.site, "thigh_front"},
                                 tale.side, own=tale.site)  # fmt: skip
    assert (small.word, small.light, small.score, small.daily, small.limp) == (True, Light.RED, None, None, True)
    assert (more.daily, more.limp) == (3.5, None)
    assert (both.daily, both.limp, both.light) == (1.0, True, Light.RED)
    (there, *_) = marks_of(life.checkins, life.on, life.profile, life.sessions, K, {"thigh_front"}, tale.side)
    assert (there.daily, there.light) == (1.0, Light.RED)
