"""Session load: streams and totals agree, curves follow the sheets, strange recordings do no harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from math import exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.healthy.build import constant_run, knowledge

from niggle.core.body import LOAD_TISSUES, LoadTissue
from niggle.core.history import FEATURES
from niggle.core.load import CadenceLine, fit_cadence, session_doses, session_features
from niggle.core.session.types import Floats, Session, Sport, Streams

T = {t: i for i, t in enumerate(LOAD_TISSUES)}
START = datetime(2026, 3, 2, 7, tzinfo=UTC)


def doses(session: Session, preferred: CadenceLine | None = None) -> Floats:
    known = knowledge()
    return session_doses(session, known.tissues, known.parameters, preferred)


def totals(**given: float | None) -> Session:
    return Session(Sport.RUN, START, **given)  # type: ignore[arg-type]


def feature(session: Session, name: str) -> float:
    return float(session_features(session, knowledge().parameters)[FEATURES.index(name)])


def test_ten_easy_kilometres_count_ten_for_every_tissue() -> None:
    assert doses(totals(distance_m=10_000, moving_s=10_000 / 2.78)) == pytest.approx(np.full(12, 10), rel=2e-3)


@pytest.mark.parametrize("speed", [2.2, 2.78, 3.33, 4.0, 5.0])
@pytest.mark.parametrize("slope", [-0.06, -0.03, 0.0, 0.03, 0.06])
def test_streams_and_totals_agree(speed: float, slope: float) -> None:
    run = constant_run(speed, 3600, slope)
    assert doses(replace(run, streams=None)) == pytest.approx(doses(run), rel=0.08)


def test_level_streams_and_totals_agree_closely() -> None:
    run = constant_run(3.1, 3600, 0.0, cadence_spm=172)
    assert doses(replace(run, streams=None)) == pytest.approx(doses(run), rel=0.01)


@pytest.mark.parametrize(
    ("tissue", "per_step"),
    [
        (LoadTissue.TIBIA, 1.09**1.22),
        (LoadTissue.ACHILLES, (4 / 2.78) ** 0.38),
        (LoadTissue.PATELLOFEMORAL, (4 / 2.78) ** 0.64),
        (LoadTissue.HAMSTRING, (4 / 2.78) ** 2),
        (LoadTissue.HIP_ABDUCTORS, (4 / 2.78) ** 0.5),
    ],
)
def test_speed_curves_of_the_sheet(tissue: LoadTissue, per_step: float) -> None:
    strides_ratio = (150 + 6.012 * 4) / 120 * 3600 / 499.8
    assert doses(constant_run(4.0))[T[tissue]] == pytest.approx(strides_ratio * per_step**4, rel=0.01)


@pytest.mark.parametrize(("slope_deg", "sign"), [(3.0, 1), (-3.0, -1)])
def test_up_loads_achilles_and_spares_the_kneecap(slope_deg: float, sign: int) -> None:
    level = doses(constant_run())
    hill = doses(constant_run(slope=float(np.tan(np.radians(slope_deg)))))
    assert hill[T[LoadTissue.ACHILLES]] / level[T[LoadTissue.ACHILLES]] == pytest.approx(
        exp(4 * (0.0537 * slope_deg + 0.0003 * 9)), rel=0.03
    )
    assert bool(hill[T[LoadTissue.PATELLOFEMORAL]] < level[T[LoadTissue.PATELLOFEMORAL]]) is (sign > 0)


def test_slopes_beyond_six_degrees_count_as_six() -> None:
    assert doses(constant_run(slope=0.30)) == pytest.approx(doses(constant_run(slope=0.15)), rel=0.01)


def test_quicker_steps_than_preferred_spare_the_kneecap_and_load_the_hamstring() -> None:
    own = CadenceLine(150.0, 6.012)
    usual, quick = (doses(constant_run(cadence_spm=c), own) for c in (166.7, 180.0))
    per_stride = quick / usual / (180.0 / 166.7)
    assert per_stride[T[LoadTissue.PATELLOFEMORAL]] == pytest.approx((180 / 166.7) ** -8, rel=0.02)
    assert per_stride[T[LoadTissue.HAMSTRING]] == pytest.approx((180 / 166.7) ** 2.4, rel=0.02)


def test_a_watch_without_step_counter_is_no_other_way_of_running() -> None:
    with_steps, without = doses(constant_run(cadence_spm=160)), doses(constant_run())
    assert with_steps == pytest.approx(without, rel=0.06)


def test_walking_parts_count_by_time() -> None:
    walk = doses(constant_run(1.4, 3600))
    assert walk == pytest.approx([knowledge().tissues[t].strength_share["walk"] for t in LOAD_TISSUES], rel=0.01)


def test_slow_running_with_a_runners_step_rate_is_running() -> None:
    assert doses(constant_run(1.8, 3600, cadence_spm=165))[0] > 5 * doses(constant_run(1.8, 3600, cadence_spm=110))[0]


def test_cross_training() -> None:
    hour = {"moving_s": 3600.0}
    swim = doses(Session(Sport.SWIM, START, **hour))
    ride = doses(Session(Sport.RIDE, START, **hour))
    lift = doses(Session(Sport.STRENGTH, START, **hour))
    assert not swim.any()
    impact = [T[t] for t in (LoadTissue.TIBIA, LoadTissue.FOOT_BONES, LoadTissue.FEMORAL_NECK, LoadTissue.ACHILLES)]
    assert not ride[impact].any()
    assert ride[T[LoadTissue.QUADRICEPS]] > 0
    assert (lift > 0).all()


def test_absent_is_not_zero() -> None:
    assert np.isnan(doses(totals())).all()
    assert not doses(totals(distance_m=0.0, moving_s=600)).any()
    assert doses(totals(distance_m=5000))[0] == pytest.approx(5, rel=0.01)
    assert doses(totals(moving_s=1800))[0] == pytest.approx(5, rel=0.01)


def test_a_pause_of_the_watch_adds_nothing() -> None:
    run = constant_run(seconds=1200)
    assert run.streams is not None
    columns = {k: v.copy() for k, v in run.streams.columns.items()}
    columns["time_s"][600:] += 1800
    assert doses(replace(run, streams=Streams(columns))) == pytest.approx(doses(run), rel=0.02)


def test_noise_of_altitude_is_no_hill() -> None:
    run = constant_run()
    assert run.streams is not None
    noise = np.where(np.arange(len(run.streams)) % 2, 1.0, -1.0)
    columns = dict(run.streams.columns) | {"altitude_m": 500 + noise}
    noisy = replace(run, streams=Streams(columns))
    assert doses(noisy) == pytest.approx(doses(run), rel=0.02)
    assert feature(noisy, "steep_up_m") < 5


def test_features_of_intervals() -> None:
    speed = np.full(3601, 2.8)
    speed[1000:1090] = 5.0
    run = constant_run()
    assert run.streams is not None
    columns = dict(run.streams.columns)
    columns |= {"speed_mps": speed, "distance_m": np.concatenate(([0.0], np.cumsum(speed[1:])))}
    run = replace(run, streams=Streams(columns))
    assert feature(run, "best_20s_mps") == pytest.approx(5.0, rel=0.01)
    assert feature(run, "best_60s_mps") == pytest.approx(5.0, rel=0.01)
    assert feature(run, "best_400s_mps") == pytest.approx((90 * 5 + 310 * 2.8) / 400, rel=0.01)
    assert feature(run, "run_s") == pytest.approx(3600)
    assert feature(run, "walk_s") == 0


def test_features_of_a_climb() -> None:
    up = constant_run(2.2, 1800, 0.06)
    assert feature(up, "steep_up_m") == pytest.approx(0.06 * 2.2 * 1800, rel=0.05)
    assert feature(up, "steep_down_m") == 0
    assert feature(constant_run(2.2, 1800, 0.03), "steep_up_m") == 0
    assert np.isnan(session_features(totals(distance_m=5000), knowledge().parameters)).all()


def test_own_cadence_line() -> None:
    speed = np.linspace(2.2, 4.2, 2000)
    run = constant_run(seconds=1999)
    assert run.streams is not None
    columns = dict(run.streams.columns) | {"speed_mps": speed, "cadence_spm": 155 + 5 * speed}
    line = fit_cadence([replace(run, streams=Streams(columns))])
    assert line is not None
    assert (line.at_zero_spm, line.per_mps_spm) == (pytest.approx(155), pytest.approx(5))
    assert fit_cadence([constant_run(cadence_spm=170)]) is None  # one speed has no slope


columns_of_anything = st.integers(2, 40).flatmap(
    lambda n: st.tuples(
        st.lists(st.floats(0, 5000), min_size=n, max_size=n).map(sorted),
        st.lists(st.floats(0, 90_000), min_size=n, max_size=n).map(sorted),
        st.lists(st.one_of(st.floats(-5, 40), st.just(float("nan"))), min_size=n, max_size=n),
        st.lists(st.one_of(st.floats(-500, 9000), st.just(float("nan"))), min_size=n, max_size=n),
        st.lists(st.one_of(st.floats(0, 300), st.just(float("nan"))), min_size=n, max_size=n),
    )
)


@settings(max_examples=150, deadline=None)
@given(columns_of_anything, st.sampled_from(list(Sport)))
def test_any_columns_give_finite_doses(columns: tuple[list[float], ...], sport: Sport) -> None:
    names = ("time_s", "distance_m", "speed_mps", "altitude_m", "cadence_spm")
    streams = Streams({n: np.array(c, float) for n, c in zip(names, columns, strict=True)})
    session = Session(sport, START, distance_m=1000.0, moving_s=400.0, streams=streams)
    found = doses(session)
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    features = session_features(session, knowledge().parameters)
    assert (features[np.isfinite(features)] >= -1e-9).all()
