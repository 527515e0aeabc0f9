"""A triage interview about a heel, told as far as a test needs it."""

from __future__ import annotations

from niggle.actions import athletes, clock, triage


def interview(**answers: object) -> str:
    """Its key."""
    me = athletes.local_athlete()
    key = triage.start(me, clock.now()).key
    triage.place(me, key, "heel_under", "left", clock.now())
    for name, value in answers.items():
        assert triage.answer(me, key, name, value, clock.now()) == ()
    return key
