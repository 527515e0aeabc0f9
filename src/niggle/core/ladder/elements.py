"""What comes back after the ladder, one new element a week, the family's last one last (RTR-X04, R11 to R14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from typing import Protocol as TypingProtocol

from niggle.core.body import SITES, LoadTissue, TissueClass
from niggle.core.gates import QUALITY, DayFacts
from niggle.core.gates.evaluate import Facts
from niggle.core.history import Tag
from niggle.core.knowledge_types import Knowledge
from niggle.core.ladder.types import ElementGate, Opened
from niggle.core.protocol import Element, PhasePlan, Protocol, Running
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.scoreboard import reason

E = Element
_CALF_FAMILY: Final = frozenset(
    {LoadTissue.ACHILLES, LoadTissue.CALF, LoadTissue.PLANTAR_FASCIA, LoadTissue.TIBIA}
)  # ASB-R08
_OFF_MENU: Final[Mapping[Element, frozenset[str]]] = {
    E.STRIDES: frozenset({"strides"}), E.UPHILL: frozenset({"hills", "uphill"}), E.SPEED: frozenset({"speed"}),
    E.DOWNHILL: frozenset({"hills", "downhill"}), E.PLYOMETRICS: frozenset({"plyometrics"}),
    E.TRAIL: frozenset({"trail"}), E.LONG: frozenset({"long_run"}), E.DISTANCE: frozenset(),
}  # fmt: skip
_GENTLE: Final = frozenset({E.DISTANCE, E.LONG})
_USED_BY: Final[Mapping[Element, frozenset[Tag]]] = {
    E.STRIDES: frozenset({Tag.STRIDES, Tag.SPRINT, Tag.SPEED}), E.UPHILL: frozenset({Tag.HILLS}),
    E.SPEED: frozenset({Tag.SPEED, Tag.SPRINT, Tag.RACE}), E.LONG: frozenset({Tag.LONG}),
    E.PLYOMETRICS: frozenset({Tag.PLYOMETRIC}),
}  # fmt: skip
_RULE: Final = {
    E.STRIDES: "RTR-R11", E.UPHILL: "RTR-R12", E.DOWNHILL: "RTR-R12", E.SPEED: "RTR-R13", E.PLYOMETRICS: "ASB-R03",
}  # fmt: skip


def calf_family(site: str) -> bool:
    """Calf, Achilles, plantar fascia and shin: the calf gate blocks there and only warns elsewhere (ASB-R08)."""
    known = SITES.get(site)
    return known is not None and bool(_CALF_FAMILY.intersection(known.load_tissues))


def next_element(
    opened: Sequence[Opened],
    protocol: Protocol,
    phase: PhasePlan,
    facts: Facts,
    on: date,
    site: str,
    knowledge: Knowledge,
) -> ElementGate | None:
    """The next element of the condition's order and whether it may open today; None once all are back."""
    have = {o.element for o in opened}
    wanted = next((e for e in protocol.add_back if e not in have), None)
    if wanted is None:
        return None
    return element_gate(wanted, opened, protocol, phase, facts, on, site, knowledge)


def element_gate(
    wanted: Element,
    opened: Sequence[Opened],
    protocol: Protocol,
    phase: PhasePlan,
    facts: Facts,
    on: date,
    site: str,
    knowledge: Knowledge,
) -> ElementGate:
    """Whether that element may come back today, with everything that stands against it."""
    against: list[Reason] = []
    missing: list[str] = []
    notes: list[Reason] = []

    def no(rule: str, because: str, lacks: str | None = None) -> None:
        against.append(
            reason(knowledge, rule, Weight.CAUTION, Fact("element", wanted.value, None, on),
                   Fact("because", because, None, on))
        )  # fmt: skip
        if lacks is not None:
            missing.append(lacks)

    _time(opened, facts, on, knowledge, no)
    if wanted not in _GENTLE and phase.running.mode not in (Running.BUILD, Running.FULL):
        no("RTR-X04", "phase")
    elif _OFF_MENU[wanted].intersection(phase.off_menu):
        no("RTR-X04", "off_menu")
    rule = _RULE.get(wanted)
    if wanted in (E.STRIDES, E.UPHILL, E.SPEED, E.PLYOMETRICS) and (gate := facts.get("calf_gate")) is not True:
        if calf_family(site):
            no(rule or "ASB-R08", "calf_gate", "test:calf_raise" if gate is None else None)
        else:
            notes.append(
                reason(knowledge, "ASB-R08", Weight.INFO, Fact("element", wanted.value, None, on),
                       Fact("because", "calf_gate", None, on))
            )  # fmt: skip
    if wanted is E.LONG:
        weeks = facts.get("volume_weeks_green")
        if weeks is None:
            no("RTR-R12", "volume_unknown", "usual_week")
        elif isinstance(weeks, int | float) and weeks < 1:
            no("RTR-R12", "volume")
    if wanted in (E.UPHILL, E.DOWNHILL):
        ratio = facts.get("volume_ratio")
        if ratio is None:
            no("RTR-R12", "volume_unknown", "usual_week")
        elif isinstance(ratio, int | float) and ratio < knowledge.number("volume_ratio_gate2"):
            no("RTR-R12", "volume")
    if wanted is E.SPEED:
        _speed(protocol, facts, knowledge, no)
    if wanted is E.PLYOMETRICS and facts.get("squat_control_min") != 1:
        no("ASB-R03", "squat_control", "test:squat_control")
    return ElementGate(wanted, not against, (*against, *notes), tuple(missing))


def _time(opened: Sequence[Opened], facts: Facts, on: date, knowledge: Knowledge, no: _No) -> None:
    """One new element in seven days, on a quiet week, and the last one tried."""
    if opened:
        last = max(opened, key=lambda o: o.on)
        age = (on - last.on).days
        wait = int(knowledge.number("new_element_days"))
        if age < wait:
            no("RTR-X04", "one_a_week", f"days:{wait - age}")
        elif last.used_on is None and age < knowledge.number("element_unused_days"):
            no("RTR-X04", "not_tried")
    if facts.get("yellow_7d") != 0 or facts.get("red_7d") != 0:
        no("RTR-X04", "not_quiet", "checkin" if facts.get("yellow_7d") is None else None)


def _speed(protocol: Protocol, facts: Facts, knowledge: Knowledge, no: _No) -> None:
    gap = facts.get("hop_distance_gap")
    if gap is None:
        no("RTR-R13", "hop_unknown", "test:hop_distance")
    elif isinstance(gap, int | float) and gap >= knowledge.number("side_gap_block") - 1e-9:
        no("ASB-R08", "hop_gap")
    voice, confident = facts.get("says_careful_voice"), facts.get("says_confident")
    if voice is True:
        no("RTR-R14", "careful_voice")
    elif protocol.tissue_class is TissueClass.MUSCLE and voice is None:
        no("RTR-R14", "voice_unknown", "answer:says_careful_voice")
    elif voice is None and confident is not True:
        no("RTR-R13", "confidence", "answer:says_confident")


class _No(TypingProtocol):
    """The shape of `no`: (rule, because, what is missing)."""

    def __call__(self, rule: str, because: str, lacks: str | None = None) -> None: ...


def used(opened: Opened, row: DayFacts) -> bool:
    """Whether a run of that day held the element, in final green."""
    if row.run is None or not row.final_green or row.on < opened.on:
        return False
    tags = _USED_BY.get(opened.element)
    if opened.element is E.STRIDES:
        return bool(row.run.tags & QUALITY)
    return tags is None or bool(row.run.tags & tags)
