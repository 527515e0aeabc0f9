"""The exercise library: what there is, and its drawings out of the data folder's cache.

A drawing is named by a digest of its file and of the program that draws it, so that a browser and the cache may keep
it for good. Listing solves nothing; a figure is solved when it is first drawn.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from niggle.actions import figures
from niggle.core import movement as movements
from niggle.core.ids import digest_bytes
from niggle.core.movement import Movement
from niggle.figures import exercise
from niggle.figures.exercise import draw
from niggle.figures.exercise.contact_sheet import contact_sheet
from niggle.figures.exercise.cues import numbered_svg
from niggle.figures.exercise.style import page_css
from niggle.knowledge.figures_loader import FOLDER, load_one
from niggle.store import home

SHAPES: Final = ("thumb", "loop", "still", "strip", "numbered")
THEMES: Final = ("system", "light", "dark")
KEPT_MOST: Final = 2000  # drawings in the cache; older ones go, they can be drawn again
_DARK: Final = "@media (prefers-color-scheme:dark)"


@dataclass(frozen=True, slots=True)
class Exercise:
    """A movement and the digest that names its drawings."""

    movement: Movement
    digest: str

    @property
    def id(self) -> str:
        return self.movement.id


@lru_cache(maxsize=1)
def _engine() -> str:
    folder = Path(str(exercise.__file__)).parent
    sources = [*sorted(folder.glob("*.py")), Path(str(movements.__file__))]
    return digest_bytes(b"".join(p.read_bytes() for p in sources))


@lru_cache(maxsize=4)
def exercises(folder: Path = FOLDER) -> dict[str, Exercise]:
    """All exercises that have a figure, by id, sorted by title. Raises KnowledgeError for a bad file."""
    found = []
    for name in figures.figure_ids(folder):
        path = folder / f"{name}.yaml"
        digest = digest_bytes(path.read_bytes() + _engine().encode())[:16]
        found.append(Exercise(load_one(path), digest))
    return {e.id: e for e in sorted(found, key=lambda e: e.movement.title.casefold())}


def drawing(exercise_id: str, shape: str, *, mirror: bool = False, theme: str = "system") -> str:
    """The SVG of a figure. shape: thumb, loop (moving, without tempo), still, strip, or numbered (moving, to be
    inlined, cues as numbers). theme: light or dark make a file that does not ask the system. KeyError: no such one."""
    if shape not in SHAPES or theme not in THEMES:
        raise KeyError(f"{shape} {theme}")
    found = exercises()[exercise_id]
    target = home.folder() / "cache" / "figures" / f"{found.digest}-{shape}{'-left' if mirror else ''}.svg"
    try:
        text = target.read_text(encoding="utf-8")
    except OSError:
        text = _draw(exercise_id, shape, mirror=mirror)
        _keep(target, text)
    if theme == "light":
        return text.replace(_DARK, "@media not all")
    return text.replace(_DARK, "@media all") if theme == "dark" else text


def _draw(exercise_id: str, shape: str, *, mirror: bool) -> str:
    moving = figures.figure(exercise_id)
    if shape == "numbered":
        return numbered_svg(moving, mirror=mirror)
    if shape == "loop":
        return draw.moving_svg(moving, mirror=mirror, tempo=False)
    return figures.svg(exercise_id, shape="thumbnail" if shape == "thumb" else shape, mirror=mirror)


def _keep(target: Path, text: str) -> None:
    """Write the drawing, whole or not at all. A full or read-only disk costs time at the next look, nothing else."""
    try:
        folder = home.private_folder("cache", "figures")
        kept = sorted(folder.glob("*.svg"), key=lambda p: p.stat().st_mtime)
        for old in kept[: max(0, len(kept) - KEPT_MOST)]:
            old.unlink(missing_ok=True)
        half = target.with_suffix(f".{os.getpid()}.part")
        half.write_text(text, encoding="utf-8")
        half.replace(target)
    except OSError:
        return


def style_sheet() -> str:
    """The colours of inlined figures, and what of them shows in print and with reduced motion."""
    return page_css()


def sheet() -> str:
    """The contact sheet of all figures as one SVG."""
    return contact_sheet([figures.figure(name) for name in exercises()])
