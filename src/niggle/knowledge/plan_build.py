"""Frozen exercises, protocols, ladders and tests from the compiled form; nothing is checked again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from niggle.core.body import LoadTissue, TissueClass
from niggle.core.exercise import (
    Contraindication,
    Exercise,
    ExerciseKind,
    GrowingDose,
    Quantity,
    Sides,
    Tempo,
    TissueDemand,
    Weight,
)
from niggle.core.protocol import (
    Better,
    CapacityTest,
    Choice,
    Criterion,
    CrossTraining,
    Deadline,
    Element,
    GradePlan,
    Group,
    Item,
    Ladder,
    Need,
    Phase,
    PhasePlan,
    Protocol,
    Relief,
    Running,
    RunningRule,
    RunWalk,
    TradeOff,
)
from niggle.core.reasons import Grade
from niggle.core.routine import Routine, RoutineItem, Slot
from niggle.core.when import When
from niggle.knowledge import condition_build

ParseWhen = Callable[[Any], When]
Plain = Mapping[str, Any]
_NIGGLE = ("niggle",)


def exercise(v: Plain) -> Exercise:
    return Exercise(
        id=v["id"],
        catalogue=v["catalogue"],
        name=v["name"],
        also=tuple(v.get("also", ())),
        kinds=tuple(map(ExerciseKind, v["kinds"])),
        targets=tuple(v["targets"]),
        how=v["how"],
        cues=tuple(v.get("cues", ())),
        faults=tuple(v.get("faults", ())),
        equipment=tuple(v.get("equipment", ())),
        instead=dict(v.get("instead", {})),
        one_sided=v["one_sided"],
        tempo=_tempo(v.get("tempo")),
        easier=tuple(v.get("easier", ())),
        harder=tuple(v.get("harder", ())),
        load={
            LoadTissue(k): TissueDemand(d["tier"], d.get("body_weights"), tuple(d.get("sources", _NIGGLE)))
            for k, d in v.get("load", {}).items()
        },
        heavy=v.get("heavy", False),
        heavy_calf=v.get("heavy_calf", False),
        impact=v.get("impact", False),
        contraindications=tuple(map(_contraindication, v.get("contraindications", ()))),
        figures=tuple(v.get("figures", ())),
        sources=tuple(v["sources"]),
        grade=Grade(v["grade"]),
        note=v.get("note"),
    )


def _contraindication(v: Plain) -> Contraindication:
    tissue_class = v.get("tissue_class")
    return Contraindication(
        v["because"], v.get("condition"), None if tissue_class is None else TissueClass(tissue_class),
        frozenset(v.get("phases", ())), v.get("until_cleared", False), tuple(v.get("sources", _NIGGLE)),
    )  # fmt: skip


def _tempo(v: Any) -> Tempo | None:
    return None if v is None else Tempo(*v)


def quantity(v: Any) -> Quantity | None:
    """`n`, `[start, target]` or `[start, target, step]`."""
    if v is None:
        return None
    return Quantity(*v) if isinstance(v, list) else Quantity(v, v)


def dose(v: Plain) -> GrowingDose:
    sets, per_week = quantity(v.get("sets", 1)), v["per_week"]
    assert sets is not None
    low, high = per_week if isinstance(per_week, list) else (per_week, per_week)
    return GrowingDose(
        sets=sets,
        reps=quantity(v.get("reps")),
        hold_s=quantity(v.get("hold_s")),
        minutes=quantity(v.get("minutes")),
        tempo=_tempo(v.get("tempo")),
        weight=Weight(v.get("weight", "body")),
        sides=Sides(v.get("sides", "together")),
        per_day=v.get("per_day", 1),
        per_week_low=low,
        per_week_high=high,
        rest_s=v.get("rest_s"),
        grows=tuple(v.get("grows", ())),
        load_note=v.get("load_note"),
        note=v.get("note"),
    )


def criteria(v: Any, when: ParseWhen) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(
            c["id"], when(c["when"]), c["say"], tuple(c["sources"]), Grade(c["grade"]), c.get("time_only", False),
            tuple(c.get("facts", ())),
        )
        for c in v
    )  # fmt: skip


def items(v: Any, when: ParseWhen) -> tuple[Item, ...]:
    return tuple(
        Item(
            id=i["id"],
            exercise=i["exercise"],
            group=Group(i["group"]),
            dose=dose(i["dose"]),
            why=i["why"],
            essential=i.get("essential", False),
            only_if=_maybe(i.get("only_if"), when),
            facts=tuple(i.get("facts", ())),
            sources=tuple(i["sources"]),
            grade=Grade(i["grade"]),
            trial=i.get("trial", False),
        )
        for i in v
    )


def _maybe(form: Any, when: ParseWhen) -> When | None:
    return None if form is None else when(form)


def _range(v: Any) -> tuple[Any, Any]:
    if v is None:
        return None, None
    return (v[0], v[1]) if isinstance(v, list) else (v, v)


def _running(v: Plain) -> RunningRule:
    low, high = _range(v.get("minutes"))
    return RunningRule(
        Running(v["mode"]), v["say"], low, high, v.get("surface"), v.get("alternate_days", False),
        tuple(v.get("facts", ())),
    )  # fmt: skip


def _phase(v: Plain, when: ParseWhen) -> PhasePlan:
    low, high = _range(v.get("days"))
    return PhasePlan(
        phase=Phase(v["phase"]),
        purpose=v["purpose"],
        opens_next=v["opens_next"],
        items=items(v.get("items", ()), when),
        running=_running(v["running"]),
        cross_training=tuple(
            CrossTraining(x["exercise"], *_range(x["minutes"]), x.get("note"), _maybe(x.get("only_if"), when))
            for x in v.get("cross_training", ())
        ),
        off_menu=tuple(v.get("off_menu", ())),
        relief=tuple(
            Relief(r["text"], r.get("caveat"), tuple(r["sources"]), tuple(r.get("facts", ())))
            for r in v.get("relief", ())
        ),
        gate=criteria(v.get("gate", ()), when),
        days_low=low,
        days_high=high,
    )


def _deadline(v: Plain, when: ParseWhen) -> Deadline:
    phase = v.get("phase")
    return Deadline(
        v["id"], v["after_days"], tuple(v["see"]), v["because"], None if phase is None else Phase(phase),
        _maybe(v.get("unless"), when), tuple(v["sources"]), Grade(v["grade"]), tuple(v.get("facts", ())),
    )  # fmt: skip


def _trade_off(v: str | Plain) -> TradeOff:
    if isinstance(v, str):
        return TradeOff(v)
    return TradeOff(
        v["say"], v.get("weeks_min"), v.get("weeks_max"), v.get("km_min"), v.get("km_max"), tuple(v["sources"]),
        Grade(v["grade"]),
    )  # fmt: skip


def _grade(name: str, v: Plain) -> GradePlan:
    one, two, three, four = v["min_days"]
    return GradePlan(
        name, v["name"], (one, two, three, four), Need(v.get("need", "nothing")), *_range(v.get("return_days")),
        v["note"], tuple(v.get("facts", ())),
    )  # fmt: skip


def protocol(v: Plain, when: ParseWhen) -> Protocol:
    """`tissue_class` was added to the compiled form from the condition's file."""
    one, two, three, four = (_phase(p, when) for p in v["phases"])
    return Protocol(
        condition=v["condition"],
        tissue_class=TissueClass(v["tissue_class"]),
        site=v["site"],
        need=Need(v["need"]),
        need_say=v.get("need_say"),
        ladder=v.get("ladder"),
        summary=v["summary"],
        phases=(one, two, three, four),
        readiness=criteria(v.get("readiness", ()), when),
        hold=criteria(v.get("hold", ()), when),
        regress=criteria(v.get("regress", ()), when),
        stop=criteria(v.get("stop", ()), when),
        session_stop=tuple(v.get("session_stop", ())),
        deadlines=tuple(_deadline(d, when) for d in v.get("deadlines", ())),
        grades={k: _grade(k, g) for k, g in v.get("grades", {}).items()},
        default_grade=v.get("default_grade"),
        choices=tuple(
            Choice(c["about"], c["chosen"], c["why"], tuple(c.get("facts", ()))) for c in v.get("choices", ())
        ),
        maintenance=items(v.get("maintenance", ()), when),
        maintenance_say=v["maintenance_say"],
        tests=tuple(v.get("tests", ())),
        add_back=tuple(map(Element, v.get("add_back", ()))),
        races=tuple(map(_trade_off, v.get("races", ()))),
        sources=tuple(v["sources"]),
        grade=Grade(v["grade"]),
        facts=tuple(v.get("facts", ())),
    )


def _step(v: Plain) -> RunWalk:
    reps_low, reps_high = _range(v.get("reps"))
    percent_low, percent_high = _range(v.get("percent"))
    add = v.get("add")
    return RunWalk(
        id=v["id"],
        run_min=v.get("run_min"),
        walk_min=v.get("walk_min"),
        reps_low=reps_low,
        reps_high=reps_high,
        minutes=v.get("minutes"),
        metres=v.get("metres"),
        add=None if add is None else Element(add),
        percent_low=percent_low,
        percent_high=percent_high,
        walk_only=v.get("walk_only", False),
        say=v["say"],
        sources=tuple(v["sources"]),
        grade=Grade(v["grade"]),
    )


def ladder(v: Plain, when: ParseWhen) -> Ladder:
    return Ladder(
        v["id"], v["name"], criteria(v["readiness"], when), tuple(map(_step, v["steps"])), v["every_other_day"],
        v["times_each"], v["ache_allowed"], v["repeat_on_ache"], v.get("surface"), tuple(v["sources"]),
        Grade(v["grade"]), v.get("note"),
    )  # fmt: skip


def test(name: str, v: Plain) -> CapacityTest:
    return CapacityTest(
        id=name,
        catalogue=v.get("catalogue"),
        name=v["name"],
        unit=v["unit"],
        better=Better(v["better"]),
        sided=v["sided"],
        how=tuple(v["how"]),
        equipment=tuple(v.get("equipment", ())),
        minimum=v["minimum"],
        maximum=v["maximum"],
        target=v.get("target"),
        attention_gap=v.get("attention_gap"),
        block_gap=v.get("block_gap"),
        pain_void_above=v.get("pain_void_above"),
        impact=v.get("impact", False),
        exercise=v.get("exercise"),
        say_target=v["say_target"],
        sources=tuple(v["sources"]),
        grade=Grade(v["grade"]),
        stale_days=v.get("stale_days", 14),
        minutes=v.get("minutes", 3.0),
    )


def routine(name: str, v: Plain) -> Routine:
    minutes = condition_build.span(v["minutes"])
    assert minutes is not None
    found = tuple(
        RoutineItem(
            i["fact"], condition_build.dose(i["dose"]), Slot(i["slot"]), i["why"], tuple(i["sources"]),
            Grade(i["grade"]), i["optional"], i["each_side"],
        )
        for i in v["items"]
    )  # fmt: skip
    per_week = condition_build.span(v["per_week"])
    return Routine(name, v["name"], v["purpose"], minutes, per_week, found, tuple(v["rules"]))
