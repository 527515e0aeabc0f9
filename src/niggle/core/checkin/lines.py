"""Every complaint's series and its events, kept by a caller who asks day after day: only the newest days are put
together anew. It changes nothing but time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter, itemgetter
from typing import Final, TypeVar

from niggle.core.checkin.series import Complaint, Series, joined, series
from niggle.core.checkin.types import CheckIn

T = TypeVar("T")
Event = tuple[date, CheckIn | None]  # what she said of it that day; None: that nothing hurts

_DAY: Final = attrgetter("on")
_DAY_OF_EVENT: Final = itemgetter(0)


@dataclass(slots=True)
class Line:
    """One complaint. events: its check-ins and quiet days in order. last: the place of the newest check-in among them.

    same: so many events from the first one on are as they were the last time.
    """

    series: Series
    events: list[Event]
    last: int
    same: int = 0


class Lines:
    """The complaints of one runner in order of first mention."""

    def __init__(self) -> None:
        self.known: tuple[CheckIn, ...] = ()
        self.of: dict[Complaint, Line] = {}
        self._first: dict[Complaint, int] = {}  # where in `known` each place was mentioned first

    def meet(self, known: tuple[CheckIn, ...]) -> None:
        """What is known now, folded and in order of days."""
        begin = same_beginning(self.known, known)
        changed = [c.on for c in (*self.known[begin : begin + 1], *known[begin : begin + 1])]
        self.known = known
        if not changed:
            for line in self.of.values():
                line.same = len(line.events)
            return
        since = min(changed)
        begin = bisect_left(known, since, hi=begin, key=_DAY)
        self._first = {place: n for place, n in self._first.items() if n < begin}
        by_site: dict[str | None, list[CheckIn]] = {}
        for n, checkin in enumerate(known[begin:], begin):
            self._first.setdefault((checkin.site, checkin.side), n)
            by_site.setdefault(checkin.site, []).append(checkin)
        quiet = by_site.get(None, [])
        before, self.of = self.of, {}
        for site, side in joined(self._first):
            old = before.get((site, side))
            if old is None:
                line = _line(series([c for c in known if c.site is None or c.site == site], site, side))
            else:
                said = quiet if site is None else [*by_site.get(site, ()), *quiet]
                line = _continued(old, series(said, site, side), since)
            self.of[site, side] = line


def _line(found: Series) -> Line:
    return _whole(found, _events(found), 0)


def _whole(found: Series, events: list[Event], same: int) -> Line:
    return Line(found, events, bisect_left(events, found.days[-1].on, key=_DAY_OF_EVENT), same)


def _events(found: Series) -> list[Event]:
    events: list[Event] = [(c.on, c) for c in found.days]
    events += [(d, None) for d in found.quiet_days]
    events.sort(key=_DAY_OF_EVENT)
    return events


def _continued(line: Line, more: Series, since: date) -> Line:
    """The line with the days from `since` on put anew."""
    old = line.series
    days = old.days[: bisect_left(old.days, since, key=_DAY)] + more.days
    quiet = old.quiet_days[: bisect_left(old.quiet_days, since)] + more.quiet_days
    if days == old.days and quiet == old.quiet_days:
        line.same = len(line.events)
        return line
    kept = bisect_left(line.events, since, key=_DAY_OF_EVENT)
    fresh = _events(more)
    # a late word about an earlier day moves the beginning, and with it every state's first day
    same = kept + same_beginning(line.events[kept:], fresh) if days[0].on == old.days[0].on else 0
    return _whole(Series(old.site, old.side, days, quiet), [*line.events[:kept], *fresh], same)


def same_beginning(a: Sequence[T], b: Sequence[T]) -> int:
    """How many items of two lists (or two tuples) are equal, from the first on. Most of it is the same, and halves
    are compared at once."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
