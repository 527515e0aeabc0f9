"""Which reader reads what: files by their content, archives by their layout. The one door to every format.

A name is only a hint: it decides which reader is asked first and how a refusal is worded.
"""

from __future__ import annotations

import importlib
import os
import stat
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from niggle.core.session import Note, ReadItem, Refusal, Session
from niggle.readers.contract import LIMITS, Archive, Entry, Limits, Manifest, ReaderInfo
from niggle.readers.hints import lay
from niggle.readers.safety import GZIP_MAGIC, ZIP_FAULTS, ZIP_MAGICS, gunzip
from niggle.readers.tree import FolderTree, Tree, ZipTree, not_a_file, open_zip, unreadable

if TYPE_CHECKING:
    from niggle.readers.nested import Spool

# Suffixes stand here as well as in each manifest, so that only the reader that is needed is imported.
_FORMATS: Final[dict[str, tuple[str, ...]]] = {
    "fit": (".fit",),
    "gpx": (".gpx",),
    "tcx": (".tcx",),
    "table_csv": (".csv", ".tsv", ".txt"),
}
_ARCHIVES: Final = (
    ReaderInfo("strava_export", (".zip", "folder")),
    ReaderInfo("garmin_export", (".zip", "folder")),
    ReaderInfo("apple_health", (".zip", "folder", ".xml")),
    ReaderInfo("plain_zip", (".zip", "folder")),
)
_SNIFF_BYTES: Final = 4096
_GZIP_DEPTH: Final = 2
_OPEN_ZIPS: Final = 4
_WRAPPERS: Final = (
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "packed with bzip2"),
    (b"\xfd7zXZ\x00", "packed with xz"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd"),
)


def formats() -> list[ReaderInfo]:
    """Every file and archive format that can be read."""
    return [ReaderInfo(name, suffixes) for name, suffixes in _FORMATS.items()] + list(_ARCHIVES)


def suffix_of(name: str) -> str:
    """The suffix that tells the format: ".fit" for "x.FIT.gz"; "" where there is none."""
    path = PurePosixPath(name.rsplit("/", 1)[-1].lower())
    return path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix


def has_known_suffix(name: str) -> bool:
    return any(suffix_of(name) in suffixes for suffixes in _FORMATS.values())


def _manifest(name: str) -> Manifest:
    manifest: Manifest = importlib.import_module(f"niggle.readers.{name}").MANIFEST
    return manifest


def manifest_for(head: bytes, name: str) -> Manifest | None:
    """The format that knows these first bytes; asked first is the one the name speaks of.

    Content decides alone at first, so that a GPX named .fit is a GPX; the name helps where content tells nothing.
    """
    suffix = suffix_of(name)
    order = sorted(_FORMATS, key=lambda fmt: suffix not in _FORMATS[fmt])
    for hint in ("", name):
        for fmt in order:
            manifest = _manifest(fmt)
            if manifest.sniff(head, hint):
                return manifest
    return None


def read_file(data: bytes, name: str, limits: Limits = LIMITS) -> list[ReadItem]:
    """One file's bytes, gzipped or not: its sessions with their notes, or refusals. Never raises on content."""
    notes: tuple[Note, ...] = ()
    for _ in range(_GZIP_DEPTH):
        if not data.startswith(GZIP_MAGIC):
            break
        unpacked = gunzip(data, name, limits)
        if isinstance(unpacked, Refusal):
            return [unpacked]
        data, more = unpacked
        notes += more
    items = _decode(data, name, limits)
    return [_finish(item, name, notes) for item in items]


def _finish(item: ReadItem, name: str, notes: tuple[Note, ...]) -> ReadItem:
    if isinstance(item, Session):
        return replace(item, notes=item.notes + notes) if notes else item
    return item if item.name == name else replace(item, name=name)


def _decode(data: bytes, name: str, limits: Limits) -> list[ReadItem]:
    if not data:
        return [Refusal("empty", "the file has no bytes", "byte 0", "copy it again from the watch or service", name)]
    if len(data) > limits.file_bytes:
        return [Refusal("too_large", f"{len(data):,} bytes; one file may have {limits.file_bytes:,}", name=name)]
    if data.startswith((GZIP_MAGIC, *ZIP_MAGICS)):
        suggestion = "unpack the inner archive and import it by itself"
        return [Refusal("nested_too_deep", "an archive inside an archive", "byte 0", suggestion, name)]
    head = data[:_SNIFF_BYTES]
    if (refusal := _strange(head, name)) is not None:
        return [refusal]
    manifest = manifest_for(head, name)
    if manifest is None:
        named = [fmt for fmt, suffixes in _FORMATS.items() if suffix_of(name) in suffixes and fmt != "table_csv"]
        if not named:
            return [_unknown(name)]
        manifest = _manifest(named[0])  # its own reader says best what is wrong with it, and may still rescue some
    try:
        return manifest.read(data, name) or [Refusal("no_records", "nothing in it could be read", name=name)]
    except Exception as fault:  # a reader's own mistake must not spoil an import of ten years
        what = f"the {manifest.name} reader stumbled over it ({type(fault).__name__}: {fault})"[:300]
        return [
            Refusal("damaged", what, suggestion="please report this file's kind and where it comes from", name=name)
        ]


def _strange(head: bytes, name: str) -> Refusal | None:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:256].lower()
    if text.startswith((b"<!doctype html", b"<html")):
        suggestion = "the download page was saved instead of the file; log in and download it again"
        return Refusal("not_this_format", "a web page, not a recording", "byte 0", suggestion, name)
    for magic, what in _WRAPPERS:
        if head.startswith(magic):
            return Refusal("unknown_format", what, "byte 0", "unpack it and import the folder", name)
    return None


def _unknown(name: str) -> Refusal:
    return Refusal(
        "unknown_format",
        "no reader knows this content",
        "byte 0",
        "FIT, GPX, TCX, a CSV table of runs and zips of these can be read",
        name,
    )


# One open zip per path and process: a forked worker must not share its parent's file position.
_zips: OrderedDict[tuple[int, str, int, int], ZipTree] = OrderedDict()


def _zip_at(path: str, limits: Limits) -> ZipTree | Refusal:
    try:
        found = os.stat(path)
    except OSError as fault:
        return unreadable(path, fault)
    key = (os.getpid(), path, found.st_mtime_ns, found.st_size)
    if key in _zips:
        _zips.move_to_end(key)
        return _zips[key]
    tree = open_zip(path, "", limits)
    if isinstance(tree, ZipTree):
        _zips[key] = tree
        while len(_zips) > _OPEN_ZIPS:
            _zips.popitem(last=False)[1].close()
    return tree


def close_zips(under: str = "") -> None:
    """Closes this process's kept handles, those whose path begins with `under`."""
    for key in [key for key in _zips if key[1].startswith(under)]:
        _zips.pop(key).close()


def load_entry(entry: Entry, limits: Limits = LIMITS) -> bytes | Refusal:
    """An entry's bytes as they lie in the archive (still gzipped where they are), bounded by `limits.file_bytes`."""
    if entry.member is None:
        loaded = _load_path(entry.path, limits)
    else:
        tree = _zip_at(entry.path, limits)
        if isinstance(tree, Refusal):
            loaded = tree
        elif (member := tree.find(entry.member)) is None:
            loaded = Refusal("unreadable", "no longer in its archive", suggestion="start the import again")
        else:
            loaded = tree.read(member)
    return replace(loaded, name=entry.name) if isinstance(loaded, Refusal) else loaded


def _load_path(path: str, limits: Limits) -> bytes | Refusal:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # a pipe or device may never end
            return not_a_file(path)
        with open(path, "rb") as file:
            data = file.read(limits.file_bytes + 1)
    except (OSError, ValueError) as fault:
        return unreadable(path, fault)
    if len(data) > limits.file_bytes:
        return Refusal("too_large", f"more than {limits.file_bytes:,} bytes", suggestion="split the file")
    return data


def read_entry(entry: Entry, limits: Limits = LIMITS) -> list[ReadItem]:
    """Loads and decodes one entry and lays its hints over what the file leaves open. Never raises on content."""
    try:
        data = load_entry(entry, limits)
    except ZIP_FAULTS as fault:
        data = unreadable(entry.name, fault)
    if isinstance(data, Refusal):
        return [data]
    items = read_file(data, entry.name, limits)
    return lay(entry.hints, items) if entry.hints is not None else items


def open_archive(
    path: str | os.PathLike[str],
    *,
    label: str = "",
    depth: int = 1,
    limits: Limits = LIMITS,
    spool: Spool | None = None,
) -> Archive | Refusal:
    """Recognises a zip, folder or single file by content. Use the Archive as a context manager.

    label: what stands before its members' names; depth: 1 for what the runner gave, 2 for a zip inside it;
    spool: where inner zips are copied to and stay, when somebody else closes it; else the archive closes its own.
    """
    from niggle.readers.layouts import archive_of_file, archive_of_tree

    real = os.path.realpath(path)
    shown = label.rstrip("/") or os.path.basename(real)
    try:
        mode = os.stat(real).st_mode
        if stat.S_ISDIR(mode):
            return archive_of_tree(FolderTree(real, label, limits), depth, spool)
        if not stat.S_ISREG(mode):
            return not_a_file(shown)
        with open(real, "rb") as file:
            head = file.read(_SNIFF_BYTES)
    except (OSError, ValueError) as fault:
        return unreadable(shown, fault)
    if not head.startswith(ZIP_MAGICS):
        return archive_of_file(real, shown, head, limits)
    if depth > limits.depth:
        suggestion = "unpack the inner archives first"
        return Refusal("nested_too_deep", f"archives more than {limits.depth} deep", None, suggestion, shown)
    tree: Tree | Refusal = open_zip(real, label, limits)
    return tree if isinstance(tree, Refusal) else archive_of_tree(tree, depth, spool)


def read_any(path: str | os.PathLike[str], limits: Limits = LIMITS) -> Iterator[ReadItem]:
    """Everything in a file, folder or archive, one after the other, in this process."""
    archive = open_archive(path, limits=limits)
    if isinstance(archive, Refusal):
        yield archive
        return
    with archive:
        for item in archive.items():
            if isinstance(item, Entry):
                yield from read_entry(item, limits)
            else:
                yield item
