"""Every rule that the light or the flags can name has words, and the words keep to the voice."""

import re
from datetime import date

import pytest
from tests.cases.checkin_cases import cases, run

from niggle.core.body import SITES, Side
from niggle.core.outcomes import Light, Urgency
from niggle.core.red_flags import Lock
from niggle.knowledge import load
from niggle.wording import flags, light
from niggle.wording.places import place
from niggle.wording.units import IMPERIAL, METRIC

KNOWLEDGE = load()
ALL_CASES = [(name, case) for folder in ("light", "flags") for name, case in cases(folder)]
LIGHT_RULES = sorted(r for r in KNOWLEDGE.rules if r.startswith("TL-"))
FLAG_RULES = sorted(r for r in KNOWLEDGE.rules if r.startswith("RF-") and not r.startswith("RF-N"))


def test_every_rule_has_a_sentence_and_every_sentence_a_rule() -> None:
    assert sorted(light.SENTENCES) == LIGHT_RULES
    assert sorted(flags.SENTENCES) == FLAG_RULES
    assert sorted(flags.STEPS) == sorted(r for r in KNOWLEDGE.rules if r.startswith("RF-N"))


@pytest.mark.parametrize("case", [c for _, c in ALL_CASES], ids=[n for n, _ in ALL_CASES])
def test_every_reason_of_every_case_can_be_said(case: dict) -> None:
    state = run(case, KNOWLEDGE)
    for reason in state.reasons:
        say = (light.SENTENCES | flags.SENTENCES)[reason.rule]
        for units in (METRIC, IMPERIAL):
            text = say({f.name: f.value for f in reason.facts}, units)
            assert text[0].isupper()
            assert text.endswith(".")
            assert "!" not in text
            assert not re.search(r"[{}_]|\bNone\b|\bTrue\b", text), text
    for hit in state.flags:
        assert flags.referral(hit).startswith("See ")
        assert bool(flags.next_steps(hit)) == (hit.urgency >= Urgency.URGENT)
    for name in state.missing:
        assert name in light.MISSING_WORDS, name


@pytest.mark.parametrize("rule", LIGHT_RULES + FLAG_RULES)
def test_a_sentence_survives_missing_facts_and_stays_short(rule: str) -> None:
    text = (light.SENTENCES | flags.SENTENCES)[rule]({}, METRIC)
    assert 10 < len(text) <= 140, (len(text), text)


def test_an_emergency_says_what_to_do_now() -> None:
    for flag in KNOWLEDGE.red_flags:
        if flag.urgency is Urgency.EMERGENCY:
            assert flag.rule.id in flags.EMERGENCY_NOW
            text = flags.SENTENCES[flag.rule.id]({}, METRIC)
            assert "emergency" in text
            assert "now" in text


def test_distance_follows_the_units() -> None:
    say = light.SENTENCES["TL-D11"]
    assert "6\u00a0km" in say({"onset_km": 6.0}, METRIC)
    assert "3.7\u00a0mi" in say({"onset_km": 6.0}, IMPERIAL)


def test_the_cut_in_volume_comes_from_the_knowledge() -> None:
    state = run({"days": [{"day": 0, "site": "calf_inner", "pain_max": 4}]}, KNOWLEDGE)
    (reason,) = (r for r in state.reasons if r.rule == "TL-R03")
    assert (reason.fact("cut_from"), reason.fact("cut_to")) == KNOWLEDGE.numbers("volume_cut") == (0.1, 0.2)
    text = light.SENTENCES["TL-R03"]({f.name: f.value for f in reason.facts}, METRIC)
    assert "10 to 20\u00a0%" in text


@pytest.mark.parametrize("case", [c for _, c in ALL_CASES], ids=[n for n, _ in ALL_CASES])
def test_no_sentence_promises_more_than_the_light(case: dict) -> None:
    state = run(case, KNOWLEDGE)
    for complaint in state.complaints:
        words = light.SENTENCES | flags.SENTENCES
        said = [words[r.rule]({f.name: f.value for f in r.facts}, METRIC) for r in complaint.reasons]
        if complaint.light is not Light.GREEN:
            assert not [text for text in said if text.startswith(("Quiet enough", "Nothing hurts:"))]
        if complaint.light is Light.RED:
            assert not [text for text in said if text.startswith("Take the next sessions easier")]


def test_how_soon() -> None:
    hits = {f.rule: f for _, case in ALL_CASES for f in run(case, KNOWLEDGE).flags if not f.carried}
    assert flags.how_soon(hits["RF-01"]) == "now"
    assert flags.how_soon(hits["RF-14"]) == "today"
    assert flags.how_soon(hits["RF-12"]) == "within three days"
    assert flags.how_soon(hits["RF-36"]) == "by appointment"


def test_it_may_be_needs_a_name() -> None:
    told = ("a tear", "not to be told from the limp alone", "unknown, and worth a look for that reason", "a tear")
    assert flags.suspects(told) == ("a tear",)
    assert flags.suspects(told[1:3]) == ()
    nameless = [f.suspect for f in KNOWLEDGE.red_flags if not flags.suspects((f.suspect,))]
    assert len(nameless) == 7, nameless
    assert not flags.suspects(f.suspect for f in KNOWLEDGE.red_flags if f.rule.id == "RF-36"), (
        "time alone names nothing"
    )


def test_what_it_may_be_and_what_they_may_test_is_said_once() -> None:
    """A red shin: pain at night and one sore spot on the bone."""
    vague, named = "bone stress or another cause", "a bone stress injury"
    assert flags.suspects((vague, named)) == flags.suspects((named, vague)) == (named,)
    assert flags.suspects((vague, "a nerve")) == (vague, "a nerve")
    assert flags.suspects((vague,)) == (vague,)
    told = [t for f in KNOWLEDGE.red_flags if f.rule.id in ("RF-11", "RF-12") for t in f.tests]
    assert tuple(dict.fromkeys(told)) == ("MRI", "X-ray first", "bone scan")


def test_places_and_locks() -> None:
    assert place("knee_front", Side.LEFT) == "front of the knee (left)"
    assert place("knee_front", Side.BOTH) == "front of the knee on both sides"
    assert place("low_back", Side.MIDDLE) == "lower back"
    assert place(None, None) == "your body"
    assert all(place(site, None) for site in SITES)
    text = flags.lock_sentence(Lock("RF-12", "shin_inner", Side.LEFT, date(2026, 6, 1)))
    assert "2026-06-01" in text
    assert "clearance" in text


def test_a_place_that_says_where_is_not_owned() -> None:
    def stuck(**facts: object) -> str:
        return flags.SENTENCES["RF-36"](facts | {"stuck_days": 21}, METRIC)  # type: ignore[arg-type]

    assert stuck(site="heel_under", side="left").startswith("The place under the heel (left) has hurt for 21 days")
    assert stuck(site="buttock", side="left").startswith("Your buttock (left) has hurt")
    assert stuck().startswith("Your body has hurt")
    for site in SITES:
        assert not re.match(r"Your (under|deep|just|where|between|behind)\b", stuck(site=site)), site
