"""The rows. Facts are append-only; imports are bookkeeping; RecordingLoad is derived and disposable."""

from niggle.store.models.athlete import Athlete, AthleteSetting, ClearanceFact, ConditionFact, ProfileFact, ToldFact
from niggle.store.models.base import AppendOnly, FactRow, Owned, removing
from niggle.store.models.days import CheckInEntry, DecisionRow
from niggle.store.models.imports import FileState, ImportFile, ImportJob, JobState
from niggle.store.models.plans import PlanFact, PlanKind
from niggle.store.models.recordings import (
    Recording,
    RecordingLoad,
    SessionLabel,
    Shoe,
    ShoeAssignment,
    ShoeRevision,
)
from niggle.store.models.triage import TriageEntry, TriageSession

__all__ = [
    "AppendOnly", "Athlete", "AthleteSetting", "CheckInEntry", "ClearanceFact", "ConditionFact", "DecisionRow",
    "FactRow", "FileState", "ImportFile", "ImportJob", "JobState", "Owned", "PlanFact", "PlanKind", "ProfileFact",
    "Recording", "RecordingLoad", "SessionLabel", "Shoe", "ShoeAssignment", "ShoeRevision", "ToldFact", "TriageEntry",
    "TriageSession", "removing",
]  # fmt: skip
