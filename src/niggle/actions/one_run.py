"""One run, one session: which recordings are of the same run, and which of them speaks for it. Pure.

The rule stands in docs/explanation/one-run-one-session.md. It looks at nothing but the recordings themselves, so the
order in which archives were imported does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from niggle.core.session import RUN_SPORTS, Sport

OVERLAP_SHARE: Final = 0.8  # of the shorter one
SAME_START_S: Final = 60.0
SAME_DISTANCE_SHARE: Final = 0.05  # of the longer one
FORGOTTEN_S: Final = 6 * 3600.0  # a recording that stood still longer than this was left on: its timer counts

_ON_FOOT: Final = RUN_SPORTS | {Sport.WALK, Sport.HIKE}


@dataclass(frozen=True, slots=True)
class Heard:
    """What of a recording the rule looks at. `from_watch`: a FIT file or one that names its device."""

    id: int
    key: str
    sport: Sport
    start_s: float  # unix seconds
    length_s: float  # see `length_s`
    distance_m: float | None
    streams: int  # how many kinds of streams
    records: int
    from_watch: bool

    @property
    def end_s(self) -> float:
        return self.start_s + self.length_s

    @property
    def rank(self) -> tuple[int, int, bool, str]:
        """Speaks before others when smaller: most streams, most records, from a watch, then the key (no tie left)."""
        return (-self.streams, -self.records, not self.from_watch, self.key)


def length_s(elapsed_s: float | None, timer_s: float | None, moving_s: float | None) -> float:
    """How long a recording lasted: from first start to last stop, unless it was forgotten for hours afterwards."""
    worked = timer_s if timer_s is not None else moving_s
    if elapsed_s is None:
        return worked or 0.0
    if worked is not None and elapsed_s > worked + FORGOTTEN_S:
        return worked
    return elapsed_s


def compatible(one: Sport, other: Sport) -> bool:
    """Could two sources call the same session so? Feet are feet; `other` may be anything."""
    return one is other or (one in _ON_FOOT and other in _ON_FOOT) or Sport.OTHER in (one, other)


def same_run(one: Heard, other: Heard) -> bool:
    """Compatible, and the shorter lies to 80 % inside the longer, or start within 60 s and distance within 5 %."""
    if not compatible(one.sport, other.sport):
        return False
    shorter = min(one.length_s, other.length_s)
    common = min(one.end_s, other.end_s) - max(one.start_s, other.start_s)
    if shorter > 0 and common >= OVERLAP_SHARE * shorter:
        return True
    if abs(one.start_s - other.start_s) > SAME_START_S or one.distance_m is None or other.distance_m is None:
        return False
    return abs(one.distance_m - other.distance_m) <= SAME_DISTANCE_SHARE * max(one.distance_m, other.distance_m)


def speakers(heard: Iterable[Heard]) -> dict[int, int]:
    """Recording -> the recording that speaks for its run (itself, for one that does).

    The best-ranked ones are asked first; each joins the first speaker whose run it is of, or becomes one. Joining
    goes by speakers only, so that a chain of overlapping recordings does not melt into one long run.
    """
    speaks: dict[int, int] = {}
    for group in _touching(sorted(heard, key=lambda h: (h.start_s, h.key))):
        found: list[Heard] = []
        for one in sorted(group, key=lambda h: h.rank):
            of = next((s for s in found if same_run(s, one)), one)
            if of is one:
                found.append(one)
            speaks[one.id] = of.id
    return speaks


def _touching(ordered: Sequence[Heard]) -> Iterator[list[Heard]]:
    """Groups that overlap or begin within SAME_START_S of another; most groups have one member."""
    group: list[Heard] = []
    until = float("-inf")
    for one in ordered:
        if group and one.start_s > until:
            yield group
            group, until = [], float("-inf")
        group.append(one)
        until = max(until, one.end_s, one.start_s + SAME_START_S)
    if group:
        yield group
