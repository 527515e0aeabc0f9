"""Shoes: how far each pair has come against where pairs usually end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from niggle.core.history import Shoe
from niggle.core.knowledge_types import Knowledge
from niggle.core.spikes import shoe_stage
from niggle.core.units import m_from_miles
from niggle.web.dress.words import day_text, plain_word
from niggle.wording.shoes import share_of_life, stage_word
from niggle.wording.units import Units


class Pair(Protocol):
    """A pair of actions.shoes.list_shoes."""

    @property
    def shoe(self) -> Shoe: ...
    @property
    def distance_m(self) -> float: ...
    @property
    def runs(self) -> int: ...


@dataclass(frozen=True, slots=True)
class ShoeLine:
    name: str
    share: float
    label: str
    distance: str
    word: str
    say: str
    url: str


def shoe_line(pair: Pair, knowledge: Knowledge, units: Units, url: str) -> ShoeLine:
    """share: distance over the distance at which most pairs are replaced."""
    replace_m = m_from_miles(knowledge.number("shoe_replace_miles"))
    share = pair.distance_m / replace_m
    distance = units.distance(pair.distance_m, 0)
    label = share_of_life(pair.shoe.name, pair.distance_m, share, units)
    stage = shoe_stage(pair.shoe, pair.distance_m, knowledge)
    word = stage_word(stage, feels_dead=pair.shoe.worn_flag)
    return ShoeLine(pair.shoe.name, share, label, distance, word, _say(pair), url)


def _say(pair: Pair) -> str:
    parts = [f"{pair.runs} run{'' if pair.runs == 1 else 's'}"]
    if pair.shoe.category:
        parts.append(plain_word(pair.shoe.category))
    if pair.shoe.plated:
        parts.append("plated")
    if pair.shoe.retired_on is not None:
        parts.append(f"retired {day_text(pair.shoe.retired_on)}")
    return " · ".join(parts)
