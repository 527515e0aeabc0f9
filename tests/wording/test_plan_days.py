"""Months of plans, obedient and not: everything the engine says on any of their days can be said in good sentences."""

import random
from datetime import timedelta

import pytest
from tests.core.rehab.tale import DAY, Tale
from tests.wording.plan_voice import KNOWN, voiced

from niggle.core.gates import what_to_do
from niggle.core.history import Tag
from niggle.core.ladder import readiness_list
from niggle.core.plan import Absence, Away
from niggle.core.profile import Profile
from niggle.core.protocol import Need, Phase
from niggle.core.today import Memo, board_of, plans_of, prescriptions, week_items_of
from niggle.wording import doses, gates, plans, reasons, scoreboard, tasks, week
from niggle.wording.units import IMPERIAL, METRIC

CONDITIONS = sorted(c for c, p in KNOWN.protocols.items() if p.need is not Need.NO_PLAN)
LAST = 75


def life(condition: str, seed: int) -> Tale:
    """A runner who mostly does what is asked, sometimes more, sometimes nothing, and hurts now and then."""
    rng = random.Random(f"{condition} {seed}")
    protocol = KNOWN.protocols[condition]
    grade = rng.choice([None, *protocol.grades])
    tale = Tale(condition, grade=grade, running=rng.random() < 0.5, before_week_m=30_000.0, imaged=True,
                profile=Profile())  # fmt: skip
    if rng.random() < 0.8:
        tale.cleared(-1)
    items = {i.id for p in protocol.phases for i in p.items}
    bad = rng.sample(range(10, LAST), 4)
    for n in range(-21, LAST):
        if n in bad:
            tale.say(n, pain_max=rng.choice([4.0, 5.0, 7.0]), pain_morning=rng.choice([1.0, 4.0]),
                     limp=rng.random() < 0.3, night_pain=rng.random() < 0.2)  # fmt: skip
        elif rng.random() < 0.75:
            if n > 0 and rng.random() < 0.4:
                tags = (rng.choice([Tag.HILLS, Tag.STRIDES, Tag.SPEED, Tag.RUN_WALK]),) if rng.random() < 0.4 else ()
                tale.run(
                    n, rng.choice([10, 20, 40]), rng.choice([2.0, 4.0, 7.0]), tags, rng.choice([0.0, 0.0, 1.0, 3.0])
                )
            else:
                tale.calm([n])
        if n > 0 and rng.random() < 0.6:
            for item in rng.sample(sorted(items), min(3, len(items))):
                tale.did(n, item, rng.choice([0.0, 1.0, 6.0]), rng.choice([True, True, None, False]))
    for n in range(0, LAST, 9):
        tale.strong(n)
    for key in ("says_walks_normally", "says_daily_life_pain_free", "says_medium_long_normal", "says_confident"):
        tale.answer(20, key, True)
        tale.answer(40, key, True)
    tale.absences.append(Absence("a", DAY + timedelta(days=50), DAY + timedelta(days=54), Away.ILLNESS, None, True))
    tale.absences.append(Absence("b", DAY + timedelta(days=60), DAY + timedelta(days=63), Away.TRAVEL, ("band",)))
    return tale


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_day_of_a_plan_can_be_told(condition: str) -> None:
    tale, memo = life(condition, 1), Memo()
    for n in (0, 1, 6, 12, 19, 27, 38, 47, 52, 61, 70, LAST - 1):
        case = tale.case(n)
        decision = tale.today(n, memo)
        for reason in decision.reasons:
            voiced(reasons.sentence(reason, METRIC))
            said = plans.reason_line(reason, [condition], KNOWN, METRIC)
            voiced(said)
            ids = plans.criteria_of(KNOWN.protocols[condition])
            if reason.fact("criterion") in ids:
                assert ids[str(reason.fact("criterion"))][1:] in said
        for task in decision.tasks:
            for units in (METRIC, IMPERIAL):
                voiced(tasks.short_line(task, KNOWN, units), label=True)
                for line in tasks.task_lines(task, KNOWN, units):
                    voiced(line, label=True)
                for line in (*tasks.because_lines(task, units), *tasks.change_lines(task)):
                    voiced(line)
        if decision.no_task is not None:
            assert decision.no_task in plans.NOTHING, decision.no_task
        for plan in decision.plan:
            voiced(plans.running_line(plan, KNOWN, step=plan.step))
            for missing in (*plan.gate_missing, *plan.ready_missing):
                assert gates.do_this(missing, KNOWN)[-1] in ".?"
        (state,) = plans_of(case, KNOWN, memo)
        protocol = KNOWN.protocols[condition]
        if state.phase is not Phase.DONE:
            for line in gates.checklist(state.gate, protocol.phase(state.phase).gate, KNOWN):
                voiced(line.text, label=True)
        if state.readiness is not None:
            listed = readiness_list(protocol, state.plan.grade, KNOWN)
            assert len(gates.checklist(state.readiness, listed, KNOWN)) == len(state.readiness.items)
        for due in state.deadlines:
            voiced(plans.due_line(due, condition, KNOWN))
        for reason in (*state.reasons, *state.stops):
            voiced(reasons.sentence(reason, METRIC))
        (given,) = prescriptions(case, KNOWN, memo)
        for item in given.items:
            voiced(tasks.exercise_line(item, KNOWN), label=True)
            voiced(doses.pain_line(item.pain_max))
        for left in given.left_out:
            voiced(plans.left_out_line(left, KNOWN))
        board = board_of(case, KNOWN, memo)
        for test in board.tests:
            voiced(scoreboard.verdict_line(test, KNOWN.tests[test.test]))
        for reason in board.reasons:
            voiced(reasons.sentence(reason, METRIC))
        for item in week_items_of(case, KNOWN, case.on, memo):
            voiced(week.item_title(item, KNOWN, METRIC), label=True)
    for move in state.moves:
        voiced(plans.move_line(move, condition, KNOWN, METRIC))


def test_what_the_engine_asks_for_is_a_kind_that_has_words() -> None:
    kinds = {what_to_do(name).partition(":")[0] for p in KNOWN.protocols.values() for ph in p.phases
             for c in ph.gate for name in c.when.names}  # fmt: skip
    assert kinds <= {"test", "answer", *(k.partition(":")[0] for k in gates._DO)}
