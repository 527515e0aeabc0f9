"""What lowers capacity or takes recovery away: rest, breaks, sleep, long days, and what only the runner can tell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from niggle.core.history import SPORTS, Tag
from niggle.core.knowledge_types import Knowledge
from niggle.core.profile import Mode
from niggle.core.reasons import Fact, Reason, Weight
from niggle.core.session.types import Sport
from niggle.core.spikes.log import greatest, middle
from niggle.core.spikes.shoes import shoe_states
from niggle.core.spikes.types import Spike
from niggle.core.spikes.view import View, above, once

Found = Iterator[Spike | Reason]

_IMPACT: Final = frozenset(SPORTS.index(s) for s in (Sport.RUN, Sport.TRAIL, Sport.TREADMILL))
_TOLD: Final = {
    "carried_weight": "LOAD-S19", "day_load": "LOAD-S20", "landing_change": "LOAD-S23", "sprint": "LOAD-S06",
    "surface_swap": "LOAD-S09", "one_sided_ground": "LOAD-S10", "plyometrics": "LOAD-S15",
    "heavy_strength": "LOAD-S16", "long_sitting": "LOAD-S20",
}  # fmt: skip
_WEEK: Final = 7
ALTERNATE_RUNS: Final = 4  # sessions that seven days hold on alternate days
_LASTS_DAYS: Final = {"long_sitting": 2}  # stiff legs are a matter of hours; everything else is counted for a week
TOLD_CODES: Final = frozenset(_TOLD) | {"mechanical_sign"}


@once
def modifiers(view: View) -> tuple[str, ...]:
    """LOAD-R13: what lowers the growth cap now, as stable names in a fixed order."""
    p = view.profile
    names = []
    sleep = mean_sleep_h(view)
    if sleep is not None and sleep < view.number("sleep_short_h"):
        names.append("short_sleep")
    if p.missed_periods:
        names.append("missed_periods")
    if p.under_eating:
        names.append("under_eating")
    if _worn_shoe(view):
        names.append("worn_shoe")
    if p.prior_bone_injury:
        names.append("prior_bone_injury")
    lately = view.number("heavy_legs_days")
    if any(r.answers.heavy_legs for r in view.reports if 0 <= (view.on - r.on).days < lately):
        names.append("heavy_legs")
    return tuple(names)


@once
def mean_sleep_h(view: View) -> float | None:
    """Mean of the nights told in the last seven days (one a day), else the usual night of the profile."""
    nights: dict[date, float] = {}
    for r in view.reports:
        if 0 <= (view.on - r.on).days < 7 and r.answers.sleep_h is not None:
            nights[r.on] = r.answers.sleep_h
    return sum(nights.values()) / len(nights) if nights else view.profile.sleep_h


def _worn_shoe(view: View) -> bool:
    days = view.number("shoe_in_use_days")
    return any(
        s.stage in ("replace", "retire") and s.last_used is not None and (view.on - s.last_used).days < days
        for s in shoe_states(view)
    )


def impact_days(view: View, first: int, last: int) -> int:
    """How many days from first to last (ordinals) had a run or jumps. Walks, bikes, water and lifting are no impact."""
    sport, tags = view.log.sport, view.history.tags
    days = {view.log.day[i] for i in view.log.sessions_on(first, last)
            if sport[i] in _IMPACT or Tag.PLYOMETRIC in tags[i]}  # fmt: skip
    return len(days)


def capacity_findings(view: View) -> Found:
    yield from _rest(view)
    yield from _modifiers(view)
    yield from _said(view)
    yield from _return(view)
    p = view.profile
    injuries = p.injuries_last_12_months
    if p.at_volume_limit and injuries is not None and injuries >= view.number("many_injuries"):
        yield view.reason("LOAD-R16", Weight.INFO, Fact("injuries", injuries, "count"))


def _rest(view: View) -> Found:
    window = int(view.number("rest_window_days"))
    if impact_days(view, view.today - window + 1, view.today) == window:
        reason = view.reason("LOAD-R11", Weight.CAUTION, Fact("kind", "no_rest_day"), Fact("days", window, "days"))
        yield view.spike("LOAD-S17", None, reason, view.on)
    if every_other_day(view) and view.ran_on(view.today) and ran_yesterday(view):
        yield view.reason("LOAD-R11", Weight.CAUTION, Fact("kind", "consecutive"), Fact("days", 2, "days"))


def every_other_day(view: View) -> bool:
    """Coming back, runs stand on alternate days. Which stage of a plan ends this is the plan's to say; after a break of
    weeks none does."""
    back = returning(view)
    if back is not None and back.walks:
        return True
    return view.profile.mode in (Mode.COMEBACK, Mode.LADDER) and not view.daily


def ran_yesterday(view: View) -> bool:
    return view.ran_on(view.today - 1)


def _modifiers(view: View) -> Found:
    names = modifiers(view)
    if not names:
        return
    yield view.reason(
        "LOAD-R13", Weight.INFO, Fact("modifiers", ",".join(names)), Fact("sleep_h", mean_sleep_h(view), "h"),
        Fact("cap", view.number("capacity_reduced_growth"), "ratio"),
    )  # fmt: skip
    passing = [n for n in names if n in ("short_sleep", "under_eating", "heavy_legs")]
    if passing:
        reason = view.reason(
            "LOAD-S21", Weight.CAUTION, Fact("modifiers", ",".join(passing)),
            Fact("sleep_h", mean_sleep_h(view), "h"),
        )  # fmt: skip
        yield view.spike("LOAD-S21", None, reason, view.on)


def _said(view: View) -> Found:
    for r in view.reports:
        age = (view.on - r.on).days
        if age == 0 and r.acute:
            yield view.reason("LOAD-R14", Weight.STOP, Fact("site", r.site, on=r.on))
        hours = r.answers.standing_h
        if 0 <= age < 2 and hours is not None and hours >= view.number("standing_long_h"):
            reason = view.reason("LOAD-S20", Weight.CAUTION, Fact("standing_h", hours, "h", r.on))
            yield view.spike("LOAD-S20", None, reason, r.on)
    for t in view.told:
        if t.code in _TOLD and 0 <= (view.on - t.on).days < _LASTS_DAYS.get(t.code, 7):
            type_id = _TOLD[t.code]
            reason = view.reason(type_id, Weight.CAUTION, Fact("told", t.code, on=t.on))
            yield view.spike(type_id, None, reason, t.on)


@dataclass(frozen=True, slots=True)
class Return:
    """The way back after a break: the share of the old week allowed in the first one; 0 = a walk-run ladder.

    sessions: days since the break on which she ran, before today.
    """

    on: date  # first run after the break, or today when she has not run yet
    days_off: int
    share: float
    old_week_m: float
    old_longest_m: float
    running: bool  # False: the break still lasts
    last: date  # the last run before it
    sessions: int = 0

    @property
    def week_m(self) -> float:
        return self.share * self.old_week_m

    @property
    def walks(self) -> bool:
        """So long that the way back begins with walking breaks."""
        return self.share == 0


@once
def returning(view: View) -> Return | None:
    """LOAD-S22: the break of seven days or more that she is in, or came out of within the last seven; None if none.
    After one that ends by walking and running it is the weeks of that ladder, also if she paused again in them.

    A gap no longer than twice her usual one is her rhythm, not a break. A run that she spoke of and that is not in the
    log yet is a run.
    """
    days = view.log.days_run
    if not days:
        return None
    days = days + [d for d in view.told_runs if d > days[-1]]
    lengths, longest = view.knowledge.numbers("break_days"), walks_from(view.knowledge)
    weeks_of_walking = int(view.number("break_ladder_days"))
    edges = days + ([view.today] if days[-1] < view.today else [])
    lesser: Return | None = None
    for j in range(len(edges) - 1, 0, -1):
        back, last = edges[j], edges[j - 1]
        if back <= view.today - weeks_of_walking:
            return lesser
        off = back - last - 1
        long = off >= longest
        if off < lengths[0] or (not long and (lesser is not None or back <= view.today - _WEEK)):
            continue
        if _is_rhythm(days[max(0, j - 12) : j], off):
            continue
        share = next(
            s for d, s in zip(reversed(lengths), reversed(view.knowledge.numbers("break_return")), strict=True)
            if off >= d
        )  # fmt: skip
        begun = max(last - 27, days[0])
        old_m = view.distance_on(begun, last)
        if share > 0 and old_m <= 0:
            continue  # nothing is known that it could be a share of
        weeks = max((last - begun + 1) / 7, 1.0)
        longest_m = greatest(view.log.run_m[view.log.runs_on(last - 29, last)]) or 0.0
        running = j < len(days)
        since = sum(d < view.today for d in days[j:])
        found = Return(
            date.fromordinal(back), off, share, old_m / weeks, longest_m, running,
            date.fromordinal(last), since,
        )  # fmt: skip
        if long:
            return found
        lesser = found
    return lesser


def walks_from(knowledge: Knowledge) -> float:
    """Days without a run after which the way back begins with walking breaks."""
    shares = zip(knowledge.numbers("break_days"), knowledge.numbers("break_return"), strict=True)
    return min(days for days, share in shares if share == 0)


def walking_back(view: View, first: int, last: int) -> bool:
    """Whether any of those days (ordinals) is in the weeks of walking and running after a long break: percentages of
    the week before mean nothing there, the ladder's steps rule (LOAD-R15). Of the log alone, whatever the day."""
    days, lasts = view.log.days_run, int(view.number("break_ladder_days"))
    longest = walks_from(view.knowledge)
    for j in range(max(1, bisect_right(days, first - lasts)), bisect_right(days, last)):
        off = days[j] - days[j - 1] - 1
        if off >= longest and not _is_rhythm(days[max(0, j - 12) : j], off):
            return True
    return False


def return_reason(view: View, back: Return, weight: Weight, done_m: float | None) -> Reason:
    """What LOAD-S22 says of that way back. done_m: what its first week has, or would have; None if it is told ahead."""
    return view.reason(
        "LOAD-S22", weight, Fact("days_off", back.days_off, "days"), Fact("done", done_m, "m"),
        Fact("limit", back.week_m, "m"), Fact("old_week", back.old_week_m, "m"), Fact("ladder", back.walks),
    )  # fmt: skip


def _is_rhythm(days: Sequence[int], off: int) -> bool:
    gaps = [after - before for before, after in pairwise(days)]
    return len(gaps) >= 3 and off <= 2 * (middle(gaps) - 1)


def _return(view: View) -> Found:
    back = returning(view)
    if back is None or not back.running or back.old_week_m <= 0 or (view.on - back.on).days >= _WEEK:
        return  # later on the way back its sessions are what the day caps
    first = back.on.toordinal()
    done_m = view.distance_on(first, view.today)
    part = view.log.runs[view.log.runs_on(first, view.today)]
    if not back.walks:
        too_much = above(done_m, back.week_m * (1 + view.number("week_tolerance")))
    else:
        too_much = any(Tag.RUN_WALK not in view.history.tags[i] for i in part)
    if too_much:
        yield view.spike("LOAD-S22", part[-1], return_reason(view, back, Weight.CAUTION, done_m))
