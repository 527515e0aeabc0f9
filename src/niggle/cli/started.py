"""What every command with a database does first."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from niggle.wording.units import Units


@dataclass(frozen=True, slots=True)
class Here:
    """Whom a command is about, and the moment of asking."""

    athlete_id: int
    now: datetime
    today: date
    is_demo: bool = False

    def units(self) -> Units:
        """How this runner wants numbers said."""
        from niggle.actions import athletes
        from niggle.wording.units import Units

        settings = athletes.get_settings(self.athlete_id)
        return Units("mi" if settings.units == "mi" else "km", "speed" if settings.pace_or_speed == "speed" else "pace")

    def say_if_demo(self) -> None:
        """A demo must never be taken for one's own body."""
        if self.is_demo:
            from niggle.cli.called import as_called

            begin = as_called("This is the demo runner. Yours begins with: niggle import FILE, or niggle checkin")
            print(begin, file=sys.stderr)


def here(*, demo: bool = False) -> Here:
    """Boot the store and find the local runner (made on first use).

    demo: look at the demo runner while there is nothing of one's own; what is entered is always one's own.
    """
    from niggle.store.boot import boot

    boot()
    from niggle.actions import athletes, clock

    local, now, today = athletes.local_athlete(), clock.now(), clock.today()
    if demo:
        from niggle.actions.shown import shown_athlete

        athlete = shown_athlete()
        return Here(athlete, now, today, is_demo=athlete != local)
    return Here(local, now, today)
