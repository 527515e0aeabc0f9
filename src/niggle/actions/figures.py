"""The exercise figures for every face: load with all checks, draw as SVG, PNG or GIF."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from niggle.core.movement import Movement
from niggle.figures.exercise import draw
from niggle.figures.exercise.check import check
from niggle.figures.exercise.frames import Motion, motion
from niggle.knowledge.figures_loader import FOLDER, Findings, ids, load_all, load_one
from niggle.knowledge.loader import Complaint, KnowledgeError

GIF_FRAMES_PER_SECOND = 12.5
RASTER_PIXELS_PER_CM = 3.0


def checked(movement: Movement) -> Findings:
    """What the figures package finds impossible about a movement, as the loader wants it."""
    return [(fault.path, fault.message) for fault in check(movement)]


def figure_ids(folder: Path = FOLDER) -> list[str]:
    """The ids of all figures, sorted."""
    return ids(folder)


@lru_cache(maxsize=256)
def figure(figure_id: str, folder: Path = FOLDER) -> Motion:
    """One figure, loaded, checked and solved. Raises KeyError for an unknown id, KnowledgeError for a bad file."""
    if figure_id not in ids(folder):
        raise KeyError(figure_id)
    return motion(load_one(folder / f"{figure_id}.yaml", checked))


def check_all(folder: Path = FOLDER) -> dict[str, Movement]:
    """All figures. Raises KnowledgeError with file and line of everything that is wrong in any."""
    return load_all(folder, checked)


def complaints(names: Sequence[str], folder: Path = FOLDER) -> list[Complaint]:
    """Everything that is wrong in these figures, file by file."""
    found: list[Complaint] = []
    for name in names:
        try:
            load_one(folder / f"{name}.yaml", checked)
        except KnowledgeError as error:
            found += error.complaints
    return found


def svg(figure_id: str, *, shape: str = "moving", mirror: bool = False, own_file: bool = True) -> str:
    """A figure as SVG. `shape`: moving, still, strip or thumbnail. A page that inlines it says own_file=False and
    brings `niggle.figures.exercise.style.page_css()` in its own style sheet."""
    drawing = {
        "moving": draw.moving_svg, "still": draw.still_svg, "strip": draw.strip_svg, "thumbnail": draw.thumbnail_svg,
    }[shape]  # fmt: skip
    return drawing(figure(figure_id), own_file=own_file, mirror=mirror)


def render(figure_id: str, suffix: str, *, shape: str = "moving", mirror: bool = False) -> bytes:
    """A figure as the bytes of a file: .svg; .png (a moving figure gives its still); .gif (always moving)."""
    if suffix == ".svg":
        return svg(figure_id, shape=shape, mirror=mirror).encode()
    if suffix == ".png":
        return _png(svg(figure_id, shape="still" if shape == "moving" else shape, mirror=mirror))
    if suffix == ".gif":
        return _gif(figure(figure_id), mirror=mirror)
    raise ValueError(f"no such kind of picture: {suffix}")


def _png(text: str, scale: float = RASTER_PIXELS_PER_CM) -> bytes:
    import vl_convert

    return bytes(vl_convert.svg_to_png(text, scale=scale))


def _gif(moving: Motion, *, mirror: bool) -> bytes:
    from niggle.actions.gif import write_gif

    pictures, delays = [], []
    for index, frame in enumerate(moving.frames[1:], 1):
        pictures.append(_png(draw.frame_svg(moving, index, mirror=mirror), 1.6))
        delays.append(max(0.02, frame.second - moving.frames[index - 1].second))
    return write_gif(pictures, delays)
