"""An enum that is looked at often stays an enum."""

import copy
import pickle

import pytest

from niggle.core.body import Side
from niggle.core.outcomes import Light, Urgency
from niggle.core.plan import ItemKind
from niggle.core.protocol import Phase


@pytest.mark.parametrize("kind", [Light, Urgency, ItemKind, Phase, Side])
def test_members_are_members_by_name_by_value_and_after_a_journey(kind):
    assert len(kind) == len(kind.__members__)
    for name, member in kind.__members__.items():
        assert getattr(kind, name) is kind[name] is kind(member.value) is member
        assert pickle.loads(pickle.dumps(member)) is copy.deepcopy(member) is member
        assert isinstance(member, kind)
        assert member.name == name
    assert {m: m.name for m in kind} == {m.value: m.name for m in kind}, "equal values have equal hashes"


def test_no_member_can_be_put_in_another_place():
    with pytest.raises(AttributeError):
        Light.RED = Light.GREEN  # type: ignore[misc]
