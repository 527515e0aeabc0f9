"""The reference page of the exercise figures."""

from __future__ import annotations


def exercises() -> str:
    """Every figure with what it works, what is needed and its tempo; the drawn sheet stands beside it."""
    from niggle.actions.library import exercises as known
    from niggle.wording.movement import muscles, tempo_line, thing

    rows = [
        f"| {m.title} | `{m.id}` | {', '.join(m.catalogue)} | {muscles(m.targets)} | "
        f"{', '.join(thing(e) for e in m.equipment)} | {tempo_line(m)} |"
        for m in (e.movement for e in known().values())
    ]
    return (
        "# Exercises\n\nEvery exercise that has a moving figure. [All of them on one sheet](exercises.svg), drawn by "
        "`niggle figure --contact-sheet docs/reference/exercises.svg`; a single one by `niggle figure ID --out "
        "file.svg`.\n\n| exercise | id | catalogue | works | needs | tempo |\n|---|---|---|---|---|---|\n"
        + "\n".join(rows) + "\n"
    )  # fmt: skip
