"""What a day's decision says: a light, what it allows, how far, whom to see, what to do next, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from math import floor
from typing import Any, Final

from niggle.core.body import Side
from niggle.core.outcomes import Light, Urgency
from niggle.core.plain import from_plain, to_plain
from niggle.core.reasons import Reason, reason_from_plain, reason_to_plain
from niggle.core.today.tasks import PlanToday, Task
from niggle.core.values import value
from niggle.core.words import often


@often
class Activity(StrEnum):
    """What a runner may do on a day, in the order in which the page lists it."""

    EASY_RUN = "easy_run"
    LONG_RUN = "long_run"
    SPEED = "speed"
    HILLS = "hills"
    DOWNHILL = "downhill"
    PLYOMETRICS = "plyometrics"
    HEAVY_STRENGTH = "heavy_strength"
    STRENGTH = "strength"
    CROSS_TRAINING = "cross_training"
    WALKING = "walking"
    MOBILITY = "mobility"
    NEW_STRESSOR = "new_stressor"  # anything that is new this week: shoe, ground, kind of session


@often
class NextStep(StrEnum):
    """What to do next, most pressing first. Wording turns each into a sentence."""

    CALL_EMERGENCY = "call_emergency"
    BE_SEEN = "be_seen"
    BOOK_PROFESSIONAL = "book_professional"
    STOP_AND_RECHECK = "stop_and_recheck"
    RECORD_CLEARANCE = "record_clearance"
    ANSWER_MORNING = "answer_morning"
    CHECK_IN_FIRST = "check_in_first"
    ASK_ELSEWHERE = "ask_elsewhere"
    CHECK_IN_AFTER_RUN = "check_in_after_run"
    TWO_REDUCED_SESSIONS = "two_reduced_sessions"
    YELLOW_UNTIL_RUNNING = "yellow_until_running"  # no run is open that could settle
    CUTBACK_WEEK = "cutback_week"
    MAKE_WEEK = "make_week"  # the plan has moved since its calendar was made
    NEW_WEEK = "new_week"  # hours or an earlier calendar stand, and no calendar of this week
    IMPORT_ARCHIVE = "import_archive"
    SAY_BACK = "say_back"  # ill or away: when it is over
    FEVER_GONE = "fever_gone"  # ill by a fever told in a check-in: tomorrow's word
    SAY_HOW_IT_IS = "say_how_it_is"  # all else of a phase's list is there: the one answer that it waits for
    SAY_NIGHT_PAIN = "say_night_pain"
    SAY_LIMP = "say_limp"
    SAY_SWELLING = "say_swelling"
    CARRY_ON = "carry_on"


@often
class Headline(StrEnum):
    """The one thing the day says; the page's first line."""

    EMERGENCY = "emergency"
    BE_SEEN = "be_seen"
    NO_RUNNING = "no_running"
    NO_RUN_TODAY = "no_run_today"
    REST_DAY = "rest_day"
    ILL = "ill"
    AWAY = "away"  # no running on these days, as she said
    EASY_AFTER_ILLNESS = "easy_after_illness"
    WEEK_FULL = "week_full"
    WALK_AND_RUN = "walk_and_run"
    REDUCED = "reduced"
    AS_PLANNED = "as_planned"
    AS_PLANNED_CAPPED = "as_planned_capped"
    CHECK_IN_FIRST = "check_in_first"
    OUTSIDE_SCOPE = "outside_scope"
    NOTHING_KNOWN = "nothing_known"


@dataclass(frozen=True, slots=True)
class Care:
    """Whom to see and how soon. `within_hours` None: no fixed time."""

    urgency: Urgency = Urgency.SELF_CARE
    within_hours: int | None = None
    see: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    suspect: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    guardian: bool = False  # under 18: a parent or guardian is to see this too


RUNS: Final = (Activity.EASY_RUN, Activity.LONG_RUN, Activity.SPEED, Activity.HILLS, Activity.DOWNHILL)
ROUND_M: Final = 100.0  # a cap is said in full hundreds of metres, rounded down


def down_m(metres: float) -> float:
    """Full hundreds, as every cap is said; a hair above one is float noise, and no smaller cap."""
    return floor(metres / ROUND_M + 1e-6) * ROUND_M


@value(frozen=True, slots=True)
class DayCaps:
    """Caps in numbers; None means that none can be given. Each comes with the rule that set it, in `rules`."""

    longest_session_m: float | None = None
    longest_session_s: float | None = None
    week_total_m: float | None = None
    week_left_m: float | None = None
    longest_descent_m: float | None = None
    rules: tuple[tuple[str, str], ...] = ()  # (cap's name, rule id)


CAP_NAMES: Final = tuple(f.name for f in fields(DayCaps))[:-1]


@value(frozen=True, slots=True)
class PlaceLight:
    """The light of one complaint."""

    site: str | None
    side: Side | None
    light: Light
    provisional: bool
    rule: str | None
    sessions_left: int | None = None  # reduced sessions still to do while yellow


@value(frozen=True, slots=True)
class Decision:
    """Today. The light is the worst of the complaints'; nothing below it in the order of authority loosens it."""

    on: date
    light: Light
    provisional: bool
    headline: Headline
    care: Care
    allowed: tuple[Activity, ...]
    leave_out: tuple[Activity, ...]
    caps: DayCaps
    next_steps: tuple[NextStep, ...]
    places: tuple[PlaceLight, ...]
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()  # what an answer would make clearer
    outside_scope: tuple[str, ...] = ()  # sites niggle does not cover
    engine_version: str = ""
    knowledge_digest: str = ""
    plan: tuple[PlanToday, ...] = ()  # open plans, in the order in which they began
    tasks: tuple[Task, ...] = ()  # what they ask for today, in order
    no_task: str | None = None  # with a plan open: why there is nothing (more) to do; see today.duties

    @property
    def may_run(self) -> bool:
        return Activity.EASY_RUN in self.allowed


def decision_to_plain(decision: Decision) -> dict[str, Any]:
    """JSON-ready, complete: `decision_from_plain` gives an equal Decision. Without a plan or a
    task nothing is said of them."""
    care, caps = decision.care, decision.caps
    plans: dict[str, Any] = {}
    if decision.plan or decision.tasks:
        plans = {"plan": to_plain(decision.plan), "tasks": to_plain(decision.tasks), "no_task": decision.no_task}
    return {
        **plans,
        "on": decision.on.isoformat(),
        "light": decision.light.value,
        "provisional": decision.provisional,
        "headline": decision.headline.value,
        "care": {
            "urgency": care.urgency.code,
            "within_hours": care.within_hours,
            "see": list(care.see),
            "tests": list(care.tests),
            "suspect": list(care.suspect),
            "rules": list(care.rules),
            "guardian": care.guardian,
        },
        "allowed": [a.value for a in decision.allowed],
        "leave_out": [a.value for a in decision.leave_out],
        "caps": {
            "longest_session_m": caps.longest_session_m,
            "longest_session_s": caps.longest_session_s,
            "week_total_m": caps.week_total_m,
            "week_left_m": caps.week_left_m,
            "longest_descent_m": caps.longest_descent_m,
            "rules": dict(caps.rules),
        },
        "next_steps": [n.value for n in decision.next_steps],
        "places": [
            {
                "site": p.site,
                "side": p.side.value if p.side else None,
                "light": p.light.value,
                "provisional": p.provisional,
                "rule": p.rule,
                "sessions_left": p.sessions_left,
            }
            for p in decision.places
        ],
        "reasons": [reason_to_plain(r) for r in decision.reasons],
        "missing": list(decision.missing),
        "outside_scope": list(decision.outside_scope),
        "engine_version": decision.engine_version,
        "knowledge_digest": decision.knowledge_digest,
    }


def decision_from_plain(data: Mapping[str, Any]) -> Decision:
    care, caps = data["care"], data["caps"]
    return Decision(
        on=date.fromisoformat(data["on"]),
        light=Light(data["light"]),
        provisional=data["provisional"],
        headline=Headline(data["headline"]),
        care=Care(
            Urgency[care["urgency"].upper()],
            care["within_hours"],
            tuple(care["see"]),
            tuple(care["tests"]),
            tuple(care["suspect"]),
            tuple(care["rules"]),
            care["guardian"],
        ),
        allowed=tuple(Activity(a) for a in data["allowed"]),
        leave_out=tuple(Activity(a) for a in data["leave_out"]),
        caps=DayCaps(
            caps["longest_session_m"],
            caps["longest_session_s"],
            caps["week_total_m"],
            caps["week_left_m"],
            caps["longest_descent_m"],
            # a store may shuffle keys
            tuple((name, caps["rules"][name]) for name in CAP_NAMES if name in caps["rules"]),
        ),
        next_steps=tuple(NextStep(n) for n in data["next_steps"]),
        places=tuple(
            PlaceLight(
                p["site"],
                Side(p["side"]) if p["side"] else None,
                Light(p["light"]),
                p["provisional"],
                p["rule"],
                p["sessions_left"],
            )
            for p in data["places"]
        ),
        reasons=tuple(reason_from_plain(r) for r in data["reasons"]),
        missing=tuple(data["missing"]),
        outside_scope=tuple(data["outside_scope"]),
        engine_version=data["engine_version"],
        knowledge_digest=data["knowledge_digest"],
        plan=tuple(from_plain(PlanToday, p) for p in data.get("plan", ())),
        tasks=tuple(from_plain(Task, t) for t in data.get("tasks", ())),
        no_task=data.get("no_task"),
    )
