"""What a planned run would do, in sentences."""

from __future__ import annotations

from typing import Final

from niggle.core.reasons import Weight
from niggle.core.spikes import GateState, WhatIf
from niggle.wording.units import Units, percent

VERDICTS: Final = {
    Weight.STOP: "Not this one: it is more than the rules allow.",
    Weight.CAUTION: "Possible, with care. It would be a jump.",
    Weight.INFO: "Nothing in your training speaks against it.",
}
CANNOT_SAY: Final = "Cannot say: there is no recent run to compare it with."


def verdict(answer: WhatIf) -> str:
    """The one line that stands first. Where nothing can be compared it is no "nothing speaks against it"."""
    if cannot_say(answer):
        return CANNOT_SAY
    return VERDICTS[answer.weight]


def cannot_say(answer: WhatIf) -> bool:
    """No rule speaks against it, but only because there is no run in the last 30 days to hold it against."""
    gate = answer.gate
    return answer.weight is Weight.INFO and gate.state is GateState.NOT_CALCULABLE and gate.longest_m is None


def whatif_lines(answer: WhatIf, units: Units) -> tuple[str, ...]:
    """The week it would come to, and how it stands to the longest run."""
    lines = [f"Your week would come to {units.distance(answer.week_m, 1)}."]
    if answer.gate.ratio is not None and answer.gate.longest_m is not None:
        lines.append(
            f"It is {percent(answer.gate.ratio)} of your longest run of the last 30 days "
            f"({units.distance(answer.gate.longest_m)})."
        )
    return tuple(lines)
