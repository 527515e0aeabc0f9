"""The plan's seconds put on a figure: which phase of the movement goes up, which goes down, which holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from niggle.core.exercise import Tempo

# the figures' own words for a phase; its first word tells, or, where no phase begins with such a word, any word of it
_UP: Final = frozenset(
    ["up", "rise", "lift", "push", "drive", "stand", "raise", "press", "pull", "open", "forward", "outward"]
)
_DOWN: Final = frozenset({"lower", "down", "sink", "drop", "bend", "sit", "hinge", "lean", "let", "close", "back"})
_HOLD: Final = frozenset({"hold", "stay", "pause"})
_STRIP: Final = re.compile(
    r'd="((?:M-?[\d.]+[ -][\d.]+H-?[\d.]+)+)"/>(?:<circle.*?</circle>)?(<g[^>]*text-anchor="middle">)(.*?)</g>', re.S
)
_SPAN: Final = re.compile(r"M(-?[\d.]+)[ -][\d.]+H(-?[\d.]+)")
_LABEL: Final = re.compile(r'<text x="(-?[\d.]+)"( y="-?[\d.]+")>[^<]*</text>')
_NEAR: Final = 0.5  # drawing units: both ends of a piece are rounded to a tenth


def set_tempo(phases: list[dict[str, Any]], tempo: Tempo) -> None:
    """The plan's seconds for the phases that go up, go down and hold; what only gets ready keeps the figure's.

    Where the words do not tell which phase goes up and which goes down, nothing is changed.
    """
    ups, downs = _of(phases, _UP, _DOWN), _of(phases, _DOWN, _UP)
    if not ups or not downs:
        return
    for at in ups:
        phases[at]["seconds"] = tempo.up_s
    for at in downs:
        phases[at]["seconds"] = tempo.down_s
    for at in _of(phases, _HOLD, frozenset()):
        phases[at]["seconds"] = tempo.hold_s


def _of(phases: Sequence[Mapping[str, Any]], words: frozenset[str], others: frozenset[str]) -> list[int]:
    said = [(i, str(p["word"]).casefold().replace(",", " ").split()) for i, p in enumerate(phases) if not p["cut"]]
    first = [i for i, each in said if each[:1] and each[0] in words]
    return first or [i for i, each in said if words & set(each) and each[0] not in others | _HOLD]


def with_seconds(svg: str, phases: Sequence[Mapping[str, Any]]) -> str:
    """The drawing with these seconds below the pieces of its tempo; as it was where its strip is another."""
    found = _STRIP.search(svg)
    timed = [p for p in phases if not p["cut"]]
    spans = [] if found is None else [(float(a), float(b)) for a, b in _SPAN.findall(found[1])]
    if found is None or len(spans) != len(timed):
        return svg

    def told(label: re.Match[str]) -> str:
        at = float(label[1])
        mine = next((p for (a, b), p in zip(spans, timed, strict=True) if abs((a + b) / 2 - at) < _NEAR), None)
        if mine is None:
            return label[0]
        said = f"{float(mine['seconds']):g} s" if mine["seconds"] else ""  # a hold that the plan leaves out
        return f'<text x="{label[1]}"{label[2]}>{said}</text>'

    return svg[: found.start(3)] + _LABEL.sub(told, found[3]) + svg[found.end(3) :]
