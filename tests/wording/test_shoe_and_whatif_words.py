"""Words of shoes: one for each stage the rules know."""

from __future__ import annotations

from datetime import date

import pytest

from niggle.core.history import Shoe, empty_history
from niggle.core.spikes import STAGES, Planned, shoe_stage, whatif
from niggle.core.units import m_from_miles
from niggle.knowledge import load
from niggle.wording.shoes import STAGE_WORDS, share_of_life, stage_word
from niggle.wording.units import Units
from niggle.wording.whatif import CANNOT_SAY, VERDICTS, verdict

K = load()


def test_every_stage_has_a_word() -> None:
    assert set(STAGE_WORDS) == set(STAGES)
    assert len(set(STAGE_WORDS.values())) == len(STAGES)


@pytest.mark.parametrize(
    ("name", "below", "at"),
    [("shoe_warn_miles", "getting firmer", "past its middle"),
     ("shoe_replace_miles", "past its middle", "time to replace"),
     ("shoe_max_miles", "time to replace", "well worn out")],
)  # fmt: skip
def test_words_change_at_the_thresholds(name: str, below: str, at: str) -> None:
    metres = m_from_miles(K.number(name))
    words = [STAGE_WORDS[shoe_stage(Shoe("a", "A"), m, K)] for m in (metres - 1, metres)]
    assert words == [below, at]


def test_her_own_feeling_goes_first() -> None:
    assert shoe_stage(Shoe("a", "A", worn_flag=True), 0.0, K) == "replace"
    assert stage_word("replace", feels_dead=True) == "feels dead"
    assert "50" in share_of_life("Blue", 400_000, 0.5, Units("km", "pace"))


def test_what_cannot_be_compared_is_not_called_harmless() -> None:
    on = date(2026, 6, 1)
    alone = whatif(empty_history(), on, Planned(distance_m=18_000.0), K)
    assert verdict(alone) == CANNOT_SAY
    assert CANNOT_SAY not in VERDICTS.values()
