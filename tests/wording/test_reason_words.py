"""Reasons in a row: advice that several of them give stands once."""

from __future__ import annotations

from niggle.wording.reasons import told_once


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
