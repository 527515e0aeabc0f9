"""A zip or an unpacked folder as the same thing: named members that can be listed, peeked at and spooled, safely.

Archives are written against this, so an unpacked Strava export reads like the zip it came from.
"""

from __future__ import annotations

import os
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Final

from niggle.core.session import Refusal
from niggle.readers.contract import LIMITS, Entry, Hints, Limits
from niggle.readers.safety import (
    CHUNK_BYTES,
    ZIP_FAULTS,
    bomb,
    check_directory,
    check_member,
    climbs_out,
    damaged_zip,
    is_clutter,
    too_dense,
    too_large,
    unsafe_path,
)

FOLDER_DEPTH: Final = 32


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a tree. name: path inside it, '/' between the parts; sizes in bytes."""

    name: str
    size_bytes: int
    packed_bytes: int

    @property
    def base(self) -> str:
        return self.name.rsplit("/", 1)[-1]


class Tree:
    """What zip and folder have in common. label stands before member names where people see them ("Part1.zip/")."""

    def __init__(self, path: str, label: str, limits: Limits) -> None:
        self.path = path
        self.label = label
        self.limits = limits
        self.exhausted = False  # set once all members given out are together too much
        self._given_bytes = 0

    def walk(self) -> Iterator[Member]:
        """Every member but clutter, in a stable order, hostile names included: `check` decides about those."""
        raise NotImplementedError

    def find(self, name: str) -> Member | None:
        """The member of exactly this name."""
        raise NotImplementedError

    def check(self, member: Member, limit_bytes: int | None = None) -> Refusal | None:
        """None where the member may be read; limit_bytes: another bound than one activity file's."""
        raise NotImplementedError

    def open(self, member: Member) -> IO[bytes]:
        """A binary stream. Raises one of ZIP_FAULTS; never called on a member that `check` refused."""
        raise NotImplementedError

    def entry(self, member: Member, hints: Hints | None = None) -> Entry:
        raise NotImplementedError

    def path_of(self, member: Member) -> str | None:
        """Where a member lies on disk by itself; None inside a zip."""
        return None

    def close(self) -> None:
        """Lets go of the file; a tree that holds none does nothing."""

    def __enter__(self) -> Tree:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def shown(self, name: str) -> str:
        return self.label + name

    def files(self, limit_for: Callable[[Member], int] | None = None) -> Iterator[Member | Refusal]:
        """Members that may be read, and a Refusal for each that may not; ends when the archive's total is too large.

        limit_for: the bound in bytes for a member, where it is not that of an activity file.
        """
        for seen, member in enumerate(self.walk()):
            if seen >= self.limits.entries:
                what = f"more than {self.limits.entries:,} files; the rest was not looked at"
                yield Refusal("too_large", what, suggestion="split the archive or folder", name=self._own_name())
                return
            if (refusal := self.check(member, limit_for(member) if limit_for else None)) is not None:
                yield refusal
                continue
            if (refusal := self.charge(member)) is not None:
                yield refusal
                return
            yield member

    def charge(self, member: Member) -> Refusal | None:
        """Counts a member that is about to be given out; a Refusal once all of them together are too much.

        Members can share packed bytes, each within its own bounds, so the whole has bounds too.
        """
        self._given_bytes += member.size_bytes
        packed = self._packed_bytes()
        if packed is not None and too_dense(packed, self._given_bytes, self.limits):
            self.exhausted = True
            return bomb(self._own_name(), packed, self._given_bytes)
        if self._given_bytes > self.limits.total_bytes:
            self.exhausted = True
            what = f"unpacks to more than {self.limits.total_bytes:,} bytes; the rest was not looked at"
            return Refusal("too_large", what, suggestion="split the archive", name=self._own_name())
        return None

    def give(self, member: Member, hints: Hints | None = None) -> Entry | Refusal:
        """A member as an Entry, checked and counted; stop at `exhausted`."""
        return self.check(member) or self.charge(member) or self.entry(member, hints)

    def _packed_bytes(self) -> int | None:
        """How large the archive itself is; None where nothing is packed."""
        return None

    def _own_name(self) -> str:
        return self.label.rstrip("/") or os.path.basename(self.path)

    def head(self, member: Member, size_bytes: int = 1024) -> bytes:
        """The first bytes of a member that passed `check`; b"" where it cannot be read."""
        try:
            with self.open(member) as file:
                return file.read(size_bytes)
        except ZIP_FAULTS:
            return b""

    def read(self, member: Member, limit_bytes: int | None = None) -> bytes | Refusal:
        """A whole member in memory, bounded."""
        limit = self.limits.file_bytes if limit_bytes is None else limit_bytes
        if (refusal := self.check(member, limit)) is not None:
            return refusal
        try:
            with self.open(member) as file:
                data = file.read(limit + 1)
        except ZIP_FAULTS as fault:
            return unreadable(self.shown(member.name), fault)
        return too_large(self.shown(member.name), len(data), limit) if len(data) > limit else data

    def spool(self, member: Member, into: str, limit_bytes: int) -> str | Refusal:
        """Copies a member to a new file in the folder `into` under a name of our own; gives that path."""
        if (refusal := self.check(member, limit_bytes)) is not None:
            return refusal
        number, path = tempfile.mkstemp(prefix="member-", dir=into)
        copied = 0
        try:
            with os.fdopen(number, "wb") as target, self.open(member) as source:
                while chunk := source.read(CHUNK_BYTES):
                    copied += len(chunk)
                    if copied > limit_bytes:
                        break
                    target.write(chunk)
        except ZIP_FAULTS as fault:
            Path(path).unlink(missing_ok=True)
            return unreadable(self.shown(member.name), fault)
        if copied > limit_bytes:
            Path(path).unlink(missing_ok=True)
            return bomb(self.shown(member.name), member.packed_bytes, copied)
        return path


class ZipTree(Tree):
    def __init__(self, path: str, label: str, limits: Limits, archive: zipfile.ZipFile) -> None:
        super().__init__(path, label, limits)
        self._zip = archive
        self._size_bytes = os.stat(path).st_size

    def walk(self) -> Iterator[Member]:
        for info in self._zip.infolist():
            # Of two members with one name the later is the one that counts, as in every unpacker.
            if info.is_dir() or is_clutter(info.filename) or self._zip.NameToInfo[info.filename] is not info:
                continue
            yield Member(info.filename, info.file_size, info.compress_size)

    def _packed_bytes(self) -> int | None:
        return self._size_bytes

    def find(self, name: str) -> Member | None:
        info = self._zip.NameToInfo.get(name)
        return None if info is None else Member(info.filename, info.file_size, info.compress_size)

    def check(self, member: Member, limit_bytes: int | None = None) -> Refusal | None:
        info = self._zip.NameToInfo[member.name]
        limit = self.limits.file_bytes if limit_bytes is None else limit_bytes
        return check_member(info, self.shown(member.name), limit, self.limits)

    def open(self, member: Member) -> IO[bytes]:
        return self._zip.open(member.name)

    def entry(self, member: Member, hints: Hints | None = None) -> Entry:
        return Entry(self.path, member.name, self.shown(member.name), member.packed_bytes, hints)

    def close(self) -> None:
        self._zip.close()


class FolderTree(Tree):
    """An unpacked archive. Links are not followed: one that leads out, or round in a circle, does no harm."""

    def __init__(self, path: str, label: str, limits: Limits) -> None:
        super().__init__(os.path.realpath(path), label, limits)
        self._checked = ""

    def _real(self, name: str) -> str:
        return os.path.join(self.path, *name.split("/"))

    def walk(self) -> Iterator[Member]:
        yield from self._walk("", 0)

    def _walk(self, prefix: str, depth: int) -> Iterator[Member]:
        try:
            with os.scandir(os.path.join(self.path, prefix)) as found:
                entries = sorted(found, key=lambda e: e.name)
        except OSError:
            return
        for entry in entries:
            name = prefix + entry.name
            if is_clutter(name):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth < FOLDER_DEPTH and not entry.name.startswith("."):
                    yield from self._walk(name + "/", depth + 1)
                continue
            try:
                size = entry.stat(follow_symlinks=False).st_size
            except OSError:
                size = 0
            yield Member(name, size, size)

    def find(self, name: str) -> Member | None:
        if climbs_out(name):
            return None
        try:
            found = os.lstat(self._real(name))
        except (OSError, ValueError):
            return None
        return Member(name, found.st_size, found.st_size) if not stat.S_ISDIR(found.st_mode) else None

    def check(self, member: Member, limit_bytes: int | None = None) -> Refusal | None:
        shown = self.shown(member.name)
        try:
            mode = os.lstat(self._real(member.name)).st_mode
        except OSError as fault:
            return unreadable(shown, fault)
        if stat.S_ISLNK(mode) or not self._stays_inside(member.name):
            return unsafe_path(shown)
        if not stat.S_ISREG(mode):
            return not_a_file(shown)
        limit = self.limits.file_bytes if limit_bytes is None else limit_bytes
        return too_large(shown, member.size_bytes, limit) if member.size_bytes > limit else None

    def _stays_inside(self, name: str) -> bool:
        """Whether no folder on the way is a link; asked once per folder in a row, as listings come."""
        folder = os.path.dirname(self._real(name))
        if folder != self._checked:
            if os.path.realpath(folder) != os.path.normpath(folder):
                return False
            self._checked = folder
        return True

    def open(self, member: Member) -> IO[bytes]:
        return open(self._real(member.name), "rb")

    def path_of(self, member: Member) -> str | None:
        return self._real(member.name)

    def entry(self, member: Member, hints: Hints | None = None) -> Entry:
        return Entry(self._real(member.name), None, self.shown(member.name), member.packed_bytes, hints)


def unreadable(name: str, fault: BaseException) -> Refusal:
    """A member or file that broke while it was read: damaged content, or a disk or permission that says no."""
    if isinstance(fault, NotImplementedError):
        suggestion = "pack it again with the ordinary method"
        return Refusal("unreadable", f"packed in a way that is not known: {fault}", suggestion=suggestion, name=name)
    if isinstance(fault, OSError) and fault.errno is not None:
        reason = os.strerror(fault.errno)
        return Refusal("unreadable", reason, suggestion="check that it exists and may be read", name=name)
    return Refusal(
        "damaged",
        f"damaged inside its archive: {fault or type(fault).__name__}",
        suggestion="get the archive again from its source",
        name=name,
    )


def not_a_file(name: str) -> Refusal:
    return Refusal("unreadable", "neither a file nor a folder", suggestion="give an ordinary file", name=name)


def open_zip(path: str, label: str, limits: Limits = LIMITS) -> ZipTree | Refusal:
    """A zip as a tree, its table of contents checked before it is loaded."""
    name = label.rstrip("/") or os.path.basename(path)
    try:
        with open(path, "rb") as file:
            if (refusal := check_directory(file, name, limits)) is not None:
                return refusal
        archive = zipfile.ZipFile(path)
    except (OSError, *ZIP_FAULTS) as fault:
        if isinstance(fault, OSError) and fault.errno is not None:
            return unreadable(name, fault)
        return damaged_zip(name, str(fault))
    return ZipTree(path, label, limits, archive)
