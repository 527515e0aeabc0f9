"""The exercise figures for every face: load with all checks, draw as SVG, PNG or GIF."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from niggle.core.movement import Movement
from niggle.figures.exercise.check import check
from niggle.figures.exercise.frames import Motion, motion
from niggle.knowledge.figures_loader import FOLDER, Findings, ids, load_all, load_one


def checked(movement: Movement) -> Findings:
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
