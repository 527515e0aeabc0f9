"""A small knowledge folder for the tests of exercises and protocols: the top files, five conditions, one plan."""

import shutil
from functools import lru_cache
from pathlib import Path

import pytest

from niggle.core.knowledge_types import Knowledge
from niggle.knowledge.loader import FOLDER, KnowledgeError, load
from niggle.knowledge.plan_laws import PlanLaws
from niggle.knowledge.yaml_lines import parse

ATM = "achilles-tendinopathy-midportion"
CONDITIONS = (ATM, "achilles-tendinopathy-insertional", "bone-stress-injury", "calf-strain", "achilles-tendon-rupture")
LEFT_OUT = ("glossary.yaml", "faq.yaml", "body_parts.yaml", "body_map.yaml", "lexicon.yaml")

HOLD = """
id: calf-hold
catalogue: EX-005
name: Calf raise hold
also: [Isometric calf raise]
kinds: [isometric, test]
targets: [calf]
how: Rise on the ball of one foot to mid-height and hold still.
cues: [heel still]
faults: [sinking little by little]
equipment: [step]
instead: {step: the floor is enough}
one_sided: true
tempo: [2, 0, 3]
harder: [calf-drop]
load: {achilles: {tier: 3, body_weights: 3.0, sources: [baxter-2021]}, calf: {tier: 3}}
figures: [isometric-calf-hold]
sources: [S0, S1]
"""
DROP = """
id: calf-drop
catalogue: EX-004
name: Heel drop
kinds: [eccentric]
targets: [calf]
how: Lower the heel slowly.
equipment: [step]
one_sided: true
easier: [calf-hold]
heavy: true
heavy_calf: true
contraindications:
  - {condition: achilles-tendinopathy-insertional, because: the insertion is squeezed}
  - {tissue_class: bone, phases: [1], because: not on a healing bone, until_cleared: true}
figures: [heel-drop-straight-knee]
sources: [S0, niggle]
"""
PLAN = """
condition: achilles-tendinopathy-midportion
site: achilles
need: nothing
ladder: tendon
summary: Holds first, then heavier.
sources: [S0, niggle]
facts: [ATM-46]
phases:
  - phase: 1
    purpose: Calm it.
    opens_next: Three settled days.
    days: [7, 21]
    items:
      - id: hold
        exercise: calf-hold
        group: daily
        dose: {sets: 5, hold_s: [10, 45, 5], per_week: [5, 7], sides: sore, rest_s: 60, grows: [hold_s]}
        why: It calms.
        only_if: {fact: pain_worst_3d, op: "<=", value: 3}
        facts: [ATM-69]
        sources: [S0]
    running: {mode: window, say: Flat and easy., minutes: [20, 45], facts: [ATM-48]}
    gate:
      - id: settled
        when: {fact: settled_days, op: ">=", parameter: settle_days_gate1}
        say: settled
        sources: [S3, niggle]
        facts: [ATM-95]
      - {id: no-flag, when: {not: flags_open}, say: no red flag, sources: [S0]}
  - phase: 2
    purpose: Build it.
    opens_next: 25 raises.
    items:
      - id: drop
        exercise: calf-drop
        group: a
        dose: {sets: 3, reps: [8, 15], per_week: 2, weight: effort, grows: [reps, load], load_note: Five kg more.}
        why: Slow and heavy.
        sources: [S0]
    running: {mode: window, say: Easy.}
    gate: [{id: calf, when: {all: [{not: flags_open}, calf_gate]}, say: strong, sources: [S3]}]
  - phase: 3
    purpose: Spring.
    opens_next: Even hops.
    running: {mode: build, say: Hills.}
    gate:
      - {id: no-flag, when: {not: flags_open}, say: no red flag, sources: [S0]}
      - {id: hops, when: {fact: hop_distance_gap, op: "<=", value: 0.1}, say: even, sources: [S3]}
  - {phase: 4, purpose: Keep it., opens_next: Four full weeks., running: {mode: full, say: All of it.}}
deadlines: [{id: slow, after_days: 28, see: [physiotherapist], because: no progress, sources: [S0]}]
maintenance_say: For good.
tests: [calf_raise, calf_hold, hop_distance]
add_back: [distance, speed, uphill]
"""


class Desk:
    """The folder, and what one does with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in ("conditions", "exercises", "protocols"):
            (folder / part).mkdir(parents=True)
        for file in FOLDER.glob("*.yaml"):
            if file.name not in LEFT_OUT:
                shutil.copy(file, folder / file.name)
        shutil.copytree(FOLDER / "ladders", folder / "ladders")
        for name in CONDITIONS:
            shutil.copy(FOLDER / "conditions" / f"{name}.yaml", folder / "conditions")
        self.write("exercises/calf-hold.yaml", HOLD)
        self.write("exercises/calf-drop.yaml", DROP)
        self.write(f"protocols/{ATM}.yaml", PLAN)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def change(self, name: str, *pairs: tuple[str, str]) -> int:
        """Replaces each old text by its new one; the line of the first."""
        text = (self.folder / name).read_text(encoding="utf-8")
        line = text[: text.index(pairs[0][0])].count("\n") + 1
        for old, new in pairs:
            assert old in text, f"{old!r} is not in {name}"
            text = text.replace(old, new, 1)
        self.write(name, text)
        return line

    def plan_for(self, condition: str, *pairs: tuple[str, str]) -> None:
        """The plan, as one for another condition."""
        text = PLAN.replace(f"condition: {ATM}", f"condition: {condition}")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        (self.folder / f"protocols/{ATM}.yaml").unlink(missing_ok=True)
        self.write(f"protocols/{condition}.yaml", text)

    def load(self, cache: Path | None = None) -> Knowledge:
        return load.__wrapped__(cache, self.folder)

    def refused(self) -> list[str]:
        with pytest.raises(KnowledgeError) as caught:
            self.load()
        return [str(c) for c in caught.value.complaints]

    def laws(self) -> PlanLaws:
        return PlanLaws(self.load(), self.folder)

    def broken(self) -> list[str]:
        """What the laws say of the plans."""
        laws = self.laws()
        return [str(c) for p in laws.known.protocols.values() for c in laws.protocol(p)]

    def broken_exercises(self) -> list[str]:
        laws = self.laws()
        return [str(c) for x in laws.known.exercises.values() for c in laws.exercise(x)]


_parsed = lru_cache(maxsize=64)(parse)  # the top files are the same in every test


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("niggle.knowledge.compile.read", lambda path: _parsed(path.read_text(encoding="utf-8")))
    return Desk(tmp_path / "knowledge")
