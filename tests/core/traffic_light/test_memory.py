"""A memory kept over a season changes nothing: late entries, corrections, late runs, clearances, a changed profile."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.checkin.kept import seasons
from tests.core.checkin.strategies import DAY_0

from niggle.core.body import Side
from niggle.core.checkin import Answers, CheckIn, Entry, Folded, fold
from niggle.core.profile import Clearance, KnownCondition, Mode, Profile
from niggle.core.traffic_light import Memory, SessionDay, assess, marks_of
from niggle.core.traffic_light.story import teller_of
from niggle.knowledge import load

K = load()
ADULT = Profile(born_on=date(1990, 1, 1))
SLOW = KnownCondition("achilles-tendinopathy-midportion", "achilles", Side.LEFT, DAY_0 - timedelta(days=40))
PROFILES = st.sampled_from(
    [ADULT, Profile(), Profile(born_on=date(2012, 1, 1)), replace(ADULT, conditions=(SLOW,)),
     replace(ADULT, conditions=(replace(SLOW, seen_by_professional=True, improving=True),))]
)  # fmt: skip
PLACES = (({"achilles"}, Side.LEFT), ({"achilles", "shin_inner"}, None), ({"sacrum"}, None))
SESSION = st.builds(
    lambda back, hard, metres: (back, hard, metres),
    st.sampled_from([0, 0, 0, 1, 4]),
    st.booleans(),
    st.sampled_from([None, 5000.0, 8000.0]),
)


def day(n: int) -> date:
    return DAY_0 + timedelta(days=n)


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[int, tuple[Entry, ...], tuple[SessionDay, ...], Profile]]:
    """A season of entries, with runs that are logged late and a profile that changes."""
    profile = draw(PROFILES)
    log: tuple[SessionDay, ...] = ()
    found = []
    for n, entries in draw(seasons()):
        for back, hard, metres in draw(st.lists(SESSION, max_size=1)):
            log = tuple(sorted((*log, SessionDay(day(n - back), None, hard, hard, metres)), key=lambda s: s.day))
        if draw(st.integers(0, 9)) == 0:
            word = Clearance(
                day(n - draw(st.integers(0, 2))), "doctor", *draw(st.sampled_from([("achilles", None), ()]))
            )
            profile = replace(profile, clearances=(*profile.clearances, word))
        if draw(st.integers(0, 14)) == 0:
            profile = replace(draw(PROFILES), clearances=profile.clearances)
        # an equal log of new objects, as a log that was read again is
        again = draw(st.booleans())
        given_log = tuple(replace(s) for s in log) if again else log
        found.append((n, entries, given_log, profile))
    return found


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(lives(), st.data())
def test_a_kept_memory_changes_nothing(life, data) -> None:
    memory, folded = Memory(), Folded()
    for n, entries, log, profile in life:
        checkins = fold(entries, until=day(n), before=folded)
        if data.draw(st.booleans()):
            checkins = tuple(replace(c) for c in checkins)
        for question in data.draw(st.permutations(["light", "ladder", "marks"])):
            if question == "marks":
                for sites, side in data.draw(st.lists(st.sampled_from(PLACES), max_size=2)):
                    since = day(data.draw(st.integers(-9, n)))
                    asked = (checkins, day(n), profile, log, K, sites, side, since)
                    assert marks_of(*asked, memory) == marks_of(*asked)
            else:
                who = profile if question == "light" else replace(profile, mode=Mode.LADDER)
                asked = (checkins, day(n), who, log, K)
                assert assess(*asked, memory=memory) == assess(*asked)


@settings(deadline=None, max_examples=60)
@given(lives())
def test_quiet_check_ins_read_in_full_say_the_same(life) -> None:
    n, entries, log, profile = life[-1] if life else (0, (), (), ADULT)
    asked = (fold(entries, until=day(n)), day(n), profile, log, K)
    assert assess(*asked) == assess(*asked, every_check_in=True)


def calm(n: int, pain: float = 1.0) -> CheckIn:
    said = Answers(pain_max=pain, pain_morning=pain, baseline_by_24h=True, limp=False)
    return CheckIn(day(n), "achilles", Side.LEFT, said, (f"{n}",))


def test_the_same_day_is_told_once_for_all_who_ask() -> None:
    memory, known = Memory(), (calm(0), calm(1))
    first = teller_of(known, day(1), ADULT, (), K, memory)
    assert teller_of(known, day(1), replace(ADULT, mode=Mode.LADDER), (), K, memory) is first
    assert teller_of(known, day(2), ADULT, (), K, memory) is not first
    assert teller_of(known, day(2), replace(ADULT, low_bmi=True), (), K, memory).profile.low_bmi


def test_what_did_not_change_is_not_told_again() -> None:
    memory = Memory()
    memory.look_from(day(0))
    known = tuple(calm(n) for n in range(6))
    place = ("achilles", Side.LEFT)
    teller_of(known, day(5), ADULT, (), K, memory).tell(place)
    before = list(memory.tales[place])
    teller_of((*known, calm(6)), day(6), ADULT, (), K, memory).tell(place)
    after = memory.tales[place]
    assert [a is b for a, b in zip(before, after, strict=False)] == [True] * 5 + [False]


def test_a_late_word_is_told_from_its_day_on() -> None:
    memory = Memory()
    memory.look_from(day(0))
    known = tuple(calm(n) for n in range(6))
    place = ("achilles", Side.LEFT)
    teller_of(known, day(5), ADULT, (), K, memory).tell(place)
    before = list(memory.tales[place])
    late = (*known[:3], calm(3, 8.0), *known[4:])
    story = teller_of(late, day(5), ADULT, (), K, memory).tell(place)
    assert [a is b for a, b in zip(before, memory.tales[place], strict=True)] == [True] * 3 + [False] * 3
    assert story == teller_of(late, day(5), ADULT, (), K).tell(place)


def test_a_list_that_grows_is_not_taken_for_the_same_day() -> None:
    memory, known = Memory(), [calm(0)]
    assert assess(known, day(1), ADULT, (), K, memory=memory).light.value == "green"
    known.append(calm(1, 8.0))
    assert assess(known, day(1), ADULT, (), K, memory=memory).light.value == "red"


def test_a_run_logged_late_counts_for_the_two_calm_sessions() -> None:
    memory = Memory()
    hurt, calmer = calm(0, 5.0), CheckIn(day(2), "achilles", Side.LEFT, Answers(pain_evening=1.0), ("2",))
    known = (hurt, CheckIn(day(1), None, None, Answers(), ("1",)), calmer)
    first, late = SessionDay(day(0)), SessionDay(day(1))
    before = assess(known, day(2), ADULT, (first,), K, memory=memory)
    after = assess(known, day(3), ADULT, (first, late), K, memory=memory)
    assert [s.complaints[0].sessions_left for s in (before, after)] == [2, 1]
    assert after == assess(known, day(3), ADULT, (first, late), K)
