"""What is written out for speed gives the numbers of its plain form, to the last bit."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from niggle.core.load.doses import _median
from niggle.core.load.motion import _box

_VALUES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40)


@given(_VALUES)
def test_median(values: list[float]) -> None:
    assert _median(np.array(values)) == float(np.median(values))


@given(_VALUES, st.sampled_from([1, 3, 5, 7]))
def test_moving_mean(values: list[float], width: int) -> None:
    total = np.concatenate(([0.0], np.cumsum(values)))
    spans = [(max(i - width // 2, 0), min(i + width // 2 + 1, len(values))) for i in range(len(values))]
    shortened = [(total[last] - total[first]) / (last - first) for first, last in spans]
    expected = values if len(values) < width or width < 2 else shortened
    np.testing.assert_array_equal(_box(np.array(values), width), expected)
