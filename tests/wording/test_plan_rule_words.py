"""Every rule of a plan has a sentence, and the sentence says what the rule saw."""

import re

import pytest
from tests.wording.plan_voice import KNOWN, voiced

from niggle.core.ladder import StepKind, Verdict
from niggle.core.plan import ItemKind, RunStatus
from niggle.core.protocol import GATE_FACTS, Element, Phase
from niggle.core.reasons import Grade
from niggle.core.today.tasks import Change
from niggle.wording import gates, ladder, plan_rules, plans, reasons, scoreboard, tasks, week_rules
from niggle.wording.units import METRIC

ELSEWHERE = re.compile(r"RTR-R1[6-9]|SCI-|GC-|NSM-|SEASON-")  # race, coach and season have words of their own
OF_PLANS = sorted(
    r for r in KNOWN.rules if r.startswith(("RP-", "RTR-", "ASB-", "SP-", "PLAN-")) and not ELSEWHERE.match(r)
)


def test_every_rule_of_a_plan_has_a_sentence() -> None:
    said = plan_rules.SENTENCES | ladder.SENTENCES | week_rules.SENTENCES
    assert sorted(r for r in said if r in OF_PLANS) == OF_PLANS
    assert set(said) <= set(KNOWN.rules), sorted(set(said) - set(KNOWN.rules))
    assert set(OF_PLANS) <= set(reasons.sentences())


@pytest.mark.parametrize("rule", OF_PLANS)
def test_a_sentence_survives_missing_facts_and_stays_short(rule: str) -> None:
    text = reasons.sentences()[rule]({}, METRIC)
    voiced(text)
    assert 10 < len(text) <= 140, (len(text), text)


SEEN = [  # rule, facts as the engine gives them, a word that must be said
    ("RP-G1", {"phase": 1, "open": False, "met": 2, "of": 6, "unknown": "a b", "missing": ""}, "2 of 6"),
    ("RP-G1", {"phase": 2}, "phase 2"),
    ("RP-G4", {"phase": 5}, "there"),
    ("RP-G2", {"phase": 2, "open": True, "met": 6, "of": 6}, "fresh green"),
    ("RP-R01", {"held_by": "no_green_word"}, "fresh green check-in"),
    ("RP-R01", {"held_by": "last_run_not_final"}, "morning after"),
    ("RP-R02", {"held_by": "yellow_7d"}, "yellow"),
    ("RP-R02", {"held_by": "exercise-too-sore"}, "exercise too sore"),
    ("RP-R03", {"light": "red"}, "red"),
    ("RP-R03", {"yellow_7d": 2}, "last week's doses"),
    ("RP-R03", {"criterion": "limps"}, "limps"),
    ("RP-R03", {"held_by": "stop"}, "looked at"),
    ("RP-R04", {"days": 3}, "3 days"),
    ("RP-R04", {"trial": True}, "first dose"),
    ("RP-R07", {"kind": "speed", "light": "red"}, "red"),
    ("RP-R07", {"kind": "strides", "sessions_left": 2}, "2 runs"),
    ("RP-C01", {"earlier": "strength_a", "later": "hills", "gap_h": 24.5, "limit_h": 36}, "24.5 hours"),
    ("RP-C03", {"earlier": "speed", "later": "strength_b", "gap_h": 3.0, "limit_h": 24}, "3 hours"),
    ("RP-C04", {"earlier": "strength_b", "later": "run_long"}, "the long run"),
    ("RP-C04", {"earlier": "run_easy", "later": "run_long", "minutes": 50, "limit_min": 30}, "30 easy minutes"),
    ("RP-C05", {"earlier": "strength_a", "later": "strength_b", "gap_h": 24.0, "limit_h": 48}, "24 hours"),
    ("RP-C07", {"earlier": "run_long", "later": "run_easy"}, "long run"),
    ("RP-C08", {"kind": "strength_a", "pain": 4}, "4 of 10"),
    ("RP-C13", {"earlier": "run_walk", "later": "run_easy"}, "run-walk"),
    ("RP-C14", {"quiet_days": 0, "limit": 1}, "none"),
    ("RP-C15", {"strength_min": 60, "before_min": 80, "cut": 0.25}, "25\u00a0%"),
    ("RP-X06", {"heavy_sessions": 3, "limit": 2}, "3"),
    ("PLAN-W04", {"kind": "run_easy"}, "away, ill or only just well"),
    ("PLAN-W05", {"kind": "run_easy", "light": "green"}, "easy run"),
    ("RTR-R01", {"open": False, "unmet": "hop", "unknown": "walk", "missing": "test:walk_30"}, "2 things"),
    ("RTR-R01", {"ladder": "tendon"}, "Ready"),
    ("RTR-R02", {"until": "2026-06-05"}, "two quiet days"),
    ("RTR-R02", {"step": 1, "verdict": "wait"}, "felt the next morning"),
    ("RTR-R03", {"step": 2, "of": 4, "successes": 0, "needed": 1}, "step 2 of 4"),
    ("RTR-R03", {"step": 2, "of": 6, "successes": 0, "needed": 2}, "2 quiet sessions"),
    ("RTR-R04", {"step": 2, "verdict": "repeat", "run_pain": 4}, "4 of 10"),
    ("RTR-R05", {"step": 2, "verdict": "back"}, "One step back"),
    ("RTR-R05", {"locked": "red_flag"}, "warning sign"),
    ("RTR-R05", {"locked": None, "was": "red_flag"}, "first step"),
    ("RTR-R06", {"ladder": "tendon"}, "on the ladder"),
    ("RTR-R06", {"ladder": None}, "you ran yesterday"),
    ("RTR-R09", {"locked": "sharp_bone"}, "sharp pain"),
    ("RTR-R12", {"element": "uphill", "because": "calf_gate"}, "25 calf raises"),
    ("RTR-R14", {"element": "speed", "because": "careful_voice"}, "careful"),
    ("RTR-X04", {"element": "strides"}, "Strides"),
    ("RTR-X04", {"element": "uphill", "because": "one_a_week"}, "one new thing"),
    ("RTR-X04", {"element": None}, "One new thing"),
    ("RTR-X09", {"because": "red"}, "red light"),
    ("RTR-X09", {"because": "clearance"}, "clinician"),
    ("RTR-X09", {"light": "red"}, "red light"),
    ("ASB-R01", {"test": "calf_raise", "gap": 0.4, "band": "attention", "side": "left"}, "40\u00a0%"),
    ("ASB-R01", {"test": "hop_distance", "gap": 0.25, "band": "block", "side": None}, "speed"),
    ("ASB-R02", {"calf_gate": True}, "strong enough"),
    ("ASB-R02", {"calf_gate": None}, "Test both"),
    ("ASB-R03", {"side": "right"}, "right"),
    ("ASB-R06", {"test": "calf_hold", "side": "left", "shortfall": 0.3, "against": "target"}, "the target"),
    ("ASB-R07", {"test": "calf_raise", "age_days": 20}, "20 days"),
    ("ASB-R08", {"because": "hop_gap"}, "hops"),
    ("ASB-17", {"test": "hop_count", "because": "bone"}, "bone"),
    ("PLAN-R02", {"locked": "imaging", "was": None}, "imaged"),
    ("PLAN-R02", {"locked": None, "was": "clearance"}, "goes on"),
    (
        "PLAN-R03",
        {"deadline": "x", "see": "sports physician, orthopaedist", "days": 2},
        "a sports physician or an orth",
    ),
    ("PLAN-R05", {"days": 9, "restart": False}, "9 days"),
    ("PLAN-R05", {"days": 25, "restart": True}, "first doses"),
    ("PLAN-R06", {"days": 5}, "5 days"),
    ("PLAN-R09", {"item": "straight-raise", "level": 2}, "straight raise"),
    ("PLAN-R10", {"item": "hold", "pain": 6, "limit": 5}, "6 of 10"),
    ("PLAN-R13", {"criterion": "stiffer-every-week"}, "stiffer every week"),
    ("PLAN-R16", {"item": "hold", "pain": 6, "limit": 5, "see": "podiatrist"}, "show it to a podiatrist"),
    ("PLAN-R16", {"yellow_7d": 2, "see": None}, "a physiotherapist"),
    ("RTR-X09", {"because": "not_ready"}, "No running yet"),
    ("RTR-X09", {"because": "window"}, "stays quiet"),
    ("RTR-R03", {"step": 3}, "step 3"),
    ("RP-C01", {"ticked": True}, "36 hours"),
    ("PLAN-R07", {"no_running": True}, "as you said"),
    ("DAY-R01", {"locked": "restriction"}, "restriction holds."),
]


@pytest.mark.parametrize(("rule", "facts", "word"), SEEN, ids=[f"{r}-{i}" for i, (r, _, _) in enumerate(SEEN)])
def test_what_a_rule_saw_is_said(rule: str, facts: dict, word: str) -> None:
    text = reasons.sentences()[rule](facts, METRIC)
    voiced(text)
    assert word in text, text


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_of_a_session_has_words(verdict: Verdict) -> None:
    for rule in ("RTR-R02", "RTR-R03", "RTR-R04", "RTR-R05", "RTR-R06", "RTR-R09", "RTR-R10"):
        voiced(reasons.sentences()[rule]({"ladder": "bone", "step": 3, "verdict": verdict.value}, METRIC))
    done = ladder.SENTENCES["RTR-R03"]({"step": 3, "verdict": "done"}, METRIC)
    assert all(
        ladder.SENTENCES["RTR-R03"]({"step": 3, "verdict": v.value}, METRIC) != done
        for v in (Verdict.TOO_SHORT, Verdict.TOO_MUCH, Verdict.NOT_FINAL, Verdict.QUIET_ACHE)
    )


def test_nothing_of_the_vocabulary_is_without_words() -> None:
    assert set(week_rules.KINDS) == set(ItemKind)
    assert set(week_rules._THE) == set(ItemKind)
    assert set(ladder.ELEMENTS) == set(Element)
    assert set(week_rules.STRESSORS) == {e.value for e in Element}
    assert set(plans.PHASES) == set(Phase)
    assert set(plans.STATUSES) == set(RunStatus)
    assert set(tasks.CHANGES) == set(Change)
    assert set(scoreboard.TEST_WORDS) == set(KNOWN.tests)
    assert set(tasks._STEPS) == set(StepKind)
    assert {f for f in GATE_FACTS if f.startswith("says_")} <= set(gates.QUESTIONS)


def test_a_rule_of_thumb_is_known_by_its_grade() -> None:
    """Wherever a reason is shown its grade is too; the heuristics of plans are marked as such."""
    assert KNOWN.rules["PLAN-R05"].grade is Grade.HEURISTIC
    assert KNOWN.rules["PLAN-R05"].grade.rule_of_thumb
