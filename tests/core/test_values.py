"""Values made by the thousand behave as frozen dataclasses with slots."""

from dataclasses import dataclass, field, replace

import pytest

from niggle.core.values import value


@value(frozen=True, slots=True)
class Made:
    name: str
    times: int = 1
    by_the_way: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Guarded:
    name: str
    times: int = 1
    by_the_way: str = field(default="", compare=False)


def test_equal_values_are_one_value_with_the_hash_of_a_frozen_one():
    assert Made("a", 2, "x") == Made("a", 2, "y") != Made("a", 3)
    assert hash(Made("a", 2, "x")) == hash(Made("a", 2, "y")) == hash(Guarded("a", 2))
    assert {Made("a"): 1}[replace(Made("b"), name="a")] == 1


def test_nothing_can_be_hung_on_a_value():
    with pytest.raises(AttributeError):
        Made("a").colour = "red"
