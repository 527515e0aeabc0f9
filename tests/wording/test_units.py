import pytest

from niggle.wording.units import IMPERIAL, METRIC, Units, days, pain, percent


@pytest.mark.parametrize(
    ("metres", "metric", "imperial"),
    [(400, "400 m", "0.25 mi"), (999, "999 m", "0.62 mi"), (1000, "1 km", "0.62 mi"), (12_400, "12.4 km", "7.7 mi"),
     (0, "0 m", "0 mi"), (None, "–", "–")],
)  # fmt: skip
def test_distance_follows_the_runners_unit(metres, metric, imperial):
    assert METRIC.distance(metres).replace("\u00a0", " ") == metric
    assert IMPERIAL.distance(metres).replace("\u00a0", " ") == imperial


def test_pace_and_speed_are_the_same_number_said_differently():
    assert METRIC.pace(1000 / 330) == "5:30\u00a0/km"
    assert IMPERIAL.pace(1609.344 / 531) == "8:51\u00a0/mi"
    assert Units("km", "speed").pace(3.0) == "10.8\u00a0km/h"
    assert Units("mi", "speed").pace(3.0) == "6.7\u00a0mph"
    assert METRIC.pace(0) == "–"


def test_durations_and_small_words():
    assert METRIC.duration(45 * 60).replace("\u00a0", " ") == "45 min"
    assert METRIC.duration(65 * 60).replace("\u00a0", " ") == "1 h 05 min"
    assert METRIC.duration(7200).replace("\u00a0", " ") == "2 h"
    assert METRIC.clock(3671) == "1:01:11"
    assert METRIC.height(1120).replace("\u00a0", " ") == "1,120 m"
    assert IMPERIAL.height(100).replace("\u00a0", " ") == "328 ft"
    assert percent(0.121, signed=True).replace("\u00a0", " ") == "+12 %"
    assert pain(3.5) == "3.5 of 10"
    assert pain(4) == "4 of 10"
    assert days(1) == "1 day"
