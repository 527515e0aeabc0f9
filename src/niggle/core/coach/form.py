"""Form: one small cue at a time, for a while, and only where a complaint and a pattern ask for it (GC-R01 to R05)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from niggle.core.body import SITES, Region
from niggle.core.coach.types import CadenceCue, CueState, Dial, DialState, FootDial, FormFacts
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light
from niggle.core.reasons import Fact, Reason, Weight

ACHILLES_OR_CALF: Final = frozenset(
    {"achilles-tendinopathy-midportion", "achilles-tendinopathy-insertional", "calf-strain"}
)
FRONT_OF_KNEE: Final = frozenset({"patellofemoral-pain-syndrome", "patellar-tendinopathy", "fat-pad-impingement"})
_SHIN: Final = frozenset({"shin_inner", "shin_front", "shin_top"})
_BACK: Final = frozenset({"low_back", "sacroiliac", "upper_back"})
_EPS: Final = 1e-9


def unloaded_by_short_steps(site: str) -> bool:
    """Knee, shin, back or hip: where a shorter stride takes load away."""
    known = SITES.get(site)
    if known is None:
        return False
    return site in _SHIN or site in _BACK or known.region in (Region.KNEE, Region.HIP)


def cadence_cue(facts: FormFacts, knowledge: Knowledge) -> CadenceCue:
    """Whether a few more steps a minute are worth a try. No number is chased: 170 to 180 is information only."""
    own = facts.cadence
    if facts.cue_since is not None:
        return _running_cue(facts, facts.cue_since, knowledge)
    wanted, missing = _wanted(facts, knowledge)
    if wanted is False:
        return CadenceCue(CueState.NOT_NEEDED, own, reasons=(_why(facts, knowledge),))
    if wanted is None:
        return CadenceCue(CueState.CANNOT_SAY, own, reasons=(_why(facts, knowledge),), missing=missing)
    if own is None:
        return CadenceCue(CueState.CANNOT_SAY, None, reasons=(_why(facts, knowledge),), missing=("cadence",))
    because, rule = _not_now(facts)
    if because is not None:
        said = (_why(facts, knowledge), _reason(rule, Weight.CAUTION, knowledge, Fact("because", because)))
        return CadenceCue(CueState.NOT_NOW, own, own.spm, because=because, reasons=said)
    return _cue(CueState.PROPOSE, facts, own.spm, None, knowledge, (_why(facts, knowledge),))


def _wanted(facts: FormFacts, knowledge: Knowledge) -> tuple[bool | None, tuple[str, ...]]:
    """GC-R01 in three values, with what would settle it."""
    over, heel = facts.overstride, facts.heel_strike
    low = None if facts.cadence is None else facts.cadence.spm < knowledge.number("cadence_audit_floor") - _EPS
    place = any(map(unloaded_by_short_steps, facts.sites))
    if over is False:
        return False, ()
    if over is True and place:
        return True, ()
    if low is False or heel is False:  # the other branch is closed
        return (None, ("overstride",)) if place else (False, ())
    missing = tuple(n for n, v in (("cadence", low), ("overstride", over), ("heel_strike", heel)) if v is None)
    return (None, missing) if missing else (True, ())


def _not_now(facts: FormFacts) -> tuple[str | None, str]:
    if not facts.may_run or facts.light in (Light.RED, Light.CANNOT_SAY):
        return "not_running", "GC-R05"
    if facts.new_stressor:
        return "new_stressor", "GC-R05"
    if facts.dial_since is not None:
        return "other_cue", "GC-R04"
    return None, "GC-R01"


def _running_cue(facts: FormFacts, since: date, knowledge: Knowledge) -> CadenceCue:
    """A cue that she began: two weeks of counting, then off and look again; done once it has risen, or after four."""
    own = facts.cadence
    start = facts.start_spm if facts.start_spm is not None else None if own is None else own.spm
    again = since + timedelta(days=int(knowledge.number("cadence_again_days")))
    last = since + timedelta(weeks=knowledge.numbers("cadence_cue_weeks")[1])
    low = knowledge.numbers("cadence_step_share")[0]
    fresh = own is not None and own.newest is not None and own.newest > since
    rise = own.spm / start - 1 if own is not None and start and fresh else None
    seen = (Fact("days", (facts.on - since).days, "days"), Fact("rise", rise, "ratio"))
    if facts.on < again:
        state = CueState.COUNTING
    elif (rise is not None and rise >= low - _EPS) or facts.on > last:
        state = CueState.DONE
    else:
        state = CueState.AUDIT
    return _cue(state, facts, start, since, knowledge, (_reason("GC-R02", Weight.INFO, knowledge, *seen),))


def _cue(
    state: CueState, facts: FormFacts, start: float | None, since: date | None, knowledge: Knowledge,
    reasons: tuple[Reason, ...],
) -> CadenceCue:  # fmt: skip
    low, high = knowledge.numbers("cadence_step_share")
    most = knowledge.number("cadence_step_max_share")
    first, last = (int(w) for w in knowledge.numbers("cadence_cue_weeks"))

    def up(share: float, nearest: float = 0.0) -> int | None:
        return None if start is None else int(start * (1 + share) + nearest + 1e-6)

    often_low, often_high = (int(n) for n in knowledge.numbers("cadence_info_range"))
    again = None if since is None else since + timedelta(days=int(knowledge.number("cadence_again_days")))
    # the target is the nearest whole step; what must not be passed is rounded down
    return CadenceCue(
        state,
        facts.cadence,
        start,
        up(low, 0.5),
        up(high),
        up(most),
        (first, last),
        since,
        again,
        None,
        reasons,
        often_spm=(often_low, often_high),
    )


def _why(facts: FormFacts, knowledge: Knowledge) -> Reason:
    spm = None if facts.cadence is None else facts.cadence.spm
    return _reason(
        "GC-R01", Weight.INFO, knowledge, Fact("cadence", spm, "spm"), Fact("overstride", facts.overstride),
        Fact("heel_strike", facts.heel_strike), Fact("place", any(map(unloaded_by_short_steps, facts.sites))),
    )  # fmt: skip


def foot_dial(facts: FormFacts, knowledge: Knowledge) -> FootDial:
    """The landing as a dial, turned for some weeks where a complaint and a pattern fit, and turned back (GC-R03)."""
    for condition in facts.conditions:
        dial = _dial_for(condition)
        if dial is None:
            continue
        fits, missing = _fits(dial, facts, knowledge)
        why = _reason("GC-R03", Weight.INFO, knowledge, Fact("condition", condition), Fact("dial", dial.value))
        if fits is None:
            return FootDial(DialState.CANNOT_SAY, dial, condition, None, (why,), missing)
        if fits is False:
            continue
        because, rule = _not_now(facts)
        if because is None and facts.cue_since is not None:
            because, rule = "other_cue", "GC-R04"
        if because is not None and facts.dial_since is None:
            late = _reason(rule, Weight.CAUTION, knowledge, Fact("because", because))
            return FootDial(DialState.NOT_NOW, dial, condition, because, (why, late))
        return FootDial(DialState.TURN, dial, condition, None, (why,))
    if facts.dial_since is not None:
        gone = next((c for c in facts.healed if _dial_for(c) is not None), None)
        why = _reason("GC-R03", Weight.INFO, knowledge, Fact("condition", gone), Fact("back", True))
        return FootDial(DialState.BACK, None if gone is None else _dial_for(gone), gone, None, (why,))
    return FootDial(DialState.LEAVE, reasons=(_reason("GC-R03", Weight.INFO, knowledge),))


def _dial_for(condition: str) -> Dial | None:
    if condition in ACHILLES_OR_CALF:
        return Dial.FURTHER_BACK
    return Dial.SHORTER_STRIDE if condition in FRONT_OF_KNEE else None


def _fits(dial: Dial, facts: FormFacts, knowledge: Knowledge) -> tuple[bool | None, tuple[str, ...]]:
    if dial is Dial.FURTHER_BACK:
        flat = None if facts.drop_mm is None else facts.drop_mm <= knowledge.number("flat_shoe_drop_mm") + _EPS
        pairs = (("forefoot_strike", facts.forefoot_strike), ("shoe_drop", flat))
    else:
        pairs = (("heel_strike", facts.heel_strike), ("overstride", facts.overstride))
    if any(v is False for _, v in pairs):
        return False, ()
    missing = tuple(n for n, v in pairs if v is None)
    return (None, missing) if missing else (True, ())


def _reason(rule: str, weight: Weight, knowledge: Knowledge, *facts: Fact) -> Reason:
    known = knowledge.rules[rule]
    return Reason(rule, weight, facts, known.sources, known.grade)
