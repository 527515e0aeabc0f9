"""Check single condition files while they are written: `python -m niggle.knowledge.check [FILE or slug ...]`.

A draft may end in `.draft` (the loader does not see it); it is checked as if it stood in conditions/ under its own id.
Without arguments everything is checked, the cross-file laws too.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from niggle.knowledge.laws import check_folder, check_one
from niggle.knowledge.loader import FOLDER, Complaint


def _draft(name: str) -> Path:
    path = Path(name)
    if path.exists():
        return path
    for ending in (".draft", ".yaml"):
        if (FOLDER / "conditions" / (name + ending)).exists():
            return FOLDER / "conditions" / (name + ending)
    raise SystemExit(f"{name}: no such file, and no condition of that name")


def main(names: list[str]) -> int:
    complaints: list[Complaint] = []
    if not names:
        complaints = check_folder(FOLDER)
    for name in names:
        path = _draft(name)
        slug = path.name.removesuffix(".yaml").removesuffix(".draft")
        with tempfile.TemporaryDirectory() as folder:
            complaints += check_one(path, slug, Path(folder))
    for complaint in complaints:
        print(complaint)
    print(f"{len(complaints)} complaints" if complaints else "holds together")
    return 1 if complaints else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
