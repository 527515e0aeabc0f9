"""A triage as JSON: the answer of `niggle triage --json`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from niggle.actions.stories import Looked
from niggle.core.body import SITES
from niggle.core.knowledge_types import Knowledge
from niggle.core.reasons import reason_to_plain
from niggle.core.red_flags import FlagHit
from niggle.core.triage import Candidate, Evidence, Question
from niggle.wording.asking import NO_DIAGNOSIS, says, title, when
from niggle.wording.triage import FIT, tonight


def looked_plain(looked: Looked, known: Knowledge) -> dict[str, Any]:
    """The answer of `niggle triage --json`."""
    triage = looked.triage
    return {
        "urgency": triage.urgency.code,
        "title": title(triage),
        "says": list(says(triage)),
        "outside": None if triage.outside is None else triage.outside.why,
        "cannot_tell": None if triage.cannot_tell is None else triage.cannot_tell.value,
        "problem": None if looked.trouble is None else {"code": looked.trouble.code, "message": looked.trouble.message},
        "red_flags": [_flag(h) for h in triage.red_flags],
        "differential": [_candidate(c) for c in triage.differential],
        "care": {
            "who": list(triage.care.who), "when_days": triage.care.when_days,
            "when": when(triage.care.when_days), "tests": list(triage.care.tests), "tonight": list(tonight(triage)),
        },
        "contributors": [
            {"cause": c.cause, "label": c.label, "condition": c.condition, "strength": c.strength,
             "spikes": list(c.spikes), "findings": list(c.findings)}
            for c in triage.contributors
        ],
        "findings": _findings(looked, known),
        "sites": _sites(looked),
        "guesses": [] if looked.understood is None else [
            {"condition": g.condition, "by": g.by, "denied": g.denied, "past": g.past, "text": g.words,
             "start": g.span.start, "end": g.span.end} for g in looked.understood.guesses],
        "contradictions": [list(pair) for pair in triage.contradictions],
        "next_questions": [_question(q, known) for q in looked.next],
        "reasons": [reason_to_plain(r) for r in triage.reasons],
        "note": NO_DIAGNOSIS,
    }  # fmt: skip


def _flag(hit: FlagHit) -> dict[str, Any]:
    return {
        "rule": hit.rule, "urgency": hit.urgency.code, "site": hit.site,
        "side": None if hit.side is None else hit.side.value, "within_hours": hit.within_hours,
        "suspect": hit.suspect, "see": list(hit.see), "tests": list(hit.tests), "sources": list(hit.reason.sources),
        "grade": hit.reason.grade.value,
    }  # fmt: skip


def _candidate(c: Candidate) -> dict[str, Any]:
    def told(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
        return [
            {"finding": e.finding, "label": e.label, "value": e.value, "ratio": round(e.ratio, 2),
             "published": e.published, "sources": list(e.sources), "grade": e.grade.value}
            for e in evidence
        ]  # fmt: skip

    return {
        "condition": c.condition, "name": c.name, "share": round(c.share, 4), "fit": FIT[c.fit],
        "for": told(c.speaks_for), "against": told(c.speaks_against),
        "tell_apart": [
            {"condition": t.condition, "text": t.text, "by": t.by, "findings": list(t.findings)} for t in c.tell_apart
        ],
        "must_not_miss": c.must_not_miss, "to_rule_out": c.to_rule_out, "urgency": c.urgency.code,
        "pattern_match": c.pattern_match,
    }  # fmt: skip


def _findings(looked: Looked, known: Knowledge) -> list[dict[str, Any]]:
    if looked.understood is None:
        return [
            {"finding": k, "label": known.findings[k].label, "value": v, "certain": True, "spans": []}
            for k, v in looked.story.findings.items()
        ]
    return [
        {"finding": f.finding, "label": known.findings[f.finding].label if f.finding in known.findings else f.finding,
         "value": f.value, "certain": f.certain, "why": f.why.value,
         "spans": [{"start": s.start, "end": s.end, "text": w} for s, w in zip(f.spans, f.words, strict=True)]}
        for f in looked.understood.findings
    ]  # fmt: skip


def _sites(looked: Looked) -> list[dict[str, Any]]:
    if looked.understood is None:
        return [{"sites": list(p.sites), "side": None if p.side is None else p.side.value, "spans": []}
                for p in looked.story.places]  # fmt: skip
    return [
        {"sites": list(p.sites), "side": None if p.side is None else p.side.value, "certain": p.certain,
         "spans": [{"start": s.start, "end": s.end, "text": w} for s, w in zip(p.spans, p.words, strict=True)]}
        for p in looked.understood.sites
    ]  # fmt: skip


def _question(question: Question, known: Knowledge) -> dict[str, Any]:
    finding = known.findings.get(question.finding)
    plain: dict[str, Any] = {"finding": question.finding, "why": question.why, "value": round(question.value, 4)}
    if finding is None:
        return plain | {"question": "Where does it hurt?", "kind": "site", "choices": list(SITES)}
    plain |= {"question": finding.question, "kind": finding.kind.value}
    if finding.choices:
        plain["choices"] = dict(finding.choices)
    if finding.unit:
        plain["unit"] = finding.unit
    if finding.self_test is not None:
        plain["self_test"] = {"how": finding.self_test.how, "stop_if": finding.self_test.stop_if}
    return plain
