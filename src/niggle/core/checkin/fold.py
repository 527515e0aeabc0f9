"""Folding: several entries of one day and complaint become one CheckIn. The order in which they arrive is irrelevant.

The higher pain and the "yes" win. Where "yes" reassures (back at baseline, fades on moving, sore on both sides) the
"no" wins. The only way down is an entry that says it corrects an earlier one: then the earlier one is void.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any, Final

from niggle.core.body import SITES, Side
from niggle.core.checkin.types import Answers, CheckIn, Entry, Quality, Stiffness

_Place = tuple[date, str | None, Side | None]  # a day, and where it hurts
_QUALITY_ORDER: Final = (Quality.DULL, Quality.TIGHT, Quality.BURNING, Quality.SHARP, Quality.ELECTRIC)
_STIFFNESS_ORDER: Final = (Stiffness.BETTER, Stiffness.SAME, Stiffness.WORSE)
# "yes" here would excuse a sign, so one "no" of the day is enough to lose the excuse
REASSURING: Final = frozenset({"baseline_by_24h", "posture_fades", "diffuse_both_sides"})
_LESS_IS_WORSE: Final = frozenset({"onset_km", "sleep_h"})


def _latest(values: Sequence[Any]) -> Any:
    return values[-1]


def _findings(values: Sequence[tuple[tuple[str, bool], ...]]) -> tuple[tuple[str, bool], ...]:
    merged: dict[str, bool] = {}
    for pairs in values:
        for name, answer in pairs:
            merged[name] = merged.get(name, False) or answer
    return tuple(sorted(merged.items()))


def _rule_of(name: str) -> Callable[[Sequence[Any]], Any]:
    if name == "findings":
        return _findings
    if name == "posture":
        return _latest
    if name == "quality":
        return lambda values: max(values, key=_QUALITY_ORDER.index)
    if name == "stiffness":
        return lambda values: max(values, key=_STIFFNESS_ORDER.index)
    return min if name in REASSURING or name in _LESS_IS_WORSE else max


_MERGE: Final[Mapping[str, Callable[[Sequence[Any]], Any]]] = {f.name: _rule_of(f.name) for f in fields(Answers)}
_ALL_OF: Final = attrgetter(*_MERGE)


def merge_answers(answers: Sequence[Answers]) -> Answers:
    """The most careful reading of several answers, oldest first. What was not answered overrides nothing."""
    if len(answers) == 1:
        return answers[0]
    merged: dict[str, Any] = {}
    for (name, rule), given in zip(_MERGE.items(), zip(*map(_ALL_OF, answers), strict=True), strict=True):
        if given.count(None) < len(given):
            merged[name] = rule([v for v in given if v is not None])
    return Answers(**merged)


def _key(site: str | None, side: Side | None) -> tuple[str | None, Side | None]:
    """Where a complaint sits. The middle of the body has no side to speak of."""
    place = SITES.get(site) if site is not None else None
    return site, side if place is not None and place.paired else None


def merge(checkins: Sequence[CheckIn]) -> CheckIn:
    """Several check-ins of one day about one complaint as one; the first one's place is kept."""
    first = checkins[0]
    if len(checkins) == 1:
        return first
    return CheckIn(
        first.on,
        first.site,
        first.side,
        merge_answers([c.answers for c in checkins]),
        tuple(dict.fromkeys(i for c in checkins for i in c.entry_ids)),
        next((c.session_id for c in reversed(checkins) if c.session_id is not None), None),
        any(c.acute for c in checkins),
        frozenset().union(*(c.moments for c in checkins)),
    )


def _is_known(entry: Entry, until: date) -> bool:
    """By the end of `until`: about that day or earlier, and recorded by then. A morning-after entry speaks of the day
    of the run but is recorded a day later, so it is not yet known on the day of the run."""
    return entry.on <= until and entry.recorded_at.date() <= until


def in_force(known: list[Entry]) -> list[Entry]:
    """Without those that a later entry corrects, and without those that only take one back. known: oldest first."""
    if all(e.corrects is None for e in known):
        return known
    place = {e.id: i for i, e in enumerate(known)}
    # only what was there before can be corrected: two entries that correct each other cannot both vanish
    gone = {e.corrects for i, e in enumerate(known) if e.corrects is not None and place.get(e.corrects, i) < i}
    return [e for e in known if e.id not in gone and not e.withdraws]


_BY_TIME: Final = attrgetter("recorded_at", "id")


def _by_day(checkin: CheckIn) -> tuple[date, str, str]:
    return checkin.on, checkin.site or "", checkin.side or ""


class Folded:
    """What was folded before, for a caller who folds day after day. It changes nothing but time.

    Where the entries are those of the last time and some more, only these are looked at; a day of which nothing new
    was said keeps its very CheckIn.
    """

    def __init__(self) -> None:
        self.groups: dict[_Place, tuple[list[Entry], CheckIn]] = {}
        self.entries: tuple[Entry, ...] = ()  # as they were given last
        self.until = date.min
        self.waiting: list[Entry] = []  # of these, not yet known by then
        self.named: set[str] = set()  # entries that another one corrects, or wants to
        self.found: tuple[CheckIn, ...] = ()

    def fold(self, entries: tuple[Entry, ...], until: date) -> tuple[CheckIn, ...]:
        news = self._news(entries, until)
        if news is None:
            self._start(entries, until)
        elif news:
            self._add(news)
        return self.found

    def _news(self, entries: tuple[Entry, ...], until: date) -> list[Entry] | None:
        """What is known now and was not the last time; None where more than that may have changed."""
        had = len(self.entries)
        if not had or until < self.until or entries[:had] != self.entries:
            return None
        news, waiting = _parted((*self.waiting, *entries[had:]), until)
        if any(e.corrects is not None or e.id in self.named for e in news):
            return None
        self.entries, self.until, self.waiting = entries, until, waiting
        return news

    def _start(self, entries: tuple[Entry, ...], until: date) -> None:
        known, self.waiting = _parted(entries, until)
        known.sort(key=_BY_TIME)
        self.entries, self.until = entries, until
        self.named = {e.corrects for e in entries if e.corrects is not None}
        before, self.groups = self.groups, {}
        for place, group in _grouped(in_force(known)):
            had = before.get(place)
            # the very entries of the last time compare by identity
            self.groups[place] = had if had is not None and had[0] == group else (group, _together(place, group))
        self.found = tuple(sorted((c for _, c in self.groups.values()), key=_by_day))

    def _add(self, news: list[Entry]) -> None:
        found = list(self.found)
        for place, more in _grouped(news):
            before, old = self.groups.get(place, ([], None))
            group = sorted((*before, *more), key=_BY_TIME)
            new = _together(place, group)
            self.groups[place] = group, new
            at = bisect_left(found, _by_day(new), key=_by_day)
            found[at : at + (old is not None)] = [new]
        self.found = tuple(found)


def fold(entries: Iterable[Entry], *, until: date, before: Folded | None = None) -> tuple[CheckIn, ...]:
    """One CheckIn per day and complaint from what was known at the end of `until`, oldest first."""
    return (before or Folded()).fold(tuple(entries), until)


def _parted(entries: Iterable[Entry], until: date) -> tuple[list[Entry], list[Entry]]:
    """(known by then, not yet known)."""
    known: list[Entry] = []
    waiting: list[Entry] = []
    for entry in entries:
        (known if _is_known(entry, until) else waiting).append(entry)
    return known, waiting


def _grouped(entries: Iterable[Entry]) -> Iterable[tuple[_Place, list[Entry]]]:
    groups: dict[_Place, list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.on, *_key(entry.site, entry.side)), []).append(entry)
    return groups.items()


def _together(place: _Place, group: Sequence[Entry]) -> CheckIn:
    return CheckIn(
        *place,
        merge_answers([e.answers for e in group]),
        tuple(dict.fromkeys(e.id for e in group)),
        next((e.session_id for e in reversed(group) if e.session_id is not None), None),
        any(e.acute for e in group),
        frozenset(e.moment for e in group if e.moment is not None),
    )
