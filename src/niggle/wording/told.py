"""What only the runner can tell of a day, as she would say it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# code of core.spikes.TOLD_CODES -> (what it is, a hint)
TELLABLE: Final[Mapping[str, tuple[str, str]]] = {
    "carried_weight": ("I carried extra weight", "A backpack, a child; also weight gained, or a pregnancy"),
    "day_load": ("A long day on my feet", "A shift standing or walking, a move"),
    "long_sitting": ("I sat for very long", "A journey, a day at the desk without a break"),
    "landing_change": ("I changed how I land", "More on the forefoot or on the heel than usual"),
    "surface_swap": ("I changed the ground I run on", ""),
    "one_sided_ground": ("The ground sloped to one side", "A slanted road or beach, always the same way"),
    "sprint": ("I sprinted or pushed off hard", "For a bus, in a game"),
    "plyometrics": ("I jumped a lot", "Jump training, a trampoline, a dance class"),
    "heavy_strength": ("I lifted heavy", ""),
    "mechanical_sign": ("Somebody found a cause in how I am built", "For example the legs differ in length"),
}
ASKED: Final = ("carried_weight", "day_load", "long_sitting", "landing_change", "mechanical_sign")  # in a check-in
