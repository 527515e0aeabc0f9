"""Dose, words and figure of an exercise agree on how many legs it is done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from niggle import knowledge
from niggle.actions.library import exercises
from niggle.core.exercise import Sides
from niggle.core.protocol import Item
from niggle.web.dress.plan.session import figure_of

KNOWN = knowledge.load()


def together() -> Iterator[tuple[str, Item]]:
    """Doses on both legs together of what is otherwise done one leg at a time."""
    for name, protocol in KNOWN.protocols.items():
        items = [*(i for p in protocol.phases for i in p.items), *protocol.maintenance]
        for item in items:
            if KNOWN.exercises[item.exercise].one_sided and item.dose.sides is Sides.TOGETHER:
                yield name, item


FOUND = list(together())


@pytest.mark.parametrize(("protocol", "item"), FOUND, ids=[f"{p}-{i.id}" for p, i in FOUND])
def test_both_legs_together_are_said_and_shown(protocol: str, item: Item) -> None:
    assert item.dose.note is not None
    assert "both feet" in item.dose.note.lower()
    drawn = figure_of(item.exercise, KNOWN, exercises(), Sides.TOGETHER)
    assert drawn is not None
    assert len(drawn.movement.work) == 2


def test_one_leg_keeps_the_figure_on_one_leg() -> None:
    for sides in (Sides.SORE, Sides.EACH, None):
        drawn = figure_of("isometric-calf-hold", KNOWN, exercises(), sides)
        assert drawn is not None
        assert drawn.id == "isometric-calf-hold"
    both = figure_of("isometric-calf-hold", KNOWN, exercises(), Sides.TOGETHER)
    assert both is not None
    assert both.id == "isometric-calf-hold-both"


def test_the_hold_says_that_the_plan_decides() -> None:
    assert FOUND, "holds on both feet are in the plans"
    assert "one foot or on both" in KNOWN.exercises["isometric-calf-hold"].how
