"""What a clinician has said, as the day has to obey it: a restriction, or a clearance that stops short of running."""

from __future__ import annotations

from datetime import date

from niggle.core.profile import Clearance, Profile
from niggle.core.red_flags.known import covers


def restriction_on(profile: Profile, on: date) -> Clearance | None:
    """A clinician's recorded restriction that holds on that day, None if there is none."""
    holding = restrictions_on(profile, on)
    return holding[-1] if holding else None


def restrictions_on(profile: Profile, on: date) -> tuple[Clearance, ...]:
    """The recorded restrictions that hold on that day; the newest word about a place counts."""
    newest: dict[object, Clearance] = {}
    for word in sorted((c for c in profile.clearances if c.on <= on), key=lambda c: c.on):
        newest[word.site, word.side] = word
    return tuple(c for c in newest.values() if c.restricts and (c.until is None or c.until >= on))


def weight_only_on(profile: Profile, on: date) -> Clearance | None:
    """A clinician's word that holds on that day and allows weight and training at a place, running not yet.

    A later leave to run answers it where it speaks of the same place; once that leave is over it stands again.
    """
    held = (c for c in profile.clearances if c.on <= on and (c.until is None or c.until >= on))
    known = sorted(held, key=lambda c: c.on)
    for n, word in reversed(tuple(enumerate(known))):
        if word.weight_only and not any(c.for_running and covers(c, word.site, word.side) for c in known[n + 1 :]):
            return word
    return None
