"""The open plans on the day of a decision: where they stand, what they allow, and what they take away from the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from niggle.core.case import Case
from niggle.core.checkin import CheckIn, Folded
from niggle.core.gates import LEAD_DAYS
from niggle.core.history import History
from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import DoneItem, PlanStart, RunStatus
from niggle.core.profile import KnownCondition, Mode, Profile
from niggle.core.protocol import Phase, Running
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.rehab import (
    HOP_HURT,
    SHARP_BONE,
    Book,
    Follower,
    Life,
    MoveKind,
    PlanState,
    Prescription,
    RunsAllowed,
    after_break,
    allowed_on,
    follow,
    prescribe_all,
    run_m,
    settling,
    with_fevers,
)
from niggle.core.rehab.week_runs import pace_m_min
from niggle.core.scoreboard import reason
from niggle.core.spikes import Caps, Kept
from niggle.core.today.tasks import PlanToday, Task
from niggle.core.today.testing import awaited
from niggle.core.today.types import CAP_NAMES, RUNS, Activity, DayCaps, Headline, NextStep, down_m
from niggle.core.traffic_light import Memory, SessionDay
from niggle.core.units import S_PER_MIN

if TYPE_CHECKING:
    from niggle.core.today.decide import Weighed

A = Activity
_OUT: Final = {a.value: a for a in (A.LONG_RUN, A.SPEED, A.HILLS, A.DOWNHILL, A.PLYOMETRICS, A.HEAVY_STRENGTH)}
_FAST: Final = (A.SPEED, A.HILLS, A.PLYOMETRICS)


@dataclass(slots=True)
class Memo:
    """Kept by a caller who asks day after day of one runner: what has not changed is not worked out again.

    asked: the case that was looked at last and its open plans, for the next question about the very same case.
    folded: her check-ins by day. log: the log as it was given, by whose rules, and with its found tags and run days.
    load: the case of the last decision, whether it was guarded, and what load leaves of that day.
    weighed: the case of the last decision, by what knowledge, and the day before its calendar had its say.
    kept: what her sessions and weeks show, for the load of the next days. profile: as it was given, her open plans, and
    the profile with their conditions.
    """

    follower: Follower = field(default_factory=Follower)
    folded: Folded = field(default_factory=Folded)
    log: tuple[History, Knowledge, History, tuple[SessionDay, ...]] | None = None
    kept: Kept = field(default_factory=Kept)
    profile: tuple[Profile, tuple[PlanStart, ...], Profile] | None = None
    asked: tuple[Case, PlansOfDay | None] | None = None
    load: tuple[Case, bool, Caps] | None = None
    weighed: tuple[Case, Knowledge, Weighed] | None = None


@dataclass(frozen=True, slots=True)
class PlansOfDay:
    """Every open plan on the day; none where a long break alone says how she may run. profile: the runner's, with the
    plans' conditions and the growth mode they ask for.

    daily: alternate days are over for all of them. usual_week_m: of each plan, before it hurt; None: not known.
    awaited: of each plan, the tests without which its first run does not open.
    """

    life: Life
    states: tuple[PlanState, ...]
    runs: RunsAllowed | None
    profile: Profile
    daily: bool
    memory: Memory
    usual_week_m: Mapping[str, float | None]
    awaited: Mapping[str, tuple[str, ...]]


def plans_of_day(
    case: Case,
    knowledge: Knowledge,
    checkins: tuple[CheckIn, ...],
    history: History,
    sessions: tuple[SessionDay, ...],
    memo: Memo | None = None,
) -> PlansOfDay | None:
    """None without an open plan that a protocol knows, and no way back from weeks off. history: until the day, with its
    found tags."""
    found = _followed(case, knowledge, checkins, history, sessions, memo)
    if memo is not None:
        memo.asked = (case, found)
    return found


def _followed(
    case: Case,
    knowledge: Knowledge,
    checkins: tuple[CheckIn, ...],
    history: History,
    sessions: tuple[SessionDay, ...],
    memo: Memo | None,
) -> PlansOfDay | None:
    opened = case.plan.open_plans(case.on)
    starts = tuple(p for p in opened if p.condition in knowledge.protocols)
    if memo is None or memo.profile is None or memo.profile[0] is not case.profile or memo.profile[1] != opened:
        profile = _with_conditions(case.profile, opened)
    else:
        profile = memo.profile[2]
    if memo is not None:
        memo.profile = (case.profile, opened, profile)
    facts = with_fevers(case.plan, checkins, case.on)
    life = Life(case.on, checkins, history, sessions, profile, facts, case.week_start)
    follower = Follower() if memo is None else memo.follower
    if starts:
        follower.memory.look_from(min(p.on for p in starts) - timedelta(days=LEAD_DAYS))
    states = tuple(follow(p, life, knowledge, follower) for p in starts)
    runs = allowed_on(states, life, knowledge, None if memo is None else memo.kept)
    if runs is None:
        return None
    mode = _mode(profile.mode, states, knowledge)
    daily = mode is Mode.COMEBACK and profile.mode is Mode.BUILD and not runs.alternate
    if mode is not profile.mode:
        profile = replace(profile, mode=mode)
    usual = {p.id: follower.kept[p.id].days.usual_week_m for p in starts}
    waits = {s.plan.id: awaited(s, knowledge) for s in states}
    return PlansOfDay(life, states, runs, profile, daily, follower.memory, usual, waits)


def _with_conditions(profile: Profile, plans: Sequence[PlanStart]) -> Profile:
    """A plan names its condition: clocks and exemptions of the light and the load look at it."""
    known = list(profile.conditions)
    for plan in plans:
        at = next((n for n, c in enumerate(known) if c.slug == plan.condition and c.side in (plan.side, None)), None)
        if at is not None:
            known[at] = replace(known[at], plan_active=True, site=known[at].site or plan.site)
        else:
            known.append(
                KnownCondition(plan.condition, plan.site, plan.side, plan.hurts_since or plan.on,
                               seen_by_professional=plan.diagnosed, plan_active=True)
            )  # fmt: skip
    return replace(profile, conditions=tuple(known))


def _mode(own: Mode, states: Sequence[PlanState], knowledge: Knowledge) -> Mode:
    """On a ladder its steps rule, afterwards weeks grow as in a comeback; her own careful mode stays."""
    if own is Mode.LADDER or any(s.status is RunStatus.LADDER or settling(s, knowledge) for s in states):
        return Mode.LADDER
    if own is Mode.COMEBACK or any(s.status is RunStatus.BUILDING for s in states):
        return Mode.COMEBACK
    return own


def prescriptions_of(plans: PlansOfDay, knowledge: Knowledge) -> tuple[Prescription, ...]:
    return prescribe_all(plans.states, plans.life, knowledge)


def restrict(
    plans: PlansOfDay, allowed: Sequence[Activity], left_out: Sequence[Activity], knowledge: Knowledge
) -> tuple[tuple[Activity, ...], tuple[Activity, ...], tuple[Reason, ...]]:
    """What the plans take away from the day, with why. They never add anything."""
    runs, on = plans.runs, plans.life.on
    assert runs is not None
    gone: dict[Activity, None] = {}
    why = list(runs.reasons)
    if runs.mode is Running.NONE or (runs.not_before is not None and runs.not_before > on):
        gone.update(dict.fromkeys(RUNS))
    elif runs.alternate and _ran(plans, on - timedelta(days=1)) and not _ran(plans, on):
        gone.update(dict.fromkeys(RUNS))
        why.append(reason(knowledge, "RTR-R06", Weight.CAUTION, Fact("ladder", runs.ladder, None, on)))
    gone.update((_OUT[name], None) for name in sorted(runs.out) if name in _OUT)
    if heavy_calf_on(plans, knowledge, on) is not None:
        gone.update(dict.fromkeys(_FAST))
        why.append(reason(knowledge, "RP-C01", Weight.CAUTION, Fact("ticked", True, None, on)))
    return (
        tuple(a for a in allowed if a not in gone),
        tuple(dict.fromkeys((*left_out, *gone))),
        tuple(why),
    )


def _ran(plans: PlansOfDay, day: date) -> bool:
    if any(s.day == day for s in plans.life.sessions):
        return True
    return any(c.on == day and c.answers.pain_max is not None for c in plans.life.checkins)


def heavy_calf_on(plans: PlansOfDay, knowledge: Knowledge, on: date) -> date | None:
    """The day of heavy calf work among the ticked exercises of today and yesterday (RP-C01 by whole days).

    Of ended plans too: the calf that worked is no fresher for that.
    """
    facts = plans.life.facts
    plan_of = {p.id: p for p in facts.starts if p.condition in knowledge.protocols}
    for done in recent(facts.done, on, 1):
        # the same item may be lighter in another phase; the heaviest reading counts
        plan = plan_of.get(done.plan)
        if plan is not None and not done.skipped and done.item in Book.of(plan, knowledge).heavy_calf:
            return done.on
    return None


def recent(done: Sequence[DoneItem], on: date, days: int) -> Iterator[DoneItem]:
    """What was done on the day and in so many days before it, newest first; `done` stands in the order of days."""
    for item in reversed(done):
        age = (on - item.on).days
        if age > days:
            return
        if age >= 0:
            yield item


def cap_by_plans(caps: DayCaps, plans: PlansOfDay) -> DayCaps:
    """The smaller of load's caps and what the ladder's step or the phase allows of one run."""
    runs = plans.runs
    assert runs is not None
    metres, seconds = caps.longest_session_m, caps.longest_session_s
    week_m, left_m = caps.week_total_m, caps.week_left_m
    rules = dict(caps.rules)
    rule = "LOAD-S22" if after_break(runs) else "RTR-R03" if runs.mode is Running.LADDER else "RTR-X09"
    if runs.metres is not None and (metres is None or runs.metres < metres):
        metres, rules["longest_session_m"] = runs.metres, rule
    if runs.week_m is not None:
        on = plans.life.on
        left = max(0.0, runs.week_m - run_m(plans.life.history, on - timedelta(days=6), on))
        whole = "RTR-R15" if any(r.rule == "RTR-R15" for r in runs.reasons) else "RTR-R07"
        whole = rule if after_break(runs) else whole
        if week_m is None or runs.week_m < week_m:
            week_m, rules["week_total_m"] = down_m(runs.week_m), whole
        if left_m is None or left < left_m:
            left_m, rules["week_left_m"] = down_m(left), whole
        if metres is None or left < metres:
            metres, rules["longest_session_m"] = down_m(left), whole
    if runs.minutes is not None and (seconds is None or runs.minutes * S_PER_MIN < seconds):
        seconds, rules["longest_session_s"] = runs.minutes * S_PER_MIN, rule
        by_time = down_m(runs.minutes * pace_m_min(plans.life.history))
        if metres is not None and by_time < metres:  # at her own pace, so that both limits say the same
            metres, rules["longest_session_m"] = by_time, rule
    usual = _usual_week(plans)
    if usual is not None and week_m is not None and usual < week_m:
        left_m = None if left_m is None else max(0.0, left_m - (week_m - down_m(usual)))
        week_m, rules["week_total_m"] = down_m(usual), "RTR-X09"
    named = tuple((name, rules[name]) for name in CAP_NAMES if name in rules)
    return DayCaps(metres, seconds, week_m, left_m, caps.longest_descent_m, named)


def _usual_week(plans: PlansOfDay) -> float | None:
    """Who goes on running with a sore place does not grow beyond a usual week from before it hurt."""
    going = (s.plan for s in plans.states if s.status is RunStatus.CONTINUING and s.phase <= Phase.BUILD)
    return min((m for plan in going if (m := plans.usual_week_m[plan.id]) is not None), default=None)


def plan_lines(
    plans: PlansOfDay, due: Sequence[str], tasks: Sequence[Task], no_task: str | None, knowledge: Knowledge
) -> tuple[PlanToday, ...]:
    """Each open plan's line in the decision. due: tests."""
    return tuple(_line(s, plans.awaited[s.plan.id], due, tasks, no_task, knowledge) for s in plans.states)


def _line(
    state: PlanState,
    waits: Sequence[str],
    due: Sequence[str],
    tasks: Sequence[Task],
    no_task: str | None,
    knowledge: Knowledge,
) -> PlanToday:
    ladder = None if state.ladder is None else knowledge.ladders[state.ladder]
    on_it = state.status is RunStatus.LADDER
    protocol = knowledge.protocols[state.condition]
    own = tuple(t.id for t in tasks if state.plan.id in t.plans)
    return PlanToday(
        state.plan.id,
        state.condition,
        state.side,
        state.plan.site,
        state.phase,
        state.phase_since,
        state.status,
        state.ladder,
        state.step + 1 if on_it else None,
        len(ladder.steps) if on_it and ladder is not None else None,
        state.locked,
        state.gate.open,
        state.gate.met,
        state.gate.unmet,
        state.gate.unknown,
        state.gate.missing,
        () if state.readiness is None else state.readiness.missing,
        tuple(dict.fromkeys(who for late in state.deadlines for who in late.see)),
        own,
        tuple(t for t in due if t in protocol.tests or t in waits),
        None if any(t.allowed and not t.done for t in tasks if t.id in own) else no_task or "rest",
    )


def plan_headline(line: Headline, plans: PlansOfDay) -> Headline:
    """A plan that closes running is no rest day of the load's; on the ladder the day is its step."""
    runs = plans.runs
    assert runs is not None
    if line is Headline.REST_DAY and runs.mode is Running.NONE:
        return Headline.NO_RUN_TODAY
    if runs.mode is Running.LADDER and line in (Headline.AS_PLANNED, Headline.AS_PLANNED_CAPPED, Headline.REDUCED):
        walks = runs.step is not None and runs.step.walk_min is not None
        return Headline.WALK_AND_RUN if walks else line if line is Headline.REDUCED else Headline.AS_PLANNED_CAPPED
    return line


def plan_steps(steps: Sequence[NextStep], plans: PlansOfDay) -> tuple[NextStep, ...]:
    """What the plans add to what to do next: somebody to see at a deadline, a record that is missing."""
    more: list[NextStep] = []
    seen = {NextStep.BE_SEEN, NextStep.BOOK_PROFESSIONAL, NextStep.CALL_EMERGENCY}
    hurt = any(s.locked in (SHARP_BONE, HOP_HURT) for s in plans.states)  # only a new word opens these
    if (hurt or any(s.deadlines or s.stops for s in plans.states)) and not seen & set(steps):
        more.append(NextStep.BOOK_PROFESSIONAL)
    if hurt or any(s.locked in ("clearance", "imaging") for s in plans.states):
        more.append(NextStep.RECORD_CLEARANCE)
    if week_is_old(plans):
        more.append(NextStep.MAKE_WEEK)
    elif not {NextStep.SAY_BACK, NextStep.FEVER_GONE} & set(steps) and week_is_missing(plans):
        more.append(NextStep.NEW_WEEK)
    if NextStep.CALL_EMERGENCY in steps:
        return tuple(steps)
    if not _ASKED_OTHERWISE & set(steps):
        answers = _answers_awaited(plans.states)
        steps = (*(s for s in steps if s is not NextStep.CARRY_ON or not answers), *answers)
    if plans.runs is not None and plans.runs.mode is Running.NONE:
        steps = [NextStep.YELLOW_UNTIL_RUNNING if s is NextStep.TWO_REDUCED_SESSIONS else s for s in steps]
    carry_on = {NextStep.CARRY_ON} if more else set()
    return tuple(dict.fromkeys((*more, *(s for s in steps if s not in carry_on))))


_ANSWERS: Final = {
    "checkin": NextStep.SAY_HOW_IT_IS, "checkin:night_pain": NextStep.SAY_NIGHT_PAIN,
    "checkin:limp": NextStep.SAY_LIMP, "checkin:swelling": NextStep.SAY_SWELLING,
}  # fmt: skip
_ASKED_OTHERWISE: Final = frozenset({NextStep.CHECK_IN_FIRST, NextStep.SAY_BACK, NextStep.FEVER_GONE})


def _answers_awaited(states: Sequence[PlanState]) -> list[NextStep]:
    """The answers of a check-in that a phase's list waits for, where all else of it is there."""
    found = []
    for s in states:
        waits = s.gate.missing
        if s.locked is None and s.gate.unknown and not s.gate.unmet and all(name in _ANSWERS for name in waits):
            found += [_ANSWERS[name] for name in waits]
    return found


_UNSETTLES: Final = frozenset(  # moves after which a calendar no longer says what the week should hold
    {MoveKind.PHASE_FORWARD, MoveKind.PHASE_BACK, MoveKind.PAUSE, MoveKind.RESUME, MoveKind.LADDER_START,
     MoveKind.LADDER_DONE, MoveKind.LOCK, MoveKind.UNLOCK, MoveKind.ELEMENT_BACK, MoveKind.ELEMENT_OUT}
)  # fmt: skip


def week_is_missing(plans: PlansOfDay) -> bool:
    """Who told her hours, or had a calendar before, has none for this week: without it nothing keeps to her days."""
    on, facts = plans.life.on, plans.life.facts
    if any(w.start <= on <= w.last for w in facts.weeks):
        return False
    return bool(facts.availability.windows) or any(w.last < on for w in facts.weeks)


def week_is_old(plans: PlansOfDay) -> bool:
    """A plan moved after the standing calendar of this week was made. Without a calendar there is nothing to renew."""
    on = plans.life.on
    week = max((w for w in plans.life.facts.weeks if w.start <= on <= w.last), key=lambda w: w.made_on, default=None)
    if week is None:
        return False
    since = week.made_on
    moved = (m for s in plans.states for m in takewhile(lambda m: m.on > since, reversed(s.moves)))
    return any(m.kind in _UNSETTLES and m.on <= on for m in moved)
