"""Check single files while they are written: `python -m niggle.knowledge.check [FILE or slug ...]`.

A slug stands for the condition, the exercise, the protocol and the ladder of that name; protocols/SLUG for one of them.
A draft may end in `.draft` (the loader does not see it); it is checked as if it stood under its own name. Without
arguments everything is checked, the cross-file laws too.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from niggle.knowledge.laws import check_folder
from niggle.knowledge.loader import FOLDER, Complaint
from niggle.knowledge.workbench import complaints_of, find


def main(names: list[str]) -> int:
    complaints: list[Complaint] = []
    if not names:
        complaints = check_folder(FOLDER)
    for name in names:
        works = find(name)
        if not works:
            raise SystemExit(f"{name}: no such file, and no condition, exercise, protocol or ladder of that name")
        for work in works:
            with tempfile.TemporaryDirectory() as folder:
                complaints += complaints_of(work, Path(folder))
    for complaint in complaints:
        print(complaint)
    print(f"{len(complaints)} complaints" if complaints else "holds together")
    return 1 if complaints else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
