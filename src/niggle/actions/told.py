"""A story in the runner's own words, as triage takes it: what was understood, and nothing that was not."""

from __future__ import annotations

from collections.abc import Sequence

from niggle.core.outcomes import OutsideScope
from niggle.core.profile import Profile
from niggle.core.reasons import FactValue
from niggle.core.triage import Story, Where
from niggle.language import Understanding

LONGEST_PLACES = 3  # of a story; who names more hurts in many places, and the list says no more


def story_told(
    told: Understanding,
    *,
    age: float | None = None,
    sex: str | None = None,
    spikes: Sequence[str] = (),
    profile: Profile | None = None,
) -> Story:
    """age (years) and sex that are known from elsewhere win over the text. Unsure places count where none is sure."""
    sure = tuple(p for p in told.sites if p.certain) or told.sites
    places = tuple(dict.fromkeys(Where(p.sites, p.side) for p in sure))[:LONGEST_PLACES]
    findings: dict[str, FactValue] = {f.finding: f.value for f in told.findings if f.value is not None}
    outside = told.problem.why if isinstance(told.problem, OutsideScope) and told.problem.why == "animal" else None
    return Story(
        age if age is not None else told.age,
        sex if sex is not None else told.sex,
        places,
        findings,
        tuple(spikes),
        profile if profile is not None else Profile(),
        possible=in_doubt(told),
        outside=outside,
    )


def in_doubt(told: Understanding) -> frozenset[str]:
    """What she was not sure of, or said and denied: triage asks about the warnings among them first."""
    return frozenset(f.finding for f in told.findings if f.value is None)
