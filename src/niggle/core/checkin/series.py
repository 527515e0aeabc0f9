"""One complaint through time: what is usual for her, since when it hurts, and whether it is getting better.

Same complaint: the same site on the same side; BOTH, or no side given, meets either side. All windows look backwards
from the day asked about, that day included unless said otherwise.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta
from itertools import islice, pairwise
from operator import attrgetter
from statistics import median
from typing import Final

from niggle.core.body import Side
from niggle.core.checkin.fold import merge
from niggle.core.checkin.types import CheckIn, Stiffness
from niggle.core.values import value

Complaint = tuple[str | None, Side | None]

BASELINE_MORNINGS: Final = 7  # rolling median of the last 7 morning values
BASELINE_MIN: Final = 3  # fewer mornings than this are no baseline yet
WEEK: Final = 7


def same_complaint(site: str | None, side: Side | None, other_site: str | None, other_side: Side | None) -> bool:
    """Whether two places are one complaint."""
    if site != other_site:
        return False
    return side == other_side or side in _EITHER or other_side in _EITHER


_EITHER: Final = frozenset({None, Side.BOTH, Side.MIDDLE})


def speaks_after(checkin: CheckIn, on: date, site: str, side: Side | None) -> bool:
    """Whether it is a later word of that place than something told of the day `on`: of a later day, or the morning
    after. That nothing hurts at all speaks of every place."""
    if checkin.site is not None and not same_complaint(checkin.site, checkin.side, site, side):
        return False
    return checkin.on > on or (checkin.on == on and checkin.answers.pain_morning is not None)


_DAY: Final = attrgetter("on")


def _is_mild(checkin: CheckIn, mild: float) -> bool:
    """Whether pain up to `mild` is all that it speaks of."""
    return checkin.score is not None and checkin.score <= mild and not checkin.signs


@value(frozen=True, slots=True)
class Series:
    """The check-ins of one complaint, one a day, oldest first.

    `quiet_days` are the days on which she said that nothing hurts and did not mention this complaint.
    """

    site: str | None
    side: Side | None
    days: tuple[CheckIn, ...]
    quiet_days: tuple[date, ...] = ()

    def until(self, on: date) -> Series:
        return Series(
            self.site,
            self.side,
            tuple(c for c in self.days if c.on <= on),
            tuple(d for d in self.quiet_days if d <= on),
        )

    def baseline(self, before: date) -> float | None:
        """Median of the last 7 morning pain values of days before `before`; None with fewer than 3."""
        days = reversed(self.days[: bisect_left(self.days, before, key=_DAY)])
        mornings = (m for c in days if (m := c.answers.pain_morning) is not None)
        recent = tuple(islice(mornings, BASELINE_MORNINGS))
        return float(median(recent)) if len(recent) >= BASELINE_MIN else None

    def onset(self, on: date, gap_days: int) -> date | None:
        """First day of the episode still going on at `on`: symptomatic check-ins never more than gap_days apart.

        None when the last thing said (up to `on`) is that it does not hurt, or when nothing was said.
        """
        first: date | None = None
        for checkin in reversed(self.days[: bisect_right(self.days, on, key=_DAY)]):
            if first is None:
                quiet = self.quiet_days
                if not checkin.troubled or bisect_right(quiet, on) > bisect_right(quiet, checkin.on):
                    return None
                first = checkin.on
            elif (first - checkin.on).days > gap_days:
                break
            elif checkin.troubled:
                first = checkin.on
        return first

    def sore_days(self, first: date, on: date, run_days: Collection[date], mild: float, free_runs: int) -> int:
        """Days from `first`, the onset, to `on` without the stretches in which she ran free of a mild complaint.

        Such a stretch begins with the first day said to be free and lasts until it hurts again; it counts as free
        with `free_runs` days of running in it that were said to be free. A free week ends what was before it. A day
        that nobody speaks of is taken to be as the last one was. Where it ever was more than mild (a score above
        `mild`, or any sign beside the pain), every day counts.
        """
        told = [c for c in self.days if first <= c.on <= on]
        if not all(_is_mild(c, mild) for c in told if c.troubled):
            return (on - first).days
        sore = sorted(c.on for c in told if c.troubled)
        free = {c.on for c in told if c.score == 0 and not c.troubled} | set(self.quiet_days)
        count = 0
        again = on
        for before, after in reversed(list(pairwise(sore))):
            stretch = sorted(d for d in free if before < d < after)
            if sum(d in run_days for d in stretch) < free_runs:
                continue
            count += (again - after).days
            again = stretch[0]
            if (after - again).days >= WEEK:
                return count
        return count + (again - first).days

    def mean_score(self, first: date, last: date) -> float | None:
        days = self.days[bisect_left(self.days, first, key=_DAY) : bisect_right(self.days, last, key=_DAY)]
        values = [c.score for c in days if c.score is not None]
        quiet = bisect_right(self.quiet_days, last) - bisect_left(self.quiet_days, first)
        values += [0.0] * quiet
        return sum(values) / len(values) if values else None

    def improving(self, on: date, drop: float) -> bool | None:
        """Whether the mean daily score of the last 7 days is lower by `drop` points than that of the 7 days before.

        None where one of the two weeks has no score: nothing can be said. A rule of thumb of niggle's own.
        """
        late = self.mean_score(on - timedelta(days=WEEK - 1), on)
        early = self.mean_score(on - timedelta(days=2 * WEEK - 1), on - timedelta(days=WEEK))
        return None if late is None or early is None else early - late >= drop

    def weekly_means(self, on: date, weeks: int, value: Callable[[CheckIn], float | None]) -> tuple[float | None, ...]:
        """Means of `value` over the last `weeks` weeks ending at `on`, oldest first; None for an empty one."""
        sums: list[list[float]] = [[] for _ in range(weeks)]
        first = on - timedelta(days=WEEK * weeks - 1)
        for checkin in self.days[bisect_left(self.days, first, key=_DAY) : bisect_right(self.days, on, key=_DAY)]:
            if (v := value(checkin)) is not None:
                sums[weeks - 1 - (on - checkin.on).days // WEEK].append(v)
        return tuple(sum(w) / len(w) if w else None for w in sums)

    def stiffness_weeks(self, on: date, weeks: int) -> tuple[float | None, ...]:
        """Weekly means of morning stiffness, oldest first: minutes, or else -1 to 1 against usual."""
        minutes = self.weekly_means(on, weeks, lambda c: c.answers.stiffness_min)
        if all(m is not None for m in minutes):
            return minutes
        return self.weekly_means(on, weeks, _stiffness_step)


def _stiffness_step(checkin: CheckIn) -> float | None:
    match checkin.answers.stiffness:
        case None:
            return None
        case Stiffness.BETTER:
            return -1.0
        case Stiffness.SAME:
            return 0.0
        case _:
            return 1.0


def complaints(checkins: Iterable[CheckIn]) -> tuple[Complaint, ...]:
    """The complaints that the check-ins speak of, in order of first mention; (None, None) is "the whole of me".

    A check-in for both sides, or without a side, joins the left and right ones of its site where those exist.
    """
    return joined(dict.fromkeys((c.site, c.side) for c in checkins))


def joined(keys: Iterable[Complaint]) -> tuple[Complaint, ...]:
    """The complaints among the places that were mentioned, in the same order."""
    keys = tuple(keys)
    sided = {site for site, side in keys if side in (Side.LEFT, Side.RIGHT)}
    return tuple((site, side) for site, side in keys if side in (Side.LEFT, Side.RIGHT) or site not in sided)


def series(checkins: Sequence[CheckIn], site: str | None, side: Side | None) -> Series:
    """The check-ins of one complaint, merged to one a day."""
    days: dict[date, list[CheckIn]] = {}
    quiet: dict[date, None] = {}
    for checkin in checkins:
        if same_complaint(site, side, checkin.site, checkin.side):
            days.setdefault(checkin.on, []).append(checkin)
        elif checkin.site is None and not checkin.troubled:
            quiet[checkin.on] = None
    merged = [merge(days[on]) for on in sorted(days)]
    return Series(
        site, side, tuple(CheckIn(c.on, site, side, c.answers, c.entry_ids, c.session_id, c.acute, c.moments)
                          if (c.site, c.side) != (site, side) else c for c in merged),
        tuple(sorted(d for d in quiet if d not in days)),
    )  # fmt: skip


def stiffness_value(checkin: CheckIn) -> float | None:
    """Morning stiffness in minutes where she gave them, else -1 to 1 against her usual."""
    minutes = checkin.answers.stiffness_min
    return minutes if minutes is not None else _stiffness_step(checkin)
