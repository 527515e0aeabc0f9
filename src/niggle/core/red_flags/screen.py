"""The screen: which red flags fire, how soon somebody should look, and what stays locked until a clinician has."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final

from niggle.core.body import SITES, Region, Side
from niggle.core.checkin import CheckIn, Series, complaints, series
from niggle.core.knowledge_types import Knowledge, RedFlag
from niggle.core.outcomes import OutsideScope, Urgency
from niggle.core.profile import Profile
from niggle.core.reasons import Fact, FactValue, Reason, Weight
from niggle.core.red_flags.facts import OTTAWA, Limits, check_facts, complaint_facts, profile_facts
from niggle.core.red_flags.index import index_of
from niggle.core.red_flags.known import cleared_on
from niggle.core.values import value

NEXT_STEPS: Final = ("RF-N1", "RF-N2", "RF-N3", "RF-N4", "RF-N5")
_UNITS: Final = {"score": "0-10", "symptom_days": "days", "stuck_days": "days", "age": "years"} | {
    f"pain_{m}": "0-10" for m in ("before", "start", "max", "end", "after", "evening", "morning")
}
BONE_QUESTIONS: Final = ("worse_with_run", "no_warm_up_relief", "hop_pain", "tap_pain", "lump")
HAMSTRING: Final = frozenset({"thigh_back", "thigh_back_upper", "sit_bone"})


@value(frozen=True, slots=True)
class FlagHit:
    """A red flag that fired, with the referral that goes with it.

    within_hours: 24 (today), 72 (within days) or None. deadline_days: the clock that ran out, for flags with one.
    steps: ids of the five next steps, where they apply. locks: running stays locked until a clinician's clearance.
    guardian: under 18, to be shown with a notice to a parent or guardian. carried: reported on `on`, not taken back
    since, though a later check-in does not repeat it.
    """

    rule: str
    site: str | None
    side: Side | None
    on: date
    urgency: Urgency
    within_hours: int | None
    suspect: str
    see: tuple[str, ...]
    tests: tuple[str, ...]
    reason: Reason
    steps: tuple[str, ...] = ()
    deadline_days: int | None = None
    locks: bool = False
    guardian: bool = False
    carried: bool = False

    @property
    def rank(self) -> tuple[int, int, str]:
        """Sort key: emergency first, then today, then within days, then by appointment."""
        return -self.urgency, self.within_hours if self.within_hours is not None else 10_000, self.rule


@value(frozen=True, slots=True)
class Lock:
    """Running is locked at this place since that day, by this flag, until a clinician's clearance is recorded."""

    rule: str
    site: str | None
    side: Side | None
    since: date


def facts_seen(names: Collection[str], facts: Mapping[str, FactValue], on: date) -> tuple[Fact, ...]:
    """The known facts among `names`, with place first, for a Reason."""
    seen = [Fact(n, v, _UNITS.get(n), on) for n in names if (v := facts.get(n)) is not None and v is not False]
    place = [Fact(n, v, None, on) for n in ("site", "side") if n not in names and (v := facts.get(n)) is not None]
    return (*place, *seen)


def hits_of(facts: Mapping[str, FactValue], on: date, knowledge: Knowledge) -> tuple[FlagHit, ...]:
    """Every flag that fires on these facts, most urgent first. Facts: see FACTS."""
    return _ranked(_hits(index_of(knowledge.red_flags).firing(facts), facts, on, knowledge))


def hits_with_course(
    plain: tuple[FlagHit, ...], facts: Mapping[str, FactValue], on: date, knowledge: Knowledge
) -> tuple[FlagHit, ...]:
    """As `hits_of`, for who knows the hits without the facts that `add_course` adds. Not for the young."""
    clocks = index_of(knowledge.red_flags).clocks
    more = _hits(clocks.firing(facts), facts, on, knowledge)
    ids = clocks.by_id
    if not more and not any(h.rule in ids for h in plain):
        return plain
    return _ranked([*(h for h in plain if h.rule not in ids), *more])


def _hits(found: list[RedFlag], facts: Mapping[str, FactValue], on: date, knowledge: Knowledge) -> list[FlagHit]:
    if not found:
        return []
    youth = _is_youth(facts, knowledge)
    return [_hit(flag, facts, on, youth) for flag in found if not _too_early(flag, facts)]


def _ranked(hits: list[FlagHit]) -> tuple[FlagHit, ...]:
    return tuple(sorted(hits, key=lambda h: h.rank))


def _too_early(flag: RedFlag, facts: Mapping[str, FactValue]) -> bool:
    """A flag with a clock waits until the symptom is that old; while it is clearly improving the clock stands still."""
    if flag.deadline_days is None:
        return False
    stuck = facts.get("stuck_days")
    return not isinstance(stuck, int) or stuck < flag.deadline_days


def _is_youth(facts: Mapping[str, FactValue], knowledge: Knowledge) -> bool:
    age = facts.get("age")
    return isinstance(age, int) and age < knowledge.number("youth_age")


def _hit(flag: RedFlag, facts: Mapping[str, FactValue], on: date, youth: bool) -> FlagHit:
    rule = flag.rule
    serious = flag.urgency >= Urgency.URGENT
    names = flag.when.names if flag.deadline_days is None else (*flag.when.names, "symptom_days", "stuck_days")
    reason = Reason(
        rule.id, Weight.STOP if serious else Weight.CAUTION, facts_seen(names, facts, on), rule.sources, rule.grade
    )
    site, side = facts.get("site"), facts.get("side")
    return FlagHit(
        rule.id,
        site if isinstance(site, str) else None,
        Side(side) if isinstance(side, str) else None,
        on,
        flag.urgency,
        flag.within_hours,
        flag.suspect,
        flag.see,
        flag.tests,
        reason,
        NEXT_STEPS if flag.urgency is Urgency.URGENT else (),
        flag.deadline_days,
        flag.locks,
        guardian=youth and serious,
    )


def about_profile(profile: Profile, on: date, knowledge: Knowledge) -> tuple[FlagHit, ...]:
    """The flags that the runner's profile raises on its own, whatever hurts."""
    return hits_of(profile_facts(profile, on), on, knowledge)


def screen(checkins: Sequence[CheckIn], profile: Profile, on: date, knowledge: Knowledge) -> tuple[FlagHit, ...]:
    """The flags of the newest check-in of every complaint not older than `checkin_fresh_days`, and of the profile.

    Most urgent first. What an earlier check-in left locked is said by `locks`; the whole story by traffic_light.assess.
    """
    limits, fresh = Limits.of(knowledge), knowledge.number("checkin_fresh_days")
    known = [c for c in checkins if c.on <= on]
    hits = list(about_profile(profile, on, knowledge))
    for site, side in complaints(known):
        line = series(known, site, side)
        last = line.days[-1]
        if (on - last.on).days <= fresh:
            hits += complaint_hits(last, line, on, profile, limits, knowledge)
    return without_doubles(hits)


def complaint_hits(
    checkin: CheckIn, line: Series, on: date, profile: Profile, limits: Limits, knowledge: Knowledge
) -> tuple[FlagHit, ...]:
    """The flags of one check-in, with the clocks as they stand on `on`."""
    return hits_of(complaint_facts(checkin, line, on, profile, limits), checkin.on, knowledge)


def without_doubles(hits: Sequence[FlagHit]) -> tuple[FlagHit, ...]:
    """Most urgent first; a flag that the profile raises is said once, not again for every complaint."""
    placeless = {h.rule for h in hits if h.site is None}
    standing = _PROFILE_FLAGS & placeless
    kept: dict[tuple[str, str | None, Side | None], FlagHit] = {}
    for hit in sorted(hits, key=lambda h: h.rank):
        if hit.rule in standing and hit.site is not None:
            continue
        kept.setdefault((hit.rule, hit.site, hit.side), hit)
    return tuple(kept.values())


_PROFILE_FLAGS: Final = frozenset({"RF-34", "RF-54", "RF-55"})


def open_locks(hits: Sequence[FlagHit], profile: Profile, on: date) -> tuple[Lock, ...]:
    """The locks among these hits that no clinician's clearance has lifted by `on`, oldest first."""
    found: dict[tuple[str, str | None, Side | None], Lock] = {}
    for hit in sorted((h for h in hits if h.locks and h.on <= on), key=lambda h: h.on):
        # a clearance of the very day of the report counts from the next day: nobody knows which came first
        if hit.on == on or cleared_on(profile, hit.site, hit.side, hit.on, on) is None:
            found.setdefault((hit.rule, hit.site, hit.side), Lock(hit.rule, hit.site, hit.side, hit.on))
    return tuple(found.values())


def locks(checkins: Sequence[CheckIn], profile: Profile, on: date, knowledge: Knowledge) -> tuple[Lock, ...]:
    """Which places are locked on that day, since when and by which flag (RF-R10), over all check-ins up to then."""
    limits = Limits.of(knowledge)
    hits: list[FlagHit] = []
    known = [c for c in checkins if c.on <= on]
    for site, side in complaints(known):
        line = series(known, site, side)
        for checkin in line.days:
            hits += complaint_hits(checkin, line, checkin.on, profile, limits, knowledge)
    return open_locks(hits, profile, on)


def outside_scope(checkin: CheckIn) -> OutsideScope | None:
    """Head, chest, belly, arm: niggle does not judge them; their emergency signs still fire as flags."""
    place = SITES.get(checkin.site) if checkin.site is not None else None
    return OutsideScope(place.id) if place is not None and place.region is Region.OUTSIDE else None


def questions(checkin: CheckIn, profile: Profile, knowledge: Knowledge) -> tuple[str, ...]:
    """The findings worth asking next, of those not yet answered, most telling first."""
    facts = check_facts(checkin, profile, Limits.of(knowledge))
    said = facts.get
    wanted: list[str] = []
    if said("bone_spot_tender") or (said("in_bone") and said("hurts")):
        wanted += BONE_QUESTIONS
    if said("at_ankle") and (checkin.acute or said("twisted") or said("swelling")):
        wanted += OTTAWA
    if (said("at_calf") or said("at_achilles")) and (said("pop") or checkin.acute):
        wanted.append("cannot_push_off")
    if said("at_compartment") and (said("numb_tingle_weak") or said("swelling") or said("tight_after_10_min")):
        wanted += ("lasts_after_stop", "after_trauma", "foot_drop")
    if said("at_back"):
        wanted += ("bladder_trouble", "saddle_numb", "shooting_leg_pain")
    if said("rest_or_night"):
        wanted += ("weight_loss", "feels_ill")
    if said("swelling") or said("fever"):
        wanted += ("fever", "red_warm_tender")
    if said("posture_pain") and said("posture_fades") is None:
        wanted.append("posture_fades")
    if said("acute") and said("in_muscle"):
        wanted += ("dent", "cannot_contract", "cannot_walk")
    return tuple(name for name in dict.fromkeys(wanted) if said(name) is None)


def notes(facts: Mapping[str, FactValue], on: date, knowledge: Knowledge) -> tuple[Reason, ...]:
    """What is not a flag but has to be said: why a sign was not taken as one, and the youth's own reminders."""
    found: list[tuple[str, tuple[str, ...], Weight]] = []
    said = facts.get
    if said("tingling_cleared") and said("numb_tingle_weak"):
        found.append(("RF-X05", ("numb_tingle_weak",), Weight.INFO))
    if said("plain_sprain") and (said("swelling") or said("bruise") or said("unstable")):
        found.append(("RF-X06", ("swelling", "bruise", "unstable"), Weight.CAUTION))
    if said("blister_redness") and not said("spreading_redness") and not said("fever"):
        found.append(("RF-X07", ("blister_redness",), Weight.INFO))
    if said("limp_in_care") and said("gait_affected"):
        found.append(("RF-X08", ("limp", "gait_changed", "limp_walking"), Weight.STOP))
    if _is_youth(facts, knowledge):
        if said("site") in HAMSTRING:
            found.append(("RF-K2", ("age",), Weight.CAUTION))
        if said("gait_affected") or (said("swelling") and said("near_joint")):
            found.append(("RF-K3", ("age", "limp", "swelling"), Weight.STOP))
    rules = knowledge.rules
    return tuple(
        Reason(rule, weight, facts_seen(names, facts, on), rules[rule].sources, rules[rule].grade)
        for rule, names, weight in found
    )


def first_warnings(knowledge: Knowledge) -> tuple[str, ...]:
    """Questions that by themselves mean an emergency, whatever else is answered: asked before anything counts."""
    grave = [f for f in knowledge.red_flags if f.urgency is Urgency.EMERGENCY]
    return tuple(n for n in knowledge.questions if any(f.when.truth({n: True, "hurts": True}) is True for f in grave))
