"""Zips inside an archive: copied out one by one to a private folder that goes when the archive is closed."""

from __future__ import annotations

import tempfile

from niggle.core.session import Refusal
from niggle.readers.contract import Archive
from niggle.readers.registry import close_zips, open_archive
from niggle.readers.scratch import scratch_folder
from niggle.readers.tree import Member, Tree, ZipTree, open_zip


class Spool:
    """A private folder, made when first needed. Its files live until `close`, because workers may still read them.

    Archives inside archives share the outermost one's: an inner archive is done long before its entries are read.
    """

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def path(self) -> str:
        if self._folder is None:
            self._folder = scratch_folder()
        return self._folder.name

    def close(self) -> None:
        if self._folder is not None:
            close_zips(self._folder.name)  # an open file cannot be removed everywhere
            self._folder.cleanup()
            self._folder = None

    def on_disk(self, tree: Tree, member: Member) -> str | Refusal:
        """A path for the zip that a member is: its own in a folder, a copy's inside a zip."""
        return tree.path_of(member) or tree.spool(member, self.path(), tree.limits.total_bytes)

    def zip(self, tree: Tree, member: Member) -> ZipTree | Refusal:
        path = self.on_disk(tree, member)
        if isinstance(path, Refusal):
            return path
        return open_zip(path, tree.shown(member.name) + "/", tree.limits)


def open_nested(spool: Spool, tree: Tree, member: Member, depth: int) -> Archive | Refusal:
    """A zip inside an archive, whatever its layout, opened. depth: how deep `tree` itself lies."""
    inner_depth = depth if tree.path_of(member) is not None else depth + 1
    shown = tree.shown(member.name)
    if inner_depth > tree.limits.depth:
        suggestion = "unpack the inner archives first"
        return Refusal("nested_too_deep", f"archives more than {tree.limits.depth} deep", None, suggestion, shown)
    path = spool.on_disk(tree, member)
    if isinstance(path, Refusal):
        return path
    return open_archive(path, label=shown + "/", depth=inner_depth, limits=tree.limits, spool=spool)
