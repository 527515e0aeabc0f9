"""Laws of imports over generated archives: what is known adds nothing, and no order makes a difference."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.actions.archives import FIRST, fit, gpx, session, tcx, zipped
from tests.actions.test_importing import counts, files_on_disk, load, rows

from niggle.actions import athletes, checkins, sessions
from niggle.actions.today import decide_today
from niggle.core.today import decision_to_plain
from niggle.readers.table_csv.write import write_sessions as csv

pytestmark = pytest.mark.django_db

KINDS = (
    "fit",
    "fit.gz",
    "two legs.fit",
    "gpx",
    "gpx.gz",
    "tcx",
    "csv",
    "checksum.fit",
    "cut.fit",
    "page.fit",
    "notes.txt",
)
NOW = FIRST + timedelta(days=6, hours=12)
ON = NOW.date()


@dataclass(frozen=True)
class Item:
    """A file of an archive: the run of a day, so long, in that format. Few days and lengths, so that runs meet."""

    day: int
    minutes: float
    kind: str

    def data(self) -> bytes:
        one = session(self.day, self.minutes)
        match self.kind:
            case "fit":
                return fit(one)
            case "fit.gz":
                return gzip.compress(fit(one), mtime=0)
            case "two legs.fit":
                return fit(one, session(self.day, self.minutes, start=one.start_utc + timedelta(hours=2)))
            case "gpx":
                return gpx(one)
            case "gpx.gz":
                return gzip.compress(gpx(one), mtime=0)
            case "tcx":
                return tcx(one)
            case "csv":
                return csv([one])
            case "checksum.fit":
                return fit(one)[:-1] + b"\0"
            case "cut.fit":
                return fit(one)[:-40]
            case "page.fit":
                return b"<!DOCTYPE html><html>log in</html>"
            case _:
                return b"\0\1\2\3" * 40


ITEMS = st.builds(Item, st.integers(0, 4), st.sampled_from([15.0, 20.0]), st.sampled_from(KINDS))
FILES = st.lists(ITEMS, min_size=1, max_size=6)


def runner() -> int:
    """Somebody new who says that nothing hurts, so that the day says how far."""
    athlete = athletes.new_demo_athlete()
    checkins.record_checkin(athlete, {"on": ON.isoformat()}, NOW, ON)
    return athlete


def decided(athlete: int) -> dict[str, Any]:
    return decision_to_plain(decide_today(athlete, ON, NOW).decision)


def listed(athlete: int) -> list[tuple[Any, ...]]:
    """Her runs as she sees them."""
    return [(s.on, s.sport, s.distance_m, s.moving_s) for s in sessions.list_sessions(athlete)]


@given(a=FILES, b=FILES, data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_known_adds_nothing_and_order_makes_no_difference(
    tmp_path: Path, a: Sequence[Item], b: Sequence[Item], data: st.DataObject
) -> None:
    numbers = itertools.count()

    def archive(items: Sequence[Item]) -> Path:
        """A zip of these files in this order, each under a name that no other file has."""
        number = next(numbers)
        named = {f"{number}/{at} {one.kind}": one.data() for at, one in enumerate(items)}
        return zipped(tmp_path / f"{number} {len(list(tmp_path.iterdir()))}.zip", named)

    first, both = archive(a), archive([*a, *b])
    once = runner()
    report = load(once, first)
    before, on_disk, decision = rows(once), files_on_disk(), decided(once)

    again = load(once, first)
    good = report.files_seen - report.skipped - report.failed
    assert counts(again) == ("done", report.files_seen, 0, good, report.skipped, report.failed)
    assert (rows(once), files_on_disk(), decided(once)) == (before, on_disk, decision)

    other = runner()
    load(other, both)
    all_rows, on_disk, decision = rows(other), files_on_disk(), decided(other)
    assert load(other, first).sessions_added == 0
    assert (rows(other), files_on_disk(), decided(other)) == (all_rows, on_disk, decision)

    load(once, archive(b))
    assert (listed(once), decided(once)) == (listed(other), decision)
    mixed = runner()
    load(mixed, archive(data.draw(st.permutations([*a, *b]))))
    assert (listed(mixed), decided(mixed)) == (listed(other), decision)
