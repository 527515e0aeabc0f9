"""How long FIT files take, against `fitfast.records()`, in one process, bytes in memory.

    ./run bench fit [--files 200] [--seed 1] [--folder FOLDER] [--rounds 5]

The files are made up by the project's own writer (see archive_writer.py); with --folder, the .fit files in it are taken
instead, as far as fitfast reads them. "decode" is bytes to columns with the checksum, which is what fitfast does too;
"read" is the whole way to Sessions: clock, distances, moving time, altitude. Best of the rounds, which take turns.
Ends with one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

import fitfast
import numpy as np

from bench import archive_writer
from niggle.core.session import Session
from niggle.readers.fit import MANIFEST
from niggle.readers.fit.columns import by_kind, developer_fields, table
from niggle.readers.fit.parts import split
from niggle.readers.fit.profile import FIELD_DESCRIPTION, RECORD
from niggle.readers.fit.scan import scan
from niggle.readers.fit.write import write_sessions


def made_up(count: int, seed: int) -> list[bytes]:
    """`count` runs of ten years at one record a second."""
    return [
        write_sessions([archive_writer.run(number, count, np.random.default_rng([seed, number]))])
        for number in range(count)
    ]


def readable(folder: Path) -> list[bytes]:
    """The files in the folder that fitfast reads; it stops at damage with an exception that is no Exception."""
    found = []
    for path in sorted(folder.rglob("*.fit")):
        data = path.read_bytes()
        try:
            fitfast.records(data)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            continue
        found.append(data)
    return found


def decode(data: bytes) -> int:
    """Bytes to record columns, checksum included."""
    count = 0
    for part in split(data):
        kinds = by_kind(scan(data, part.begin, part.end).runs)
        developer = developer_fields(data, kinds.get(FIELD_DESCRIPTION, ()))
        count += table(data, kinds.get(RECORD, ()), RECORD, developer).length
    return count


def read(data: bytes) -> int:
    return sum(item.records for item in MANIFEST.read(data, "made-up.fit") if isinstance(item, Session))


def seconds(what: Callable[[bytes], object], files: list[bytes]) -> float:
    began = time.perf_counter()
    for data in files:
        what(data)
    return time.perf_counter() - began


def main() -> None:
    asked = argparse.ArgumentParser(prog="bench fit", description=__doc__.splitlines()[0])
    asked.add_argument("--files", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--folder", type=Path, help="take these files instead")
    asked.add_argument("--rounds", type=int, default=5)
    given = asked.parse_args()
    files = readable(given.folder) if given.folder else made_up(given.files, given.seed)
    best = dict.fromkeys(("decode", "read", "fitfast"), float("inf"))
    for _ in range(given.rounds):
        for name, what in (("decode", decode), ("read", read), ("fitfast", fitfast.records)):
            best[name] = min(best[name], seconds(what, files))
    records = sum(map(decode, files))
    print(
        json.dumps(
            {
                "bench": "fit",
                "files": len(files),
                "megabytes": round(sum(map(len, files)) / 1e6, 2),
                "records": records,
                "decode_s": round(best["decode"], 4),
                "read_s": round(best["read"], 4),
                "fitfast_s": round(best["fitfast"], 4),
                "decode_records_per_s": round(records / best["decode"]),
                "read_ms_per_file": round(1000 * best["read"] / len(files), 2),
                "decode_ratio": round(best["decode"] / best["fitfast"], 3),
                "read_ratio": round(best["read"] / best["fitfast"], 3),
            }
        )
    )


if __name__ == "__main__":
    main()
