"""Rehab: where each plan stands, day by day, and what it prescribes."""

from niggle.core.rehab.types import (
    Due,
    ItemState,
    LeftOutItem,
    Life,
    Move,
    MoveKind,
    OutBecause,
    PlanState,
    Prescribed,
    Prescription,
)

__all__ = [
    "Due", "ItemState", "LeftOutItem", "Life", "Move", "MoveKind", "OutBecause", "PlanState", "Prescribed",
    "Prescription",
]  # fmt: skip
