"""What to ask next: what may change how urgent it is first, then what tells the likely conditions apart.

A safety question is worth its steps of urgency times the chance of a yes in the conditions that it would reveal. Any
other question is worth the bits by which it is expected to settle the ranking, and more where a yes or no would move
the urgency. It stops when nothing left to ask is expected to change the advice.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Urgency
from niggle.core.triage import urgency as asking
from niggle.core.triage.assess import Assessed, look
from niggle.core.triage.closing import close
from niggle.core.triage.flags import flag_hits
from niggle.core.triage.model import Floats
from niggle.core.triage.types import Question, Story

PLACE, DAYS, PAIN = "site", "symptom_days", "pain_max"
_FOLLOWS: Final = {  # asked whatever its chance, once one of these was told: a yes is rare and weighs too much to guess
    "self_harm": frozenset({"low_mood"}),
    "bulge_stuck": frozenset({"groin_bulge"}),
    "red_eye": frozenset({"psoriasis_bowel_eye", "long_morning_stiff"}),
}
_FOLLOWS_AT: Final = {"effort_ache_jaw_arm": frozenset({"shoulder", "neck", "upper_back"})}  # where the heart may speak
_URGENCY_BITS = 0.5  # what one expected step of urgency is worth beside a bit of ranking
_SITES_TRIED = 6  # a vaguer place makes trying out slow, and a surer place is the better question
_LOOKED_AT = 2  # of the most telling questions, how many are tried out for what they do to the urgency


def next_questions(
    story: Story,
    knowledge: Knowledge,
    on: date,
    *,
    skipped: Collection[str] = (),
    asked: int = 0,
    most: int = 1,
) -> tuple[Question, ...]:
    """The questions worth asking now, best first; empty when more would not change the advice.

    skipped: ids that she did not want or could not answer; asked: how many were put to her so far.
    """
    return next_questions_of(look(story, knowledge, on), frozenset(skipped), asked, most)


def next_questions_of(seen: Assessed, skipped: frozenset[str], asked: int, most: int) -> tuple[Question, ...]:
    number = seen.model.knowledge.number
    if seen.outside is not None or seen.urgency is Urgency.EMERGENCY or asked >= number("questions_most"):
        return ()
    wanted: list[Question] = []
    if not seen.story.places and PLACE not in skipped:
        wanted.append(Question(PLACE, "place", 10.0))
    open_ = open_columns(seen, skipped)
    spent = sum(1 for f, v in seen.story.findings.items() if v is not None and _is_safety(seen, f))
    room = max(0, int(number("safety_most")) - spent - sum(_is_safety(seen, s) for s in skipped))
    followers = _followers(seen, open_)
    wanted += followers
    taken = {q.finding for q in followers}
    rest = np.array([j for j in open_ if seen.model.findings[j].id not in taken], dtype=np.int64)
    wanted += safety_questions(seen, rest, min(room, most))
    if seen.story.places and seen.urgency < Urgency.URGENT:  # else somebody looks soon, whatever these are
        if not any(n in seen.closed.values for n in (DAYS, "two_weeks_unchanged")) and DAYS not in skipped:
            wanted.append(Question(DAYS, "course", 0.5))
        if PAIN not in seen.closed.values and PAIN not in skipped:
            wanted.append(Question(PAIN, "course", 0.4))
    if not wanted and _settled(seen) and asked >= number("questions_fewest"):
        return ()
    if len(wanted) < most:
        taken = {q.finding for q in wanted}
        wanted += [q for q in telling_questions(seen, open_) if q.finding not in taken]
    return tuple(wanted[:most])


def _followers(seen: Assessed, open_: NDArray[np.int64]) -> list[Question]:
    """Warnings told of in doubt, and those that a certain answer or place makes worth asking by itself."""
    sites = {s for where in seen.story.places for s in where.sites}
    names = [seen.model.findings[j].id for j in open_]
    called = [
        name for name in names
        if (name in seen.story.possible and _is_safety(seen, name))
        or any(seen.known.get(told) is True for told in _FOLLOWS.get(name, ())) or _FOLLOWS_AT.get(name, set()) & sites
    ]  # fmt: skip
    doubted = seen.story.possible
    return sorted((Question(n, "safety", 2.0 if n in doubted else 1.0) for n in called), key=lambda q: -q.value)


def _is_safety(seen: Assessed, name: str) -> bool:
    finding = seen.model.knowledge.findings.get(name)
    return finding is not None and finding.safety


def _settled(seen: Assessed) -> bool:
    best = float(seen.ranking.shares.max(initial=0.0))
    return seen.cannot_tell is None and best >= seen.model.knowledge.number("settled_share")


def open_columns(seen: Assessed, skipped: Collection[str]) -> NDArray[np.int64]:
    """The findings that are unknown, were not skipped and are asked about these places."""
    sites = {s for where in seen.story.places for s in where.sites}
    return np.array(
        [
            j
            for j, f in enumerate(seen.model.findings)
            if f.id not in seen.known and f.id not in skipped and (not f.sites or f.sites & sites)
        ],
        dtype=np.int64,
    )


def safety_questions(seen: Assessed, open_: NDArray[np.int64], most: int) -> list[Question]:
    """The unasked warnings whose yes would raise the urgency, by chance of a yes times the steps raised.

    Tried from the likeliest down, until none that is left could still be among the best.
    """
    if most <= 0:
        return []
    model = seen.model
    least = model.knowledge.number("safety_gain")
    highest = int(Urgency.EMERGENCY - seen.urgency)
    chance = _chance_of_warning(seen, open_)
    found: list[Question] = []
    for i in np.argsort(-chance, kind="stable"):
        finding, p = model.findings[open_[i]], float(chance[i])
        best_left = p * highest
        if best_left < least or (len(found) >= most and best_left <= found[most - 1].value):
            break
        steps = _urgency_with_yes(seen, finding.id) - seen.urgency if finding.safety else 0
        if steps * p >= least:
            found.append(Question(finding.id, "safety", steps * p))
            found.sort(key=lambda q: (-q.value, q.finding))
    return found[:most]


def _chance_of_warning(seen: Assessed, open_: NDArray[np.int64]) -> Floats:
    """How likely a yes is by way of a condition in which it is commoner than usual; a dangerous one by its standing."""
    model = seen.model
    weight = np.where(model.must_not_miss, np.maximum(seen.standing, seen.ranking.shares), seen.ranking.shares)
    telling = np.where(model.yes[:, open_] > model.base[open_], model.yes[:, open_], 0.0)
    chance: Floats = (weight[:, None] * telling).max(axis=0, initial=0.0)
    return chance


def _urgency_with_yes(seen: Assessed, name: str) -> Urgency:
    """The urgency that the rules alone would ask for."""
    story = replace(seen.story, findings={**seen.story.findings, name: True})
    values = close(story.findings, seen.model.knowledge.findings).values
    hits, _ = flag_hits(story, values, seen.on, seen.model.knowledge)
    signs = asking.by_signs(seen.model, story, values, seen.standing, seen.ranking.place)
    return max([seen.urgency, *(h.urgency for h in hits), *(s.urgency for s in signs)])


def telling_questions(seen: Assessed, open_: NDArray[np.int64]) -> list[Question]:
    """Questions by the bits they are expected to give; the best are also tried for what they do to the urgency."""
    if not open_.size:
        return []
    bits = expected_bits(seen, open_)
    least = seen.model.knowledge.number("information_least")
    order = [int(i) for i in np.argsort(-bits, kind="stable") if bits[i] >= least]
    tried = _LOOKED_AT if sum(len(w.sites) for w in seen.story.places) <= _SITES_TRIED else 0
    found = []
    for place, i in enumerate(order[:12]):
        name = seen.model.findings[open_[i]].id
        bonus = _URGENCY_BITS * _expected_steps(seen, name, open_[i]) if place < tried else 0.0
        found.append(Question(name, "rank", float(bits[i]) + bonus))
    return sorted(found, key=lambda q: (-q.value, q.finding))


def expected_bits(seen: Assessed, open_: NDArray[np.int64]) -> Floats:
    """Expected fall of the ranking's entropy for each open finding, in bits."""
    model, ranking = seen.model, seen.ranking
    shares = np.append(ranking.shares, ranking.other)
    yes = np.vstack([model.yes[:, open_], model.base[open_]])
    p_yes = shares @ yes
    after = np.zeros(open_.size)
    for likely, p in ((yes, p_yes), (1 - yes, 1 - p_yes)):
        posterior = shares[:, None] * likely / p
        after += p * _entropy(posterior)
    bits: Floats = _entropy(shares[:, None])[0] - after
    return bits


def _entropy(shares: Floats) -> Floats:
    """By column, in bits."""
    safe = shares.clip(1e-12)
    total: Floats = -(safe * np.log2(safe)).sum(axis=0)
    return total


def _expected_steps(seen: Assessed, name: str, column: int) -> float:
    """Expected change of the urgency, in steps, over a yes and a no."""
    model, ranking = seen.model, seen.ranking
    p = float(ranking.shares @ model.yes[:, column] + ranking.other * model.base[column])
    steps = 0.0
    for value, chance in ((True, p), (False, 1 - p)):
        story = replace(seen.story, findings={**seen.story.findings, name: value})
        steps += chance * abs(look(story, model.knowledge, seen.on).urgency - seen.urgency)
    return steps
