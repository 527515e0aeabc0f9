"""What the red flags and the light look at: the answers as given, and what follows from them. One place for all of it.

A fact that follows from answers is True as soon as one of them says so, False only when all of them say no, and None
(unknown) otherwise. Facts marked "settled" are never unknown: they excuse a sign, and an excuse has to be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import Any, Final

from niggle.core.body import SITES, Region, Site, TissueClass
from niggle.core.checkin import PAIN_FIELDS, SHARP_QUALITIES, Answers, CheckIn, Series
from niggle.core.knowledge_types import Knowledge
from niggle.core.profile import Profile
from niggle.core.reasons import FactValue
from niggle.core.red_flags.known import conditions_at, seen_since

CALF: Final = frozenset({"calf_inner", "calf_outer", "calf_deep"})
ACHILLES: Final = frozenset({"achilles", "achilles_heel"})
SHIN: Final = frozenset({"shin_inner", "shin_front", "shin_top", "shin_muscle"})
_GROUPS: Final[Mapping[str, frozenset[str]]] = {
    "at_calf": CALF,
    "at_achilles": ACHILLES,
    "at_shin": SHIN,
    "at_compartment": frozenset(
        s.id for s in SITES.values() if s.region is Region.LOWER_LEG and s.id not in ACHILLES and s.id != "fibula"
    ),
    "at_ankle": frozenset(s.id for s in SITES.values() if s.region is Region.ANKLE and s.id != "achilles_heel")
    | {"foot_outer"},
    "at_knee": frozenset(s.id for s in SITES.values() if s.region is Region.KNEE),
    "at_hip": frozenset(s.id for s in SITES.values() if s.region is Region.HIP),
    "at_foot": frozenset(s.id for s in SITES.values() if s.region is Region.FOOT)
    | {"ankle_inner", "ankle_inner_behind"},
    "at_heel": frozenset({"heel_under", "heel_bone", "arch"}),
    "at_back": frozenset({"low_back", "sacroiliac", "sacrum", "upper_back"}),
    "at_groin": frozenset({"groin"}),
    "at_high_hamstring": frozenset({"sit_bone", "thigh_back_upper"}),
}  # fmt: skip
_JOINT_REGIONS: Final = frozenset({Region.KNEE, Region.ANKLE})


def _of_place(place: Site | None) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {name: place is not None and place.id in sites for name, sites in _GROUPS.items()}
    kind = place.tissue_class if place is not None else None
    facts["site"] = place.id if place is not None else None
    facts["region"] = place.region.value if place is not None else None
    facts["tissue_class"] = kind.value if kind is not None else None
    facts["in_bone"], facts["in_joint"] = kind is TissueClass.BONE, kind is TissueClass.JOINT
    facts["in_muscle"] = kind is TissueClass.MUSCLE
    facts["near_joint"] = facts["in_joint"] or (
        # a tendon beside the ankle swells without the joint; around the knee the two cannot be told apart at home
        place is not None
        and place.region in _JOINT_REGIONS
        and not (place.region is Region.ANKLE and place.tissue_class is TissueClass.TENDON)
    )
    facts["high_risk_bone"] = place is not None and place.bone_risk
    facts["outside_scope"] = place is not None and place.region is Region.OUTSIDE
    return facts


_PLACE: Final = {place.id: _of_place(place) for place in SITES.values()}
_NO_PLACE: Final = _of_place(None)
_ANSWERS: Final = tuple(f.name for f in fields(Answers) if f.name != "findings")
_ANSWERS_OF: Final = attrgetter(*_ANSWERS)

_PROFILE: Final[Mapping[str, str]] = {
    "prior_bone_injury": "an earlier stress fracture or other bone injury",
    "missed_periods": "periods missed",
    "under_eating": "eating less than the training costs, for long",
    "osteoporosis": "osteoporosis",
    "after_menopause": "after menopause",
    "low_bmi": "low body mass index",
    "cancer_history": "cancer at any time",
    "injuries_last_12_months": "injuries in the last twelve months",
    "recent_immobilisation": "boot, cast, surgery or long travel in the last four weeks",
}

FACTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(_ANSWERS, "answer of the check-in"),
    **_PROFILE,
    **dict.fromkeys(_GROUPS, "the place belongs to this group of sites (settled)"),
    "site": "where it hurts",
    "side": "on which side",
    "region": "region of the body",
    "tissue_class": "tissue that most often hurts there",
    "acute": "it began with a sudden moment",
    "score": "highest pain given that day",
    "hurts": "a place is named and it is not said to be free of pain (settled)",
    "in_bone": "the place is a bone (settled)",
    "in_joint": "the place is a joint (settled)",
    "in_muscle": "the place is a muscle (settled)",
    "near_joint": "the place is a joint, or part of the knee or ankle but for the ankle's tendons (settled)",
    "high_risk_bone": "a place where bone stress heals badly (settled)",
    "outside_scope": "the place is no runner's part: head, chest, belly, arm (settled)",
    "sharp": "the pain is sharp or electric",
    "hop_or_tap_pain": "hopping or tapping hurts",
    "bone_signs": "how many of the six other signs of bone stress are there (settled)",
    "bone_type": "pain of the bone kind: a sore spot, or hop, tap or lump on a bone",
    "rest_or_night": "pain at rest or at night that no change of position takes away",
    "nerve_sign": "numbness, tingling or weakness that is not a known and cleared one",
    "gait_affected": "limp, changed stride or no weight on the leg",
    "limp_in_care": "a limp that a clinician knows and treats (settled)",
    "tingling_cleared": "known buttock tingling, spine and nerve ruled out, no more than usual (settled)",
    "push_off_kept": "she says she can still push off (settled)",
    "plain_sprain": "a fresh ankle sprain with every question of the Ottawa rules answered no (settled)",
    "bone_suspected": "signs of bone stress are there today",
    "bone_return": "coming back from a stress fracture at this place (settled)",
    "swelling_seen": "a professional has seen this swelling (settled)",
    "professional_seen": "a professional has seen this complaint since it began (settled)",
    "escalated": "built up, began after some distance, or rose through the run",
    "symptom_days": "days since this episode began",
    "stuck_days": "the same without days on which she ran free of a mild complaint; 0 while it is improving (settled)",
    "clearly_improving": "the last week is clearly better than the one before (settled)",
    "tight_episodes": "check-ins with the tight-after-ten-minutes pattern so far (settled)",
    "stiffness_rising": "morning stiffness rose two weeks running although training was less",
    "strain_rehab": "a muscle strain is being rehabilitated (settled)",
    "age": "age in years",
}
FACT_NAMES: Final = frozenset(FACTS)
QUIET_FACTS: Final = frozenset({*_NO_PLACE, *_PROFILE, "side", "score", "hurts", *PAIN_FIELDS})

BONE_SIGNS: Final = ("worse_with_run", "no_warm_up_relief", "hop_or_tap_pain", "night_pain", "lump")
OTTAWA: Final = ("cannot_bear_weight", "malleolus_tender", "fifth_metatarsal_tender")
_PLAIN_SPRAIN_SITES: Final = frozenset({"ankle_outer", "ankle_inner", "ankle_front", "ankle_outer_behind"})


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers these facts need, out of the knowledge."""

    green_max: float
    escalation_delta: float
    episode_gap_days: int
    improving_drop: float
    fresh_sprain_days: int
    stiffness_weeks: int
    free_runs: int

    @staticmethod
    def of(knowledge: Knowledge) -> Limits:
        n = knowledge.number
        return Limits(n("green_max"), n("escalation_delta"), int(n("episode_gap_days")), n("improving_drop"),
                      int(n("fresh_sprain_days")), int(n("stiffness_rise_weeks")),
                      int(n("reduced_sessions")))  # fmt: skip


def either(*values: Any) -> bool | None:
    """Kleene's "or" of three-valued answers."""
    unknown = False
    for value in values:
        if value:
            return True
        if value is None:
            unknown = True
    return None if unknown else False


def place_facts(checkin: CheckIn, profile: Profile) -> dict[str, FactValue]:
    """What place, score and profile alone say: QUIET_FACTS. All that a check-in without any sign can tell."""
    place = SITES.get(checkin.site) if checkin.site is not None else None
    facts: dict[str, FactValue] = dict(_PLACE[place.id] if place is not None else _NO_PLACE)
    score = checkin.score
    facts["side"], facts["score"] = checkin.side, score
    facts["hurts"] = place is not None and score != 0
    for name in _PROFILE:
        if (value := getattr(profile, name)) is not None:
            facts[name] = value
    return facts


def check_facts(checkin: CheckIn, profile: Profile, limits: Limits) -> dict[str, FactValue]:
    """The facts of one check-in alone, without what came before it. Unknown facts are left out or None."""
    a = checkin.answers
    facts = place_facts(checkin, profile)
    facts.update(zip(_ANSWERS, _ANSWERS_OF(a), strict=True))
    facts.update(a.findings)
    in_bone = facts["in_bone"]
    if checkin.acute:
        facts["acute"] = True
    if a.quality is not None:
        facts["sharp"] = a.quality in SHARP_QUALITIES
    if checkin.site == "chest" and facts["hurts"]:
        facts["chest_pain"] = True
    get = facts.get
    facts["hop_or_tap_pain"] = either(get("hop_pain"), get("tap_pain"))
    facts["bone_signs"] = sum(bool(get(name)) for name in BONE_SIGNS)
    facts["bone_type"] = either(
        a.bone_spot_tender, *((get("hop_pain"), get("tap_pain"), get("lump")) if in_bone else ())
    )
    # a position that hurts is no rest pain, unless it does not fade on moving, or the place is a bone
    posture: bool | None = False
    if a.posture_pain:
        posture = True if in_bone or a.posture_fades is False else (None if a.posture_fades is None else False)
    facts["rest_or_night"] = either(a.pain_at_rest, a.night_pain, posture)
    facts["gait_affected"] = either(
        a.gait_changed, a.limp, a.limp_walking, get("cannot_bear_weight", False), get("cannot_walk", False)
    )
    facts["push_off_kept"] = get("cannot_push_off") is False
    facts["plain_sprain"] = False  # only the days before can tell; see `plain_sprain`
    facts["escalated"] = _escalated(a, limits)
    conditions = conditions_at(profile, checkin.site, checkin.side, checkin.on) if profile.conditions else ()
    in_care = any(c.seen_by_professional for c in conditions)
    facts["limp_in_care"] = any(c.seen_by_professional and c.plan_active for c in conditions)
    facts["swelling_seen"] = in_care
    facts["tingling_cleared"] = (
        any(c.slug == "piriformis-syndrome" and c.seen_by_professional for c in conditions)
        and get("tingling_new_or_more") is False
    )
    facts["nerve_sign"] = False if facts["tingling_cleared"] else a.numb_tingle_weak
    facts["bone_return"] = any("stress-fracture" in c.slug or c.slug == "bone-stress-injury" for c in conditions)
    facts["strain_rehab"] = any("strain" in c.slug for c in conditions)
    facts["bone_suspected"] = either(a.bone_spot_tender, facts["bone_type"] if in_bone else False)
    return facts


def _escalated(a: Answers, limits: Limits) -> bool | None:
    """Built up, began late, rose by 2, or crossed from the green band into the yellow one during the run."""
    late = a.late_onset if a.onset_km is None else bool(a.onset_km > 0 or a.late_onset)
    rose: bool | None = None
    if a.pain_start is not None:
        end = a.pain_end
        top = max((v for v in (a.pain_max, end) if v is not None), default=None)
        if top is not None:
            crossed = a.pain_start <= limits.green_max < top
            last = end if end is not None else top
            rose = crossed or last - a.pain_start >= limits.escalation_delta
    return either(a.built_up, late, rose)


def plain_sprain(checkin: CheckIn, line: Series, limits: Limits) -> bool:
    """A fresh ankle sprain whose bones are known to be fine: swelling and bruising belong to it (RF-X06).

    Fresh: the twist was told of in the last `fresh_sprain_days`, not before that. Known: each of the three questions
    of the Ottawa rules was answered since, the last answer being no; a question left open excuses nothing.
    """
    if checkin.site not in _PLAIN_SPRAIN_SITES or checkin.answers.pop:
        return False
    told = [c for c in line.days if c.on <= checkin.on and (checkin.on - c.on).days <= limits.episode_gap_days * 2]
    twists = [c.on for c in told if c.acute or ("twisted", True) in c.answers.findings]
    if not twists or (checkin.on - twists[0]).days > limits.fresh_sprain_days:
        return False
    said: dict[str, bool] = {}
    for earlier in told:
        if earlier.on >= twists[0]:
            said.update(earlier.answers.findings)
    return all(said.get(name) is False for name in OTTAWA)


COURSE: Final = frozenset(  # what `add_course` adds
    {"symptom_days", "clearly_improving", "stuck_days", "professional_seen", "age", "tight_episodes",
     "stiffness_rising"}
)  # fmt: skip


def add_course(
    facts: dict[str, FactValue],
    on: date,
    line: Series,
    profile: Profile,
    limits: Limits,
    load_reduced: bool | None,
    run_days: Callable[[Series], Collection[date]] | None = None,
) -> None:
    """Adds what only the days before can tell: how long, better or not, how often. `on` is the day asked about.

    run_days: tells the days on which she is known to have run; None where nobody can tell.
    """
    site, side = line.site, line.side
    conditions = conditions_at(profile, site, side, on)
    onset = line.onset(on, limits.episode_gap_days)
    if onset is not None:
        onset = min([onset, *(c.since for c in conditions if c.since is not None)])
        facts["symptom_days"] = (on - onset).days
    said = [c.improving for c in conditions if c.improving is not None]
    improving = all(said) if said else line.improving(on, limits.improving_drop) is True
    facts["clearly_improving"] = improving
    facts["stuck_days"] = 0 if improving or onset is None else (on - onset).days
    if facts["stuck_days"] and run_days is not None and not conditions and not facts["in_bone"]:
        # a niggle that comes and goes: the days it was there, not the days since it first was. A bone, or a complaint
        # that already has a name, gets no such discount: there the age of the symptom counts
        assert onset is not None
        facts["stuck_days"] = line.sore_days(onset, on, run_days(line), limits.green_max, limits.free_runs)
    facts["professional_seen"] = onset is not None and seen_since(profile, conditions, site, side, onset, on)
    facts["age"] = profile.age_years(on)
    facts["tight_episodes"] = (
        sum(("tight_after_10_min", True) in c.answers.findings for c in line.days if c.on <= on)
        if facts.get("tight_after_10_min")
        else 0
    )
    if facts["at_achilles"]:
        facts["stiffness_rising"] = stiffness_rising(line, on, limits.stiffness_weeks, load_reduced)


def stiffness_rising(line: Series, on: date, weeks: int, load_reduced: bool | None) -> bool | None:
    """Whether the weekly mean of morning stiffness rose so many weeks running although training was less."""
    means = line.stiffness_weeks(on, weeks + 1)
    known = [m for m in means if m is not None]
    if len(known) <= weeks:
        return None
    rising = all(later > earlier for earlier, later in pairwise(known))
    if not rising:
        return False
    return load_reduced


def complaint_facts(
    checkin: CheckIn, line: Series, on: date, profile: Profile, limits: Limits, load_reduced: bool | None = None
) -> dict[str, FactValue]:
    """All facts of one check-in at its place in its complaint's story."""
    facts = check_facts(checkin, profile, limits)
    facts["plain_sprain"] = plain_sprain(checkin, line, limits)
    add_course(facts, on, line, profile, limits, load_reduced)
    return facts


def profile_facts(profile: Profile, on: date) -> dict[str, FactValue]:
    """The facts that need no check-in."""
    facts: dict[str, FactValue] = {n: v for n in _PROFILE if (v := getattr(profile, n)) is not None}
    facts["age"] = profile.age_years(on)
    return facts
