"""What keeps a phase though its gate may be open: only what belongs to the plan."""

from datetime import timedelta

import pytest
from tests.core.rehab.tale import DAY, K, Tale

from niggle.core.rehab.advance import day_of, holds
from niggle.core.rehab.book import Book
from niggle.core.rehab.days import days_of


def held(tale: Tale, n: int):
    book = Book.of(tale.plan, K)
    days = days_of(tale.plan, tale.life(n), book)
    index = days.index(DAY + timedelta(days=n))
    return holds(day_of(tale.state(n - 1), days, index, book))


@pytest.mark.parametrize(("last", "says"), [(-1, None), (0, ("RP-R01", "last_run_not_final"))])
def test_a_run_of_before_the_plan_holds_no_phase(last, says):
    """Its morning after was never told."""
    tale = Tale("plantar-fasciitis", before_week_m=30_000.0).calm(range(-3, last))
    tale.run(last, 40, 6.0, say=False)
    tale.say(last, pain_start=0.0, pain_max=0.0, pain_end=0.0)
    for n in range(last + 1, 4):
        tale.say(n, pain_evening=0.0, limp=False)
    assert held(tale, 3) == says
