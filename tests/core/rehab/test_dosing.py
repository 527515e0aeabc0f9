"""Doses: from the smallest to the target, never down by growing, and the load last and without end."""

from hypothesis import given
from hypothesis import strategies as st

from niggle import knowledge
from niggle.core.exercise import GrowingDose, Quantity
from niggle.core.rehab import dose_at, grows_load, level_cap

K = knowledge.load()
LADDER = GrowingDose(Quantity(2, 3), reps=Quantity(8, 12, 2), grows=("reps", "sets", "load"), load_note="5 kg more")


def test_quantities_grow_in_their_order_and_load_last():
    steps = [(dose_at(LADDER, n).reps, dose_at(LADDER, n).sets, dose_at(LADDER, n).load_steps) for n in range(6)]
    assert steps == [(8, 2, 0), (10, 2, 0), (12, 2, 0), (12, 3, 0), (12, 3, 1), (12, 3, 2)]
    assert level_cap(LADDER) is None
    assert [grows_load(LADDER, n) for n in (2, 3, 4)] == [False, True, True]


def test_the_last_step_ends_at_the_target():
    dose = GrowingDose(Quantity(1, 1), hold_s=Quantity(10, 45, 10), grows=("hold_s",))
    assert [dose_at(dose, n).hold_s for n in range(6)] == [10, 20, 30, 40, 45, 45]
    assert level_cap(dose) == 4


def test_what_does_not_grow_stays():
    dose = GrowingDose(Quantity(3, 3), reps=Quantity(10, 15))
    assert dose_at(dose, 9).reps == 10
    assert level_cap(dose) == 0


def _load_last(names):
    return [n for n in names if n != "load"] + ["load"]


quantity = st.builds(
    lambda start, more, step: Quantity(start, start + more, step),
    st.integers(1, 20), st.integers(0, 20), st.integers(1, 6),
)  # fmt: skip
doses = st.builds(
    lambda sets, reps, hold, grows: GrowingDose(sets, reps, hold, grows=tuple(grows)),
    quantity, quantity, quantity, st.permutations(["sets", "reps", "hold_s", "load"]).map(_load_last),
)  # fmt: skip


@given(doses, st.integers(-3, 80))
def test_a_level_more_is_never_less(dose, level):
    low, high = dose_at(dose, level), dose_at(dose, level + 1)
    assert low.sets <= high.sets
    assert low.reps <= high.reps
    assert low.hold_s <= high.hold_s
    assert low.load_steps <= high.load_steps
    assert dose.reps.start <= low.reps <= dose.reps.target
    assert dose.sets.start <= low.sets <= dose.sets.target


def test_every_dose_of_every_protocol_starts_small_and_ends_at_its_target():
    for protocol in K.protocols.values():
        for item in [i for p in protocol.phases for i in p.items] + list(protocol.maintenance):
            first = dose_at(item.dose, 0)
            assert first.sets >= 1, (protocol.condition, item.id)
            cap = level_cap(item.dose)
            last = dose_at(item.dose, 200 if cap is None else cap)
            for name in item.dose.grows:
                if name != "load" and (q := getattr(item.dose, name)) is not None:
                    assert getattr(last, name) == q.target, (protocol.condition, item.id)
