"""The ladder back to running: when it may begin, how each session counts, and what is added back afterwards."""

from niggle.core.ladder.types import ElementGate, Judged, Opened, RunStep, StepKind, Verdict

__all__ = ["ElementGate", "Judged", "Opened", "RunStep", "StepKind", "Verdict"]
