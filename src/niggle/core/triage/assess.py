"""From a story to how urgent, what it may be, and why. Order: rules, must-not-miss, ranking, "cannot tell"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from niggle.core.body import SITES
from niggle.core.condition import Condition
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import OutsideScope, Urgency
from niggle.core.reasons import Fact, FactValue, Reason, Weight
from niggle.core.red_flags import FlagHit
from niggle.core.triage import urgency as asking
from niggle.core.triage.closing import Closed, answered, close
from niggle.core.triage.flags import flag_hits
from niggle.core.triage.model import Floats, Model, model_of
from niggle.core.triage.rank import Ranking, careful, prior, rank, standing, unexplained
from niggle.core.triage.types import (
    Candidate,
    CannotTell,
    Contributor,
    Evidence,
    Fit,
    Story,
    TellApart,
    Triage,
    TriageCare,
)
from niggle.core.triage.urgency import Raised

_DAYS: Final = {Urgency.EMERGENCY: 0, Urgency.URGENT: 3, Urgency.ROUTINE: 14, Urgency.SELF_CARE: None}
_CALM: Final = Urgency.SELF_CARE
_RATIOS_SHOWN: Final = 6
_UNNAMED_WHO: Final = ("sports physician", "physiotherapist")  # for what nobody can name: who can examine all of it
_OUTSIDE_WHO: Final = ("physician",)


@dataclass(frozen=True, slots=True)
class Assessed:
    """Everything worked out once, for `assess` and for the interview."""

    story: Story
    on: date
    model: Model
    closed: Closed
    known: Mapping[str, bool]
    ranking: Ranking
    standing: Floats
    hits: tuple[FlagHit, ...]
    raised: tuple[Raised, ...]
    urgency: Urgency
    outside: OutsideScope | None
    cannot_tell: CannotTell | None


def look(story: Story, knowledge: Knowledge, on: date) -> Assessed:
    """The parts of a triage, before they are dressed."""
    model = model_of(knowledge)
    closed = close(story.findings, knowledge.findings)
    known = answered(closed.values)
    ranking = rank(model, story, closed.values, known)
    stands, left = careful_standing(model, story, closed, known, ranking)
    hits, noted = flag_hits(story, closed.values, on, knowledge)
    raised = [
        *asking.by_flags(hits),
        *asking.by_signs(model, story, closed.values, stands, ranking.place),
        *asking.by_conditions(model, closed.values, stands, left),
        *asking.by_warnings(model, closed.values),
        *asking.by_age(story, hits, noted, knowledge),
        *(Raised(Urgency.SELF_CARE, note) for note in noted),
    ]
    outside = outside_of(story, knowledge)
    if story.possible:
        raised += by_doubt(story, knowledge, on, closed.values, max((r.urgency for r in raised), default=_CALM))
    if outside is not None:
        raised = [r for r in raised if r.condition is None or r.urgency is Urgency.EMERGENCY]
    doubt = None if outside is not None else cannot_tell(model, story, ranking, known)
    level = max((r.urgency for r in raised), default=Urgency.SELF_CARE)
    if (doubt is not None or outside is not None) and level < Urgency.ROUTINE:
        level = Urgency.ROUTINE  # what nobody can name is not declared harmless
    return Assessed(
        story, on, model, closed, known, ranking, stands, hits, tuple(raised), level, outside, doubt
    )  # fmt: skip


def by_doubt(
    story: Story, knowledge: Knowledge, on: date, values: Mapping[str, FactValue], level: Urgency
) -> list[Raised]:
    """Warnings that she told of in doubt: each asks for one step less than it would if it were sure."""
    found = []
    for name in sorted(story.possible):
        finding = knowledge.findings.get(name)
        if finding is None or not finding.safety or values.get(name) is not None:
            continue
        sure = look(replace(story, findings={**story.findings, name: True}, possible=frozenset()), knowledge, on)
        step = Urgency(max(sure.urgency - 1, Urgency.SELF_CARE))
        if step > level:
            rule = knowledge.rules["TRI-09"]
            facts = (Fact(name, None),)
            found.append(Raised(step, Reason(rule.id, asking.weight_of(step), facts, rule.sources, rule.grade)))
    return found


def careful_standing(
    model: Model, story: Story, closed: Closed, known: Mapping[str, bool], ranking: Ranking
) -> tuple[Floats, Floats]:
    """How well each condition stands against the average complaint, and also against the best harmless one.

    In both, warnings only ever raise and denied warnings only ever lower; see rank.Careful.
    """
    safety = {model.findings[c].id for c in np.flatnonzero(model.safety)}
    calm = {k: v for k, v in story.findings.items() if not (v is True and k in safety)}
    without = close(calm, model.knowledge.findings)
    facts = careful(model, known, answered(without.values))
    calm_prior = np.log(prior(model, story, without.values) * ranking.place)
    raised_prior = np.maximum(calm_prior, ranking.log_prior)
    stands = standing(model, raised_prior, facts)
    return stands, unexplained(model, raised_prior, calm_prior, facts, stands)


def outside_of(story: Story, knowledge: Knowledge) -> OutsideScope | None:
    """Not a runner's complaint: said by the reader, by the age, or because every place is none of a runner's."""
    if story.outside is not None:
        return OutsideScope(story.outside)
    number = knowledge.number
    if story.age is not None and not number("youngest_age") <= story.age <= number("oldest_age"):
        return OutsideScope("age")
    if story.places and all(where.outside for where in story.places):
        return OutsideScope(story.places[0].sites[0])
    return None


def cannot_tell(model: Model, story: Story, ranking: Ranking, known: Mapping[str, bool]) -> CannotTell | None:
    number = model.knowledge.number
    best = float(ranking.shares.max(initial=0.0))
    said = sum(1 for v in story.findings.values() if v is not None)
    if ranking.other >= number("unknown_share") and said >= number("too_few_answers"):
        return CannotTell.FITS_NOTHING
    clear = best >= number("fits_best")
    if said < number("too_few_answers") and not (clear and story.places and known):
        return CannotTell.TOO_LITTLE
    if not story.places and not clear:
        return CannotTell.NO_PLACE
    vague = any(len(w.sites) > 3 for w in story.places)
    if best < number("flat_share") or (vague and best < 1.5 * number("flat_share")):
        return CannotTell.FLAT
    return None


def assess(story: Story, knowledge: Knowledge, on: date, *, questions: int = 3) -> Triage:
    """The triage of one story on that day. Pure: same story, same knowledge, same day, same answer.

    questions: how many next questions to work out; 0 for none.
    """
    from niggle.core.triage.interview import next_questions_of

    seen = look(story, knowledge, on)
    candidates = differential(seen)
    return Triage(
        seen.urgency,
        seen.hits,
        candidates,
        seen.cannot_tell,
        seen.outside,
        reasons_of(seen),
        care_of(seen, candidates),
        contributors_of(seen, candidates),
        next_questions_of(seen, frozenset(), 0, questions) if questions else (),
        seen.closed.contradictions,
    )


def differential(seen: Assessed) -> tuple[Candidate, ...]:
    """The conditions that fit best, and after them those that raised the urgency and have to be ruled out."""
    number = seen.model.knowledge.number
    shares = seen.ranking.shares
    order: NDArray[np.intp] = np.argsort(-shares, kind="stable")
    fitting = [int(i) for i in order if shares[i] >= number("shown_share") and _may_be_named(seen, int(i))]
    shown = fitting[: int(number("shown_most"))]
    serious = {r.condition for r in seen.raised if r.condition is not None and r.reason.rule == "TRI-01"}
    extra = [int(i) for i in order if seen.model.conditions[i].id in serious and int(i) not in shown][:3]
    extra = [i for i in extra if _may_be_named(seen, i)]
    rows = [*shown, *extra]
    return tuple(_candidate(seen, i, [r for r in rows if r != i], to_rule_out=i in extra) for i in rows)


def _may_be_named(seen: Assessed, i: int) -> bool:
    """Outside niggle's scope only a condition whose page names that very place is named, such as the heart's."""
    if seen.outside is None:
        return True
    places = seen.story.places
    named = any(site in seen.model.conditions[i].sites for where in places for site in where.sites)
    return seen.outside.why in SITES and named


def _candidate(seen: Assessed, i: int, others: Sequence[int], *, to_rule_out: bool) -> Candidate:
    model, c = seen.model, seen.model.conditions[i]
    number = model.knowledge.number
    share = float(seen.ranking.shares[i])
    fit = Fit.BEST if share >= number("fits_best") else Fit.PARTLY if share >= number("fits_partly") else Fit.LITTLE
    evidence = _evidence(seen, i, c)
    others_ids = [model.conditions[o].id for o in others]
    apart = [
        TellApart(x.condition, x.tells_apart, x.by, tuple(f for f in x.findings if f not in seen.known))
        for x in c.look_alikes
    ]
    apart.sort(key=lambda t: (t.condition not in others_ids, others_ids.index(t.condition) if t.condition in others_ids else 0))  # fmt: skip  # noqa: E501
    return Candidate(
        c.id, c.lay, share, fit,
        tuple(e for e in evidence if e.ratio > 1)[:_RATIOS_SHOWN],
        tuple(e for e in reversed(evidence) if e.ratio < 1)[:_RATIOS_SHOWN],
        tuple(apart), c.must_not_miss, c.urgency, to_rule_out,
    )  # fmt: skip


def _evidence(seen: Assessed, i: int, c: Condition) -> list[Evidence]:
    """Answers that move this condition noticeably, strongest "for" first, strongest "against" last."""
    model = seen.model
    least = float(np.log(model.knowledge.number("telling_ratio")))
    found = []
    for j, column in enumerate(seen.ranking.columns):
        log = float(seen.ranking.evidence[i, j])
        finding = model.findings[column]
        likelihood = c.findings.get(finding.id)
        if abs(log) < least or likelihood is None:
            continue
        value = seen.known[finding.id]
        published = (likelihood.lr_present if value else likelihood.lr_absent) is not None
        found.append(
            Evidence(
                finding.id, finding.label, value, float(np.exp(log)), published, likelihood.sources, likelihood.grade
            )
        )
    return sorted(found, key=lambda e: (-e.ratio, e.finding))


def reasons_of(seen: Assessed) -> tuple[Reason, ...]:
    """Every rule that spoke, most urgent first; those that set the urgency are marked."""
    rules = seen.model.knowledge.rules
    ordered = sorted(seen.raised, key=lambda r: (-r.urgency, r.reason.rule, r.condition or ""))
    found = [
        Reason(r.reason.rule, r.reason.weight, r.reason.facts, r.reason.sources, r.reason.grade,
               decided=r.urgency == seen.urgency and r.urgency > Urgency.SELF_CARE)
        for r in ordered
    ]  # fmt: skip

    def own(rule_id: str, *facts: Fact) -> Reason:
        rule = rules[rule_id]
        return Reason(rule.id, Weight.CAUTION, facts, rule.sources, rule.grade)

    if seen.cannot_tell is not None:
        found.append(own("TRI-04", Fact("why", seen.cannot_tell.value)))
    if seen.outside is not None:
        found.append(own("TRI-05", Fact("why", seen.outside.why)))
    found += [own("TRI-07", Fact(a, True), Fact(b, True)) for a, b in seen.closed.contradictions]
    return tuple(dict.fromkeys(found))


def care_of(seen: Assessed, candidates: Sequence[Candidate]) -> TriageCare:
    """Whom to see, by when: the most urgent voice speaks; the condition's page adds tests and what to do tonight."""
    conditions = seen.model.knowledge.conditions
    level, days = seen.urgency, _DAYS[seen.urgency]
    loud = [h for h in seen.hits if h.urgency == level]
    raisers = [r.condition for r in seen.raised if r.condition is not None and r.urgency == level]
    page = _page(seen, candidates, raisers)
    care = conditions[page].care if page is not None else None
    if loud:
        who = tuple(dict.fromkeys(w for h in loud for w in h.see))
        tests = tuple(dict.fromkeys(t for h in loud for t in h.tests))
        hours = min((h.within_hours for h in loud if h.within_hours is not None), default=None)
        if level is Urgency.URGENT and hours is not None:
            days = max(1, hours // 24)
    elif care is not None:
        who, tests = care.who, care.tests
        if care.when_days is not None and days is not None:
            days = min(days, care.when_days) if level >= Urgency.URGENT else care.when_days
    else:
        who, tests = (), ()
    if not who and level > Urgency.SELF_CARE:
        who = _anybody(seen, candidates)
    told = page is not None and (level < Urgency.EMERGENCY or _fits_emergency(conditions[page], loud))
    tonight = conditions[page].tonight if page is not None and told else ()
    return TriageCare(who, days, tests, tonight, page)


def _fits_emergency(page: Condition, loud: Sequence[FlagHit]) -> bool:
    """Whether the page was written for this emergency. A sprain's "try four steps" is not for a bone out of shape, and
    "leg up" not for a limb that is to be kept level."""
    return page.urgency is Urgency.EMERGENCY and (not loud or any(h.rule in page.red_flags for h in loud))


def _anybody(seen: Assessed, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Whom to see where no rule and no single page says it: those whom the leading conditions name, else a doctor."""
    if seen.outside is not None:
        return _OUTSIDE_WHO
    if seen.cannot_tell in (None, CannotTell.FLAT):
        conditions = seen.model.knowledge.conditions
        named = [who for c in candidates[:3] for who in conditions[c.condition].care.who]
        if named:
            return tuple(dict.fromkeys(named))[:2]
    return _UNNAMED_WHO


def _page(seen: Assessed, candidates: Sequence[Candidate], raisers: Sequence[str]) -> str | None:
    """Whose page says what to do tonight: the leading one if it is as careful as the urgency, else who raised it."""
    if seen.outside is not None or not candidates:
        return None
    leading = candidates[0]
    if leading.urgency == seen.urgency or leading.condition in raisers:
        return leading.condition if seen.cannot_tell is None else None
    standing_of = {seen.model.conditions[i].id: float(s) for i, s in enumerate(seen.standing)}
    if raisers:
        return max(raisers, key=lambda name: (standing_of[name], name))
    if seen.cannot_tell is not None:
        return None
    fitting = [c.condition for c in candidates if c.urgency <= seen.urgency and c.fit is not Fit.LITTLE]
    return fitting[0] if fitting else None


def contributors_of(seen: Assessed, candidates: Sequence[Candidate]) -> tuple[Contributor, ...]:
    """What fed the leading conditions: their known causes that the load of the last weeks or the answers show."""
    causes = seen.model.knowledge.causes
    strengths = ("strong", "usual", "possible")
    spikes = set(seen.story.spikes)
    found: dict[str, Contributor] = {}
    for candidate in candidates[:3]:
        for link in seen.model.knowledge.conditions[candidate.condition].causes:
            cause = causes[link.cause]
            shown = tuple(s for s in cause.spikes if s in spikes)
            said = tuple(f for f in cause.findings if seen.known.get(f) is True)
            if (shown or said) and link.cause not in found:
                found[link.cause] = Contributor(
                    cause.id, cause.label, candidate.condition, link.strength, shown, said
                )  # fmt: skip
    return tuple(sorted(found.values(), key=lambda c: (not c.spikes, strengths.index(c.strength), c.cause)))
