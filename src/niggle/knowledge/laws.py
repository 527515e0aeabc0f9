"""Laws across the whole knowledge, beyond what a single file can break. `niggle check-knowledge` runs them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from niggle.core.condition import Condition, ConditionClass, Home
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Urgency
from niggle.core.when import When
from niggle.knowledge.loader import FOLDER, Complaint, KnowledgeError, load
from niggle.knowledge.plan_laws import PlanLaws
from niggle.knowledge.yaml_lines import Lines, Path_, line_of, read

FEWEST_FINDINGS = 5
_FREE = frozenset({ConditionClass.BENIGN, ConditionClass.SYSTEMIC, ConditionClass.SKIN, ConditionClass.MIND})


def check_folder(folder: Path = FOLDER) -> list[Complaint]:
    """Everything that is wrong: what the loader refuses, else the laws. Empty when it holds together."""
    try:
        known = load.__wrapped__(None, folder)  # the files may have changed since the last look
    except KnowledgeError as error:
        return error.complaints
    found = [*Laws(known, folder).broken(), *PlanLaws(known, folder).broken()]
    return sorted(found, key=lambda c: (c.file, c.line))


class Laws:
    def __init__(self, known: Knowledge, folder: Path) -> None:
        self.known, self.folder = known, folder
        self._lines: dict[str, Lines] = {}

    def complaint(self, file: str, path: Path_, message: str) -> Complaint:
        if file not in self._lines:
            self._lines[file] = read(self.folder / file)[1]
        return Complaint(file, line_of(self._lines[file], path), message)

    def broken(self) -> Iterator[Complaint]:
        for condition in self.known.conditions.values():
            yield from self.condition(condition)
            yield from self.points_back(condition)
        yield from self.every_condition_is_there()
        yield from self.every_finding_is_used()
        yield from self.every_spike_feeds_something()
        yield from self.flags_ask_what_the_check_in_asks()

    def condition(self, c: Condition) -> Iterator[Complaint]:
        file = f"conditions/{c.id}.yaml"
        numbers = sorted(int(f.id.removeprefix(c.prefix + "-")) for f in c.facts)
        if numbers != list(range(1, len(numbers) + 1)):
            missing = sorted(set(range(1, (numbers or [0])[-1] + 1)) - set(numbers))
            yield self.complaint(file, ("facts",), f"the facts of {c.prefix} have gaps: {missing or 'none given'}")
        wanted = self.known.roster[c.id].facts
        if wanted is not None and len(numbers) != wanted:
            yield self.complaint(file, ("facts",), f"{len(numbers)} facts; roster.yaml counts {wanted}")
        if c.must_not_miss and c.urgency < Urgency.URGENT and not c.red_flags and not c.urgency_when:
            yield self.complaint(file, ("triage", "urgency"), "must not be missed, but has no red flag and no urgency")
        if len(c.findings) < FEWEST_FINDINGS and c.kind not in _FREE:
            yield self.complaint(
                file, ("triage", "findings"), f"{len(c.findings)} findings; at least {FEWEST_FINDINGS}"
            )
        if not c.look_alikes and c.kind not in _FREE:
            yield self.complaint(file, ("triage",), "no look-alike: name at least one condition it is mistaken for")
        for name, likelihood in c.findings.items():
            finding = self.known.findings[name]
            published = likelihood.lr_present or likelihood.lr_absent
            if finding.base == likelihood.present and not published:
                at = ("triage", "findings", name)
                yield self.complaint(
                    file, at, f"{name} is as frequent here as elsewhere: it tells nothing, leave it out"
                )

    def points_back(self, c: Condition) -> Iterator[Complaint]:
        for index, item in enumerate(c.look_alikes):
            at: Path_ = ("triage", "look_alikes", index)
            other = self.known.conditions.get(item.condition)
            if other is None or item.one_way or any(x.condition == c.id for x in other.look_alikes):
                continue
            yield self.complaint(
                f"conditions/{c.id}.yaml",
                at,
                f"{other.id} does not point back; add {c.id} there, or say why as `one_way`",
            )

    def every_condition_is_there(self) -> Iterator[Complaint]:
        for slug in self.known.roster:
            if slug not in self.known.conditions:
                yield self.complaint("roster.yaml", ("roster", slug), f"{slug} has no file in conditions/")

    def every_finding_is_used(self) -> Iterator[Complaint]:
        used = {name for c in self.known.conditions.values() for name in c.findings}
        for c in self.known.conditions.values():
            whens: list[When] = [u.when for u in c.urgency_when] + [f.when for f in c.prior.factors]
            used |= {name for when in whens for name in when.names}
        used |= {name for flag in self.known.red_flags for name in flag.when.names}
        used |= {name for cause in self.known.causes.values() for name in cause.findings}
        for name, finding in self.known.findings.items():
            speaks = name in used or finding.check_in or bool(finding.implications)
            if not speaks:
                yield self.complaint(
                    "findings.yaml", ("findings", name), f"{name} is used by no condition, flag or cause"
                )

    def every_spike_feeds_something(self) -> Iterator[Complaint]:
        shown = {spike for cause in self.known.causes.values() for spike in cause.spikes}
        for spike in self.known.spikes:
            if spike not in shown:
                yield self.complaint("spikes.yaml", ("spikes", spike), f"{spike} stands in no cause of causes.yaml")

    def flags_ask_what_the_check_in_asks(self) -> Iterator[Complaint]:
        for index, flag in enumerate(self.known.red_flags):
            for name in flag.when.names:
                finding = self.known.findings.get(name)
                if finding is not None and finding.home is Home.QUESTION and not (finding.check_in or finding.safety):
                    message = f"{flag.rule.id} looks at {name}, which neither the check-in nor triage asks as a warning"
                    yield self.complaint("red_flags.yaml", ("flags", index), message)
