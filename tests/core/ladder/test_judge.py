"""How a session on the ladder counts: what holds for all. Examples and thresholds: tests/cases/ladder."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from niggle import knowledge
from niggle.core.body import Side
from niggle.core.gates import DayFacts, Days, RunDay
from niggle.core.ladder import Verdict, judge, session_steps
from niggle.core.outcomes import Light
from niggle.core.plan import PlanStart
from niggle.core.traffic_light import DayMark, State

K = knowledge.load()
DAY = date(2026, 3, 2)
PLAN = PlanStart("p", "bone-stress-injury", DAY, "shin_inner", Side.LEFT)


def verdict(ladder, light, pain, morning, yellows, sharp=False):
    """Of the second of two days, the first one silent."""
    state = {Light.RED: State.RED, Light.YELLOW: State.YELLOW}.get(light, State.GREEN)
    mark = DayMark(DAY + timedelta(days=1), light, True, True, state, score=pain, daily=0.0, run_pain=pain,
                   morning=morning, next_day_worse=False, sharp=sharp)  # fmt: skip
    rows = (DayFacts(DAY), DayFacts(DAY + timedelta(days=1), mark, RunDay(None, None, None, None)))
    return judge(K.ladders[ladder], 0, Days(PLAN, rows), 1, K, yellows=yellows).verdict


FRIENDLY = [Verdict.DONE, Verdict.QUIET_ACHE, Verdict.REPEAT, Verdict.BACK, Verdict.LOCKED]


@given(
    st.sampled_from(sorted(K.ladders)), st.sampled_from([Light.GREEN, Light.YELLOW, Light.RED]), st.floats(0, 10),
    st.floats(0, 10), st.floats(0, 3), st.integers(0, 2),
)  # fmt: skip
def test_more_pain_never_makes_the_verdict_friendlier(ladder, light, pain, more, morning, yellows):
    """Nor does a darker light, a yellow before it, or a sharp pain."""
    at = FRIENDLY.index(verdict(ladder, light, pain, morning, yellows))
    assert FRIENDLY.index(verdict(ladder, light, max(pain, more), morning, yellows)) >= at
    assert FRIENDLY.index(verdict(ladder, Light.RED, pain, morning, yellows)) >= at
    assert FRIENDLY.index(verdict(ladder, light, pain, morning, yellows + 1)) >= at
    assert FRIENDLY.index(verdict(ladder, light, pain, morning, yellows, sharp=True)) >= at


def test_strides_in_a_step_fit_into_its_minutes():
    step = next(s for s in K.ladders["muscle"].steps if s.percent_low is not None)
    easy, stride, back = session_steps(step, K)
    assert stride.percent == (50, 60)
    assert easy.seconds + stride.repeat * (stride.seconds + back.seconds) == step.minutes * 60
