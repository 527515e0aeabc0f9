"""Reasons in a row: advice that several of them give stands once."""

from __future__ import annotations

import pytest

from niggle.core.reasons import Fact, Grade, Reason, Weight
from niggle.wording.reasons import each_once, read_once, told_once


def test_the_same_advice_is_given_once_and_no_reason_is_lost() -> None:
    said = (
        "Take the next sessions easier. You rated it 4 of 10.",
        "Take the next sessions easier. It rose during the run.",
        "Nothing hurts.",
        "Nothing hurts.",
        "Run 1. 2 and 3 wait.",
    )
    assert told_once(said) == (said[0], "It rose during the run.", *said[2:])
    assert told_once(()) == ()
    twice = ("It hurts daily. Book an appointment.", "It has hurt for 20 days. See a professional.", "It swelled.")
    assert told_once(twice) == (twice[0], "It has hurt for 20 days.", "It swelled.")


def test_a_sentence_for_a_second_reason_leaves_nothing_behind() -> None:
    due = "Book an appointment with a physiotherapist: it is time that somebody looks. Home work goes on until then."
    assert read_once((due, due, "It swelled.", due)) == (due, "It swelled.")
    assert read_once((due, due.replace("a physio", "another physio"))) == (
        due,
        due.replace("a physio", "another physio"),
    )
    easier = ("Take it easy. It hurt.", "Take it easy. It swelled.", "Take it easy. It hurt.")
    assert read_once(easier) == ("Take it easy. It hurt.", "It swelled.")
    assert read_once(()) == ()


def reason(rule: str, *facts: Fact) -> Reason:
    return Reason(rule, Weight.CAUTION, facts, (), Grade.PRACTICE)


@pytest.mark.parametrize(
    ("quiet", "loud"),
    [("TL-R12", "DAY-R02"), ("TL-R14", "DAY-R02"), ("LOAD-S17", "LOAD-R02"), ("TL-R03", "LOAD-R12")],
)
def test_what_two_rules_say_alike_stands_once_and_neither_is_lost(quiet: str, loud: str) -> None:
    one, other, more = reason(quiet, Fact("levers", "volume")), reason(loud), reason("SCI-LONGEST")
    assert each_once((one, more, other)) == ((more, ()), (other, (one,)))
    assert each_once((one, more)) == ((one, ()), (more, ())), "alone it speaks for itself"
    assert each_once(()) == ()


def test_a_lever_that_no_cap_names_is_said() -> None:
    steep = reason("TL-R03", Fact("levers", "downhill volume"))
    assert each_once((steep, reason("LOAD-R12"))) == ((steep, ()), (reason("LOAD-R12"), ()))
