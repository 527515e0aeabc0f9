"""Folding: several entries of one day and complaint become one CheckIn. The order in which they arrive is irrelevant.

The higher pain and the "yes" win. Where "yes" reassures (back at baseline, fades on moving, sore on both sides) the
"no" wins. The only way down is an entry that says it corrects an earlier one: then the earlier one is void.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
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


def merge_answers(answers: Sequence[Answers]) -> Answers:
    """The most careful reading of several answers, oldest first. What was not answered overrides nothing."""
    if len(answers) == 1:
        return answers[0]
    merged: dict[str, Any] = {}
    for name, rule in _MERGE.items():
        values = [v for a in answers if (v := getattr(a, name)) is not None]
        if values:
            merged[name] = rule(values)
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


def in_force(entries: Iterable[Entry], until: date) -> list[Entry]:
    """The entries known by the end of `until`, without those that a later entry corrects, oldest first.

    Known means: about that day or earlier, and recorded by then. A morning-after entry speaks of the day of the run but
    is recorded a day later, so it is not yet known on the day of the run.
    """
    known = sorted(
        (e for e in entries if e.on <= until and e.recorded_at.date() <= until), key=lambda e: (e.recorded_at, e.id)
    )
    place = {e.id: i for i, e in enumerate(known)}
    # only what was there before can be corrected: two entries that correct each other cannot both vanish
    gone = {e.corrects for i, e in enumerate(known) if e.corrects is not None and place.get(e.corrects, i) < i}
    return [e for e in known if e.id not in gone] if gone else known


class Folded:
    """Groups folded before, for a caller who folds day after day: a day of which nothing new was said stays as it is.

    It changes nothing but time.
    """

    def __init__(self) -> None:
        self.groups: dict[_Place, tuple[list[Entry], CheckIn]] = {}


def fold(entries: Iterable[Entry], *, until: date, before: Folded | None = None) -> tuple[CheckIn, ...]:
    """One CheckIn per day and complaint from what was known at the end of `until`, oldest first."""
    groups: dict[_Place, list[Entry]] = {}
    for entry in in_force(entries, until):
        groups.setdefault((entry.on, *_key(entry.site, entry.side)), []).append(entry)
    kept = {} if before is None else before.groups
    folded = []
    for place, group in groups.items():
        had = kept.get(place)
        # the very entries of the last time compare by identity
        if had is None or had[0] != group:
            had = kept[place] = (group, _together(place, group))
        folded.append(had[1])
    folded.sort(key=lambda c: (c.on, c.site or "", c.side or ""))
    return tuple(folded)


def _together(place: _Place, group: Sequence[Entry]) -> CheckIn:
    return CheckIn(
        *place,
        merge_answers([e.answers for e in group]),
        tuple(dict.fromkeys(e.id for e in group)),
        next((e.session_id for e in reversed(group) if e.session_id is not None), None),
        any(e.acute for e in group),
        frozenset(e.moment for e in group if e.moment is not None),
    )
