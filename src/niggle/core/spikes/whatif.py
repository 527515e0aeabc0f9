"""Before the run: what a planned session would do to gate, week, tissues and rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

import numpy as np

from niggle.core.body import LoadTissue
from niggle.core.history import FEATURES, SPORTS, History, Tag
from niggle.core.knowledge_types import Knowledge
from niggle.core.load import session_doses
from niggle.core.profile import Profile
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.session.types import Floats, Session, is_run
from niggle.core.spikes.capacity import every_other_day, modifiers, ran_yesterday, return_reason, returning
from niggle.core.spikes.find import find_in, reasons_of, spacing_reason, spikes_of, stacked
from niggle.core.spikes.gate import gate_planned
from niggle.core.spikes.sessions import session_spikes
from niggle.core.spikes.shoes import age_reason, shoe_states
from niggle.core.spikes.types import DayReport, Planned, Spike, Told, WhatIf
from niggle.core.spikes.view import View, above
from niggle.core.spikes.weeks import week_reasons, week_table
from niggle.core.tissue import LoadWord, TissueState, states

PLANNED_ID = "planned"


def whatif(
    history: History,
    on: date,
    planned: Planned,
    knowledge: Knowledge,
    profile: Profile = Profile(),
    reports: Sequence[DayReport] = (),
    told: Sequence[Told] = (),
    *,
    guarded: bool = False,
    week_start: int = 0,
) -> WhatIf:
    """What `planned` on the day `on` would do, after everything that is already in the log up to that day."""
    now = View.of(history, on, knowledge, profile, week_start, reports=reports, told=told)
    gate = gate_planned(now, planned)
    view = View(add_planned(now.history, on, planned, knowledge), on, knowledge, profile, week_start)
    index = len(view.history) - 1
    fresh = list(session_spikes(view, index))
    reasons: list[Reason] = list(reasons_of(fresh))
    if not any(r.rule == "SCI-GATE" for r in reasons) and is_run(planned.sport):
        reasons.insert(0, replace(gate.reason, weight=Weight.INFO))
    reduced = bool(modifiers(now))
    week_m = view.distance_on(now.week_begins.toordinal(), view.today)
    if is_run(planned.sport):
        table = week_table(view, count=8, reduced=reduced)
        amount = table[-1].amount if table else week_m
        reasons += week_reasons(view, amount, table, planned=True, reduced=reduced)
        reasons += _rest(now)
        reasons += _return(now, planned)
    spacing = spacing_reason(view, index, planned=True)
    if spacing is not None:
        reasons.append(spacing)
    reasons += [age_reason(view, s, planned=True) for s in shoe_states(view)
                if s.shoe.id == planned.shoe and s.stage != "fresh"]  # fmt: skip
    recent = [f for f in find_in(now) if isinstance(f, Spike)]
    before_families = stacked(now, recent, guarded)
    both = stacked(view, [*recent, *fresh], guarded)
    if both and reasons_of(both) != reasons_of(before_families):
        reasons += reasons_of(both)
        fresh += both
    before, after = states(history, on, knowledge), states(view.history, on, knowledge)
    reasons += _tissues(view, before, after)
    return WhatIf(gate, week_m, before, after, spikes_of(fresh), tuple(reasons))


def _rest(now: View) -> list[Reason]:
    if every_other_day(now) and ran_yesterday(now):
        return [now.reason("LOAD-R11", Weight.STOP, Fact("kind", "consecutive"), Fact("days", 2, "days"))]
    return []


def _return(now: View, planned: Planned) -> list[Reason]:
    back = returning(now)
    if back is None:
        return []
    done_m = now.distance_on(back.on.toordinal(), now.today) + (planned.distance_m or 0.0)
    fine = Tag.RUN_WALK in planned.tags if back.walks else not above(done_m, back.week_m)
    if fine:
        return []
    return [return_reason(now, back, Weight.CAUTION, done_m)]


def _tissues(
    view: View, before: Mapping[LoadTissue, TissueState], after: Mapping[LoadTissue, TissueState]
) -> list[Reason]:
    """Tissues whose week would go well above what they are used to; context, never more than information."""
    far = (LoadWord.WELL_ABOVE, LoadWord.FAR_ABOVE)
    rising = [
        s for t, s in after.items() if s.word in far and s.week_load > before[t].week_load and s.ratio is not None
    ]
    rising.sort(key=lambda s: -(s.ratio or 0.0))
    return [
        view.reason(
            "LOAD-TISSUE",
            Weight.INFO,
            Fact("tissue", view.knowledge.tissues[s.tissue].name),
            Fact("ratio", s.ratio, "ratio"),
            Fact("before", before[s.tissue].ratio, "ratio"),
        )
        for s in rising[:3]
    ]


def add_planned(history: History, on: date, planned: Planned, knowledge: Knowledge) -> History:
    """The log with the planned session as its last row (id "planned"), doses by the summary model.

    Without a start it begins at the end of what is logged for the day, noon at the earliest.
    """
    noon = datetime.combine(on, time(12), UTC).timestamp()
    last = float(history.start_s[-1]) if len(history) else noon
    start_s = max(planned.start_s if planned.start_s is not None else noon, last + 1.0)
    session = Session(
        planned.sport,
        datetime.fromtimestamp(start_s, UTC),
        distance_m=planned.distance_m,
        moving_s=planned.duration_s,
        ascent_m=planned.ascent_m,
        descent_m=planned.descent_m,
    )
    doses = session_doses(session, knowledge.tissues, knowledge.parameters)

    def row(values: Floats, value: float | None) -> Floats:
        return np.append(values, np.nan if value is None else value)

    return History(
        ids=(*history.ids, PLANNED_ID),
        start_s=row(history.start_s, start_s),
        day=np.append(history.day, on.toordinal()),
        sport=np.append(history.sport, SPORTS.index(planned.sport)),
        distance_m=row(history.distance_m, planned.distance_m),
        timer_s=row(history.timer_s, planned.duration_s),
        moving_s=row(history.moving_s, planned.duration_s),
        ascent_m=row(history.ascent_m, planned.ascent_m),
        descent_m=row(history.descent_m, planned.descent_m),
        doses=np.vstack([history.doses, doses]),
        features=np.vstack([history.features, np.full(len(FEATURES), np.nan)]),
        tags=(*history.tags, planned.tags),
        surface=(*history.surface, planned.surface),
        low_side=(*history.low_side, None),
        shoe=(*history.shoe, planned.shoe),
        shoes=history.shoes,
    )
