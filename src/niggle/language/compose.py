"""Findings that are several others at one place: swelling and warmth of a calf are more than either alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from niggle.language.shapes import Found, Span, Why

_SWELLING: Final = ("swelling", "joint_swollen", "whole_leg_swollen")
_WARMTH: Final = ("red_warm_tender",)
_INJURED: Final = ("twisted", "after_trauma", "pop", "foot_trapped_turned")
_COMPOSED: Final[Mapping[str, tuple[frozenset[str], tuple[tuple[str, ...], ...]]]] = {
    "calf_swollen_warm": (
        frozenset({"calf_inner", "calf_outer", "calf_deep"}), (("swelling", "whole_leg_swollen"), _WARMTH),
    ),
    "hot_joint": (
        frozenset({"knee_front", "knee_outer", "knee_inner", "knee_deep", "ankle_front", "ankle_outer", "ankle_inner",
                   "big_toe", "groin", "hip_front"}),
        (_SWELLING, _WARMTH),
    ),
}  # fmt: skip


def composed(findings: list[Found], sites: frozenset[str]) -> list[Found]:
    """What follows from findings at certain `sites`: all its parts said is a yes, one of them denied a no.

    It settles what the words left in doubt.
    """
    known = {f.finding: f for f in findings}
    found: list[Found] = []
    for name, (where, parts) in _COMPOSED.items():
        if (name in known and known[name].value is not None) or not where & sites:
            continue
        if name == "hot_joint" and any(known[i].value is True for i in _INJURED if i in known):
            continue  # a fresh injury warms a joint by itself
        told = [[known[p] for p in part if p in known] for part in parts]
        if all(any(f.value is True for f in part) for part in told):
            found.append(_joined(name, True, [f for part in told for f in part if f.value is True]))
        elif name == "calf_swollen_warm" and not any(f.value is False for f in told[0]):
            continue  # a clot need not redden the skin
        elif denied := [f for part in told if part and all(f.value is False for f in part) for f in part]:
            found.append(_joined(name, False, denied))  # a joint that is not warm is not hot, red and swollen
    return found


def _joined(name: str, value: bool, parts: list[Found]) -> Found:
    pairs: dict[Span, str] = {s: w for f in parts for s, w in zip(f.spans, f.words, strict=True)}
    spans = tuple(sorted(pairs))
    return Found(name, value, spans, tuple(pairs[s] for s in spans), True, Why.STATED if value else Why.DENIED)
