"""The light of a day from the whole history: every complaint's story, its reasons, and the worst of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from niggle.core.body import Side
from niggle.core.checkin import CheckIn, Moment, Series
from niggle.core.knowledge_types import Knowledge
from niggle.core.outcomes import Light, Urgency, worst
from niggle.core.profile import Mode, Profile
from niggle.core.reasons import Fact, FactValue, Reason, Weight
from niggle.core.red_flags import (
    FlagHit,
    about_profile,
    facts_seen,
    notes,
    open_locks,
    outside_scope,
    without_doubles,
)
from niggle.core.red_flags.index import index_of
from niggle.core.traffic_light.facts import Numbers
from niggle.core.traffic_light.memory import Memory
from niggle.core.traffic_light.report import Report, Story, carried, is_final
from niggle.core.traffic_light.story import Teller, teller_of
from niggle.core.traffic_light.table import shin_provoked
from niggle.core.traffic_light.types import (
    ComplaintLight,
    DayLight,
    Lever,
    LightState,
    SessionDay,
    Sessions,
    State,
    levers_for,
)

# members under names of their own: finding them in their enum takes longer than comparing them
_GREEN, _YELLOW, _RED, _CANNOT_SAY = Light.GREEN, Light.YELLOW, Light.RED, Light.CANNOT_SAY
_SELF_CARE, _URGENT = Urgency.SELF_CARE, Urgency.URGENT
_WEIGHT: Final = {_GREEN: Weight.INFO, _YELLOW: Weight.CAUTION, _RED: Weight.STOP}
_ROW_FACTS: Final[Mapping[str, tuple[str, ...]]] = {  # what a row's sentence needs beyond its own condition
    "TL-D08": ("score",),
    "TL-D09": ("score",),
    "TL-D11": ("pain_start", "pain_max", "pain_end", "built_up", "late_onset", "onset_km"),
    "TL-D12": ("pain_morning", "stiffness"),
    "TL-D14": ("score", "site"),
}
_DATED: Final = frozenset({"TL-D06", "TL-D10", "TL-D15"})  # rows whose sentence repeats the number that was said
_STATE_RULE: Final = {
    State.GREEN: "TL-30",
    State.YELLOW: "TL-31",
    State.RETURNING: "TL-R13",
    State.RED: "TL-34",
    State.RED_FLAG: "TL-33",
}
_LEVERS: Final = tuple(Lever)
_SEVERITY: Final = {State.GREEN: 0, State.RETURNING: 1, State.YELLOW: 2, State.RED: 3, State.RED_FLAG: 4}


def assess(
    checkins: Sequence[CheckIn],
    on: date,
    profile: Profile,
    sessions: Iterable[SessionDay],
    knowledge: Knowledge,
    *,
    every_check_in: bool = False,
    memory: Memory | None = None,
) -> LightState:
    """The light of `on` from every check-in up to then (folded, any order of complaints) and the days of running.

    every_check_in: read quiet check-ins of the past in full; same outcome, for tests. memory: same outcome, quicker the
    next time. Nothing later than `on` is
    looked at. Fold with `until=on`, so that what was recorded later stays unknown too.
    """
    teller = teller_of(checkins, on, profile, sessions, knowledge, memory, every_check_in=every_check_in)
    numbers, last_word = teller.numbers, teller.last_word
    lights: list[ComplaintLight] = []
    locking: list[FlagHit] = []
    for place, line in teller.lines.items():
        story = teller.tell(place)
        locking += story.locking
        if story.state is State.GREEN and (on - line.series.days[-1].on).days > numbers.fresh_days:
            continue  # long quiet: no open complaint
        lights.append(_complaint(story, line.series, teller, profile))
    lights.sort(key=lambda c: (-c.light.severity, -_SEVERITY[c.state], -c.care, c.site or "", c.side or ""))
    stale = last_word is None or (on - last_word).days > numbers.fresh_days
    flags = without_doubles([*(f for c in lights for f in c.flags), *about_profile(profile, on, knowledge)])
    light = worst(*(c.light for c in lights), *((_CANNOT_SAY,) if stale else ()))
    reasons: list[Reason] = []
    if stale:
        age = None if last_word is None else (on - last_word).days
        reasons.append(
            _reason("TL-R12", Weight.INFO, (Fact("days_since_checkin", age, "days", on),), knowledge,
                    decided=light is _CANNOT_SAY)
        )  # fmt: skip
    hurting = max((c.last_checkin for c in lights if c.site is not None and c.score), default=date.min)
    for complaint in lights:
        if complaint.site is None and complaint.light is _GREEN and complaint.last_checkin <= hurting:
            continue  # "nothing hurts" beside a pain of that day or a later one: the pain counts
        reasons += complaint.reasons
    reasons += [f.reason for f in flags if f.site is None and all(f.reason not in c.reasons for c in lights)]
    care = max((u for u in (*(c.care for c in lights), *(_care_of(f) for f in flags))), default=_SELF_CARE)
    leading = [c for c in lights if c.light is light]
    missing = tuple(dict.fromkeys(m for c in lights for m in c.missing))
    return LightState(
        on,
        light,
        any(c.provisional for c in (leading if light is not _GREEN else lights)),
        care,
        light is _RED or any(c.no_run_today for c in lights),
        any(c.ends_session for c in lights),
        tuple(lever for lever in _LEVERS if any(lever in c.levers for c in lights)),
        tuple(lights),
        tuple(reasons),
        flags,
        open_locks(locking, profile, on),
        last_word,
        ("checkin", *missing) if stale else missing,
    )


def _care_of(flag: FlagHit) -> Urgency:
    """A warning that a later check-in no longer repeats is still to be seen, but no longer an emergency of the hour."""
    return min(flag.urgency, _URGENT) if flag.carried else flag.urgency


def _complaint(story: Story, line: Series, teller: Teller, profile: Profile) -> ComplaintLight:
    report, numbers, on = story.report, teller.numbers, teller.on
    assert report is not None
    checkin, day = report.checkin, report.day
    light = story.state.light
    if light is _GREEN and day.light is _CANNOT_SAY:
        light = _CANNOT_SAY
    by_row = day.light is light and day.decided is not None
    score = report.facts.get("score")
    score = float(score) if isinstance(score, int | float) else None
    nothing_hurts = checkin.site is None and score == 0
    provisional = light is not _RED and not is_final(report)
    if nothing_hurts and teller.last_word is not None and teller.last_word > checkin.on:
        provisional = False  # a later word, and not about this
    held = carried(story)
    reasons = list(_row_reasons(report, light, teller.knowledge, on, decided=by_row))
    reasons += [h.reason for h in (*report.hits, *held)]
    reasons += notes(report.facts, checkin.on, teller.knowledge)
    state_reasons, state_care = _state_reasons(story, report, teller, profile, decided=not by_row)
    reasons += state_reasons
    if provisional:
        reasons.append(_reason("TL-R01", Weight.INFO, _place(line, on), teller.knowledge))
    levers: tuple[Lever, ...] = ()
    if light is _YELLOW:
        levers = _levers(story, numbers, teller.sessions)
        lever_facts = (*_place(line, on), Fact("levers", " ".join(levers), None, on), Fact("score", score, "0-10", on))
        low, high = teller.knowledge.numbers("volume_cut")
        lever_facts += (Fact("cut_from", low, "ratio", on), Fact("cut_to", high, "ratio", on))
        reasons.append(_reason("TL-R03", Weight.CAUTION, lever_facts, teller.knowledge))
    care = max(day.care, state_care, _held_care(story))
    return ComplaintLight(
        line.site,
        line.side,
        light,
        provisional,
        story.state,
        story.since,
        _decided(story, day, profile, light, by_row=by_row),
        tuple(reasons),
        care,
        day.ends_session,
        # the morning after speaks of the day after the run
        light is _RED or (day.no_run_today and (on - checkin.on).days <= 1),
        score,
        checkin.on,
        levers,
        numbers.reduced_sessions - story.greens if light is _YELLOW else None,
        (*report.hits, *held),
        _missing(story, report, teller, provisional=provisional),
        outside_scope(checkin),
    )


def _held_care(story: Story) -> Urgency:
    return min(story.worst_care, _URGENT) if story.state.light is _RED else _SELF_CARE


def _reason(
    rule: str, weight: Weight, facts: tuple[Fact, ...], knowledge: Knowledge, *, decided: bool = False
) -> Reason:
    known = knowledge.rules[rule]
    return Reason(rule, weight, facts, known.sources, known.grade, decided)


def _place(line: Series, on: date) -> tuple[Fact, ...]:
    return tuple(Fact(n, v, None, on) for n, v in (("site", line.site), ("side", line.side)) if v is not None)


def _row_reasons(report: Report, light: Light, knowledge: Knowledge, today: date, *, decided: bool) -> Iterable[Reason]:
    facts, on, known = report.facts, report.checkin.on, index_of(knowledge.light_rows).by_id
    for place, row_id in enumerate(report.day.rows):
        row = known[row_id]
        names = tuple(dict.fromkeys((*row.when.names, *_ROW_FACTS.get(row_id, ()))))
        # the words depend on whether an earlier day still weighs more than this report
        seen = (*facts_seen(names, facts, on), Fact("complaint_light", light.value, None, on))
        if row_id in ("TL-D01", "TL-D02"):
            seen += (Fact("flags", " ".join(h.rule for h in report.hits if h.urgency >= _URGENT), None, on),)
        if row_id in _DATED:
            seen += _age(report.checkin, today)
        weight = _WEIGHT[row.light]
        yield Reason(row_id, weight, seen, row.rule.sources, row.rule.grade, decided and place == 0)
    yield from _rule_reasons(report, knowledge)


def _age(checkin: CheckIn, today: date) -> tuple[Fact, ...]:
    """The day of a word that is older than last night's, so that nobody takes it for today's."""
    days = (today - checkin.on).days
    if days < (2 if Moment.NEXT_MORNING in checkin.moments else 1):
        return ()
    return Fact("said_on", checkin.on.isoformat(), None, checkin.on), Fact("days_ago", days, "days", today)


def _rule_reasons(report: Report, knowledge: Knowledge) -> Iterable[Reason]:
    """The rules around the table that spoke on this report."""
    facts, on, day = report.facts, report.checkin.on, report.day
    said = facts.get
    found: list[tuple[str, Weight, tuple[str, ...]]] = []
    score = said("score")
    if day.light is not _RED and isinstance(score, int | float) and day.ends_session and "TL-D10" in day.rows:
        found.append(("TL-X02", Weight.CAUTION, ("score",)))
    if said("limp_first_steps") and day.light is not _RED:
        found.append(("TL-X05", Weight.CAUTION, ("limp_first_steps",)))
    if shin_provoked(facts):
        found.append(("TL-X13", Weight.STOP, ("hop_pain", "walk_pain")))
    if report.session and day.ends_session:
        found.append(("TL-R04", Weight.STOP, ("score", "sharp", "gait_affected", "walk_pain")))
    if said("stiffness_exempt"):
        found.append(("TL-R05", Weight.INFO, ("stiffness",)))
    if said("yellow_darkening"):
        found.append(("TL-R07", Weight.STOP, ("score",)))
    if said("soreness_exempt") and (
        said("not_back_at_baseline") or said("stiffness_worse") or said("limp_first_steps")
    ):
        found.append(("TL-R09", Weight.INFO, ("score",)))
    if said("feels_wrong"):
        found.append(("TL-R10", Weight.STOP, ("feels_wrong",)))
    for rule, weight, names in found:
        yield _reason(rule, weight, facts_seen(names, facts, on), knowledge)


def _state_rule(story: Story, profile: Profile) -> str:
    if story.state is State.YELLOW and profile.mode is Mode.LADDER:
        return "TL-32"
    return _STATE_RULE[story.state]


def _decided(story: Story, day: DayLight, profile: Profile, light: Light, *, by_row: bool) -> str:
    if by_row and day.decided is not None:
        return day.decided
    return "TL-R14" if light is _CANNOT_SAY else _state_rule(story, profile)


def _state_reasons(
    story: Story, report: Report, teller: Teller, profile: Profile, *, decided: bool
) -> tuple[tuple[Reason, ...], Urgency]:
    """What the state asks for, and the clocks that run in it, with the care advice they add."""
    knowledge, numbers, on, facts = teller.knowledge, teller.numbers, teller.on, report.facts
    light = story.state.light
    days = (on - story.since).days
    basic: list[Fact] = [Fact(n, v, None, on) for n in ("site", "side") if (v := facts.get(n)) is not None]
    basic.append(Fact("days_in_state", days, "days", on))
    if light is _YELLOW:
        basic.append(Fact("sessions_left", numbers.reduced_sessions - story.greens, "sessions", on))
        basic.append(Fact("yellow_sessions", story.yellows, "sessions", on))
    care = _SELF_CARE
    if light is _RED:
        missing = teller.what_is_missing(story, report)
        basic.append(Fact("missing", " ".join(missing), None, on))
        basic.append(Fact("to_be_seen", story.worst_care >= _URGENT, None, on))
        if story.state is State.RED and days >= numbers.recheck_days and not _better(story, facts):
            care = Urgency.ROUTINE
            basic.append(Fact("not_better", True, None, on))
    unsaid = light is _GREEN and report.day.light is _CANNOT_SAY
    rule = "TL-R14" if unsaid else _state_rule(story, profile)
    found = [_reason(rule, _WEIGHT[light], tuple(basic), knowledge, decided=decided)]
    extra: list[tuple[str, Urgency, tuple[str, ...]]] = []
    if _persists(facts, numbers):
        extra.append(("TL-35", Urgency.ROUTINE, ("symptom_days", "stuck_days")))
    if facts.get("stiffness_rising"):
        extra.append(("TL-R06", Urgency.ROUTINE, ("stiffness_rising",)))
    hop = facts.get("hop_sharp") or (facts.get("hop_pain") and facts.get("sharp"))
    if light is not _GREEN and days >= numbers.deload_days and hop:
        extra.append(("TL-R08", _URGENT, ("hop_sharp", "hop_pain")))
    for rule, urgency, names in extra:
        care = max(care, urgency)
        seen = facts_seen(names, facts, report.checkin.on)
        found.append(_reason(rule, Weight.CAUTION, (*seen, Fact("days_in_state", days, "days", on)), knowledge))
    return tuple(found), care


def _better(story: Story, facts: Mapping[str, FactValue]) -> bool:
    """Clearly better since it turned red: nothing red in the newest report, and it improves or is free of pain."""
    newest = story.report
    if newest is None or newest.day.light is _RED:
        return False
    return bool(facts.get("clearly_improving")) or facts.get("score") == 0


def _persists(facts: Mapping[str, FactValue], numbers: Numbers) -> bool:
    stuck = facts.get("stuck_days")
    return isinstance(stuck, int) and stuck >= numbers.persist_days and not facts.get("professional_seen")


def _levers(story: Story, numbers: Numbers, sessions: Sessions) -> tuple[Lever, ...]:
    trigger = story.trigger
    day = None if trigger is None else sessions.newest(trigger)
    score = story.report.facts.get("score") if story.report is not None else None
    score = float(score) if isinstance(score, int | float) else None
    return levers_for(sessions.by_day.get(day, []) if day is not None else [], score, numbers.two_lever_score)


def _missing(story: Story, report: Report, teller: Teller, *, provisional: bool) -> tuple[str, ...]:
    a = report.checkin.answers
    missing: list[str] = []
    if story.state.light is _RED:
        missing += teller.what_is_missing(story, report)
    elif report.facts.get("score") is None:
        missing.append("pain_max")
    if provisional and report.checkin.site is not None:
        missing += [n for n in ("pain_morning", "baseline_by_24h") if getattr(a, n) is None]
    if a.posture_pain and a.posture_fades is None:
        missing.append("posture_fades")
    return tuple(dict.fromkeys(missing))


def find(state: LightState, site: str | None, side: Side | None = None) -> ComplaintLight | None:
    """The complaint at that place, if it is open."""
    return next((c for c in state.complaints if c.site == site and (side is None or c.side == side)), None)
