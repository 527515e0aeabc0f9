"""What a cell means: days, durations, distances, numbers, with a unit and without."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.readers.table_csv.tables import codes, one, sessions

from niggle.core.session import Sport
from niggle.readers.table_csv.cells import BadCell, duration_s, length_m, moment, number


def test_a_day_without_a_time_is_noon() -> None:
    run = one("date,km\n2025-03-02,10\n")
    assert run.start_utc == datetime(2025, 3, 2, 12, 0, tzinfo=UTC)
    assert "time_of_day_unknown" in codes(run)


def test_a_stated_zone_is_kept() -> None:
    run = one("date,km\n2025-03-02T23:30:00-05:00,10\n")
    assert run.start_utc == datetime(2025, 3, 3, 4, 30, tzinfo=UTC)
    assert run.utc_offset_s == -18000
    assert run.local_date == date(2025, 3, 2)


@pytest.mark.parametrize(
    ("distance", "dates", "days", "assumed"),
    [
        ("km", ["03/04/2025", "13/04/2025"], [date(2025, 4, 3), date(2025, 4, 13)], False),
        ("km", ["03/04/2025", "04/13/2025"], [date(2025, 3, 4), date(2025, 4, 13)], False),
        ("km", ["03/04/2025"], [date(2025, 4, 3)], True),
        ("miles", ["03/04/2025"], [date(2025, 3, 4)], True),
        ("km", ["04/04/2025"], [date(2025, 4, 4)], False),
    ],
)
def test_day_and_month_with_slashes(distance: str, dates: list[str], days: list[date], assumed: bool) -> None:
    items = sessions(f"date,{distance}\n" + "".join(f"{text},5\n" for text in dates))
    assert [item.local_date for item in items] == days
    assert ("date_order_assumed" in codes(items[0])) == assumed


@pytest.mark.parametrize(
    ("cells", "seconds"),
    [
        (["52", "45"], [3120, 2700]),
        (["3120", "2700"], [3120, 2700]),
        (["0:52", "0:45"], [3120, 2700]),
        (["52:00", "45:30"], [3120, 2730]),
        (["1:02:03", "45:30"], [3723, 2730]),
        (["52.5", "45"], [3150, 2700]),
        (["1h 2m", "45 min"], [3720, 2700]),
        (["PT52M", "PT1H2M3S"], [3120, 3723]),
    ],
)
def test_durations_without_a_unit_are_told_by_the_paces(cells: list[str], seconds: list[int]) -> None:
    rows = "".join(f"2025-03-0{day},10,{cell}\n" for day, cell in enumerate(cells, start=1))
    assert [item.timer_s for item in sessions("date,km,time\n" + rows)] == seconds


@pytest.mark.parametrize(
    ("header", "cell", "seconds"),
    [
        ("duration (min)", "90", 5400), ("duration_s", "90", 90), ("Dauer (h)", "1.5", 5400),
        ("duration (h:mm)", "1:30", 5400), ("duration (mm:ss)", "1:30", 90), ("Minuten", "90", 5400),
    ],
)  # fmt: skip
def test_durations_with_a_unit(header: str, cell: str, seconds: float) -> None:
    assert one(f"date,{header}\n2025-03-02,{cell}\n").timer_s == seconds


def test_a_distance_in_metres_is_told_by_its_size() -> None:
    near, far = one("date,distance\n2025-03-02,400\n"), one("date,distance\n2025-03-02,401\n")
    assert (near.distance_m, far.distance_m) == (400_000.0, 401.0)
    assert {"unit_assumed"} <= codes(near) & codes(far)


def test_duration_by_pace() -> None:
    assert one("date,km,pace\n2025-03-02,10,5:30\n").timer_s == 3300.0
    assert one("date,miles,pace\n2025-03-02,6,9:00 /mi\n").timer_s == pytest.approx(3240.0)


def test_types_and_tags() -> None:
    rows = "Cycling,\nSwimming,\nYoga,\nQuidditch,\n,\nRun,yes\n"
    text = "type,race,date,km\n" + "".join(f"{row},2025-03-02,5\n" for row in rows.split("\n")[:-1])
    items = sessions(text)
    assert [item.sport for item in items] == [
        Sport.RIDE, Sport.SWIM, Sport.OTHER, Sport.OTHER, Sport.RUN, Sport.RUN,
    ]  # fmt: skip
    assert ["sport_guessed" in codes(item) for item in items] == [False, False, False, True, False, False]
    assert items[-1].tags == {"race"}


@pytest.mark.parametrize(
    ("text", "comma", "value"),
    [
        ("8.5", False, 8.5), ("8,5", False, 8.5), ("8,5", True, 8.5), ("1,234", False, 1234.0), ("1,234", True, 1.234),
        ("1.234", True, 1234.0), ("1.234", False, 1.234), ("1.234,5", False, 1234.5), ("1,234.5", True, 1234.5),
        ("1 234,5", True, 1234.5), ("-3", False, -3.0), (".5", False, 0.5),
    ],
)  # fmt: skip
def test_numbers(text: str, comma: bool, value: float) -> None:
    assert number(text, comma)[0] == value


@pytest.mark.parametrize("text", ["", "x", "1-2", "8.5.", "inf", "1e5", "--3"])
def test_no_numbers(text: str) -> None:
    with pytest.raises(BadCell):
        length_m(text, "km", False)


def test_a_way_down_may_be_negative() -> None:
    assert one("date,km,descent\n2025-03-02,10,-120\n").descent_m == 120.0


def test_a_unit_in_the_cell_wins() -> None:
    assert length_m("5 mi", "km", False) == pytest.approx(8046.72)
    with pytest.raises(BadCell):
        length_m("5 furlongs", "km", False)
    with pytest.raises(BadCell):
        duration_s("5 km", "min", False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-03-02", date(2025, 3, 2)), ("2025/3/2", date(2025, 3, 2)), ("2.3.25", date(2025, 3, 2)),
        ("2 March 2025", date(2025, 3, 2)), ("2. März 2025", date(2025, 3, 2)), ("Mar 2, 2025", date(2025, 3, 2)),
        ("Sun, 2 Mar 2025", date(2025, 3, 2)), ("02-Mar-2025", date(2025, 3, 2)),
        ("2025-03-02 7:05", datetime.fromisoformat("2025-03-02T07:05")),
        ("02.03.2025, 15:24:49", datetime.fromisoformat("2025-03-02T15:24:49")),
        ("24 Dec 2020, 08:13:59", datetime.fromisoformat("2020-12-24T08:13:59")),
        ("Mar 2, 2025, 12:05:00 AM", datetime.fromisoformat("2025-03-02T00:05")),
        ("2025-03-02 12:05 pm", datetime.fromisoformat("2025-03-02T12:05")),
        ("2025-03-02T07:05:01.25Z", datetime(2025, 3, 2, 7, 5, 1, 250_000, UTC)),
    ],
)  # fmt: skip
def test_moments(text: str, expected: date) -> None:
    assert moment(text, None, True) == (expected, False)
