"""Runs in the log of the runner at hand."""

from datetime import UTC, datetime, timedelta

from niggle.actions import athletes, clock, sessions
from niggle.core.session.types import Session, Sport


def ran(*ago, km=8.0):
    """A run at six in the morning, so many days ago each."""
    start = datetime.combine(clock.today(), datetime.min.time(), UTC) + timedelta(hours=6)
    made = [Session(Sport.RUN, start - timedelta(days=d), 0, km * 1000, km * 350, km * 350) for d in ago]
    sessions.store_sessions(athletes.local_athlete(), made, "test", clock.now())
