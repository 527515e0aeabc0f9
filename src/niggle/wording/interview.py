"""The questions of a check-in in their order: one list for every face.

A step's `when` names the answers that make it worth asking, as `name:value|value` with spaces for "and" (`applies`);
the browser shows and enables only those, and without scripts everything is shown and what does not apply is left empty.
actions.checkin_form reads the answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from niggle.core.body import SITES, Region, Site
from niggle.core.checkin import Answers, CheckIn, Moment, Quality, Stiffness
from niggle.core.knowledge_types import Knowledge
from niggle.core.profile import Profile
from niggle.core.reasons import FactValue
from niggle.core.red_flags import Limits, check_facts, first_warnings
from niggle.wording.told import ASKED, TELLABLE

LOOK_BACK_DAYS: Final = 14  # an entry older than this is not asked about further
DAY: Final = "day"  # a summary of the day: no moment of its own
MORNING: Final = "morning"  # of the day that is named; kept as the morning after the day before it


@dataclass(frozen=True, slots=True)
class RanLately:
    """Whether a run of today and of yesterday is known. What is not recorded may still have been run."""

    today: bool = True
    yesterday: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    name: str
    hint: str = ""
    sites: str = ""  # ids of the places this is asked for; empty: for every place


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One question. kind: choice, checks (several, with "none of these"), pain, sites, day, number, review."""

    id: str
    kind: str
    title: str
    hint: str = ""
    when: str = ""
    options: tuple[Option, ...] = ()
    groups: tuple[Group, ...] = ()
    extra: str = ""  # name of a small field that belongs to the same screen


REGIONS: Final[Mapping[Region, str]] = {
    Region.FOOT: "Foot",
    Region.ANKLE: "Ankle and heel",
    Region.LOWER_LEG: "Shin and calf",
    Region.KNEE: "Knee",
    Region.THIGH: "Thigh",
    Region.HIP: "Hip and groin",
    Region.TRUNK: "Back and shoulders",
    Region.OUTSIDE: "Head, chest, belly or arm",
}
_HEEL: Final = frozenset({"heel_under", "heel_bone", "achilles"})


def site_groups() -> tuple[Group, ...]:
    """Places by region, from the ground up: most running complaints are low."""
    return tuple(
        Group(
            name, tuple(Option(s.id, _first_up(s.lay), s.clinical) for s in SITES.values() if _looked_for(s) is region)
        )
        for region, name in REGIONS.items()
    )


def _looked_for(site: Site) -> Region:
    """The group a runner opens first: her heel is a heel to her, whatever belongs to the foot or the leg."""
    return Region.ANKLE if site.id in _HEEL else site.region


def later_warnings(knowledge: Knowledge, site_id: str) -> tuple[str, ...]:
    """The other questions that could matter at that place, in the knowledge's order.

    A question is left out where every flag that asks for it is certainly false there, whatever the answers, and where
    the knowledge says that it is not asked at that place.
    """
    first = set(first_warnings(knowledge))
    place = place_facts(site_id)
    named = {name for flag in knowledge.red_flags for name in flag.when.names}
    possible = {n for flag in knowledge.red_flags if flag.when.truth(place) is not False for n in flag.when.names}
    # a question that no flag names directly feeds a fact worked out from several answers, and may matter anywhere
    return tuple(
        name
        for name in knowledge.questions
        if name not in first
        and (name in possible or name not in named)
        and site_id in (knowledge.findings[name].sites or (site_id,))
    )


# Facts about the place itself: known before any answer is.
_PLACE: Final = ("in_bone", "in_joint", "in_muscle", "near_joint", "high_risk_bone", "outside_scope")


def place_facts(site_id: str) -> dict[str, FactValue]:
    """What is settled by the place alone."""
    checkin = CheckIn(date.min, site_id, None, Answers(), ())
    facts = check_facts(checkin, Profile(), _NO_LIMITS)
    return {k: v for k, v in facts.items() if k.startswith("at_") or k in _PLACE} | {"site": site_id, "hurts": True}


_NO_LIMITS: Final = Limits(0.0, 0.0, 0, 0.0, 0, 0, 0)  # they judge answers, and there are none


_HURTS: Final = (
    Option("no", "Nothing hurts"),
    Option("yes", "Something hurts"),
    Option("wrong", "Nothing hurts, but it feels wrong", "A feeling counts. Say so."),
)
_SIDES: Final = (Option("left", "Left"), Option("right", "Right"), Option("both", "Both sides"))
_MOMENTS: Final = (
    Option(DAY, "The day as a whole", "The shortest way"),
    Option(MORNING, "The morning, on getting up"),
    Option(Moment.BEFORE, "Before a run"),
    Option(Moment.AFTER, "Within an hour after a run"),
    Option(Moment.EVENING, "The evening or night"),
)
DAYS: Final = (Option("today", "Today"), Option("yesterday", "Yesterday"), Option("other", "Another day"))
_COURSE: Final = (
    Option("flat", "There from the start, stayed the same"),
    Option("built", "It grew as I ran"),
    Option("late", "It came after a while"),
    Option("eased", "It eased as I ran"),
    Option("no_run", "I did not run"),
)
_QUALITIES: Final = (
    Option(Quality.DULL, "Dull ache"),
    Option(Quality.TIGHT, "Tight or stiff"),
    Option(Quality.BURNING, "Burning"),
    Option(Quality.SHARP, "Sharp"),
    Option(Quality.ELECTRIC, "Electric, shooting"),
)
_RUN_SIGNS: Final = (
    Option("limp", "I limped"),
    Option("gait_changed", "I ran differently because of it"),
)
_BODY_SIGNS: Final = (
    Option("swelling", "It is swollen"),
    Option("bone_spot_tender", "One spot on the bone hurts to touch"),
    Option("numb_tingle_weak", "Numb, tingling or weak"),
    Option("unstable", "It gives way or feels unstable"),
    Option("locking", "It locks or catches"),
    Option("pop", "I felt or heard a pop"),
    Option("bruise", "There is a bruise"),
)
_REST_SIGNS: Final = (
    Option("pain_at_rest", "It hurts at rest, in any position"),
    Option("night_pain", "It hurts at night or wakes me"),
    Option("posture_pain", "It hurts in one position only and fades when I move"),
    Option("daily_life_disturbed", "It gets in the way of daily life"),
)
_MORNING_SIGNS: Final = (
    Option("limp_first_steps", "I limped in the first steps only"),
    Option("limp_walking", "I limp when I walk"),
    Option("night_pain", "It hurt in the night"),
    Option("daily_life_disturbed", "It gets in the way of daily life"),
)
_STIFFNESS: Final = (
    Option(Stiffness.BETTER, "Less stiff than usual"),
    Option(Stiffness.SAME, "As usual, or not stiff"),
    Option(Stiffness.WORSE, "Stiffer than usual"),
)
_UNUSUAL: Final = tuple(Option(code, *TELLABLE[code]) for code in ASKED)
_BASELINE: Final = (Option("yes", "Yes, as before the run"), Option("no", "No, still worse"))
_AS_BEFORE: Final = (Option("yes", "Yes, or better"), Option("no", "No, worse"))


def steps(knowledge: Knowledge, ran: RanLately = RanLately()) -> tuple[Step, ...]:
    """The whole interview. Warning signs of emergencies come before anything about the complaint.

    ran: the words of a day without a run ask after none; what can be answered is the same.
    """
    urgent = tuple(Option(name, knowledge.questions[name]) for name in first_warnings(knowledge))
    paired = "|".join(s.id for s in SITES.values() if s.paired)
    # in the evening, too: it is when most people think back on their run, and a limp must find a place to be told
    running = f"hurts:yes moment:{DAY}|after|evening"
    morning = f"hurts:yes moment:{MORNING}"
    course, course_of = "How did it come?", _COURSE
    signs_of = "During the run or after it."
    if not ran.today:
        course, course_of = "If you ran, how did it come?", (_COURSE[-1], *_COURSE[:-1])
        signs_of = "That day, with or without a run."
    baseline, baseline_of, since = "Is it back to how it was?", _BASELINE, "Since the run."
    if not ran.yesterday:
        baseline, baseline_of = "Is it as it was the morning before?", _AS_BEFORE
        since = "In the night or on getting up."
    return (
        Step("hurts", "choice", "Does anything hurt?", options=_HURTS),
        Step("urgent", "checks", "First, the warning signs", "Tick what is true now.", "hurts:yes|wrong", urgent),
        Step("site", "sites", "Where does it hurt?", "The worst place first.", "hurts:yes", groups=site_groups()),
        Step("side", "choice", "Which side?", when=f"hurts:yes site:{paired}", options=_SIDES),
        Step("moment", "choice", "Which moment do you mean?", when="hurts:yes", options=_MOMENTS, extra="day"),
        Step(
            "pain", "pain", "How bad was it at its worst?", "0 is nothing, 10 the worst you can think of.", "hurts:yes"
        ),
        Step("course", "choice", course, when=running, options=course_of, extra="onset"),
        Step("quality", "choice", "What kind of pain?", when="hurts:yes", options=_QUALITIES),
        Step("signs", "checks", "Any of these?", signs_of, running, _RUN_SIGNS + _BODY_SIGNS),
        Step("rest", "checks", "And at rest?", "", f"hurts:yes moment:{DAY}|evening", _REST_SIGNS),
        Step("stiffness", "choice", "How stiff was it on getting up?", "", morning, _STIFFNESS),
        Step("baseline", "choice", baseline, "", morning, baseline_of),
        Step("morning", "checks", "Any of these?", since, morning, _MORNING_SIGNS),
        # What is unusual is asked beside the last question: who has nothing to tell need not pass by it.
        Step("review", "review", "Is this right?", options=_UNUSUAL),
    )


def applies(when: str, given: Mapping[str, Sequence[str]]) -> bool:
    """Whether a step with that `when` is asked after these answers (name -> values)."""
    for term in when.split():
        name, _, wanted = term.partition(":")
        if not set(given.get(name, ())) & set(wanted.split("|")):
            return False
    return True


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
