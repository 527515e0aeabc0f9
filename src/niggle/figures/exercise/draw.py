"""The pictures: moving, still, strip, thumbnail and single frames; the body's chains from far to near."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from niggle.core.movement import Movement
from niggle.figures.exercise import limbs
from niggle.figures.exercise.frames import Frame, Motion, motion
from niggle.figures.exercise.page import Sheet, foot_room, lay_out, mark, prefix, thinner, turned, wrap
from niggle.figures.exercise.scenery import floor, scenery
from niggle.figures.exercise.still import arrow_of, ghost_of, still_poses
from niggle.figures.exercise.style import fill
from niggle.figures.exercise.svg import Clock, animate, n
from niggle.figures.exercise.tempo import tempo_bar

BYTES = 12_250


def _body(sheet_: Sheet, frames: Sequence[Frame], times: Clock, key: str, shared: str = "") -> str:
    movement = sheet_.movement
    reference = sheet_.motion.frames
    out = ""
    for chain in limbs.chains(movement, reference if times else frames, sheet_.camera):
        tone = ("workfar" if chain.far else "work") if chain.works else ("far" if chain.far else "skin")
        inner = limbs.draw(chain, frames, times, sheet_.camera, movement, reference, shared, defines=bool(times))
        name = f"{key}{chain.name[:2]}"
        out += f'<use href="#{name}" class="yline" stroke="#2b3138"/><g id="{name}" {fill(tone)}>{inner}</g>'
    return out


def _static(sheet_: Sheet, ghost: str, main: str, key: str, shared: str = "") -> str:
    frame = sheet_.motion.pose_frame(main)
    _, before = scenery(sheet_, [frame], Clock())
    shadow = ghost_of(sheet_, sheet_.motion.pose_frame(ghost)) if ghost != main else ""
    arrow = arrow_of(sheet_, ghost, main) if ghost != main else ""
    return shadow + _body(sheet_, [frame], Clock(), key, shared) + before + arrow


def moving_svg(moving: Motion, *, own_file: bool = True, mirror: bool = False, tempo: bool = True) -> str:
    """The figure in motion. With reduced motion and in print its own style sheet (or the page's) shows the still.

    `mirror` draws it for the other side. Raises nothing: a motion that was solved can be drawn.
    """
    sheet_ = lay_out(moving)
    key = prefix(moving.movement.id) + ("m" if mirror else "")
    out, size = "", 0
    for slack in (1.0, 1.8, 3.6):  # a crowded motion gets fewer key values rather than a fat file
        if slack < 3.6 and size > 1.05 * BYTES:
            continue
        out = _moving(sheet_, moving.clock(slack), key, own_file=own_file, mirror=mirror, tempo=tempo)
        size = len(out.encode())
        if size < BYTES:
            break
    return out


def _moving(sheet_: Sheet, times: Clock, key: str, *, own_file: bool, mirror: bool, tempo: bool) -> str:
    moving = sheet_.motion
    behind, before = scenery(sheet_, moving.frames, times)
    fixed, follow = (behind, "") if "<animate" not in behind else ("", behind)
    fade = _fade(moving)
    live = f'<g class="xmove">{fade}{follow}{_body(sheet_, moving.frames, times, key, key + "o")}{before}</g>'
    ghost, main = still_poses(moving)
    rest = f'<g class="xstill" display="none">{_still_props(sheet_, main, follow)}{_static(sheet_, ghost, main, key + "s", key + "o")}</g>'  # noqa: E501
    inner = turned(sheet_, floor(sheet_) + fixed + live + rest, mirror=mirror)
    if tempo:
        inner += mark(sheet_) + tempo_bar(sheet_, moving=True)
    return wrap(sheet_, inner, own_file=own_file, moving=True, tempo=tempo, mirror=mirror)


def _still_props(sheet_: Sheet, main: str, follow: str) -> str:
    return scenery(sheet_, [sheet_.motion.pose_frame(main)], Clock())[0] if follow else ""


def _fade(moving: Motion) -> str:
    if not moving.cuts:
        return ""
    times, values = [0.0], [(1.0,)]
    for cut in moving.cuts:
        times += [max(0.0, cut - 0.35), cut, min(moving.cycle_seconds, cut + 0.25)]
        values += [(1.0,), (0.0,), (1.0,)]
    if times[-1] < moving.cycle_seconds:
        times.append(moving.cycle_seconds)
        values.append((1.0,))
    return animate("", Clock.steady(times), values, 0.01, attribute="opacity")


def still_svg(moving: Motion, *, own_file: bool = True, mirror: bool = False, tempo: bool = True) -> str:
    """One picture without motion: the end pose, where it came from as a ghost, and an arrow."""
    sheet_ = lay_out(moving)
    ghost, main = still_poses(moving)
    behind, _ = scenery(sheet_, [moving.pose_frame(main)], Clock())
    inner = turned(
        sheet_, floor(sheet_) + behind + _static(sheet_, ghost, main, prefix(moving.movement.id) + "t"), mirror=mirror
    )
    if tempo:
        inner += mark(sheet_) + tempo_bar(sheet_, moving=False)
    return wrap(sheet_, inner, own_file=own_file, moving=False, tempo=tempo, mirror=mirror)


def thumbnail_svg(moving: Motion, *, own_file: bool = True, mirror: bool = False) -> str:
    """The still without the tempo: for lists."""
    return still_svg(moving, own_file=own_file, mirror=mirror, tempo=False)


def strip_poses(movement: Movement) -> list[str]:
    """The poses of a strip in the order of the tempo, each once in a row, the start first."""
    names = [movement.start(), *(p.to for p in movement.tempo)]
    row = [names[0], *(b for a, b in pairwise(names) if a != b)]
    return row[:-1] if len(row) > 2 and row[-1] == row[0] else row


def strip_svg(moving: Motion, *, own_file: bool = True, mirror: bool = False) -> str:
    """All poses side by side, for paper."""
    sheet_ = lay_out(moving)
    names = strip_poses(moving.movement)
    out = ""
    for i, name in enumerate(names):
        frame = moving.pose_frame(name)
        behind, before = scenery(sheet_, [frame], Clock())
        body = floor(sheet_) + behind + _body(sheet_, [frame], Clock(), f"{prefix(moving.movement.id)}p{i}") + before
        if moving.movement.close is not None:
            body = thinner(body, sheet_.width / 130)
        box = f"{n(sheet_.left)} {n(sheet_.top)} {n(sheet_.width)} {n(sheet_.height)}"
        out += (
            f'<svg x="{n(sheet_.left + i * sheet_.width)}" y="{n(sheet_.top)}" width="{n(sheet_.width)}" '
            f'height="{n(sheet_.height)}" viewBox="{box}">{turned(sheet_, body, mirror=mirror)}</svg>'
        )
    wide = Sheet(moving, sheet_.camera, sheet_.left, sheet_.top, sheet_.width * len(names), sheet_.height)
    return wrap(wide, out, own_file=own_file, moving=False, tempo=False)


def frame_svg(moving: Motion, index: int, *, mirror: bool = False) -> str:
    """One frame as a picture of its own: for the frames of a raster animation and for looking at by eye."""
    sheet_ = lay_out(moving)
    frame = moving.frames[index]
    behind, before = scenery(sheet_, [frame], Clock())
    body = floor(sheet_) + behind + _body(sheet_, [frame], Clock(), prefix(moving.movement.id) + "f") + before
    return wrap(sheet_, turned(sheet_, body, mirror=mirror), own_file=False, moving=False, tempo=False)


def cue_places(moving: Motion, *, mirror: bool = False) -> list[tuple[str, float, float]]:
    """Text and place of each cue, as shares of the picture's width and height, in the main pose of the still."""
    sheet_ = lay_out(moving)
    at = moving.solved[still_poses(moving)[1]].at
    out = []
    for cue in moving.movement.cues:
        x, y = sheet_.camera.flat(at[cue.at])
        across = (x - sheet_.left) / sheet_.width
        out.append((cue.text, 1 - across if mirror else across, (y - sheet_.top) / (sheet_.height + foot_room(sheet_))))
    return out


def svg(movement: Movement) -> str:
    """A movement as a moving figure in a file of its own."""
    return moving_svg(motion(movement))
