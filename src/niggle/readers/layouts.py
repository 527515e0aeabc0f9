"""Recognises whose export an archive is by what lies in it, and joins several found in one folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from niggle.readers.contract import Archive, ArchiveItem, Entry, Limits
from niggle.readers.tree import Member, Tree

if TYPE_CHECKING:
    from niggle.readers.nested import Spool

_HEALTH_ROOT: Final = b"<HealthData"
_HEALTH_HEAD_BYTES: Final = 64 * 1024  # Apple's document type stands before the root element and is some 12 kB long
_ROOT_PARTS_MAX: Final = 4  # an export lies at the top or in a few wrapping folders, not deep in somebody's home


@dataclass(frozen=True, slots=True)
class Found:
    """An export inside a tree. root: "" or "folder/"; table: the member that gave it away."""

    kind: str
    root: str
    table: Member

    def owns(self, name: str) -> bool:
        if self.kind == "apple_health":  # often unpacked beside other things
            rest = name.removeprefix(self.root)
            is_part = "/" not in rest and rest.endswith(".xml")
            return name.startswith(self.root) and (
                is_part or rest.startswith(("workout-routes/", "electrocardiograms/", "clinical-records/"))
            )
        if self.kind == "runkeeper":
            return name.startswith(self.root) and "/" not in name.removeprefix(self.root)
        return name.startswith(self.root)


def _parent(name: str) -> str:
    return name[: len(name) - len(name.rsplit("/", 1)[-1])]


def find_exports(tree: Tree) -> list[Found]:
    """Every export a tree holds, by its layout: outer ones first, one per root."""
    found: list[Found] = []
    garmin_roots: set[str] = set()
    for count, member in enumerate(tree.walk()):
        if count > tree.limits.entries:
            break
        parts = member.name.split("/")
        if "DI_CONNECT" in parts[:_ROOT_PARTS_MAX] and len(parts) > 1:
            root = "/".join(parts[: parts.index("DI_CONNECT")])
            root = root + "/" if root else ""
            if root not in garmin_roots:
                garmin_roots.add(root)
                found.append(Found("garmin_export", root, member))
        if len(parts) > _ROOT_PARTS_MAX:
            continue
        kind = _kind_by_name(tree, member)
        if kind is not None:
            found.append(Found(kind, _parent(member.name), member))
    found.sort(key=lambda f: f.root.count("/"))
    outer: list[Found] = []
    for one in found:
        if not any(other.owns(one.table.name) for other in outer):
            outer.append(one)
    return outer


def _kind_by_name(tree: Tree, member: Member) -> str | None:
    base = member.base.casefold()
    if base == "activities.csv":
        from niggle.readers.strava_export import is_strava_table

        return "strava_export" if _readable(tree, member) and is_strava_table(tree.head(member, 64 * 1024)) else None
    if base == "cardioactivities.csv":
        return "runkeeper"
    # The file's name is in the phone's language; the two that are never it are sorted out first.
    if base.endswith(".xml") and not base.endswith("_cda.xml") and _readable(tree, member, tree.limits.xml_bytes):
        return "apple_health" if _HEALTH_ROOT in tree.head(member, _HEALTH_HEAD_BYTES) else None
    return None


def _readable(tree: Tree, member: Member, limit_bytes: int | None = None) -> bool:
    return tree.check(member, limit_bytes) is None


def archive_of_tree(tree: Tree, depth: int, spool: Spool | None = None) -> Archive:
    """The archive a zip or folder is; several side by side are read one after the other, then what is left."""
    from niggle.readers.plain_zip import PlainArchive

    exports = find_exports(tree)
    parts: list[Archive] = [_open(tree, one, spool) for one in exports]
    if len(exports) == 1 and all(exports[0].owns(member.name) for member in tree.walk()):
        return parts[0]
    parts.append(PlainArchive(tree, depth, [one.owns for one in exports], spool))
    return parts[0] if len(parts) == 1 else Several(parts)


def _open(tree: Tree, one: Found, spool: Spool | None) -> Archive:
    if one.kind == "strava_export":
        from niggle.readers.strava_export import StravaArchive

        return StravaArchive(tree, one.root, one.table)
    if one.kind == "garmin_export":
        from niggle.readers.garmin_export import GarminArchive

        return GarminArchive(tree, one.root, spool)
    if one.kind == "apple_health":
        from niggle.readers.apple_health import AppleArchive

        return AppleArchive(tree, one.root, one.table)
    from niggle.readers.plain_zip import RunkeeperArchive

    return RunkeeperArchive(tree, one.root, one.table)


def archive_of_file(path: str, shown: str, head: bytes, limits: Limits) -> Archive:
    """A single file as an archive of one; Apple's bare export.xml as the export it is, routes beside it included."""
    from niggle.readers.plain_zip import SingleFile

    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"<") and (_HEALTH_ROOT in head or b"<!DOCTYPE HealthData" in head):
        from niggle.readers.apple_health import AppleArchive
        from niggle.readers.tree import FolderTree

        folder, base = os.path.split(path)
        size = os.stat(path).st_size
        return AppleArchive(FolderTree(folder, "", limits), "", Member(base, size, size))
    return SingleFile(Entry(path, None, shown, os.stat(path).st_size))


class Several:
    """Archives found side by side in one zip or folder. `kind` is that of the part whose items are coming."""

    def __init__(self, parts: Sequence[Archive]) -> None:
        self._parts = parts
        self._current: Archive | None = None

    @property
    def kind(self) -> str:
        return "plain" if self._current is None else self._current.kind

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *exc: object) -> None:
        for part in self._parts:
            part.__exit__(*exc)

    def count(self) -> int | None:
        counts = [part.count() for part in self._parts]
        return None if None in counts else sum(c for c in counts if c is not None)

    def items(self) -> Iterator[ArchiveItem]:
        for part in self._parts:
            self._current = part
            yield from part.items()
        self._current = None
