"""What the index finds is what trying every condition finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from niggle.core.body import SITES
from niggle.core.outcomes import Light
from niggle.core.reasons import FactValue
from niggle.core.red_flags.index import index_of
from niggle.core.traffic_light.facts import FACT_NAMES
from niggle.core.traffic_light.table import light_of_day
from niggle.core.when import AtLeast, Compare, Not, When
from niggle.knowledge import load

K = load()


def compared(when: When) -> set[str]:
    """The facts that are numbers."""
    match when:
        case Compare(name):
            return {name}
        case Not(term):
            return compared(term)
        case AtLeast(_, terms):
            return {name for term in terms for name in compared(term)}
        case _:
            return set()


NUMBERS = sorted({name for row in (*K.red_flags, *K.light_rows) for name in compared(row.when)})
YES_NO = st.dictionaries(st.sampled_from(sorted(FACT_NAMES - {*NUMBERS})), st.sampled_from([None, False, True]))
SITE = st.fixed_dictionaries({}, optional={"site": st.sampled_from([None, *SITES])})
FACTS = st.builds(
    lambda said, site, numbers: {**said, **site, **numbers},
    YES_NO,
    SITE,
    st.dictionaries(st.sampled_from(NUMBERS), st.one_of(st.none(), st.integers(0, 40))),
)


@given(FACTS)
def test_the_same_flags_and_rows_are_found(facts: dict[str, FactValue]) -> None:
    assert index_of(K.red_flags).firing(facts) == [f for f in K.red_flags if f.when.holds(facts)]
    assert index_of(K.light_rows).firing(facts) == [r for r in K.light_rows if r.when.holds(facts)]


@given(FACTS)
def test_a_green_row_stands_alone_or_not_at_all(facts: dict[str, FactValue]) -> None:
    matching = [r for r in K.light_rows if r.when.holds(facts)]
    listed = light_of_day(facts, K).rows
    assert listed[:1] == tuple(r.rule.id for r in matching[:1])
    assert set(listed[1:]) == {r.rule.id for r in matching[1:] if r.light is not Light.GREEN}
