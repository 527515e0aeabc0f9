"""Safety by simulation: some seasons are clean, the same seed gives the same, and every watcher can be made to speak.

For each invariant a sabotaged engine stands in: what niggle said is changed on its way out, and its watcher must speak.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from bench.seasons.__main__ import run_batch
from bench.seasons.people import Obedience, Runner, Sore, draw
from bench.seasons.sampling import Sampled
from bench.seasons.season import Engine, Season, simulate
from bench.seasons.tissue import Tissue
from bench.seasons.watch import INVARIANTS, Watchers
from niggle.core.case import Case
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light
from niggle.core.plan import Absence, Away, ItemKind, Placed, RunStatus, WeekItem
from niggle.core.profile import Clearance, Cleared
from niggle.core.protocol import Phase
from niggle.core.rehab import may_start
from niggle.core.today import Activity, Decision, Task, decide
from niggle.knowledge import load
from niggle.scheduler import Memo as Searched
from niggle.scheduler import Solved

K = ItemKind
RUN = Task("sabotage", K.RUN_EASY, True, 30.0, 5000.0)


@cache
def knowledge() -> Knowledge:
    return load()


def runner_with(condition: str, **more: object) -> Runner:
    """An obedient runner whose only plan is for that condition, healing well; nobody away, nothing late."""
    names = sorted(knowledge().protocols)
    drawn = draw(7, names.index(condition), knowledge())
    tissue = Tissue(sore=0.4, capacity_km=20.0, heals=0.5, grows_km=0.5, noise=0.0, touchy=0.1, flares=0.0)
    start = replace(drawn.sores[0].start, on=drawn.first, grade=None, before_week_m=drawn.usual_week_m,
                    half_start=False)  # fmt: skip
    habits = replace(
        drawn.habits, obedience=Obedience.OBEDIENT, evening=1.0, morning=1.0, ticks=1.0, tests=1.0, late=0.0,
        late_file=0.0, answers=1.0, corrects=0.0,
    )  # fmt: skip
    plain = replace(drawn, sores=(Sore(start, 0, tissue),), habits=habits, absences=(), races=(), plans_weeks=True)
    return replace(plain, **more)  # type: ignore[arg-type]


Change = Callable[[Decision, Case], Decision]
ChangeWeek = Callable[[Solved, Case], Solved]


def sabotaged(
    change: Change = lambda d, _: d, change_week: ChangeWeek = lambda s, _: s, start: object = may_start
) -> Engine:
    from niggle.actions.plans.weeks import make_week

    def worse(case: Case, known: Knowledge, memo: object = None) -> Decision:
        return change(decide(case, known, memo), case)  # type: ignore[arg-type]

    def worse_week(case: Case, *rest: object) -> Solved:
        return change_week(make_week(case, *rest), case)  # type: ignore[arg-type]

    return Engine(worse, worse_week, start)  # type: ignore[arg-type]


def found(runner: Runner, engine: Engine, sample: bool = False) -> set[str]:
    watch = Watchers(knowledge())
    asked = Sampled(watch, 1, 1, engine, share=1.0) if sample else watch
    season: Season = simulate(runner, 1, knowledge(), asked, engine, _SEARCHED)
    return {name for name, _, _ in season.violations}


_SEARCHED = Searched()
STEPS = "calf-strain"
SIMPLE = "achilles-tendinopathy-midportion"


def always_run(decision: Decision, case: Case) -> Decision:
    return replace(decision, tasks=(*decision.tasks, RUN), allowed=(*decision.allowed, Activity.EASY_RUN))


def run_twice(decision: Decision, case: Case) -> Decision:
    return replace(decision, tasks=(*decision.tasks, RUN, replace(RUN, id="again")))


def step_up(decision: Decision, case: Case) -> Decision:
    lines = tuple(replace(p, step=p.steps) if p.step is not None else p for p in decision.plan)
    return replace(decision, plan=lines)


def without_ladder(decision: Decision, case: Case) -> Decision:
    """Running is back at once, though nobody asked for half a week."""
    back = (replace(p, status=RunStatus.BUILDING, step=None) if p.status is RunStatus.LADDER else p
            for p in decision.plan)  # fmt: skip
    return replace(decision, plan=tuple(back))


def phase_two(decision: Decision, case: Case) -> Decision:
    begun = case.plan.starts[0].on if case.plan.starts else case.on
    if (case.on - begun).days < 15:
        return decision
    return replace(decision, plan=tuple(replace(p, phase=Phase.BUILD, phase_since=case.on) for p in decision.plan))


def with_items(*items: tuple[WeekItem, int, int]) -> ChangeWeek:
    """The calendar with more in it: (item, days after today, minutes after midnight)."""

    def change(solved: Solved, case: Case) -> Solved:
        more = tuple(Placed(item, case.on + timedelta(days=days), at) for item, days, at in items)
        return replace(solved, week=replace(solved.week, placed=(*solved.week.placed, *more)))

    return change


HEAVY = WeekItem("heavy", K.STRENGTH_A, 40.0, heavy=True, heavy_calf=True)
HILLS = WeekItem("hills", K.HILLS, 30.0, 5000.0)
JUMPS = WeekItem("jumps", K.PLYOMETRICS, 20.0)
FAR = WeekItem("far", K.RUN_EASY, 600.0, 150_000.0)


def contraindicated(decision: Decision, case: Case) -> Decision:
    condition = case.plan.starts[0].condition if case.plan.starts else ""
    bad = next(
        (e.id for e in knowledge().exercises.values()
         if any(c.condition == condition and not c.until_cleared for c in e.contraindications)), None,
    )  # fmt: skip
    assert bad is not None or not condition
    phase = decision.plan[0].phase if decision.plan else Phase.SETTLE
    return replace(decision, tasks=(*decision.tasks, Task("bad", K.CROSS_TRAINING, mode=bad))) if phase else decision


def nobody(decision: Decision, case: Case) -> Decision:
    return replace(decision, plan=tuple(replace(p, see=()) for p in decision.plan))


def silent(decision: Decision, case: Case) -> Decision:
    return replace(decision, tasks=(), no_task=None, plan=tuple(replace(p, tasks=()) for p in decision.plan))


def worse_is_better(decision: Decision, case: Case) -> Decision:
    if not any(e.id.startswith("worse") for e in case.entries):
        return decision
    return replace(decision, light=Light.GREEN, allowed=tuple(Activity), tasks=(RUN,))


def unstable(decision: Decision, case: Case) -> Decision:
    unstable.count += 1  # type: ignore[attr-defined]
    return replace(decision, engine_version=str(unstable.count))  # type: ignore[attr-defined]


unstable.count = 0  # type: ignore[attr-defined]


def listed(decision: Decision, case: Case) -> Decision:
    return replace(decision, outside_scope=["x"])  # type: ignore[arg-type]


def everything_may_start(*_: object) -> tuple[()]:
    return ()


def quiet_tests(runner: Runner) -> Runner:
    return replace(runner, habits=replace(runner.habits, tests=0.0))


def sore_for_long(runner: Runner) -> Runner:
    tissue = Tissue(sore=5.0, capacity_km=1.0, heals=1.0, grows_km=0.0, noise=0.0, touchy=0.1, flares=0.0)
    return replace(runner, sores=(replace(runner.sores[0], tissue=tissue),))


def ill(runner: Runner) -> Runner:
    first = runner.first + timedelta(days=10)
    return replace(runner, absences=((8, Absence("a", first, first + timedelta(days=5), Away.ILLNESS)),))


def paused(runner: Runner) -> Runner:
    """The ladder begins: she has stopped running."""
    start = replace(runner.sores[0].start, running=False, last_run_on=runner.first - timedelta(days=5))
    return replace(runner, sores=(replace(runner.sores[0], start=start),), stops_before_days=5)


SABOTAGE: dict[str, tuple[Callable[[], Runner], Engine]] = {
    "run_on_red": (lambda: sore_for_long(runner_with(SIMPLE)), sabotaged(always_run)),
    "step_without_green": (lambda: paused(runner_with(STEPS)), sabotaged(step_up)),
    "gate_on_unknown": (lambda: quiet_tests(runner_with(SIMPLE)), sabotaged(phase_two)),
    "fast_after_heavy_calf": (
        lambda: runner_with(SIMPLE), sabotaged(change_week=with_items((HEAVY, 0, 480), (HILLS, 1, 480))),
    ),
    "two_new_stressors": (
        lambda: runner_with(SIMPLE), sabotaged(change_week=with_items((JUMPS, 0, 480), (HILLS, 2, 480))),
    ),
    "week_growth": (lambda: runner_with(SIMPLE), sabotaged(change_week=with_items((FAR, 0, 480)))),
    "contraindicated": (lambda: runner_with("achilles-tendinopathy-insertional"), sabotaged(contraindicated)),
    "bone_without_clearance": (
        lambda: runner_with("navicular-stress-fracture", words=()), sabotaged(always_run, start=everything_may_start),
    ),
    "professional_at_deadline": (lambda: sore_for_long(runner_with(SIMPLE)), sabotaged(nobody)),
    "plan_or_reason": (lambda: runner_with(SIMPLE), sabotaged(silent)),
    "alternate_days": (lambda: paused(runner_with(SIMPLE)), sabotaged(always_run)),
    "runs_when_ill": (lambda: ill(runner_with(SIMPLE)), sabotaged(always_run)),
    "one_run_a_day": (lambda: runner_with(SIMPLE), sabotaged(run_twice)),
    "half_start": (lambda: paused(runner_with(STEPS)), sabotaged(without_ladder)),
    "worse_opens_more": (lambda: runner_with(SIMPLE), sabotaged(worse_is_better)),
    "remembering_changes": (lambda: runner_with(SIMPLE), sabotaged(unstable)),
    "round_trip": (lambda: runner_with(SIMPLE), sabotaged(listed)),
    "refusal": (lambda: runner_with("acl-injury"), sabotaged(start=everything_may_start)),
}  # fmt: skip
_SAMPLED = {"worse_opens_more", "remembering_changes", "round_trip"}


def test_every_invariant_has_its_sabotage() -> None:
    assert set(SABOTAGE) == set(INVARIANTS)


@pytest.mark.parametrize("name", INVARIANTS)
def test_a_sabotaged_engine_is_found_out(name: str) -> None:
    runner, engine = SABOTAGE[name]
    assert name in found(runner(), engine, sample=name in _SAMPLED)


@pytest.mark.parametrize("shape", [runner_with, lambda c: paused(runner_with(c)), lambda c: ill(runner_with(c))])
def test_without_sabotage_the_same_runners_are_clean(shape: Callable[[str], Runner]) -> None:
    assert found(shape(SIMPLE), Engine(), sample=True) == set()


def test_some_seasons_of_every_condition_are_clean() -> None:
    """As `./run bench seasons --seasons 60 --seed 1`, which goes once round the conditions."""
    wrong, told, counts = run_batch(1, range(60), ready=True)
    assert told == []
    assert not wrong
    assert counts["days"] == 60 * 84
    assert counts["run_tasks"] > 0
    assert counts["status_ladder"] > 0


def test_a_season_is_the_same_from_the_same_seed() -> None:
    first, again = (run_batch(3, range(4, 7), ready=True) for _ in range(2))
    assert first[1] == again[1]
    assert first[2] == again[2]
    other = run_batch(4, range(4, 7), ready=True)
    assert other[2] != first[2]


def test_a_runner_is_drawn_from_seed_and_number_alone() -> None:
    assert draw(5, 11, knowledge()) == draw(5, 11, knowledge())
    assert draw(5, 11, knowledge()).first >= date(2026, 1, 5)


def test_a_clearance_for_weight_alone_is_no_clearance_to_run() -> None:
    weight = Clearance(date(2020, 1, 1), "doctor", None, lifts=Cleared.WEIGHT)
    runner = runner_with(SIMPLE, words=((0, weight),))
    assert found(runner, Engine()) == set()
    assert "bone_without_clearance" in found(runner, sabotaged(always_run))
