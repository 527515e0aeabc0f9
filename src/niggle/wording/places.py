"""How a place on the body is said in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from niggle.core.body import SITES, Side
from niggle.core.reasons import FactValue


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


def number(facts: Mapping[str, FactValue], name: str) -> float | None:
    """A fact that is a number; None if it is unknown."""
    value = facts.get(name)
    return None if value is None or isinstance(value, bool | str) else float(value)
