"""The week in words: its tasks and their steps, what a rule minds, what she wished for."""

from datetime import date

import pytest
from tests.wording.plan_voice import KNOWN, ON, voiced

from niggle.core.ladder import RunStep, StepKind, session_steps
from niggle.core.plan import ItemKind, Placed, WeekItem, WeekPlan, Wish, WishKind
from niggle.core.reasons import Fact
from niggle.core.today.tasks import Change, Task
from niggle.core.week import Shift, Violation
from niggle.core.week.types import Severity
from niggle.wording import tasks, week, week_rules
from niggle.wording.units import IMPERIAL, METRIC


def test_steps_of_a_run_walk_session() -> None:
    steps = session_steps(KNOWN.ladders["bone"].steps[0], KNOWN)
    assert tasks.steps_lines(steps, METRIC) == ("4 times: 1\u00a0min run, 4\u00a0min walk",)
    mile = session_steps(KNOWN.ladders["bone"].steps[4], KNOWN)
    assert tasks.steps_lines(mile, METRIC) == ("1.6\u00a0km run",)
    assert tasks.steps_lines(mile, IMPERIAL) == ("1\u00a0mi run",)
    stride = RunStep(StepKind.STRIDE, 20, percent=(50, 60), repeat=4, block=1)
    walk = RunStep(StepKind.WALK, 90, repeat=4, block=1)
    warm = RunStep(StepKind.WARM_UP, 300)
    assert tasks.steps_lines((warm, stride, walk), METRIC) == (
        "5\u00a0min walk to warm up",
        "4 times: 20\u00a0s stride at 50 to 60\u00a0% of top speed, 90\u00a0s walk",
    )


@pytest.mark.parametrize("kind", list(ItemKind))
def test_every_task_has_a_title(kind: ItemKind) -> None:
    task = Task("t", kind, minutes=30, mode="cycling", tests=("calf_raise",), changes=(Change.VOLUME_CUT,))
    assert tasks.task_title(task, KNOWN, METRIC).startswith(week_rules.KINDS[kind].removesuffix("s"))
    assert all(line.endswith(".") for line in tasks.change_lines(task))


def test_a_violation_speaks_of_its_days_and_of_the_move_that_mends_it() -> None:
    strength = WeekItem("s", ItemKind.STRENGTH_A, 40, heavy=True, heavy_calf=True)
    hills = WeekItem("h", ItemKind.HILLS, 40)
    plan = WeekPlan(
        date(2026, 6, 1), ON, (Placed(strength, date(2026, 6, 1), 1080), Placed(hills, date(2026, 6, 2), 1080))
    )
    facts = (
        Fact("earlier", "strength_a"),
        Fact("later", "hills"),
        Fact("gap_h", 23.3, "h"),
        Fact("limit_h", 36.0, "h"),
    )
    found = Violation("RP-C01", Severity.BLOCK, ("s", "h"), facts, Shift("h", date(2026, 6, 4)))
    text = week.violation_line(found, plan, KNOWN, METRIC)
    assert text == (
        "Monday and Tuesday: leave 36 hours, better 48, between heavy calf work and the hills. Here it is 23.3 hours."
    )
    assert week.suggestion_line(found, plan, KNOWN, METRIC) == "Move the hills to Thursday."
    much = Violation("LOAD-R01", Severity.BLOCK, ("h",), (Fact("total", 44000.0, "m"), Fact("limit", 40000.0, "m")))
    assert "44\u00a0km" in week.violation_line(much, None, KNOWN, METRIC)
    assert "40\u00a0km" in week.violation_line(much, None, KNOWN, METRIC)
    two = Violation("RP-C12", Severity.BLOCK, ("s", "h"), (Fact("stressor", "uphill"), Fact("stressor", "strides")))
    assert "hills and strides would be 2" in week.violation_line(two, None, KNOWN, METRIC)


@pytest.mark.parametrize("rule", sorted(week_rules.SENTENCES))
def test_every_rule_of_a_week_can_be_named(rule: str) -> None:
    voiced(week.rule_line(rule, KNOWN))


@pytest.mark.parametrize("kind", list(WishKind))
def test_a_wish_is_said_in_her_words(kind: WishKind) -> None:
    told = week.wish_line(Wish(kind, weekday=5, value=7 * 60, text="my Saturday with the club"))
    assert told == "my Saturday with the club"
    own = week.wish_line(Wish(kind, weekday=5, value=3))
    assert own
    assert "None" not in own
    clash = week.clash_line((Wish(kind, weekday=5, value=3), Wish(WishKind.REST_ON, 5)), ("RP-C07",), KNOWN)
    assert f'"{own}"' in clash
    voiced(clash)
