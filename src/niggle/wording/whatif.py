"""What a planned run would do, in sentences."""

from __future__ import annotations

from typing import Final

from niggle.core.reasons import Weight
from niggle.core.spikes import WhatIf
from niggle.wording.units import Units, percent

VERDICTS: Final = {
    Weight.STOP: "Not this one: it is more than the rules allow.",
    Weight.CAUTION: "Possible, with care. It would be a jump.",
    Weight.INFO: "Nothing in your training speaks against it.",
}


def whatif_lines(answer: WhatIf, units: Units) -> tuple[str, ...]:
    """The week it would come to, and how it stands to the longest run."""
    lines = [f"Your week would come to {units.distance(answer.week_m, 1)}."]
    if answer.gate.ratio is not None and answer.gate.longest_m is not None:
        lines.append(
            f"It is {percent(answer.gate.ratio)} of your longest run of the last 30 days "
            f"({units.distance(answer.gate.longest_m)})."
        )
    return tuple(lines)
