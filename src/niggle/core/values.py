"""Small values that are made by the thousand for one decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:

    def value(*, frozen: bool, slots: bool):
        """As `dataclass(frozen=True, slots=True)`, whose fields Python does not guard a second time.

        Equality, hash and `replace` are the same, and mypy lets nobody change a field. But a guarded field takes four
        times as long to set, and every guard would be paid each time one is made.
        """
        return dataclass(slots=slots, unsafe_hash=frozen)


__all__ = ["value"]
