"""The checklist of a phase in words: what was seen, what is missing, how the tests stand."""

from datetime import date

import pytest
from tests.wording.plan_voice import ACHILLES, KNOWN, ON, voiced

from niggle.core.body import Side
from niggle.core.gates import FACTS, GateItem, GateResult, what_to_do
from niggle.core.reasons import Fact
from niggle.core.scoreboard import board
from niggle.wording import gates, reasons, scoreboard
from niggle.wording.units import METRIC


def test_numbers_of_several_tests_say_whose_they_are() -> None:
    raises, hold = Fact("calf_raise_min", 18), Fact("calf_hold_min", 42)
    alone = gates.facts_seen(GateItem("raises", False, (raises,)), KNOWN)
    assert alone == "now 18"
    both = gates.facts_seen(GateItem("strong", False, (raises, hold)), KNOWN)
    assert both == "now single-leg calf raises 18, calf raise hold 42\u00a0s"
    unknown = gates.facts_seen(GateItem("measured", None, (raises, Fact("dorsiflexion_min", None))), KNOWN)
    assert unknown == "now single-leg calf raises 18"


@pytest.mark.parametrize("name", sorted(FACTS))
def test_what_is_missing_becomes_something_to_do(name: str) -> None:
    text = gates.do_this(what_to_do(name), KNOWN)
    assert text[0].isupper()
    assert text[-1] in ".?", text
    if name not in ("pain_worst_3d", "pain_worst_7d") and what_to_do(name) != "checkin":
        assert text != gates.do_this("checkin", KNOWN), f"{name} needs its own words"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("test:calf_raise", "Do the test: single-leg calf raises, knee straight."),
        ("days:1", "Give it 1 day more."),
        ("days:4", "Give it 4 days more."),
        ("weeks:2", "Give it 2 weeks more."),
        ("answer:says_tender", "Is the place sore when you press on it?"),
        ("clearance", "See a clinician; when you are cleared, record who said so, when, and for what."),
    ],
)
def test_do_this(name: str, words: str) -> None:
    assert gates.do_this(name, KNOWN) == words


def test_a_checklist_tells_met_from_not_met_from_not_known() -> None:
    criteria = KNOWN.protocols[ACHILLES].phases[0].gate
    result = GateResult(
        (
            GateItem("no-red-flag", True, (Fact("flags_open", False),)),
            GateItem("settled", False, (Fact("settled_days", 1, "days"),), ("days:2",)),
            GateItem("hold-quiet", None, (Fact("calf_hold_min", None),), ("test:calf_hold",)),
        )
    )
    met, unmet, unknown = gates.checklist(result, criteria, KNOWN)
    assert (met.state, met.do) == ("met", ())
    assert met.text == "No warning sign of this place is open"
    assert (unmet.state, unmet.seen, unmet.do) == ("not_met", "now 1 day", ("Give it 2 days more.",))
    assert unknown.state == "unknown"
    assert unknown.do == ("Do the test: calf raise hold, mid-range.",)
    assert unknown.needs == ("test:calf_hold",)


def test_values_of_tests() -> None:
    tests = KNOWN.tests
    assert scoreboard.value_text(18, tests["calf_raise"]) == "18"
    assert scoreboard.value_text(45, tests["calf_hold"]) == "45\u00a0s"
    assert scoreboard.value_text(0, tests["hop_in_place"]) == "no pain"
    assert scoreboard.value_text(2, tests["hop_in_place"]) == "2 of 10"
    assert scoreboard.value_text(1, tests["squat_control"]) == "passed"
    assert scoreboard.value_text(None, tests["squat_control"]) == "–"


def test_every_test_says_where_it_stands() -> None:
    empty = board((), ON, Side.LEFT, tuple(KNOWN.tests), KNOWN)
    for state in empty.tests:
        voiced(scoreboard.verdict_line(state, KNOWN.tests[state.test]))
    from niggle.core.plan import Measured

    results = (
        Measured("a", "calf_raise", ON, left=18, right=30, pain=2),
        Measured("b", "calf_hold", date(2026, 5, 1), left=40, right=45),
        Measured("c", "squat_control", ON, left=0, right=1, pain=5),
    )
    full = board(results, ON, Side.LEFT, ("calf_raise", "calf_hold", "squat_control"), KNOWN)
    raises, hold, squat = full.tests
    assert scoreboard.sides_line(raises, KNOWN.tests["calf_raise"]) == "left 18, right 30"
    text = scoreboard.verdict_line(raises, KNOWN.tests["calf_raise"])
    assert "Not there yet" in text
    assert "40\u00a0% between the sides, left is weaker: train the weaker side." in text
    assert "too old" in scoreboard.verdict_line(hold, KNOWN.tests["calf_hold"])
    assert "too much for the result to count" in scoreboard.verdict_line(squat, KNOWN.tests["squat_control"])
    assert full.limiter is not None
    assert "calf raises" in scoreboard.limiter_line(full.limiter, KNOWN)
    assert all(reasons.sentence(r, METRIC) for r in full.reasons)


def test_no_gate_speaks_of_red_flags() -> None:
    """The fact is asked per place, and a runner has warning signs."""
    gates_of = [c for p in KNOWN.protocols.values() for phase in p.phases for c in phase.gate]
    ready = [c for ladder in KNOWN.ladders.values() for c in ladder.readiness]
    assert gates_of
    assert ready
    assert [c.say for c in (*gates_of, *ready) if "red flag" in c.say] == []
    assert {c.say for c in (*gates_of, *ready) if c.id == "no-red-flag"} == {"no warning sign of this place is open"}
