"""Frozen condition types from the compiled form. On the warm path: plain constructors, nothing is checked again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from niggle.core.body import Region, TissueClass
from niggle.core.checkin.types import Answers
from niggle.core.condition import (
    AnswerKind,
    BodyPartRow,
    Care,
    Cause,
    CauseLink,
    Condition,
    ConditionClass,
    Dose,
    Faq,
    FaqFact,
    Finding,
    Frequency,
    Home,
    Implication,
    Likelihood,
    LookAlike,
    Prior,
    PriorFactor,
    PriorFigure,
    Priors,
    Recovery,
    Review,
    Roster,
    Scope,
    Section,
    SelfTest,
    SeverityGrade,
    SheetFact,
    Span,
    Term,
    UrgencyWhen,
)
from niggle.core.outcomes import Urgency
from niggle.core.profile import Profile
from niggle.core.reasons import Grade
from niggle.core.red_flags.facts import FACT_NAMES
from niggle.core.when import Compare, Is, OneOf, When
from niggle.knowledge.condition_checks import expand_sites

Shares = Mapping[str, float]
ParseWhen = Callable[[Any], When]
_HOMES = (
    (Home.ANSWER, frozenset(f.name for f in fields(Answers)) - {"findings"}),
    (Home.PROFILE, frozenset(f.name for f in fields(Profile))),
    (Home.FACT, FACT_NAMES),
)


def shares(compiled: Mapping[str, Any]) -> Shares:
    return {k: v["share"] for k, v in compiled["frequencies"].items()}


def frequencies(compiled: Mapping[str, Any]) -> dict[str, Frequency]:
    return {k: Frequency(k, v["share"], v["words"]) for k, v in compiled["frequencies"].items()}


def finding(name: str, v: Mapping[str, Any], share: Shares) -> Finding:
    kind = AnswerKind.CHOICE if v["choices"] else AnswerKind.YES_NO if v["base"] is not None else AnswerKind.NUMBER
    home = next((h for h, names in _HOMES if name in names), Home.QUESTION)
    test = v["self_test"]
    return Finding(
        name, v["group"], v["label"], v["question"], kind, None if v["base"] is None else share[v["base"]], home,
        v["safety"], v["check_in"], v["cluster"], expand_sites(v["sites"]), v["unit"], v["minimum"], v["maximum"],
        {k: c["label"] for k, c in v["choices"].items()} if v["choices"] else None, tuple(_implications(name, v)),
        None if test is None else SelfTest(test["how"], test["stop_if"]),
    )  # fmt: skip


def _implications(name: str, v: Mapping[str, Any]) -> list[Implication]:
    parts: list[tuple[When, Mapping[str, Any]]] = [(Is(name), v)]
    parts += [(OneOf(name, frozenset({key})), choice) for key, choice in v["choices"].items()]
    parts += [(Compare(name, r["op"], r["value"]), r) for r in v["reads"]]
    return [
        Implication(when, tuple(p["implies"]), tuple(p["excludes"]))
        for when, p in parts
        if p["implies"] or p["excludes"]
    ]


def span(value: Any) -> Span | None:
    if value is None:
        return None
    return Span(value[0], value[1]) if isinstance(value, list) else Span(value, value)


def dose(v: Mapping[str, Any]) -> Dose:
    get = v.get
    return Dose(
        v["exercise"], span(get("sets")), span(get("reps")), span(get("hold_s")), get("tempo"), span(get("per_day")),
        span(get("per_week")), span(get("weeks")), span(get("minutes")), get("note"),
    )  # fmt: skip


def _facts(v: Mapping[str, Any]) -> tuple[SheetFact, ...]:
    return tuple(
        SheetFact(
            key, section, f["text"], tuple(f["sources"]), Grade(f["grade"]),
            tuple(map(dose, f["dose"])) if "dose" in f else (), f.get("resolution"),
        )
        for section in Section if section in v
        for key, f in v[section].items()
    )  # fmt: skip


def _likelihood(name: str, v: Any, share: Shares) -> Likelihood:
    if isinstance(v, str):
        return Likelihood(name, share[v], v)
    return Likelihood(
        name, share[v["word"]], v["word"], v.get("lr_present"), v.get("lr_absent"),
        tuple(v.get("sources", ("niggle",))), Grade(v.get("grade", "heuristic")), v.get("note"),
    )  # fmt: skip


def _prior(v: Mapping[str, Any], weights: Shares, floor: float, when: ParseWhen) -> Prior:
    def weight(word: str) -> float:
        return max(weights[word], floor)

    factors = tuple(
        PriorFactor(when(f["when"]), f["factor"], f["because"], tuple(f["sources"]), Grade(f["grade"]))
        for f in v.get("factors", ())
    )
    by_region = {Region(k): weight(w) for k, w in v.get("by_region", {}).items()}
    return Prior(weight(v["weight"]), by_region, factors, tuple(v["sources"]), Grade(v["grade"]), v.get("note"))


def condition(v: Mapping[str, Any], share: Shares, priors: Priors, when: ParseWhen) -> Condition:
    t, names, review = v["triage"], v["names"], v["review"]
    dangerous = t.get("must_not_miss", False)
    care, recovery = t["care"], t.get("recovery")
    return Condition(
        id=v["id"],
        prefix=v["prefix"],
        lay=names["lay"],
        clinical=names["clinical"],
        other_names=tuple(names.get("other", ())),
        aliases=tuple(v.get("aliases", ())),
        kind=ConditionClass(v["kind"]),
        tissue_class=TissueClass(v["tissue_class"]),
        scope=Scope(v["scope"]),
        regions=frozenset(map(Region, v.get("regions", ()))),
        sites={k: share[w] for k, w in v.get("sites", {}).items()},
        everywhere=v.get("everywhere", False),
        structures=tuple(v.get("structures", ())),
        purpose=v["purpose"],
        use=v["use"],
        misuse=v["misuse"],
        review=Review(review["status"], review.get("by"), review.get("on")),
        min_age=v.get("min_age"),
        max_age=v.get("max_age"),
        facts=_facts(v["facts"]),
        prior=_prior(t["prior"], priors.weights, priors.danger_floor if dangerous else 0.0, when),
        must_not_miss=dangerous,
        urgency=Urgency[t["urgency"].upper()],
        urgency_when=tuple(
            UrgencyWhen(when(u["when"]), Urgency[u["urgency"].upper()], u["because"]) for u in t.get("urgency_when", ())
        ),
        findings={k: _likelihood(k, f, share) for k, f in t["findings"].items()},
        look_alikes=tuple(
            LookAlike(x["condition"], x["tells_apart"], x["by"], tuple(x.get("findings", ())), x.get("one_way"))
            for x in t.get("look_alikes", ())
        ),
        causes=tuple(CauseLink(k, s) for k, s in t.get("causes", {}).items()),
        care=Care(tuple(care["who"]), care.get("when_days"), tuple(care.get("tests", ()))),
        tonight=tuple(t["tonight"]),
        grades=tuple(
            SeverityGrade(
                g["id"], g["name"], g["criteria"], g.get("low_days"), g.get("high_days"), tuple(g["sources"])
            )
            for g in t.get("grades", ())
        ),
        recovery=None
        if recovery is None
        else Recovery(
            recovery["low_days"], recovery["high_days"], recovery["note"], tuple(recovery["sources"]),
            Grade(recovery["grade"]),
        ),
        return_row=t.get("return_row"),
        ladder=t.get("ladder"),
        red_flags=tuple(t.get("related_red_flags", ())),
    )  # fmt: skip


def priors(v: Mapping[str, Any] | None) -> Priors:
    if v is None:
        return Priors({}, 0.0, (), ("niggle",), Grade.HEURISTIC)
    figures = tuple(
        PriorFigure(
            f["condition"], span(f["share_percent"]) or Span(0, 0), f["of"], tuple(f["sources"]), Grade(f["grade"])
        )
        for f in v["figures"]
    )
    return Priors(v["weights"], v["danger_floor"], figures, tuple(v["sources"]), Grade(v["grade"]))


def cause(name: str, v: Mapping[str, Any]) -> Cause:
    return Cause(
        name, v["kind"], v["label"], v["text"], tuple(v["spikes"]), tuple(v["findings"]), tuple(v["sources"]),
        Grade(v["grade"]),
    )  # fmt: skip


def term(name: str, v: Mapping[str, Any]) -> Term:
    return Term(name, v["term"], v["text"], tuple(v["also"]), tuple(v["sources"]), Grade(v["grade"]))


def faq(name: str, v: Mapping[str, Any]) -> Faq:
    facts = (FaqFact(k, f["text"], tuple(f["sources"]), Grade(f["grade"])) for k, f in v["facts"].items())
    return Faq(name, v["question"], tuple(facts))


def body_part(name: str, v: Mapping[str, Any]) -> BodyPartRow:
    return BodyPartRow(
        name, v["kind"], v["part"], v["text"], tuple(v["sources"]), Grade(v["grade"]), tuple(v["conditions"]),
        v["low_days"], v["high_days"], v["prevention"], v["resolution"],
    )  # fmt: skip


def roster(name: str, v: Mapping[str, Any]) -> Roster:
    return Roster(name, v["prefix"], v["facts"])
