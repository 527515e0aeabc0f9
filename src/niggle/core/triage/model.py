"""The knowledge as arrays, built once: how much each answer moves each condition, and how well each place fits it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from niggle.core.body import SITES, Region
from niggle.core.condition import Condition, ConditionClass, Finding, Likelihood
from niggle.core.knowledge_types import Knowledge

Floats = NDArray[np.float64]
_LEAST: Final = 0.005  # of a share, so that no answer is impossible
_BESIDE: Final = (ConditionClass.MIND, ConditionClass.SYSTEMIC)  # stand beside a sore place rather than for it


@dataclass(frozen=True, slots=True)
class Model:
    """Rows are conditions in the order of `conditions`; columns of the ratios are findings with yes or no.

    log_yes, log_no: natural log of the likelihood ratio against the average complaint. yes: share that says yes.
    sites: share that points at the site. prior: weight by region; `anywhere` where no region is known.
    """

    knowledge: Knowledge
    conditions: tuple[Condition, ...]
    row: dict[str, int]
    findings: tuple[Finding, ...]
    column: dict[str, int]
    clusters: NDArray[np.int64]  # by column; findings without a cluster have a number of their own
    log_yes: Floats
    log_no: Floats
    yes: Floats
    base: Floats
    site_column: dict[str, int]
    sites: Floats
    region_column: dict[Region, int]
    prior: Floats
    anywhere: Floats
    must_not_miss: NDArray[np.bool_]
    everywhere: NDArray[np.bool_]
    urgency: NDArray[np.int64]
    safety: NDArray[np.bool_]  # by column


def model_of(knowledge: Knowledge) -> Model:
    """The compiled model, kept for as long as the same knowledge is used."""
    kept = _MODELS.get(id(knowledge))
    if kept is None or kept.knowledge is not knowledge:
        if len(_MODELS) >= 8:
            _MODELS.clear()
        kept = _MODELS[id(knowledge)] = _build(knowledge)
    return kept


_MODELS: dict[int, Model] = {}


def _build(k: Knowledge) -> Model:
    conditions = tuple(k.conditions.values())
    findings = tuple(f for f in k.findings.values() if f.base is not None)
    column = {f.id: j for j, f in enumerate(findings)}
    base = np.array([f.base for f in findings], dtype=float).clip(_LEAST, 1 - _LEAST)
    yes = np.tile(base, (len(conditions), 1))
    log_yes, log_no = np.zeros_like(yes), np.zeros_like(yes)
    for i, condition in enumerate(conditions):
        for name, likelihood in condition.findings.items():
            j = column.get(name)
            if j is not None:
                yes[i, j], log_yes[i, j], log_no[i, j] = _ratios(likelihood, float(base[j]))
    cap = float(np.log(k.number("ratio_cap")))
    groups: dict[str, int] = {}
    clusters = [groups.setdefault(f.cluster or f"\0{f.id}", len(groups)) for f in findings]
    regions = {region: n for n, region in enumerate(Region)}
    prior = np.array([[_prior(c, region) for region in regions] for c in conditions]).reshape(-1, len(regions))
    return Model(
        k, conditions, {c.id: i for i, c in enumerate(conditions)}, findings, column,
        np.array(clusters, dtype=np.int64),
        log_yes.clip(-cap, cap), log_no.clip(-cap, cap), yes, base, {s: n for n, s in enumerate(SITES)},
        _site_shares(k, conditions), regions, prior, np.array([c.prior.share for c in conditions]),
        np.array([c.must_not_miss for c in conditions], dtype=bool),
        np.array([c.everywhere for c in conditions], dtype=bool),
        np.array([int(c.urgency) for c in conditions], dtype=np.int64),
        np.array([f.safety for f in findings], dtype=bool),
    )  # fmt: skip


def _ratios(likelihood: Likelihood, base: float) -> tuple[float, float, float]:
    """Share with a yes, log ratio of a yes, log ratio of a no. Published ratios win over the word."""
    share = min(max(likelihood.present, _LEAST), 1 - _LEAST)
    present = likelihood.lr_present if likelihood.lr_present is not None else share / base
    absent = likelihood.lr_absent if likelihood.lr_absent is not None else (1 - share) / (1 - base)
    return share, float(np.log(max(present, 1e-3))), float(np.log(max(absent, 1e-3)))


def _prior(condition: Condition, region: Region) -> float:
    """Its weight in that region; a condition of another region keeps its general weight, the place decides."""
    return condition.prior.at(region)


def _site_shares(k: Knowledge, conditions: Sequence[Condition]) -> Floats:
    near, far = k.number("site_same_region"), k.number("site_elsewhere")
    table = np.empty((len(conditions), len(SITES)))
    for i, c in enumerate(conditions):
        beside = c.kind in _BESIDE and not c.must_not_miss
        anywhere = k.number("site_beside" if beside else "site_everywhere")
        for n, site in enumerate(SITES.values()):
            named = c.sites.get(site.id)
            if named is not None:
                table[i, n] = max(named, near)
            else:
                table[i, n] = anywhere if c.everywhere else near if site.region in c.regions else far
    return table
