"""One pass over the bytes of a FIT file: where each message lies. No value is decoded here but times.

A data message has a fixed size once its definition is known. Watches write the same message over and over, so equal
headers at equal distances are counted in one go, and a run of thousands of records costs as much as one.

Damage shows in three ways: a header without a definition, a definition that cannot be, a time that leaps and does not
stay there. Then the pass goes back to the last message that fitted and looks, byte by byte, for the next place from
which several messages in a row make sense.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from niggle.readers.fit.definition import Definition, read_definition
from niggle.readers.fit.profile import EVENT, LAP, POWER_ON_BELOW, RECORD, SESSION
from niggle.readers.fit.sense import AHEAD_S, BACK_S, NO_TIME, clock_like, ticking, times_fit

PROOF: Final = 5  # messages in a row that must make sense before a place is trusted again
PROOF_COMPRESSED: Final = 12  # more where headers hold no date: a heart rate looks like such a header
MOST_LOOKED_AT: Final = 24
MANY_LAYOUTS: Final = 16
MAX_GAPS: Final = 2_000  # more damage than this in one file is not worth following
MAX_DEFINITIONS: Final = 100_000  # a day's recording has a few hundred
MOST_ALIKE: Final = 4_096  # messages in a row that are no records: more is a field of zeros that looks like them
FIRST_LOOK: Final = 1 << 16  # bytes searched at first
LOOK: Final = 1 << 22  # and at a time when nothing is found: bounds the memory that a search takes
FEW: Final = 12  # up to this many messages are quicker one by one than as an array
_TIMED: Final = frozenset({RECORD, LAP, SESSION, EVENT})


# `count` messages of one definition, one directly after the other: (definition, first byte, count, time). The time is
# that of a compressed header (count is 1 then), else None. A plain tuple, because there may be one per record.
Run = tuple[Definition, int, int, int | None]


class Gap(NamedTuple):
    """Bytes [start, end) that could not be read."""

    start: int
    end: int
    lost: int  # about how many records it held


@dataclass(slots=True)
class Scan:
    runs: list[Run] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


def scan(data: bytes, begin: int, end: int) -> Scan:
    """All messages between the two bytes, in order, with the gaps that had to be skipped."""
    return _Scanner(data, begin, end).run()


class _Scanner:
    def __init__(self, data: bytes, begin: int, end: int) -> None:
        self.data, self.begin, self.end = data, begin, end
        self.out = Scan()
        self.locals: list[Definition | None] = [None] * 16
        self.headers: dict[int, int] = {}  # local message -> its header byte, where reserved bits are set in it
        self.known: dict[bytes, Definition] = {}
        self.layouts: list[tuple[int, Definition]] = []  # of records, with their local message
        self.snapshots: list[tuple[int, list[Definition | None]]] = [(begin, self.locals)]
        self.clock = 0  # what compressed headers count on from
        self.last: int | None = None  # time of the last record that fitted
        self.floor, self.floor_runs = begin - 1, 0  # going back ends here

    def run(self) -> Scan:
        data, end, runs = self.data, self.end, self.out.runs
        at = self.begin
        while at < end:
            head = data[at]
            if head >= 0x40:
                at = self._compressed(at, head) if head & 0x80 else self._define(at)
                continue
            definition = self.locals[head & 15]
            if definition is None:
                at = self._resync(at)
                continue
            after = at + definition.width
            if after > end:
                at = self._resync(at)
            elif after < end and data[after] == head:
                at = self._many(at, head, definition)
            elif not definition.wanted:
                at = after
            elif definition.time_at is None:
                runs.append((definition, at, 1, None))
                at = after
            else:
                # The hot path of files that write other messages between records.
                time = definition.unpack(data, at + definition.time_at)[0]
                if self.last is not None and -BACK_S <= time - self.last <= AHEAD_S:
                    self.clock = time
                    if definition.number == RECORD:
                        self.last = time
                elif not self._odd_time(definition, at, time):
                    at = self._resync(at)
                    continue
                runs.append((definition, at, 1, None))
                at = after
        return self.out

    def _define(self, at: int) -> int:
        found = read_definition(self.data, at, self.end)
        if found is None:
            return self._resync(at)
        if len(self.snapshots) > MAX_DEFINITIONS:
            self.out.gaps.append(Gap(at, self.end, 0))
            return self.end
        definition, after = found
        # Equal definitions become one object: watches repeat them at each lap, and values are taken out per object.
        key = self.data[at + 2 : after] + (b"d" if definition.developer else b"")
        definition = self.known.setdefault(key, definition)
        self.locals = list(self.locals)  # a new list: going back restores the old one
        local = self.data[at] & 15
        self.locals[local] = definition
        if definition.number == RECORD and len(self.layouts) < MANY_LAYOUTS and (local, definition) not in self.layouts:
            self.layouts.append((local, definition))
        self.snapshots.append((at, self.locals))
        return after

    def _compressed(self, at: int, head: int) -> int:
        """A message whose header holds five bits of its time."""
        definition = self.locals[(head >> 5) & 3]
        if definition is None or at + definition.width > self.end:
            return self._resync(at)
        self.clock += ((head & 31) - self.clock) & 31
        if definition.wanted:
            self.out.runs.append((definition, at, 1, self.clock))
        return at + definition.width

    def _many(self, at: int, head: int, definition: Definition) -> int:
        """A message and all that follow with the same header."""
        if head & 0x30:
            self.headers[head & 15] = head
        width = definition.width
        count = self._alike(at, head, width)
        if not definition.wanted:
            return at + count * width
        fitting = count
        if definition.time_at is not None:
            fitting = self._check_times(definition, at, count)
        if fitting:
            kept = fitting if definition.number == RECORD else min(fitting, MOST_ALIKE)
            self.out.runs.append((definition, at, kept, None))
        return at + count * width if fitting == count else self._resync(at + fitting * width)

    def _alike(self, at: int, head: int, width: int) -> int:
        """How many messages in a row from `at` carry this header and lie inside the data."""
        data, most = self.data, (self.end - at) // width
        byte, count, step = bytes([head]), 1, 32
        while count < most:
            piece = data[at + count * width : min(at + (count + step) * width, self.end) : width]
            same = len(piece) - len(piece.lstrip(byte))
            count += same
            if same < len(piece):
                break
            step *= 8
        return min(count, most)

    # --- times ------------------------------------------------------------------------------------------------------

    def _odd_time(self, definition: Definition, at: int, time: int) -> bool:
        """May a message whose time does not follow on the last be kept? Sets the clock where it may."""
        if time == NO_TIME:
            return True
        if definition.number != RECORD:
            if self.last is None:
                self.clock = time
            return True
        dated = self.last is None and time >= POWER_ON_BELOW
        if not dated and not self._goes_on(at):
            return False
        self.clock = self.last = time
        return True

    def _check_times(self, definition: Definition, at: int, count: int) -> int:
        """How many messages of a run may be kept. Only records are judged; others set the clock where they fit."""
        width = definition.width
        if definition.number != RECORD:
            self._odd_time(definition, at, definition.time(self.data, at + (count - 1) * width))
            return count
        if count <= FEW and self.last is not None:
            last = self.last
            for index in range(count):
                time = definition.time(self.data, at + index * width)
                if not -BACK_S <= time - last <= AHEAD_S:
                    break
                last = time
            else:
                self.clock = self.last = last
                return count
        order = ">u4" if definition.big_endian else "<u4"
        stored = np.ndarray((count,), order, self.data, at + (definition.time_at or 0), (width,))
        times = stored.astype(np.int64)
        steps = np.diff(times, prepend=times[0] if self.last is None else self.last)
        wrong = np.flatnonzero((steps < -BACK_S) | (steps > AHEAD_S))
        for index in wrong.tolist():
            place = at + index * width
            if not self._stays(times[index + 1 : index + 13].tolist()) and not self._goes_on(place):
                if index:
                    self.clock = self.last = int(times[index - 1])
                return int(index)
        if times[-1] != NO_TIME:
            self.clock = self.last = int(times[-1])
        return count

    def _stays(self, after: Sequence[int]) -> bool:
        """Does the clock stay where it leapt to (it was set), or come back at once (one bad value)?"""
        return len(after) >= 3 and clock_like(after, self._usual_step(), self.last)

    def _usual_step(self) -> int:
        """The usual seconds from record to record, from those just before."""
        times: list[int] = []
        for definition, start, count, _ in reversed(self.out.runs[-40:]):
            if definition.number == RECORD and definition.time_at is not None:
                places = range(count - 1, max(count - 20, 0) - 1, -1)
                times.extend(definition.time(self.data, start + number * definition.width) for number in places)
            if len(times) >= 20:
                break
        steps = sorted(later - sooner for later, sooner in pairwise(times))
        return max(steps[len(steps) // 2], 0) if steps else 1

    # --- damage -----------------------------------------------------------------------------------------------------

    def _anchor(self) -> tuple[int, int]:
        """(how many runs to keep, byte of the last message among them that certainly fitted)."""
        runs = self.out.runs
        for index in range(len(runs) - 1, self.floor_runs - 1, -1):
            definition, start, count, time = runs[index]
            last = start + (count - 1) * definition.width
            if time is None and definition.time_at is not None:
                time = definition.time(self.data, last)
            if time is None or time == NO_TIME:
                continue
            if definition.number == RECORD or (self.last is not None and -BACK_S <= time - self.last <= AHEAD_S):
                return index + 1, last
        return self.floor_runs, self.floor

    def _goes_on(self, at: int) -> bool:
        """Do messages go on from this record, whose time is in question, with times that follow on one another?"""
        data, end = self.data, self.end
        local_defs = list(self.locals)
        follow: list[int] = []
        for number in range(MOST_LOOKED_AT):
            if end - at <= 2 or len(follow) >= 4:
                return len(follow) > 1 and clock_like(follow, self._usual_step(), self.last)
            head = data[at]
            if head & 0xC0 == 0x40:
                found = read_definition(data, at, end)
                if found is None:
                    return False
                local_defs[head & 15], at = found
                continue
            definition = local_defs[(head >> 5) & 3 if head & 0x80 else head & 15]
            if definition is None or at + definition.width > end:
                return False
            if number and definition.number == RECORD and definition.time_at is not None and not head & 0x80:
                follow.append(definition.time(data, at))
            at += definition.width
        return False

    def _makes_sense(self, at: int, local_defs: list[Definition | None]) -> bool:
        """Do PROOF messages from here make sense, two of them with times that fit? Less will do at the very end."""
        data, end, last = self.data, self.end, self.last
        local_defs, timed, passed = list(local_defs), 0, 0
        ticks: list[int] = []  # the times in compressed headers
        enough = PROOF_COMPRESSED if self._uses_compressed() else PROOF
        for _ in range(MOST_LOOKED_AT):
            if end - at <= 2:
                return timed > 0 and ticking(ticks)
            if passed >= enough and (timed >= 2 or self.last is None):  # the first messages have no times
                return ticking(ticks)
            head = data[at]
            if head & 0xC0 == 0x40:
                found = read_definition(data, at, end)
                if found is None:
                    return False
                local_defs[head & 15], at = found
                continue
            definition = local_defs[(head >> 5) & 3 if head & 0x80 else head & 15]
            if definition is None or at + definition.width > end:
                return False
            if head & 0x80:
                ticks.append(head & 31)
                timed += 1
            elif definition.time_at is not None and definition.number in _TIMED:
                time = definition.time(data, at)
                fits = time >= POWER_ON_BELOW if last is None else -BACK_S <= time - last <= AHEAD_S
                if time != NO_TIME and fits:
                    timed += 1
                    last = time if definition.number == RECORD else last
                elif definition.number == RECORD:
                    return False
            passed += 1
            at += definition.width
        return False

    def _resync(self, trouble: int) -> int:
        """Find where sense begins again after the last message that fitted. Returns that byte, or the end."""
        runs = self.out.runs
        if self.end - trouble <= 2:  # a checksum, where the header's size was wrong
            return self.end
        keep, anchor = self._anchor()
        now = self.locals
        while len(self.snapshots) > 1 and self.snapshots[-1][0] > anchor:
            self.snapshots.pop()
        self.locals = self.snapshots[-1][1]
        found, begin, look = None, anchor + 1, FIRST_LOOK
        while found is None and begin < self.end and len(self.out.gaps) < MAX_GAPS:
            found = self._search(begin, min(begin + look, self.end))
            begin, look = begin + look, LOOK
        if found is None:
            # Nothing follows, so nothing speaks against what came before the trouble.
            self.locals = now
            self.out.gaps.append(Gap(trouble, self.end, self._records_in(self.end - trouble)))
            return self.end
        del runs[keep:]
        lost_from = self.begin
        if runs:
            definition, start, count, time = runs[-1]
            lost_from = start + count * definition.width
            if found < lost_from:  # what was found lies inside the last message: that one lost bytes
                lost_from -= definition.width
                runs[-1] = (definition, start, count - 1, time)
                if count == 1:
                    runs.pop()
        lost_from = max(lost_from, self.floor)
        if found > lost_from:
            self.out.gaps.append(Gap(lost_from, found, self._records_in(found - lost_from)))
        # Whatever happens next, the search goes on behind this place.
        self.floor, self.floor_runs = found, len(runs)
        return found

    def _records_in(self, size: int) -> int:
        widths = [d.width for d in self.locals if d is not None and d.number == RECORD]
        return max(1, round(size / max(widths))) if widths else 0

    def _search(self, begin: int, stop: int) -> int | None:
        """The first byte in [begin, stop) from which messages make sense; sets the definitions that make it so.

        Places that are tried: any timed message of a kind that is known, in the layout in force, records in all
        layouts the file has had (the one in force may itself be damaged), and definitions.
        """
        reach = min(stop + 64, self.end)  # a time may lie a little behind the window
        raw = np.frombuffer(self.data, np.uint8, reach - begin, begin)
        size = stop - begin
        tried: list[list[Definition | None]] = [self.locals]
        hits: list[tuple[int, int]] = []  # (byte, which definitions)
        for local, definition in enumerate(self.locals):
            if definition is None:
                continue
            if definition.number == RECORD and local < 4 and self._uses_compressed():
                spots = np.flatnonzero((raw[:size] & 0xE0) == (0x80 | local << 5))
                hits.extend((spot, 0) for spot in spots.tolist())
            hits.extend((spot, 0) for spot in self._timed_spots(raw, size, local, definition))
        for local, definition in self.layouts:
            if definition is not self.locals[local]:
                tried.append([*self.locals[:local], definition, *self.locals[local + 1 :]])
                which = len(tried) - 1
                hits.extend((spot, which) for spot in self._timed_spots(raw, size, local, definition))
        if len(raw) > 6:
            part = raw[: min(size, len(raw) - 6)]
            count = len(part)
            known = (raw[1 : count + 1] == 0) & (raw[2 : count + 2] <= 1) & (raw[5 : count + 5] > 0)
            spots = np.flatnonzero(((part & 0xD0) == 0x40) & known)
            hits.extend((spot, 0) for spot in spots.tolist())
        for spot, which in sorted(hits):
            if self._makes_sense(begin + spot, tried[which]):
                self.locals = tried[which]
                self.snapshots.append((begin + spot, self.locals))
                return begin + spot
        return None

    def _timed_spots(self, raw: NDArray[np.uint8], size: int, local: int, definition: Definition) -> list[int]:
        """Where a message of this layout could start, by its header and its time."""
        if definition.time_at is None or definition.number not in _TIMED:
            return []
        head = self.headers.get(local, local)
        spots = np.flatnonzero((raw[:size] == local) | (raw[:size] == head))
        spots = spots[spots + definition.time_at + 4 <= len(raw)]
        fitting: list[int] = spots[
            times_fit(raw, spots + definition.time_at, definition.big_endian, self.last)
        ].tolist()
        return fitting

    def _uses_compressed(self) -> bool:
        return any(time is not None for _, _, _, time in self.out.runs[-20:])
