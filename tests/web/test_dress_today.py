"""The page of a day without a server: light, emergency, week, and the cards of its reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from niggle.core.outcomes import Light, Urgency
from niggle.core.reasons import Fact, Grade, Reason, Weight
from niggle.core.session.types import Sport
from niggle.core.today import Activity, Care, DayCaps, Decision, Headline, NextStep, PlaceLight
from niggle.knowledge import load
from niggle.web.dress.reasons import reason_cards
from niggle.web.dress.today import today_page, week_strip
from niggle.web.dress.words import week_days
from niggle.wording.units import IMPERIAL, METRIC

KNOWN = load()
TODAY = date(2026, 11, 22)  # a Sunday
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
        (card,) = reason_cards((Reason("LOAD-R15", Weight.INFO, (), (), grade),), {}, METRIC)
        assert ("(rule of thumb)" in card.sentence) is ends, card.sentence

    twice = Reason("LOAD-R15", Weight.INFO, (), (), Grade.PROPOSAL)
    (card,) = reason_cards((twice, replace(twice, decided=True)), {}, METRIC)
    assert ([a.rule for a in card.also], card.decided) == (["LOAD-R15"], True), "one sentence is read once"
