"""What follows from the answers: a yes to "first steps hurt" is also a yes to "stiff in the morning"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from niggle.core.condition import Finding
from niggle.core.reasons import FactValue


@dataclass(frozen=True, slots=True)
class Closed:
    """The answers with all that follows from them. What was said is never overwritten by what follows."""

    values: Mapping[str, FactValue]
    contradictions: tuple[tuple[str, str], ...]  # (answer, answer it rules out), both said


def close(findings: Mapping[str, FactValue], vocabulary: Mapping[str, Finding]) -> Closed:
    """The closure of the answers. Independent of their order; a derived yes wins over a derived no."""
    said = {k: v for k, v in sorted(findings.items()) if v is not None and k in vocabulary}
    values: dict[str, FactValue] = dict(said)
    clashes: set[tuple[str, str]] = set()
    ruled_out: set[str] = set()
    open_ = list(said)
    while open_:
        name = open_.pop(0)
        for implication in vocabulary[name].implications:
            if implication.when.truth(values) is not True:
                continue
            for other in implication.yes:
                if said.get(other) is False:
                    clashes.add((name, other))
                elif values.get(other) is None:
                    values[other] = True
                    open_.append(other)
            for other in implication.no:
                if said.get(other) is True:
                    clashes.add((min(name, other), max(name, other)))
                ruled_out.add(other)
    for name in ruled_out:
        values.setdefault(name, False)
    return Closed(values, tuple(sorted(clashes)))


def answered(values: Mapping[str, FactValue]) -> dict[str, bool]:
    """The yes and no among them."""
    return {k: v for k, v in values.items() if isinstance(v, bool)}
