"""Phase 4 takes a third to a half off the strength of phase 3, in sets, and the week's checker knows of it (RP-C15)."""

from dataclasses import replace

import pytest
from tests.core.rehab.tale import DAY, K, Tale

from niggle.core.exercise import Sides
from niggle.core.outcomes import Light
from niggle.core.plan import RunStatus
from niggle.core.profile import Clearance, Profile
from niggle.core.protocol import Group, Phase
from niggle.core.rehab import Life, PlanState, Prescription, prescribe, prescribe_all, surroundings, week_items
from niggle.core.rehab.dosing import level_cap
from niggle.core.rehab.sharpening import strength_before
from niggle.core.rehab.types import ItemState
from niggle.core.rehab.week_items import strength_minutes

CUT = K.numbers("phase_strength_cut")
PLANNED = sorted(s for s, p in K.protocols.items() if p.phases and p.need.value != "no_plan")


def state(condition: str, phase: Phase) -> PlanState:
    open_ = {i.id: True for p in K.protocols[condition].phases for i in p.items}
    return PlanState(Tale(condition).plan, DAY, phase, DAY, RunStatus.BUILDING, DAY, conditional=open_)


def life(condition: str) -> Life:
    """Cleared, as a plan for a bone has to be before it comes so far."""
    return Tale(condition, profile=Profile(clearances=(Clearance(DAY, "Dr"),))).life(0)


def grown(condition: str, kept: int, own: int) -> PlanState:
    """Phase 4 after a phase 3 whose doses grew: by `kept` levels what phase 4 goes on with, by `own` what it drops."""
    phase_3, phase_4 = (K.protocols[condition].phase(p).items for p in (Phase.INTEGRATE, Phase.SHARPEN))
    stay = {i.id for i in phase_3} & {i.id for i in phase_4}
    levels = {i.id: ItemState(kept if i.id in stay else own, DAY, 0, 0) for i in phase_3}
    for i in phase_4:
        had, cap = levels[i.id].level if i.id in levels else 0, level_cap(i.dose)
        levels[i.id] = ItemState(had if cap is None else min(had, cap), DAY, 0, 0)
    return replace(state(condition, Phase.SHARPEN), items=levels)


def work(given: Prescription) -> float:
    return strength_minutes([given], K)[0]


@pytest.mark.parametrize("condition", PLANNED)
def test_phase_4_is_a_third_lighter_or_down_to_single_sets(condition: str) -> None:
    last, before, known = state(condition, Phase.SHARPEN), state(condition, Phase.INTEGRATE), life(condition)
    (given,) = prescribe_all([last], known, K)
    (was,) = prescribe_all([before], known, K)
    assert was == prescribe(before, known, K, [before]), "the other phases keep their doses"
    strength = [i for i in given.items if i.group in (Group.A, Group.B)]
    whole = [i for i in prescribe(last, known, K, [last]).items if i.group in (Group.A, Group.B)]
    assert [i.item for i in strength] == [i.item for i in whole], "sets are left out, no exercise is"
    assert all(i.dose.sets >= 1 for i in strength)
    assert work(given) <= work(was) * (1 - CUT[0]) + 1e-9 or all(i.dose.sets == 1 for i in strength)
    assert strength_before([last], known, K)[0] == pytest.approx(work(was))


@pytest.mark.parametrize("condition", PLANNED)
def test_phase_4_keeps_half_of_the_strength_however_far_doses_had_grown(condition: str) -> None:
    known = life(condition)
    for kept in (0, 1, 2, 3, 5, 8, 15):
        for own in (0, 1, 2, 3, 5, 8, 15):
            last = grown(condition, kept, own)
            before, heavy_before = strength_before([last], known, K)
            left, heavy = strength_minutes(prescribe_all([last], known, K), K)
            assert heavy == 1 or not heavy_before, "one heavy session stays"
            assert left >= (before or 0.0) * (1 - CUT[1]) - 1e-9, (
                f"{kept} and {own} levels: {before} becomes {left} min"
            )


@pytest.mark.parametrize("condition", PLANNED)
def test_the_week_of_phase_4_passes_its_own_checker(condition: str) -> None:
    last, known = state(condition, Phase.SHARPEN), life(condition)
    around = surroundings([last], known, K, DAY, Light.GREEN)
    items = week_items([last], known, K, DAY, prescriptions=prescribe_all([last], known, K))
    left = sum(i.work_min or 0.0 for i in items)
    if not around.strength_before_min:
        assert left == 0, "nothing of it begins in phase 4"
        return
    cut = 1 - left / around.strength_before_min
    single = all(
        d.dose.sets == 1 for p in prescribe_all([last], known, K) for d in p.items if d.group in (Group.A, Group.B)
    )
    assert CUT[0] - 1e-9 <= cut <= CUT[1] + 1e-9 or (single and cut <= CUT[1])


def test_one_plan_that_still_builds_leaves_strength_alone() -> None:
    one, other = state("ankle-sprain", Phase.SHARPEN), state("plantar-fasciitis", Phase.BUILD)
    other = replace(other, plan=replace(other.plan, id="p2"))
    known = life("ankle-sprain")
    assert strength_before([one, other], known, K) == (None, None)
    assert surroundings([one, other], known, K, DAY, Light.GREEN).strength_before_min is None


def test_a_session_says_how_long_its_finisher_is() -> None:
    name = "achilles-tendinopathy-midportion"
    (a,) = [i for i in week_items([state(name, Phase.INTEGRATE)], life(name), K, DAY) if i.plyometric]
    low, high = K.numbers("pogo_minutes")
    assert a.finisher_min is not None
    assert low <= a.finisher_min <= high
    assert a.work_min is not None
    assert a.work_min + a.finisher_min < a.minutes


@pytest.mark.parametrize("condition", PLANNED)
def test_no_finisher_of_a_plan_is_longer_than_the_rule_allows(condition: str) -> None:
    for phase in (Phase.INTEGRATE, Phase.SHARPEN):
        for item in week_items([state(condition, phase)], life(condition), K, DAY):
            assert item.finisher_min is None or item.finisher_min <= K.numbers("pogo_minutes")[1]
    for item in (i for p in K.protocols[condition].phases for i in p.items if i.exercise == "pogo-hops"):
        if item.dose.minutes is not None:
            assert item.dose.minutes.target * item.dose.sets.target <= K.numbers("pogo_minutes")[1]
            assert item.dose.sides is not Sides.EACH
