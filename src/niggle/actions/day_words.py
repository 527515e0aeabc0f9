"""What an interview leaves on the day: a check-in entry of its answers, which the day's light takes in like any other.

An urgent or emergency result is kept by itself, once it was shown; an emergency as soon as it is told, even in words
that she has not confirmed yet. A lesser one is kept once it was shown if it says all that a check-in asks, else by the
button. Nothing here ever lowers what was kept: more answers add an entry beside the first, and only her own word takes
entries back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from niggle.actions import athletes, checkins, clock, interviews, triage
from niggle.actions.interviews import Interview
from niggle.actions.model import knowledge
from niggle.actions.stories import Looked, triage_text
from niggle.core.checkin import PAIN_FIELDS, CheckIn, Entry, entry_to_plain, fold
from niggle.core.outcomes import Problem, Urgency
from niggle.core.red_flags import screen
from niggle.core.spikes import Spike
from niggle.core.today import Decision
from niggle.core.triage.day_word import Spot, day_word, is_check_in
from niggle.wording.triage import tonight


def heed(athlete_id: int, key: str, now: datetime, on: date, *, shown: bool, looked: Looked | None = None) -> None:
    """Keep what the interview asks for, if it is urgent or as good as a check-in and its result was `shown`, or an
    emergency in any case.

    looked: the result, where it is at hand. Before it is shown the load of the last weeks is left out, as finding its
    spikes takes longer than all the rest; what hangs on them is kept once it is shown.
    """
    state = triage.get(athlete_id, key)
    if state is None or state.ended or state.not_hers or state.said_at is None:
        return
    looked = looked or _look(athlete_id, state, on, None if shown else ())
    urgency = looked.triage.urgency
    if state.confirmed and urgency is not Urgency.EMERGENCY:
        for entry in [k for k, only_read in state.kept.items() if only_read]:
            # niggle had read an emergency out of her words, and she has put that right
            _withdraw(athlete_id, entry, now, on)
            triage.note(athlete_id, key, interviews.BACK, {"entry": entry}, now)
    if urgency is Urgency.EMERGENCY or (shown and state.confirmed and _speaks_of_the_day(looked)):
        write(athlete_id, state, looked, now, on)


def _speaks_of_the_day(looked: Looked) -> bool:
    if looked.triage.urgency >= Urgency.URGENT:
        return True
    return is_check_in(looked.story, looked.triage, looked.next, knowledge())


def holds_more(athlete_id: int, state: Interview, on: date) -> bool:
    """Whether what was kept of it stops running by itself: then its answers may be milder now than the day is."""
    profile = athletes.get_profile(athlete_id, on)
    for entry_id in state.kept:
        entry = checkins.get_entry(athlete_id, entry_id)
        if entry is not None:
            folded = fold([entry], until=max(entry.on, entry.recorded_at.date()))
            if any(h.urgency >= Urgency.URGENT for h in screen(folded, profile, entry.on, knowledge())):
                return True
    return False


def write(
    athlete_id: int, state: Interview, looked: Looked, now: datetime, on: date, prefer: Iterable[Spot] = ()
) -> tuple[Problem, ...]:
    """The entry of the day on which the last of it was said, unless one stands that says all of it."""
    if looked.triage.outside is not None and looked.triage.outside.why == "animal":
        return ()
    said = min(on, clock.day_of(state.said_at or state.started_at))
    word = day_word(looked.story, looked.triage, said, knowledge(), prefer)
    state = triage.get(athlete_id, state.key) or state
    for entry_id, only_read in state.kept.items():
        old = checkins.get_entry(athlete_id, entry_id)
        if old is not None and _says_all(old, word):
            if only_read and state.confirmed:
                triage.note(athlete_id, state.key, interviews.KEPT, {"entry": entry_id, "read": False}, now)
            return ()
    answer = checkins.record_checkin(athlete_id, plain_of(word, now), now, on)
    if not isinstance(answer, Entry):
        return answer
    triage.note(athlete_id, state.key, interviews.KEPT, {"entry": answer.id, "read": not state.confirmed}, now)
    return ()


def take_back(athlete_id: int, key: str, now: datetime, on: date) -> None:
    """It was not about her, or is not so: every entry of it is corrected by one that says nothing."""
    state = triage.get(athlete_id, key)
    if state is None or not state.kept:
        return
    for entry in state.kept:
        _withdraw(athlete_id, entry, now, on)
    triage.note(athlete_id, key, interviews.BACK, None, now)


def keep_again(athlete_id: int, key: str, now: datetime, on: date) -> None:
    """It was about her after all."""
    state = triage.get(athlete_id, key)
    if state is None or not state.not_hers:
        return
    triage.note(athlete_id, key, interviews.AGAIN, None, now)
    looked = _look(athlete_id, state, on)
    if _speaks_of_the_day(looked):
        write(athlete_id, state, looked, now, on)


def told_to_do(athlete_id: int, decision: Decision) -> tuple[str, ...]:
    """What triage said to do until then, where it told of the emergency that the day holds; else ()."""
    if decision.care.urgency is not Urgency.EMERGENCY:
        return ()
    profile = athletes.get_profile(athlete_id, decision.on)
    for state in triage.newest(athlete_id, _LOOKED_BACK):
        for entry_id in () if state.not_hers else state.kept:
            entry = checkins.get_entry(athlete_id, entry_id)
            if entry is None or entry.on > decision.on:
                continue
            that_day = checkins.list_entries(athlete_id, entry.on, entry.on)
            found = [c for c in fold(that_day, until=decision.on) if entry_id in c.entry_ids]
            hits = screen(found, profile, entry.on, knowledge())
            if any(h.urgency is Urgency.EMERGENCY and h.rule in decision.care.rules for h in hits):
                looked = _look(athlete_id, state, entry.on, ())
                loud = looked.triage.urgency is Urgency.EMERGENCY and looked.triage.outside is None
                return tonight(looked.triage) if loud else ()
    return ()


_LOOKED_BACK: Final = 5  # interviews


def plain_of(word: CheckIn, now: datetime) -> dict[str, Any]:
    """As record_checkin takes it."""
    plain = entry_to_plain(Entry("-", word.on, now, word.site, word.side, answers=word.answers, acute=word.acute))
    return {name: value for name, value in plain.items() if name not in ("id", "recorded_at")}


def _look(athlete_id: int, state: Interview, on: date, spikes: tuple[Spike, ...] | None = None) -> Looked:
    """Of words not yet confirmed what is read in them; else the interview."""
    looked = triage.look(athlete_id, state, on, spikes)
    if state.confirmed or state.text is None:
        return looked
    story = looked.story
    read = triage_text(
        state.text, state.started_at.date(), age=story.age, sex=story.sex, profile=story.profile, spikes=looked.spikes
    )
    return read if read.triage.urgency > looked.triage.urgency else looked


def _says_all(old: Entry, word: CheckIn) -> bool:
    """Whether an entry that stands is no milder than the word: its place, every sign, and pains as high."""
    new = Entry("-", word.on, old.recorded_at, word.site, word.side, answers=word.answers, acute=word.acute)
    if (old.site, old.side) != (new.site, new.side):
        return False
    if not set(checkins.warning_signs(new)) <= set(checkins.warning_signs(old)):
        return False
    pairs = ((getattr(new.answers, name), getattr(old.answers, name)) for name in PAIN_FIELDS)
    return all(pain is None or (before is not None and before >= pain) for pain, before in pairs)


def _withdraw(athlete_id: int, entry_id: str, now: datetime, on: date) -> None:
    entry = checkins.get_entry(athlete_id, entry_id)
    if entry is not None:
        # an entry that she has corrected by hand meanwhile is refused, and stays as she corrected it
        checkins.record_checkin(
            athlete_id, {"on": entry.on.isoformat(), "corrects": entry_id}, now, max(on, entry.on), sure=True
        )
