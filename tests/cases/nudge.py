"""Knowledge with one number moved by its smallest sensible step, to see which cases hold that number in place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from niggle.core.knowledge_types import Knowledge
from niggle.core.protocol import CapacityTest, Criterion, Element, Ladder, Protocol
from niggle.core.when import AtLeast, Compare, Not, When

_STEPS: Final = {
    "count": 1.0, "sessions": 1.0, "days": 1.0, "weeks": 1.0, "min": 1.0, "s": 1.0, "h": 1.0, "spm": 1.0,
    "percent": 1.0, "ratio": 0.01,
    "0-10": 0.5, "mm": 0.5, "mg": 1.0, "months": 0.1, "km": 0.1,
}  # fmt: skip
# where the unit's step is too fine to be seen, or coarser than what the cases look at
_OWN_STEP: Final = {
    "first_run_wait_h": 24.0, "stiffness_trend_days": 2.0, "sleep_range_h": 0.1, "fitness_loss_per_day": 0.001,
    "fitness_loss_per_day_trained": 0.001, "bone_min_weeks_absolute": 0.5, "bone_min_weeks_without_clearance": 0.5,
    "regain_short_weeks_off": 0.5, "cadence_audit_floor": 0.5, "dose_up_done_share": 0.15,
    "regain_none_per_week_off": 0.02, "regain_trained_per_week_off": 0.02,
}  # fmt: skip
# numbers that stand in the criteria of gates and ladders: the facts they are compared with
_IN_CRITERIA: Final = {
    "settle_days_gate1": ("settled_days",),
    "gate1_hold_s": ("calf_hold_min",),
    "gate1_hold_pain_max": ("calf_hold_pain",),
    "gate2_other_side_share": ("calf_raise_lsi",),
    "green_weeks_gate2": ("volume_weeks_green",),
    "gate3_hop_gap_max": ("hop_distance_gap",),
    "gate3_green_weeks": ("quality_weeks_green",),
    "gate4_full_weeks": ("full_weeks_green",),
    "side_gap_block": ("hop_distance_gap",),
    "iso_hold_min_s": ("calf_hold_min",),
    "tendon_fascia_stiffness_ok_max": ("stiffness_worst_7d",),
    "nearly_pain_free_max": ("exercise_pain_worst_7d",),
    "bone_min_weeks_without_clearance": ("weeks_off_running",),
    "bone_min_weeks_absolute": ("weeks_off_running",),
    "bone_pain_free_days": ("pain_free_days",),
}
_IN_STRIDES: Final = {"stride_start_percent": "muscle", "stride_start_percent_hip_flexor": "hip_flexor"}
# numbers that stand in the tests of the scoreboard
_IN_TESTS: Final = {
    "test_void_pain": "pain_void_above",
    "side_gap_attention": "attention_gap",
    "side_gap_block": "block_gap",
    "test_stale_days": "stale_days",
    "calf_raise_min": "target",
    "iso_hold_min_s": "target",
}


def nudged(knowledge: Knowledge, name: str, sign: int) -> Knowledge:
    """name: a parameter, or "restart_days.1" for the second of several numbers. sign: 1 up, -1 down."""
    name, _, index = name.partition(".")
    old = knowledge.parameters[name]
    step = sign * _OWN_STEP.get(name, _STEPS[str(old.unit)])
    value: Any
    if isinstance(old.value, tuple):
        was = old.value[int(index)]
        value = tuple(v + step if n == int(index) else v for n, v in enumerate(old.value))
    else:
        was = old.value
        value = was + step
    return replace(
        knowledge,
        digest=f"{knowledge.digest} {name} {index} {step}",
        parameters={**knowledge.parameters, name: replace(old, value=value)},
        protocols={k: _protocol(p, name, was, was + step) for k, p in knowledge.protocols.items()},
        ladders={k: _ladder(x, name, index, was, was + step) for k, x in knowledge.ladders.items()},
        tests={k: _test(t, name, was, was + step) for k, t in knowledge.tests.items()},
    )


def _test(test: CapacityTest, name: str, was: float, now: float) -> CapacityTest:
    field = _IN_TESTS.get(name)
    if field is None or getattr(test, field) != was:
        return test
    return replace(test, **{field: type(getattr(test, field))(now)})


def _ladder(ladder: Ladder, name: str, index: str, was: float, now: float) -> Ladder:
    """Criteria before the first run, and the shares of top speed with which strides begin."""
    steps = ladder.steps
    if _IN_STRIDES.get(name) == ladder.id:
        field = ("percent_low", "percent_high")[int(index)]
        other: dict[str, Any] = {field: int(now)}
        steps = tuple(
            replace(s, **other) if s.add is Element.STRIDES and getattr(s, field) == was else s for s in steps
        )
    return replace(ladder, steps=steps, readiness=_criteria(ladder.readiness, name, was, now))


def _protocol(protocol: Protocol, name: str, was: float, now: float) -> Protocol:
    if name not in _IN_CRITERIA:
        return protocol
    one, two, three, four = (replace(p, gate=_criteria(p.gate, name, was, now)) for p in protocol.phases)
    return replace(protocol, phases=(one, two, three, four), readiness=_criteria(protocol.readiness, name, was, now))


def _criteria(criteria: tuple[Criterion, ...], name: str, was: float, now: float) -> tuple[Criterion, ...]:
    facts = _IN_CRITERIA.get(name, ())
    return tuple(replace(c, when=_when(c.when, facts, was, now)) for c in criteria)


def _when(when: When, facts: tuple[str, ...], was: float, now: float) -> When:
    match when:
        case Compare(fact, op, value) if fact in facts and value == was:
            return Compare(fact, op, now)
        case Not(term):
            return Not(_when(term, facts, was, now))
        case AtLeast(count, terms):
            return AtLeast(count, tuple(_when(t, facts, was, now) for t in terms))
    return when
