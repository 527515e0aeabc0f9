"""Body and mind around the plan: form, fuel, sleep, mood, expectations, and what to do besides. Values, no sentences.

types  the shapes     form  cadence, landing     body  fuel, sleep, mood, progress     menus  routines, cross-training
"""

from niggle.core.coach.body import expectation, fuel, hide_comparisons, mood, progress, sleep
from niggle.core.coach.form import cadence_cue, foot_dial, unloaded_by_short_steps
from niggle.core.coach.menus import PREVENTION, STRENGTH, WARM_UP, cross_menu, routine_of
from niggle.core.coach.types import (
    CadenceCue,
    CrossMenu,
    CrossMode,
    CueState,
    Dial,
    DialState,
    Expectation,
    FootDial,
    FormFacts,
    Fuel,
    FuelFacts,
    FuelLevel,
    Mood,
    MoodState,
    OwnCadence,
    Progress,
    RoutineOf,
    Sign,
    Sleep,
    SleepState,
)

__all__ = [
    "PREVENTION", "STRENGTH", "WARM_UP", "CadenceCue", "CrossMenu", "CrossMode", "CueState", "Dial", "DialState",
    "Expectation", "FootDial", "FormFacts", "Fuel", "FuelFacts", "FuelLevel", "Mood", "MoodState", "OwnCadence",
    "Progress", "RoutineOf", "Sign", "Sleep", "SleepState", "cadence_cue", "cross_menu", "expectation", "foot_dial",
    "fuel", "hide_comparisons", "mood", "progress", "routine_of", "sleep", "unloaded_by_short_steps",
]  # fmt: skip
