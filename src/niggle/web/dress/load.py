"""The load page: weeks, spikes on the time line, each tissue against what it is used to, and what a plan would do."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from niggle.core.body import LOAD_TISSUES, LoadTissue
from niggle.core.history import History
from niggle.core.knowledge_types import Knowledge, Source
from niggle.core.reasons import Reason, Weight
from niggle.core.spikes import Spike, Week, WhatIf
from niggle.core.tissue import LoadWord, TissueSeries, TissueState
from niggle.core.units import M_PER_KM, M_PER_MILE
from niggle.figures.charts import Chart, DayMark, WeekBar, runs_over_time, tissue_balance, weekly_volume
from niggle.web.dress.reasons import ReasonCard, reason_cards
from niggle.web.dress.words import capital, plain_word
from niggle.wording.charts import LOAD_WORDS, spikes_title, tissue_title, weeks_title
from niggle.wording.load import STRESSORS
from niggle.wording.units import Units, percent
from niggle.wording.whatif import verdict, whatif_lines

WEEK_DAYS: Final = 7
MOST_REASONS: Final = 12
SHOWN: Final = 3  # reasons of a plan that stand open


@dataclass(frozen=True, slots=True)
class TissueLine:
    """One row of the list. share: this week's load over the usual one, None where nothing is usual yet."""

    id: str
    name: str
    share: float | None
    value: str
    word: str
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class WhatIfCard:
    say: str
    lines: tuple[str, ...]
    reasons: tuple[ReasonCard, ...]
    more_reasons: tuple[ReasonCard, ...] = ()


def per_unit(units: Units) -> float:
    """Metres in the reader's unit of distance."""
    return M_PER_KM if units.distance_unit == "km" else M_PER_MILE


def weeks_chart(weeks: Sequence[Week], units: Units, on: date | None = None) -> Chart:
    title = weeks_title(weeks, units, on)
    if any(week.by_time for week in weeks):
        bars = [WeekBar(w.start, w.time_s / 3600, w.cutback, w.partial) for w in weeks]
        return weekly_volume(title, bars, "h")
    bars = [WeekBar(w.start, w.distance_m / per_unit(units), w.cutback, w.partial) for w in weeks]
    return weekly_volume(title, bars, units.distance_unit)


def spikes_chart(history: History, spikes: Sequence[Spike], first: date, weeks: int, units: Units) -> Chart:
    """A stick a running day since `first`; a day's heaviest spike gives it its name."""
    names: dict[date, str] = {}
    for spike in sorted(spikes, key=lambda s: s.reason.weight is not Weight.INFO):
        if spike.on >= first:
            names[spike.on] = STRESSORS.get(spike.code, plain_word(spike.code))
    metres: dict[date, float] = {}
    runs = history.is_run
    for day, distance in zip(history.day[runs].tolist(), history.distance_m[runs].tolist(), strict=True):
        on = date.fromordinal(day)
        if on >= first:
            metres[on] = metres.get(on, 0.0) + (0.0 if math.isnan(distance) else distance)
    for on in names:
        metres.setdefault(on, 0.0)
    marks = [DayMark(on, metres[on] / per_unit(units), names.get(on)) for on in sorted(metres)]
    return runs_over_time(spikes_title(tuple(names), weeks), marks, units.distance_unit)


def tissue_lines(
    states: Mapping[LoadTissue, TissueState], knowledge: Knowledge, chosen: LoadTissue, query: str, *, above: bool
) -> tuple[TissueLine, ...]:
    """Those above their usual, or all others: most above first, those not known last."""
    loud = (LoadWord.ABOVE, LoadWord.WELL_ABOVE, LoadWord.FAR_ABOVE)
    order = sorted(LOAD_TISSUES, key=lambda t: -1.0 if states[t].ratio is None else -float(states[t].ratio or 0) - 1)
    known = [t for t in order if states[t].ratio is not None]
    unknown = [t for t in order if states[t].ratio is None]
    shown = [t for t in (*known, *unknown) if (states[t].word in loud) is above]
    return tuple(_line(states[t], knowledge, chosen, query) for t in shown)


def _line(state: TissueState, knowledge: Knowledge, chosen: LoadTissue, query: str) -> TissueLine:
    name = capital(tissue_name(state.tissue, knowledge))
    word = LOAD_WORDS[state.word]
    value = "–" if state.ratio is None else percent(state.ratio)
    label = f"{name}: {word}" if state.ratio is None else f"{name}: {value} of its usual week, {word}"
    return TissueLine(
        state.tissue.value, name, state.ratio, value, word, label,
        f"?tissue={state.tissue.value}{query}#tissues", state.tissue is chosen,
    )  # fmt: skip


def tissue_name(tissue: LoadTissue, knowledge: Knowledge) -> str:
    return knowledge.tissues[tissue].name


def most_loaded(states: Mapping[LoadTissue, TissueState]) -> LoadTissue:
    """The tissue furthest above its usual: the one to look at first."""
    return max(LOAD_TISSUES, key=lambda t: states[t].ratio or 0.0)


def tissue_chart(series: TissueSeries, state: TissueState, knowledge: Knowledge) -> Chart:
    """Seven days' load of one tissue, and the seven days it is used to (the engine's own, read back from its ratio)."""
    at = LOAD_TISSUES.index(state.tissue)
    dose = series.dose[:, at]
    total = np.concatenate(([0.0], np.cumsum(dose)))
    days = list(series.days)
    keep = range(min(WEEK_DAYS - 1, max(0, len(days) - 1)), len(days))
    week = [float(total[i + 1] - total[max(0, i + 1 - WEEK_DAYS)]) for i in keep]
    usual: list[float] = []
    last = 0.0
    for i, load in zip(keep, week, strict=True):
        ratio = float(series.ratio[i, at])
        if ratio > 0 and load > 0:
            last = load / ratio
        usual.append(last)
    title = tissue_title(state, tissue_name(state.tissue, knowledge))
    return tissue_balance(title, [days[i] for i in keep], week, usual, unit="easy km in 7 days")


def spike_reasons(
    spikes: Sequence[Spike], sources: Mapping[str, Source], units: Units
) -> tuple[tuple[ReasonCard, ...], int]:
    """Cards of the newest spikes, each reason once, and how many were left out."""
    unique: dict[str, Reason] = {}
    for spike in sorted(spikes, key=lambda s: s.on, reverse=True):
        unique.setdefault(repr(spike.reason), spike.reason)
    reasons = list(unique.values())
    return reason_cards(reasons[:MOST_REASONS], sources, units), max(0, len(reasons) - MOST_REASONS)


def whatif_card(answer: WhatIf, knowledge: Knowledge, units: Units) -> WhatIfCard:
    reasons = reason_cards(answer.reasons, knowledge.sources, units)
    return WhatIfCard(verdict(answer), whatif_lines(answer, units), reasons[:SHOWN], reasons[SHOWN:])


def first_day(on: date, weeks: int) -> date:
    return on - timedelta(days=WEEK_DAYS * weeks - 1)
