"""Random requests for a week."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from tests.core.week.sample import MON, K, at, item
from tests.scheduler.worst import window

from niggle.core.outcomes import Light
from niggle.core.plan import Availability, WeekItem, WeekPlan, Wish, WishKind
from niggle.core.protocol import Phase
from niggle.core.week import Spacing, Surroundings

_MINUTES = st.sampled_from([10.0, 20.0, 28.5, 30.0, 31.0, 45.0, 52.3, 60.0, 75.0, 90.0])
_STRESSOR = st.sampled_from([None, None, None, "strides", "uphill", "speed"])


@st.composite
def week_items(draw: st.DrawFn, least: int = 0, most: int = 11) -> tuple[WeekItem, ...]:
    """Items of any kind; those flags that a kind can have."""
    found = []
    for n in range(draw(st.integers(least, most))):
        kind = draw(st.sampled_from(list(K)))
        strength = kind in (K.STRENGTH_A, K.STRENGTH_B, K.STRENGTH)
        heavy = strength and draw(st.booleans())
        found.append(
            item(
                kind,
                draw(_MINUTES),
                f"{kind.value}-{n}",
                metres=draw(st.sampled_from([None, 5000.0, 8000.0])),
                heavy=heavy,
                heavy_calf=heavy and draw(st.booleans()),
                plyometric=kind is K.STRENGTH_A and draw(st.booleans()),
                descent=kind is K.RUN_LONG and draw(st.booleans()),
                steady_block=kind is K.RUN_MEDIUM and draw(st.booleans()),
                gym=strength and draw(st.booleans()),
                optional=draw(st.booleans()),
                new_stressor=draw(_STRESSOR),
                on=MON + timedelta(days=draw(st.integers(0, 6))) if draw(st.integers(0, 9)) == 0 else None,
            )
        )
    return tuple(found)


wishes = st.lists(
    st.one_of(
        st.builds(
            Wish,
            st.sampled_from(
                [
                    WishKind.LONG_RUN_ON,
                    WishKind.STRENGTH_ON,
                    WishKind.REST_ON,
                    WishKind.RUN_ON,
                    WishKind.CROSS_TRAINING_ON,
                ]
            ),
            st.integers(0, 6),
        ),
        st.builds(
            Wish, st.just(WishKind.NOTHING_BEFORE), st.none() | st.integers(0, 6), st.sampled_from([420, 600, 1090])
        ),
        st.builds(Wish, st.just(WishKind.RUNS_PER_WEEK), st.none(), st.integers(0, 5)),
    ),
    max_size=4,
).map(tuple)

availabilities = st.builds(
    Availability,
    windows=st.lists(
        st.builds(
            window,
            st.integers(0, 6),
            st.sampled_from([6.0, 6.5, 9.0, 12.0, 17.5, 18.0, 20.0]),
            st.sampled_from([0, 30, 45, 60, 90, 150, 240]),
            st.booleans(),
        ),
        max_size=9,
    ).map(tuple),
    gym_visits=st.sampled_from([None, 0, 1, 2]),
    wishes=wishes,
)


@st.composite
def surroundings(draw: st.DrawFn) -> Surroundings:
    before = []
    for n, what in enumerate(draw(week_items(most=4))):
        back = draw(st.integers(1, 7))
        hour = draw(st.sampled_from([7.0, 18.0, 21.0]))
        before.append(at(replace(what, id=f"before-{n}", on=None), MON - timedelta(days=back), hour, done=True))
    return Surroundings(
        start=MON,
        today=MON + timedelta(days=draw(st.integers(-3, 6))),
        before=tuple(before),
        light=draw(st.sampled_from(list(Light))),
        quiet=draw(st.sampled_from([None, True, False])),
        pain=draw(st.sampled_from([None, 0.0, 3.0, 3.5])),
        careful_sessions=draw(st.sampled_from([None, 0, 1, 2])),
        running=draw(st.booleans()) or draw(st.booleans()),
        runs_from=draw(st.sampled_from([None, MON, MON + timedelta(days=3)])),
        plan_open=draw(st.booleans()),
        phase=draw(st.sampled_from([None, *Phase])),
        spacing=draw(st.sampled_from(list(Spacing))),
        avoid_descents=draw(st.booleans()),
        cutback_due=draw(st.booleans()),
        peak_run_m=draw(st.sampled_from([None, 20000.0])),
        peak_run_min=draw(st.sampled_from([None, 150.0])),
        most_run_m=draw(st.sampled_from([None, 12000.0])),
        most_run_min=draw(st.sampled_from([None, 90.0])),
        not_on=frozenset(MON + timedelta(days=d) for d in draw(st.sets(st.integers(0, 6), max_size=3))),
        no_run_on=frozenset(MON + timedelta(days=d) for d in draw(st.sets(st.integers(0, 6), max_size=2))),
        no_cross_on=frozenset(MON + timedelta(days=d) for d in draw(st.sets(st.integers(0, 6), max_size=2))),
    )


@st.composite
def calendars(draw: st.DrawFn, items: tuple[WeekItem, ...]) -> WeekPlan | None:
    """A last calendar of some of these items, anywhere in a week."""
    if draw(st.booleans()):
        return None
    start = MON - timedelta(days=draw(st.sampled_from([0, 7])))
    days, hours = st.integers(0, 6), st.sampled_from([7.0, 18.0])
    kept = [what for what in items if draw(st.booleans())]
    return WeekPlan(start, start, tuple(at(i, start + timedelta(days=draw(days)), draw(hours)) for i in kept))
