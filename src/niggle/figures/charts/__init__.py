"""Charts as Vega-Lite specifications (what Altair builds and reads), with the table that stands behind each."""

from niggle.figures.charts.capacity import Result, results_over_time
from niggle.figures.charts.load import DayMark, WeekBar, runs_over_time, tissue_balance, weekly_volume
from niggle.figures.charts.spec import Chart, Table
from niggle.figures.charts.streams import session_stream

__all__ = ["Chart", "DayMark", "Result", "Table", "WeekBar", "results_over_time", "runs_over_time", "session_stream",
           "tissue_balance", "weekly_volume"]  # fmt: skip
