"""Laws of the light that hold for any check-ins."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from tests.core.checkin.strategies import (
    DAY_0,
    FINDINGS,
    WARNINGS,
    answers,
    calm_histories,
    histories,
    sites,
)

from niggle.core.body import Side
from niggle.core.checkin import PAIN_FIELDS, Answers, CheckIn, Entry, fold
from niggle.core.outcomes import Light, Urgency
from niggle.core.profile import Profile
from niggle.core.traffic_light import LightState, SessionDay, assess
from niggle.knowledge import load

ADULT = Profile(born_on=date(1990, 1, 1))
LAW = settings(deadline=None, max_examples=150)
PROFILES = st.sampled_from(
    [Profile(), ADULT, Profile(born_on=date(2012, 1, 1)), Profile(prior_bone_injury=True, injuries_last_12_months=4)]
)
SESSIONS = st.lists(st.integers(0, 12), max_size=6, unique=True).map(
    lambda days: [SessionDay(DAY_0 - timedelta(days=d), hard=d % 3 == 0) for d in days]
)
# pain at the start is left out: 3 from start to end is flat and green, 1 rising to 3 is not; pain before the run says
# nothing of how it went on. A higher start can therefore lighten, which the decision table wants.
RAISED = tuple(n for n in PAIN_FIELDS if n not in ("pain_start", "pain_before"))


def light(entries: list[Entry], sessions: list[SessionDay], profile: Profile = ADULT, on: date = DAY_0) -> LightState:
    return assess(fold(entries, until=on), on, profile, sessions, load())


def of_day(site: str | None, said: Answers, profile: Profile = ADULT) -> LightState:
    checkin = CheckIn(DAY_0, site, Side.LEFT if site else None, said, ("a",))
    return assess([checkin], DAY_0, profile, [], load())


def no_lighter(after: LightState, before: LightState) -> bool:
    return after.light.severity >= before.light.severity and after.care >= before.care


@LAW
@given(sites, answers(), st.sampled_from(RAISED), st.integers(1, 20), PROFILES)
def test_more_pain_never_gives_a_lighter_light(
    site: str | None, said: Answers, name: str, halves: int, profile: Profile
) -> None:
    before = getattr(said, name)
    assume(before is not None and before < 10)
    more = min(10.0, before + halves / 2)
    values: dict[str, Any] = {name: more}
    if name == "pain_end" and said.pain_max is not None:
        values["pain_max"] = max(said.pain_max, more)
    assert no_lighter(of_day(site, replace(said, **values), profile), of_day(site, said, profile))


@LAW
@given(sites, answers(), st.integers(1, 20), PROFILES)
def test_more_pain_at_every_moment_never_gives_a_lighter_light(
    site: str | None, said: Answers, halves: int, profile: Profile
) -> None:
    raised = {n: min(10.0, v + halves / 2) for n in PAIN_FIELDS if (v := getattr(said, n)) is not None}
    assert of_day(site, replace(said, **raised), profile).light.severity >= of_day(site, said, profile).light.severity


@LAW
@given(sites, answers(), st.sampled_from(WARNINGS), PROFILES)
def test_yes_to_a_warning_never_lightens(site: str | None, said: Answers, name: str, profile: Profile) -> None:
    yes = of_day(site, replace(said, **{name: True}), profile)
    for other in (False, None):
        assert yes.light.severity >= of_day(site, replace(said, **{name: other}), profile).light.severity


@LAW
@given(sites, answers(), st.sampled_from(FINDINGS), PROFILES)
def test_yes_to_a_question_never_lightens(site: str | None, said: Answers, name: str, profile: Profile) -> None:
    rest = tuple(f for f in said.findings if f[0] != name)
    yes = of_day(site, replace(said, findings=(*rest, (name, True))), profile)
    for others in ((*rest, (name, False)), rest):
        assert yes.light.severity >= of_day(site, replace(said, findings=others), profile).light.severity


@LAW
@given(sites, answers(), PROFILES)
def test_the_light_is_never_below_what_she_says(site: str | None, said: Answers, profile: Profile) -> None:
    result = of_day(site, said, profile)
    score = max((v for n in PAIN_FIELDS if (v := getattr(said, n)) is not None), default=0)
    if score >= 7 or said.feels_wrong or said.limp or said.night_pain:
        assert result.light is Light.RED
    elif score > 3:
        assert result.light.severity >= Light.YELLOW.severity


@LAW
@given(calm_histories, SESSIONS, histories)
def test_tomorrow_never_changes_today(found: list[Entry], sessions: list[SessionDay], later: list[Entry]) -> None:
    ahead = []
    for number, entry in enumerate(later):
        after = timedelta(days=1 + number)
        recorded = datetime.combine(DAY_0, time(9), UTC) + after
        ahead.append(replace(entry, id=f"later-{number}", on=DAY_0 + after, recorded_at=recorded))
    more = [*sessions, SessionDay(DAY_0 + timedelta(days=1), hard=True, distance_m=9000.0)]
    assert light([*found, *ahead], more) == light(found, sessions)
    checkins = fold([*found, *ahead], until=DAY_0 + timedelta(days=30))
    assert assess(checkins, DAY_0, ADULT, more, load()) == assess(
        fold(found, until=DAY_0 + timedelta(days=30)), DAY_0, ADULT, sessions, load()
    )


@LAW
@given(calm_histories, SESSIONS, PROFILES)
def test_the_quick_way_equals_the_plain_way(found: list[Entry], sessions: list[SessionDay], profile: Profile) -> None:
    checkins = fold(found, until=DAY_0)
    quick = assess(checkins, DAY_0, profile, sessions, load())
    assert quick == assess(checkins, DAY_0, profile, sessions, load(), every_check_in=True)


@LAW
@given(histories, SESSIONS, PROFILES)
def test_the_light_fits_its_own_reasons(found: list[Entry], sessions: list[SessionDay], profile: Profile) -> None:
    state = light(found, sessions, profile)
    if any(f.urgency is Urgency.EMERGENCY for f in state.flags):
        assert state.light is Light.RED
    if state.locks:
        assert state.light is Light.RED
    assert not found or state.light is not Light.CANNOT_SAY or state.missing
    for complaint in state.complaints:
        assert [r.rule for r in complaint.reasons if r.decided] == [complaint.decided]
    if state.light is Light.RED:
        assert state.no_run_today
        assert not state.provisional


@LAW
@given(st.integers(1, 60), st.sampled_from(["calf_inner", "achilles", "heel_under", "thigh_front", "hip_outer"]))
@example(60, "achilles")
def test_two_of_ten_flat_and_fine_next_morning_stays_green(days: int, site: str) -> None:
    """However long it goes on, the colour stays; after two weeks the care advice says see someone."""
    said = Answers(pain_start=2.0, pain_max=2.0, pain_end=2.0, pain_morning=1.0, baseline_by_24h=True, built_up=False)
    checkins = [CheckIn(DAY_0 - timedelta(days=d), site, Side.LEFT, said, (str(d),)) for d in range(days)]
    state = assess(checkins, DAY_0, ADULT, [SessionDay(c.on) for c in checkins], load())
    assert state.light is Light.GREEN
    assert not state.provisional
    assert state.care == (Urgency.ROUTINE if days > 14 else Urgency.SELF_CARE)


@LAW
@given(calm_histories, SESSIONS)
def test_asking_twice_gives_the_same(found: list[Entry], sessions: list[SessionDay]) -> None:
    assert light(found, sessions) == light(list(reversed(found)), list(reversed(sessions)))


def test_unknown_opens_no_way_out_of_red() -> None:
    """Every single question left open keeps red red; all answered no opens it."""
    sore = Answers(pain_max=7.0)
    free = {"pain_evening": 0.0, "swelling": False, "findings": (("hop_pain", False), ("walk_pain", False))}

    def after(**said: Any) -> Light:
        found = [
            CheckIn(DAY_0 - timedelta(days=1), "calf_inner", Side.LEFT, sore, ("a",)),
            CheckIn(DAY_0, "calf_inner", Side.LEFT, Answers(**said), ("b",)),
        ]
        return assess(found, DAY_0, ADULT, [], load()).light

    assert after(**free) is Light.YELLOW
    assert after(**{**free, "swelling": None}) is Light.RED
    assert after(**{**free, "pain_evening": None}) is Light.RED
    assert after(**{**free, "findings": (("hop_pain", False),)}) is Light.RED
    assert after(**{**free, "findings": (("walk_pain", False),)}) is Light.RED
    assert after(**{**free, "pain_evening": 0.5}) is Light.RED
