"""What is shown on the body: pain from 0 to 10 at a site, or the load of a tissue against what it is used to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from niggle.core.body import SITES, LoadTissue, Side, nearest
from niggle.core.drawing import Drawing
from niggle.core.outcomes import Problem
from niggle.core.tissue import LoadWord

WORST: Final = 10.0
_KEYS: Final = ("site", "side", "intensity", "note")


class Kind(StrEnum):
    """The colour of a mark, and so a class of the style sheet."""

    PAIN = "bm-pain"
    ABOVE = "bm-above"  # load above what the tissue is used to
    USUAL = "bm-usual"  # load it is used to, or less


@dataclass(frozen=True, slots=True)
class Mark:
    """One place with its strength, 0 to 10. `note` is added to the place's name ("worst 4 of 10, on 6 days").

    side: LEFT, RIGHT or BOTH; of a place without sides it is not looked at."""

    site: str
    side: Side
    intensity: float
    note: str = ""
    kind: Kind = Kind.PAIN

    def lies_on(self, side: Side) -> bool:
        return not SITES[self.site].paired or self.side in (side, Side.BOTH, Side.MIDDLE)


# How strongly a word is shown, and in which colour; what is not known is not shown.
_LOADS: Final = {
    LoadWord.BELOW: (0.5, Kind.USUAL),
    LoadWord.USUAL: (2.0, Kind.USUAL),
    LoadWord.ABOVE: (3.0, Kind.ABOVE),
    LoadWord.WELL_ABOVE: (6.0, Kind.ABOVE),
    LoadWord.FAR_ABOVE: (10.0, Kind.ABOVE),
}


def from_loads(
    drawing: Drawing, words: Mapping[LoadTissue, LoadWord], notes: Mapping[LoadTissue, str]
) -> tuple[Mark, ...]:
    """A mark on both sides for every site that stands for a tissue: loads are kept for both legs together."""
    return tuple(
        Mark(site, Side.BOTH, *_shown(_LOADS[word], notes.get(tissue, "")))
        for tissue, word in words.items()
        if word in _LOADS
        for site in drawing.tissues[tissue]
    )


def _shown(shown: tuple[float, Kind], note: str) -> tuple[float, str, Kind]:
    return shown[0], note, shown[1]


def marks_from(plain: Any) -> tuple[Mark, ...] | tuple[Problem, ...]:
    """Marks from plain data: a list of {site, side, intensity, note}, all but the site optional; or every problem."""
    if not isinstance(plain, Sequence) or isinstance(plain, str):
        return (Problem("sites", "not a list of places", 'like [{"site": "achilles", "intensity": 4}]'),)
    marks: list[Mark] = []
    problems: list[Problem] = []
    for i, item in enumerate(plain):
        mark = _mark(f"sites[{i}]", item, problems)
        if mark is not None:
            marks.append(mark)
    return tuple(problems) or tuple(marks)


def _mark(at: str, item: Any, problems: list[Problem]) -> Mark | None:
    given = {"site": item} if isinstance(item, str) else item
    if not isinstance(given, Mapping):
        problems.append(Problem(at, "not a place", 'the id of a site, or {"site": …}'))
        return None
    found = len(problems)
    problems += [
        Problem(f"{at}.{key}", f"there is no field {key!r}", f"one of: {', '.join(_KEYS)}")
        for key in given
        if key not in _KEYS
    ]
    site = given.get("site")
    if not isinstance(site, str) or site not in SITES:
        near = nearest(site) if isinstance(site, str) else None
        said = f"there is no site {site!r}" if site is not None else "no site is named"
        problems.append(Problem(f"{at}.site", said, f"did you mean {near}?" if near else f"like {next(iter(SITES))}"))
    side = given.get("side", Side.BOTH.value)
    if side not in tuple(Side):
        problems.append(Problem(f"{at}.side", f"{side!r} is no side", f"one of: {', '.join(Side)}"))
    intensity = given.get("intensity", WORST / 2)
    if isinstance(intensity, bool) or not isinstance(intensity, int | float) or not 0 <= intensity <= WORST:
        problems.append(Problem(f"{at}.intensity", f"{intensity!r} is no intensity", "a number from 0 to 10"))
    note = given.get("note", "")
    if not isinstance(note, str):
        problems.append(Problem(f"{at}.note", "not a text", None))
    return None if len(problems) > found else Mark(str(site), Side(side), float(intensity), str(note))
