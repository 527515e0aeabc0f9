"""The ladder back to running: when it may begin, how each session counts, and what is added back afterwards."""

from niggle.core.ladder.elements import calf_family, element_gate, next_element, used
from niggle.core.ladder.judge import felt_next_morning, judge
from niggle.core.ladder.ready import is_ready, ladder_of, need_of, readiness_list, ready, strictest
from niggle.core.ladder.session import minutes_of, session_steps, strides_of
from niggle.core.ladder.types import ElementGate, Judged, Opened, RunStep, StepKind, Verdict

__all__ = [
    "BONE", "ElementGate", "Judged", "Opened", "RunStep", "StepKind", "Verdict", "calf_family", "element_gate",
    "felt_next_morning", "is_ready", "judge", "ladder_of", "minutes_of", "need_of", "next_element", "readiness_list",
    "ready", "session_steps", "strictest", "strides_of", "used",
]  # fmt: skip
