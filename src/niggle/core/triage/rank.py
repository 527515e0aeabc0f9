"""The ranking: weight in the region, times how well the place fits, times what every answer says. Odds by Bayes.

log odds = log prior + log place + evidence_damping * sum over clusters of (strongest + cluster_damping * the others)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from niggle.core.condition import facts_of_runner
from niggle.core.outcomes import Urgency
from niggle.core.reasons import FactValue
from niggle.core.triage.model import Floats, Model
from niggle.core.triage.types import Story, Where

_WORTH_TRYING: Final = 0.01  # standing below which nothing is raised anyway


@dataclass(frozen=True, slots=True)
class Ranking:
    """Shares by condition, adding up to 1 with `other`; `columns` are the findings that were known."""

    shares: Floats
    other: float  # share of "something that is not in the knowledge"
    log_prior: Floats  # of prior and place
    columns: NDArray[np.int64]
    evidence: Floats  # conditions x columns, log ratios
    place: Floats  # share that points at these places


def rank(model: Model, story: Story, values: Mapping[str, FactValue], known: Mapping[str, bool]) -> Ranking:
    """values: closed answers, for the priors' factors; known: the yes and no among them."""
    place = place_fit(model, story.places)
    log_prior = np.log(prior(model, story, values) * place)
    columns, evidence = evidence_of(model, known)
    shares, other = shares_of(model, log_prior, damped(model, columns, evidence), placed=bool(story.places))
    return Ranking(shares, other, log_prior, columns, evidence, place)


def shares_of(model: Model, log_prior: Floats, log_ratio: Floats, *, placed: bool) -> tuple[Floats, float]:
    number = model.knowledge.number
    other = number("other_weight") * (number("other_site") if placed else 1.0)
    logs = np.append(log_prior + log_ratio, np.log(other))
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    return weights[:-1], float(weights[-1])


def prior(model: Model, story: Story, values: Mapping[str, FactValue]) -> Floats:
    """Weights in the story's regions, moved by age, sex and history."""
    regions = [model.region_column[r] for where in story.places for r in where.regions]
    weights: Floats = model.prior[:, regions].mean(axis=1) if regions else model.anywhere.copy()
    site = story.places[0].sites[0] if story.places and len(story.places[0].sites) == 1 else None
    region = story.places[0].regions[0].value if story.places else None
    facts = {**values, **facts_of_runner(story.age, story.sex, site, region)}
    number = model.knowledge.number
    wrong, unknown = number("wrong_age_factor"), number("unknown_age_child_factor")
    for i, condition in enumerate(model.conditions):
        for factor in condition.prior.factors:
            if factor.when.truth(facts) is True:
                weights[i] *= factor.factor
        low, high = condition.min_age, condition.max_age
        if story.age is None:
            if high is not None and high < 25:
                weights[i] *= unknown
        elif (low is not None and story.age < low) or (high is not None and story.age > high + 1):
            weights[i] *= wrong
    return weights


def place_fit(model: Model, places: Collection[Where]) -> Floats:
    """How well the places fit each condition: any of a place's sites will do; several places are averaged in logs.

    Without a place, what is tied to one is less likely: who has it mostly says where.
    """
    if not places:
        return np.where(model.everywhere, 1.0, model.knowledge.number("site_unsaid"))
    logs = np.zeros(len(model.conditions))
    for where in places:
        columns = [model.site_column[s] for s in where.sites]
        logs += np.log(1 - np.prod(1 - model.sites[:, columns].clip(0, 0.99), axis=1))
    fit: Floats = np.exp(logs / len(places))
    return fit


def evidence_of(model: Model, known: Mapping[str, bool]) -> tuple[NDArray[np.int64], Floats]:
    """The columns of the known findings and the log ratio of each for each condition."""
    pairs = sorted((model.column[name], value) for name, value in known.items() if name in model.column)
    columns = np.array([c for c, _ in pairs], dtype=np.int64)
    said = np.array([v for _, v in pairs], dtype=bool)
    if not pairs:
        return columns, np.zeros((len(model.conditions), 0))
    return columns, np.where(said, model.log_yes[:, columns], model.log_no[:, columns])


def damped(model: Model, columns: NDArray[np.int64], evidence: Floats) -> Floats:
    """The summed log ratio of each row. In a cluster the strongest counts in full, the others damped."""
    number = model.knowledge.number
    total = np.zeros(len(evidence))
    inner = number("cluster_damping")
    groups = model.clusters[columns]
    for group in np.unique(groups):
        block = evidence[:, groups == group]
        if block.shape[1] == 1:
            total += block[:, 0]
            continue
        strongest = np.take_along_axis(block, np.abs(block).argmax(axis=1)[:, None], axis=1)[:, 0]
        total += strongest + inner * (block.sum(axis=1) - strongest)
    return number("evidence_damping") * total


@dataclass(frozen=True, slots=True)
class Careful:
    """Evidence in which a warning sign never speaks against a condition, and a denied one never for it.

    So one more warning can only raise how a condition stands, and leaving out a "no" can only raise it too.
    fresh: by column, known only through a yes to a safety question; denied: a safety question answered no.
    before: the evidence as it was without those yes-answers, 0 where there was none.
    """

    columns: NDArray[np.int64]
    evidence: Floats
    before: Floats
    fresh: NDArray[np.bool_]
    denied: NDArray[np.bool_]

    def margins(self, margin: Floats, before: Floats) -> Floats:
        """Clips log ratios (last axis: columns) so that the laws above hold."""
        raised = np.where(self.fresh, np.maximum(np.maximum(margin, before), 0.0), margin)
        return np.asarray(np.where(self.denied, np.minimum(raised, 0.0), raised))


def careful(model: Model, full: Mapping[str, bool], without_warnings: Mapping[str, bool]) -> Careful:
    """full: all that is known; without_warnings: what is known when yes-answers to safety questions are left out."""
    columns, evidence = evidence_of(model, full)
    names = [model.findings[c].id for c in columns]
    earlier = {n: v for n, v in without_warnings.items() if n in full}
    fresh = np.array([full[n] != earlier.get(n) for n in names], dtype=bool)
    before = np.zeros_like(evidence)
    for j, name in enumerate(names):
        if fresh[j] and name in earlier:
            before[:, j] = (model.log_yes if earlier[name] else model.log_no)[:, columns[j]]
    denied = np.array([model.safety[c] and not full[n] for c, n in zip(columns, names, strict=True)], dtype=bool)
    return Careful(columns, evidence, before, fresh, denied & ~fresh)


def standing(model: Model, log_prior: Floats, facts: Careful) -> Floats:
    """How well each condition stands against the average complaint, 0 to 1, whatever the others do."""
    ratio = damped(model, facts.columns, facts.margins(facts.evidence, facts.before))
    weight = np.exp(log_prior).clip(1e-9, 0.95)
    return _share_of(np.log(weight / (1 - weight)) + ratio)


def unexplained(model: Model, log_prior: Floats, calm_log_prior: Floats, facts: Careful, stands: Floats) -> Floats:
    """How well each condition that asks for more than a harmless one stands against the best harmless explanation.

    A fresh sprain explains swelling and bruise, so they do not make a fracture likelier; a bone sore to press is not
    explained. calm_log_prior: of prior and place without the yes-answers to safety questions, for the harmless ones.
    Only conditions that stand against the average complaint at all are tried; the others keep what they had.
    """
    found = stands.copy()
    urgent = np.flatnonzero((model.urgency >= Urgency.URGENT) & (stands >= _WORTH_TRYING))
    calm = np.flatnonzero((model.urgency < Urgency.URGENT) & ~model.must_not_miss)
    if not urgent.size or not calm.size:
        return found
    pairs = (urgent.size * calm.size, facts.columns.size)
    margin = (facts.evidence[urgent][:, None] - facts.evidence[calm][None]).reshape(pairs)
    before = (facts.before[urgent][:, None] - facts.before[calm][None]).reshape(pairs)
    ratio = damped(model, facts.columns, facts.margins(margin, before)).reshape(urgent.size, calm.size)
    odds = log_prior[urgent][:, None] - calm_log_prior[calm][None] + ratio
    found[urgent] = _share_of(odds.min(axis=1))
    return found


def _share_of(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-log_odds)))
