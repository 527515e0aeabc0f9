"""Sentences about keeping a complaint after triage: what was kept, and why it could not be."""

from __future__ import annotations

from datetime import date
from typing import Final

from niggle.core.body import Side
from niggle.core.outcomes import Urgency
from niggle.core.profile import KnownCondition
from niggle.wording.care import condition_detail
from niggle.wording.lists import lowered
from niggle.wording.places import place

BUTTON: Final = "Keep as an open complaint"
START: Final = "Start the plan"
HINT: Final = (
    "From then on your check-ins about this place are read with it in mind. "
    "It is suspected, not diagnosed. When it is over, say so on the page Care."
)
OTHER: Final = "Keep as"
OTHER_HINT: Final = "Somebody who examined you may have named another one of these."
NO_SUCH: Final = ("There is no such interview.", "niggle triage begins one")
EMERGENCY: Final = ("This is an emergency: get help first.", "Change the answer that is wrong, if one is.")
NOTHING_TO_NAME: Final = ("There is nothing to suspect yet.", "Answer more questions first.")
NO_PLACE: Final = ("You did not say where it hurts.", "Name the place first.")
NOT_LISTED: Final = "That is none of the conditions that fit."


ON_TODAY: Final = "Kept on Today"
TODAY_SAYS: Final = "Your answers are a check-in of that day: Today stays red until somebody has looked at it."
TODAY_STILL: Final = "An earlier answer asked for more than this page does now, and Today still holds to it."
TODAY_COUNTS: Final = "Your answers count as a check-in of that day."
NOT_ME: Final = "This was not about me"
A_SLIP: Final = "It was a slip: take it back"
TAKEN_BACK: Final = "Taken back. Today knows nothing of it."
ABOUT_ME: Final = "It was about me: keep it on Today"


TAKE_BACK: Final = "Not about you, or not so: niggle triage take-back"
NOTHING_HELD: Final = ("Today holds nothing of that interview.", "niggle triage takes a new one")
NOT_STORED: Final = "Nothing of this was kept. If it is about you, --mine puts it on Today as well."
KEEP_IT: Final = "Keep it as an open complaint: niggle triage keep"


def plan_of(name: str) -> str:
    """A plan for plantar fasciitis says what to do from day to day, ..."""
    return f"The plan for {lowered(name)} says what to do from day to day, and asks before anything is added."


def start_plan(slug: str, side: Side | None, since: date | None) -> str:
    """The command that starts its plan, with what is known of it already."""
    parts = ["niggle plan start --condition", slug]
    if side not in (None, Side.MIDDLE):
        parts += ["--side", str(side)]
    if since is not None:
        parts += ["--hurts-since", since.isoformat()]
    return f"Start its plan: {' '.join(parts)}"


def on_today(urgency: Urgency, *, more: bool) -> tuple[str, str]:
    """What the day holds of an interview whose answer is now that urgent, and the button that takes it back.

    more: what was kept stops running by itself.
    """
    if urgency >= Urgency.URGENT:
        return TODAY_SAYS, NOT_ME
    return (TODAY_STILL, A_SLIP) if more else (TODAY_COUNTS, NOT_ME)


def choose_of(names: tuple[str, ...]) -> str:
    return f"one of {', '.join(names)}"


def kept(condition: KnownCondition, name: str) -> str:
    """Suspected: Plantar fasciitis. Under the heel, left · since 1 Nov 2026 · not seen by a professional."""
    seen = "" if condition.seen_by_professional else "Suspected: "
    return f"{seen}{name[:1].upper()}{name[1:]}. {condition_detail(condition)}."


def already(condition: KnownCondition) -> str:
    where = "" if condition.site is None else f" ({place(condition.site, condition.side)})"
    return f"It was already kept{where}; nothing was changed."
