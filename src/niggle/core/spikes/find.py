"""All load findings of the last days: spikes, the rules behind them, and the rules that look across them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import isfinite, isnan
from typing import Final

from niggle.core.history import History, Tag
from niggle.core.knowledge_types import Knowledge
from niggle.core.profile import Profile
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.spikes.capacity import capacity_findings, modifiers
from niggle.core.spikes.sessions import session_spikes
from niggle.core.spikes.shoes import shoe_findings
from niggle.core.spikes.types import DayReport, Spike, Told, Week, WeekVerdict
from niggle.core.spikes.view import View, above
from niggle.core.spikes.weeks import cutback_due, growth_cap, week_reasons, week_table

Finding = Spike | Reason

FAST: Final = frozenset({Tag.SPEED, Tag.HILLS, Tag.SPRINT, Tag.RACE, Tag.PLYOMETRIC})

# One long hilly run is longer and hillier and more for the week, but one change: types of a family count once (ours).
FAMILIES: Final = {
    "LOAD-S01": "volume", "LOAD-S02": "volume", "LOAD-S03": "volume",
    "LOAD-S04": "intensity", "LOAD-S05": "intensity", "LOAD-S06": "intensity",
    "LOAD-S07": "terrain", "LOAD-S08": "terrain", "LOAD-S09": "terrain", "LOAD-S10": "terrain",
    "LOAD-S11": "shoe", "LOAD-S12": "shoe", "LOAD-S13": "shoe", "LOAD-S14": "shoe",
    "LOAD-S15": "jumps", "LOAD-S16": "strength", "LOAD-S23": "landing",
}  # fmt: skip


def find(
    history: History,
    on: date,
    knowledge: Knowledge,
    profile: Profile = Profile(),
    reports: Sequence[DayReport] = (),
    told: Sequence[Told] = (),
    *,
    days: int = 7,
    guarded: bool = False,
    week_start: int = 0,
) -> tuple[Finding, ...]:
    """Spikes of the last `days` days (1 = only today) and every load rule that speaks on the day `on`.

    Nothing after `on` is looked at. guarded: the light is yellow or red or a plan is active, so that stacking changes
    is blocked (LOAD-R03). What is done is never stopped: only an acute moment told today comes with Weight.STOP. For
    longer `days` the rules that describe the day itself (rest, shoes, capacity) still describe `on` only.
    """
    view = View.of(history, on, knowledge, profile, week_start, reports=reports, told=told)
    return find_in(view, days=days, guarded=guarded)


def find_in(view: View, *, days: int = 7, guarded: bool = False) -> tuple[Finding, ...]:
    """`find` on a View."""
    found: list[Finding] = []
    for index in range(bisect_left(view.log.day, view.today - days + 1), len(view.log)):
        found += session_spikes(view, index)
        spacing = spacing_reason(view, index)
        if spacing is not None:
            found.append(spacing)
    found += weekly_findings(view, days, bool(modifiers(view)))
    found += shoe_findings(view, days)
    found += capacity_findings(view)
    found += _stacked(view, found, guarded)
    return tuple(_once(found))


def _once(found: Iterable[Finding]) -> list[Finding]:
    """Without repeats: several runs may lead to the same word about tiny volumes."""
    kept: list[Finding] = []
    tiny = False
    for item in found:
        if isinstance(item, Reason) and item.rule == "LOAD-R15":
            if tiny:
                continue
            tiny = True
        kept.append(item)
    return kept


def spikes_of(found: Iterable[Finding]) -> tuple[Spike, ...]:
    return tuple(f for f in found if isinstance(f, Spike))


def reasons_of(found: Iterable[Finding]) -> tuple[Reason, ...]:
    """The reason of every finding, in order."""
    return tuple(f.reason if isinstance(f, Spike) else f for f in found)


def weekly_findings(view: View, days: int, reduced: bool) -> list[Finding]:
    """Growth of the weeks that touch the last `days`, and the cutback that is due or overdue now."""
    table = week_table(view, count=days // 7 + 2, reduced=reduced)
    found: list[Finding] = []
    first = view.today - days + 1
    for week in table:
        if week.verdict not in (WeekVerdict.OK, WeekVerdict.NOT_APPLICABLE):
            crossed = crossing_day(view, week, limit_of(view, week, reduced))
            if crossed is not None and crossed[0].toordinal() >= first:
                found.append(_volume_spike(view, week, *crossed))
    if not table or table[-1].start != view.week_begins:
        return found
    longer = week_table(view, count=8, reduced=reduced)
    now = week_reasons(view, table[-1].amount, longer, planned=False)
    found += [r for r in now if r.rule != "LOAD-R01"]
    due = cutback_due(view, longer[:-1] if table[-1].partial else longer)
    if due is not None and due.weeks > view.number("cutback_max_interval_weeks"):
        weight = Weight.CAUTION if due.climbing else Weight.INFO
        reason = view.reason("LOAD-S17", weight, Fact("build_weeks", due.weeks), Fact("climbing", due.climbing))
        found.append(view.spike("LOAD-S17", None, reason, view.on))
    return found


def limit_of(view: View, week: Week, reduced: bool) -> float:
    """The amount from which a week of this reference grows too fast."""
    assert week.reference is not None
    allowed = view.number("week_tolerance") if week.after_cutback else growth_cap(view, reduced)
    return week.reference * (1 + allowed)


def crossing_day(view: View, week: Week, limit: float) -> tuple[date, int] | None:
    """Day and session with which the week went above the limit."""
    first, log = week.start.toordinal(), view.log
    part = log.runs_on(first, first + 6)
    done = 0.0
    for index, amount in zip(log.runs[part], (log.run_s if week.by_time else log.run_m)[part], strict=True):
        done += 0.0 if isnan(amount) else amount
        if above(done, limit):
            return view.day_of(index), index
    return None


def _volume_spike(view: View, week: Week, on: date, index: int) -> Spike:
    assert week.reference is not None
    unit = "s" if week.by_time else "m"
    reason = view.reason(
        "LOAD-R01", Weight.CAUTION, Fact("verdict", week.verdict.value),
        Fact("week", week.amount, unit, week.start), Fact("reference", week.reference, unit),
        Fact("growth", week.amount / week.reference - 1, "ratio"), Fact("after_cutback", week.after_cutback),
        Fact("planned", False), Fact("by_time", week.by_time),
    )  # fmt: skip
    return view.spike("LOAD-S01", index, reason, on)


def spacing_reason(view: View, index: int, *, planned: bool = False) -> Reason | None:
    """LOAD-R05: hours between the end of the last heavy calf work and a fast, hilly or jumping session, or strides.

    A light finisher inside the strength session itself is no session of its own. Easy running is always open.
    """
    tags = view.history.tags[index]
    strides = Tag.STRIDES in tags and not tags & FAST
    if (not tags & FAST and not strides) or Tag.HEAVY_CALF in tags:
        return None
    heavy = view.log.last_tagged(index, (Tag.HEAVY_CALF,))
    if heavy is None:
        return None
    gap_h = (float(view.history.start_s[index]) - heavy_end_s(view, heavy)) / 3600.0
    if gap_h >= view.number("heavy_calf_clear_h"):
        return None
    blocked = gap_h < view.number("heavy_calf_block_h") and not strides
    if strides and gap_h >= view.number("heavy_calf_block_h"):
        return None
    return view.reason(
        "LOAD-R05", Weight.STOP if blocked and planned else Weight.CAUTION, Fact("gap_h", gap_h, "h"),
        Fact("blocked", blocked), Fact("strides", strides), Fact("planned", planned),
    )  # fmt: skip


def heavy_end_s(view: View, index: int) -> float:
    h = view.history
    lasted_s = next((float(s) for s in (h.timer_s[index], h.moving_s[index]) if isfinite(s)), 0.0)
    return float(h.start_s[index]) + lasted_s


def new_families(view: View, found: Iterable[Finding]) -> dict[str, Spike]:
    """Families of new stressors of the last seven days, each with its first spike."""
    first = view.on - timedelta(days=6)
    families: dict[str, Spike] = {}
    for spike in sorted(spikes_of(found), key=lambda s: s.on):
        if spike.stressor and first <= spike.on <= view.on:
            families.setdefault(FAMILIES[spike.type], spike)
    return families


def _stacked(view: View, found: Sequence[Finding], guarded: bool, *, planned: bool = False) -> list[Finding]:
    families = new_families(view, found)
    if len(families) < 2:
        return []
    reason = view.reason(
        "LOAD-R03", Weight.STOP if guarded and planned else Weight.CAUTION,
        Fact("count", len(families), "count"), Fact("kinds", ",".join(families)),
        Fact("codes", ",".join(s.code for s in families.values())), Fact("blocked", guarded),
    )  # fmt: skip
    latest = max(families.values(), key=lambda s: s.on)
    return [view.spike("LOAD-S18", None, reason, latest.on)]


def stacked(view: View, found: Sequence[Finding], guarded: bool) -> list[Finding]:
    """LOAD-R03 for a plan: stopped when guarded."""
    return _stacked(view, found, guarded, planned=True)
