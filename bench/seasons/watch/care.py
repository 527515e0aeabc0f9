"""Where care comes first: what a condition forbids, what has to be on record, when somebody has to look."""

from __future__ import annotations

from datetime import date, timedelta

from bench.seasons import know
from bench.seasons.season import Today
from bench.seasons.watch.seen import K, Watcher, Words, may_run, planned_now
from niggle.core.body import SITES
from niggle.core.exercise import Exercise
from niggle.core.plan import RUN_KINDS, PlanStart
from niggle.core.when import AtLeast, Compare, Is, When


class Contraindicated(Watcher):
    """No exercise that an open condition forbids in its phase, unless it was cleared."""

    def __call__(self, today: Today) -> Words:
        phases = {line.condition: int(line.phase) for line in today.decision.plan}
        plans = today.case.plan.open_plans(today.on)
        for task in today.decision.tasks:
            if not task.allowed or task.done:
                continue
            names = [e.exercise for e in task.exercises] + ([task.mode] if task.mode else [])
            for exercise in (self.knowledge.exercises[n] for n in names if n in self.knowledge.exercises):
                for plan in plans:
                    why = self._forbidden(exercise, plan, phases.get(plan.condition, 1), today)
                    if why is not None:
                        yield f"{exercise.id} with {plan.condition} in {phases}: {why}"

    def _forbidden(self, exercise: Exercise, plan: PlanStart, phase: int, today: Today) -> str | None:
        tissue = self.knowledge.conditions[plan.condition].tissue_class
        for contra in exercise.contraindications:
            named = contra.condition == plan.condition if contra.condition else contra.tissue_class is tissue
            if not named or (contra.phases and min(phase, 4) not in contra.phases):
                continue
            if contra.until_cleared and know.cleared(today.case.profile, plan, today.on, running=exercise.impact):
                continue
            return contra.because
        return None


class BoneWithoutClearance(Watcher):
    """A plan that needs a clearance (and an image), or a bone site of high risk: no run before it is on record.

    Where a clinician has cleared weight and no more there is no run either, whatever the plan needs."""

    def __call__(self, today: Today) -> Words:
        planned = any(p.item.kind in RUN_KINDS and p.item.kind is not K.RACE for p in planned_now(today))
        if not (planned or may_run(today.decision)):
            return
        for plan in today.case.plan.open_plans(today.on):
            said = "planned" if planned else "allowed"
            if know.weight_only(today.case.profile, plan, today.on):
                yield f"{plan.condition} is cleared for weight only, and a run is {said}"
            wanted = know.needs(plan, self.knowledge)
            bone = self.knowledge.protocols[plan.condition].tissue_class.value == "bone"
            if wanted == {"nothing"} and not (bone and plan.site in SITES and SITES[plan.site].bone_risk):
                continue
            if "no_plan" in wanted:
                yield f"{plan.condition} has no plan, and a run is {said}"
            elif not know.cleared(today.case.profile, plan, today.on):
                yield f"{plan.condition} is not cleared, and a run is {said}"
            elif "imaging_and_clearance" in wanted and not know.imaged(today.case, plan):
                yield f"{plan.condition} has no image, and a run is {said}"


class ProfessionalAtDeadline(Watcher):
    """Once a deadline has passed, and its way out is certainly not there, its professionals are named."""

    def __call__(self, today: Today) -> Words:
        for line in today.decision.plan:
            start = next(s for s in today.case.plan.starts if s.id == line.plan)
            for deadline in self.knowledge.protocols[line.condition].deadlines:
                if deadline.phase is None:
                    since = start.on + timedelta(days=deadline.after_days)
                elif int(deadline.phase) == int(line.phase):
                    since = line.phase_since + timedelta(days=deadline.after_days)
                else:
                    continue
                if since > today.on or _seen(today, since):
                    continue
                if deadline.unless is not None and self._maybe(deadline.unless, today, start, line.step):
                    continue
                if not set(deadline.see) <= set(line.see):
                    yield f"{line.condition} {deadline.id} since {since}: {line.see}"

    def _maybe(self, when: When, today: Today, start: PlanStart, step: int | None) -> bool:
        """Whether the condition might be true; False only where the raw facts rule it out."""
        match when:
            case AtLeast(count, terms):
                return sum(self._maybe(t, today, start, step) for t in terms) >= count
            case Compare("continuous_min", ">=", value):
                return self._longest_min(today) >= value
            case Compare("ladder_step", ">=", value):
                return (step or 0) >= value
            case Compare("pain_daily_3d", "<=", value):
                worst = self.told.worst_daily(start, today.on, 3)
                quiet = any(self.told.quiet(today.on - timedelta(days=n)) for n in range(3))
                return (worst is not None or quiet) and (worst is None or worst <= value)
            case Is("cleared"):
                return know.cleared(today.case.profile, start, today.on)
            case _:
                return True

    def _longest_min(self, today: Today) -> float:
        h = today.case.history
        first = today.on.toordinal() - 13
        minutes = [float(s) / 60 for s, d, run in zip(h.moving_s, h.day, h.is_run, strict=True) if run and d >= first]
        return max(minutes, default=0.0) + 1e-6


def _seen(today: Today, since: date) -> bool:
    return any(
        a.key.removeprefix("says_") == "professional_seen" and a.value and a.on >= since
        for a in today.case.plan.answers
    )
