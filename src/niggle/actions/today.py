"""Today's decision: gather one Case from rows, let core decide, keep the decision with everything it was made from."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

import niggle
from niggle.actions import clock
from niggle.actions.model import knowledge
from niggle.core.case import HISTORY_DAYS, Case, case_from_plain, case_to_plain
from niggle.core.gates import LEAD_DAYS
from niggle.core.history import History
from niggle.core.ids import canonical_json, digest_bytes
from niggle.core.today import Decision, Memo, decide, decision_from_plain, decision_to_plain
from niggle.store import mapping
from niggle.store.models import AthleteSetting, DecisionRow
from niggle.store.plans import load_plan_facts
from niggle.store.scopes import athlete_scope


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with the Case it was made from. `kept` is the row it is stored in, None when it was not kept."""

    decision: Decision
    case: Case
    kept: int | None = None
    memo: Memo = field(default_factory=Memo)  # for further questions about the same case


def gather(athlete_id: int, on: date) -> Case:
    """Every input of the decision for that day, as the rows tell it now."""
    first = on - timedelta(days=HISTORY_DAYS)
    with athlete_scope(athlete_id):
        plan = load_plan_facts(on, first, clock.end_of(on))
        # a plan is followed from its first day on, with the weeks before it
        first = min([first, *(s.on - timedelta(days=LEAD_DAYS) for s in plan.open_plans(on))])
        history = mapping.load_history(first, on)
        entries = mapping.load_entries(first, on, warnings_before=True)
        profile = mapping.load_profile(clock.end_of(on))
        told = mapping.load_told(first, on, clock.end_of(on))
        week_starts = AthleteSetting.objects.filter(key="week_starts").values_list("value", flat=True).first()
    return Case(
        on=on,
        history=history,
        entries=entries,
        profile=profile,
        week_starts=week_starts or "monday",
        engine_version=niggle.__version__,
        knowledge_digest=knowledge().digest,
        told=told,
        plan=plan,
    )


def decide_today(athlete_id: int, on: date, now: datetime | None = None, keep: bool = True) -> Decided:
    """The decision for that day. Kept as a new row when it or its inputs differ from the last one of that day.

    now: the moment it was asked for, needed to keep it; without it (or with keep=False) nothing is written.
    """
    case = gather(athlete_id, on)
    memo = Memo()
    decision = decide(case, knowledge(), memo)
    if not keep or now is None:
        return Decided(decision, case, memo=memo)
    return Decided(decision, case, _kept(athlete_id, case, decision, now), memo)


# The last kept case of a runner and day in this process. Writing a case as JSON costs as much as deciding it, and a
# page is looked at far more often than anything changes.
_LAST: dict[tuple[int, date], tuple[Case, int]] = {}
_MOST_REMEMBERED = 64


def _kept(athlete_id: int, case: Case, decision: Decision, now: datetime) -> int:
    with athlete_scope(athlete_id):
        rows = DecisionRow.objects.filter(on=case.on).order_by("-id")
        remembered = _LAST.get((athlete_id, case.on))
        # equal cases give equal decisions; nothing to write as long as that row is still the day's last
        if remembered is not None and _same(remembered[0], case):
            newest = rows.values_list("id", flat=True).first()
            if newest == remembered[1]:
                return remembered[1]
        text = canonical_json(case_to_plain(case)).encode()
        digest = digest_bytes(text)
        plain = decision_to_plain(decision)
        last = rows.values_list("id", "case_digest", "decision").first()
        if last is not None and last[1] == digest and last[2] == plain:
            kept = int(last[0])
        else:
            row = DecisionRow.objects.create(
                athlete_id=athlete_id,
                on=case.on,
                made_at=now,
                engine_version=case.engine_version,
                knowledge_digest=case.knowledge_digest,
                case_digest=digest,
                case_zlib=zlib.compress(text, 6),
                light=decision.light.value,
                decision=plain,
            )
            kept = int(row.pk)
    if len(_LAST) >= _MOST_REMEMBERED:
        _LAST.clear()
    _LAST[athlete_id, case.on] = (case, kept)
    return kept


def _same(one: Case, other: Case) -> bool:
    """Equal inputs. History holds arrays, which `==` of dataclasses cannot compare."""
    mine, yours = one.history, other.history
    if len(mine) != len(yours) or replace(one, history=yours) != replace(other, history=yours):
        return False
    for f in fields(History):
        left, right = getattr(mine, f.name), getattr(yours, f.name)
        if isinstance(left, np.ndarray):
            if not np.array_equal(left, right, equal_nan=left.dtype.kind == "f"):
                return False
        elif left != right:
            return False
    return True


def replay(case_plain: Mapping[str, Any]) -> Decision:
    """The decision of a case file, by the engine and knowledge of this installation. Raises BadCase. No database."""
    return decide(case_from_plain(case_plain), knowledge())


def decided_before(athlete_id: int, first: date, last: date) -> tuple[tuple[datetime, Decision], ...]:
    """Decisions kept for those days, the last one of each day, with the moment it was made; oldest first."""
    with athlete_scope(athlete_id):
        rows = DecisionRow.objects.filter(on__gte=first, on__lte=last).order_by("on", "id")
        found = {row[0]: (row[1], decision_from_plain(row[2])) for row in rows.values_list("on", "made_at", "decision")}
    return tuple(found.values())


def kept_case(athlete_id: int, row: int) -> Case | None:
    """The Case a kept decision was made from, None if there is no such row."""
    with athlete_scope(athlete_id):
        packed = DecisionRow.objects.filter(pk=row).values_list("case_zlib", flat=True).first()
    return None if packed is None else case_from_plain(json.loads(zlib.decompress(bytes(packed))))
