"""A race in words: one day never closes a race that is weeks off, and what would decide is named."""

from datetime import date, timedelta
from typing import Any

from niggle.core.outcomes import Light
from niggle.core.plan import Importance, Race
from niggle.core.race import RaceAdvice, RaceFacts, advise
from niggle.knowledge import load
from niggle.wording import race as words
from niggle.wording.reasons import sentence
from niggle.wording.units import METRIC
from niggle.wording.week import race_lines, race_today

KNOWN = load()
ON = date(2026, 11, 22)


def said(days: int, *, importance: Importance = Importance.ORDINARY, **changes: Any) -> RaceAdvice:
    race = Race("r", ON + timedelta(days=days), 10_000, importance=importance, prepared=True)
    told = {"light": Light.GREEN, "injured": True, "healed_percent": 95.0, "pain_free_m": 9000.0} | changes
    return advise(RaceFacts(race, ON, **told), KNOWN)  # type: ignore[arg-type]


def test_a_red_day_eight_weeks_before_says_look_again_and_what_decides() -> None:
    advice = said(56, light=Light.RED, pain_free_m=None, healed_percent=None)
    assert words.verdict(advice) == "Wait"
    assert "does not decide it yet" in words.headline(advice)
    assert "Look again when the light is green" in words.headline(advice)
    assert words.notes(advice, METRIC) == (
        "What will decide: a green light, a painless run of 8\u00a0km and about 90\u00a0% healed, as you feel it.",
    )
    assert words.pivots_title(advice) == "If it does not settle in time"
    assert "does not decide" in race_today(advice, METRIC)
    assert race_lines([advice], METRIC)[0].startswith("10\u00a0km, not in this week for now")


def test_in_race_week_red_is_a_no() -> None:
    advice = said(7, light=Light.RED)
    assert (words.verdict(advice), words.pivots_title(advice)) == ("No", "Instead")
    assert words.notes(advice, METRIC) == (words.AGAIN_DAILY,)


def test_a_run_that_is_too_short_is_a_no_only_as_it_stands() -> None:
    far, near = said(8, pain_free_m=5000.0), said(7, pain_free_m=5000.0)
    assert words.verdict(far) == "No, as it stands"
    assert words.headline(far) == "Not as you run now, with 1 week left for longer runs."
    assert words.verdict(near) == "No"
    assert words.headline(near).startswith("Do not run this race.")


def test_a_distance_not_trained_for_is_a_plain_no() -> None:
    race = Race("r", ON + timedelta(days=56), 10_000, prepared=False)
    advice = advise(RaceFacts(race, ON, Light.GREEN, injured=True, pain_free_m=5000.0), KNOWN)
    assert (words.verdict(advice), words.notes(advice, METRIC)) == ("No", ())


def test_race_day_does_not_send_her_back_every_day() -> None:
    assert words.notes(said(1), METRIC) == (words.AGAIN_DAILY,)
    assert words.notes(said(0), METRIC) == (words.ON_THE_DAY,)
    assert "every day" not in words.ON_THE_DAY


def test_what_is_missing_reads_as_a_list_of_answers() -> None:
    advice = said(0, light=Light.CANNOT_SAY, pain_free_m=None)
    text = sentence(advice.reasons[0], METRIC)
    assert text == "Still missing: a check-in for today's light and your longest painless run."


def test_a_doctor_is_no_promise_of_a_yes() -> None:
    notes = words.notes(said(56, light=Light.RED, importance=Importance.HIGH), METRIC)
    assert words.DOCTOR in notes
