"""How a place on the body is said in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from niggle.core.body import SITES, Side
from niggle.core.reasons import FactValue

_WHERE_WORDS: Final = frozenset({"behind", "between", "deep", "just", "under", "where"})  # a name may begin with them


def place(site: str | None, side: Side | str | None) -> str:
    """Left front of the knee; the name alone where there is no side; "your body" for no place at all."""
    known = SITES.get(site) if site is not None else None
    if known is None:
        return "your body"
    name = known.lay.split(",")[0]
    if not known.paired or side in (None, Side.MIDDLE):
        return name
    return f"{name} on both sides" if side == Side.BOTH else f"{name} ({side})"


def where(facts: Mapping[str, FactValue]) -> str:
    """The place that the facts of a reason speak of."""
    site, side = facts.get("site"), facts.get("side")
    return place(site if isinstance(site, str) else None, side if isinstance(side, str) else None)


def your(spot: str) -> str:
    """Your groin (left), but the place under the heel (left): some names say where, not what."""
    first = spot.split(" ", 1)[0]
    return f"the place {spot}" if first in _WHERE_WORDS else spot if first == "your" else f"your {spot}"


def number(facts: Mapping[str, FactValue], name: str) -> float | None:
    """A fact that is a number; None if it is unknown."""
    value = facts.get(name)
    return None if value is None or isinstance(value, bool | str) else float(value)
