"""Where the grade decides whether an exercise is given at all: both sides of each."""

import pytest

from niggle.core.protocol import Item, Phase
from niggle.knowledge.healed import HEALED
from niggle.knowledge.loader import load

KNOWN = load()


def item(condition: str, phase: Phase, exercise: str) -> Item:
    return next(i for i in KNOWN.protocols[condition].phase(phase).items if i.exercise == exercise)


@pytest.mark.parametrize(("phase", "exercise"), [(Phase.SETTLE, "heel-dig"), (Phase.BUILD, "hamstring-curl")])
def test_a_sewn_meniscus_is_not_pulled_by_its_hamstrings(phase: Phase, exercise: str) -> None:
    condition = item("meniscus-injury", phase, exercise).only_if
    assert condition is not None
    given = {grade: condition.truth({**HEALED, "grade": grade}) for grade in ("small", "trimmed", "sewn")}
    assert given == {"small": True, "trimmed": True, "sewn": False}
