"""The catalogue in words: kinds, things needed, how much a tissue carries, and for whom an exercise is not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from niggle.core.exercise import Contraindication, Exercise, ExerciseKind, TissueDemand
from niggle.core.knowledge_types import Knowledge
from niggle.core.protocol import Phase
from niggle.wording.gates import named
from niggle.wording.lists import listed, lowered, raised

KIND_WORDS: Final = {
    ExerciseKind.ISOMETRIC: "holding",
    ExerciseKind.ISOTONIC: "strength",
    ExerciseKind.ECCENTRIC: "slow lowering",
    ExerciseKind.PLYOMETRIC: "jumping",
    ExerciseKind.MOBILITY: "moving and stretching",
    ExerciseKind.SELF_MASSAGE: "self-massage",
    ExerciseKind.BALANCE: "balance",
    ExerciseKind.DRILL: "running drill",
    ExerciseKind.CARDIO: "endurance",
    ExerciseKind.TEST: "test",
}
_THINGS: Final = {
    "small_ball": "a small ball",
    "mini_band": "a mini band",
    "mat": "a mat",
    "float_belt": "a float belt",
}
_TIERS: Final = {1: "hardly", 2: "a little", 3: "clearly", 4: "much", 5: "as much as hopping"}
_TISSUE_CLASSES: Final = {"bone": "a bone injury"}


def kinds_line(exercise: Exercise) -> str:
    return raised(", ".join(KIND_WORDS[k] for k in exercise.kinds))


def equipment_word(equipment: str) -> str:
    return _THINGS.get(equipment, equipment.replace("_", " "))


def equipment_line(exercise: Exercise, known: Knowledge) -> str:
    """What is needed, and what will do in its place; "nothing needed"."""
    if not exercise.equipment:
        return "nothing needed"
    needed = listed([equipment_word(e) for e in exercise.equipment], "and")
    stands = [_stand_in(e, exercise.instead[e], known) for e in exercise.equipment if e in exercise.instead]
    return f"{needed} ({'; '.join(stands)})" if stands else needed


def _stand_in(equipment: str, instead: str, known: Knowledge) -> str:
    other = known.exercises.get(instead)
    what = lowered(other.name) if other is not None else instead
    return f"without {equipment_word(equipment)}: {what}"


def demand_line(tissue: str, demand: TissueDemand) -> str:
    """Achilles: clearly; calf: as much as hopping (3.5 times body weight)."""
    exact = f" ({demand.body_weights:g} times body weight)" if demand.body_weights is not None else ""
    return f"{raised(named(tissue))}: {_TIERS[demand.tier]}{exact}"


def contraindication_line(item: Contraindication, known: Knowledge) -> str:
    """For whom, in which phases, why."""
    sheet = known.conditions.get(item.condition or "")
    if sheet is not None:
        whom = sheet.lay
    elif item.tissue_class is not None:
        whom = _TISSUE_CLASSES.get(item.tissue_class.value, f"a {item.tissue_class.value} complaint")
    else:
        whom = named(item.condition or "anybody")
    when = _phases(item.phases)
    cleared = " until a clinician has cleared it" if item.until_cleared else ""
    return f"Not with {lowered(whom)}{when}{cleared}: {item.because.rstrip('.')}."


def _phases(phases: Iterable[int]) -> str:
    found = sorted(phases)
    if not found:
        return ""
    return f" in phase {found[0]}" if len(found) == 1 else f" in phases {listed([str(p) for p in found], 'and')}"


def neighbours_line(slugs: Iterable[str], known: Knowledge) -> str:
    """Names of easier or harder exercises."""
    return ", ".join(known.exercises[s].name for s in slugs if s in known.exercises)


def phase_word(phase: Phase) -> str:
    return "for good" if phase is Phase.DONE else f"phase {int(phase)}"
