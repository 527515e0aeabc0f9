"""The tempo below a figure."""

from __future__ import annotations

from niggle.figures.exercise.page import Sheet, plain
from niggle.figures.exercise.style import fill, stroke
from niggle.figures.exercise.svg import Clock, animate, n, pair


def tempo_bar(sheet_: Sheet, *, moving: bool) -> str:
    """A bar below the floor: one piece for each phase, as wide as it lasts, and a bead that runs along."""
    if sheet_.movement.close is not None:  # the same size on the page, whatever the camera is close to
        k = sheet_.width / 130
        whole = Sheet(plain(sheet_.motion), sheet_.camera, -65.0, -20.0, 130.0, 20.0)
        place = f"translate({pair(sheet_.left + sheet_.width / 2, sheet_.top + sheet_.height)})scale({k:.2f})"
        return f'<g transform="{place}">{tempo_bar(whole, moving=moving)}</g>'
    phases = [p for p in sheet_.movement.tempo if not p.cut]
    total = sum(p.shown for p in phases)
    wide = min(110.0, sheet_.width - 24)
    x = sheet_.left + (sheet_.width - wide) / 2
    y = sheet_.top + sheet_.height + 7
    bars, labels = "", ""
    spans: list[tuple[float, float]] = []
    for phase in phases:
        w = wide * phase.shown / total
        bars += f"M{pair(x + 1.2, y)}H{n(x + w - 1.2)}"
        word = f"{n(phase.seconds) if phase.seconds >= 1 or phase.seconds == 0 else f'{phase.seconds:.1f}'} s"
        if w > 13:
            labels += f'<text x="{n(x + w / 2)}" y="{n(y + 9)}">{word}</text>'
        spans.append((x, x + w))
        x += w
    out = f'<path {stroke("prop", 3)} d="{bars}"/>'
    if moving:
        times, xs, clock, i = [0.0], [(spans[0][0],)], 0.0, 0
        for phase in sheet_.movement.tempo:
            clock += phase.shown
            times.append(clock)
            if phase.cut:
                xs.append(xs[-1])
            else:
                xs.append((spans[i][1],))
                i += 1
        bead = animate("", Clock.steady(times), xs, 0.05, attribute="cx")
        out += f'<circle {fill("arrow")} cx="{n(spans[0][0])}" cy="{n(y)}" r="2.6">{bead}</circle>'
    return out + f'<g {fill("ink")} font-family="system-ui,sans-serif" font-size="7" text-anchor="middle">{labels}</g>'
