"""Safety, shown by simulation: runner-seasons day by day, and how often something happened that never may.

    ./run bench seasons [--seasons 10000] [--seed 1] [--processes 2] [--show 20] [--only NUMBER]

Each season is drawn from the seed and its number alone; --only runs one of them again and tells its days.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import date

from bench.seasons.watch import INVARIANTS

Told = tuple[int, str, str, str]  # season, invariant, day, words


def run_batch(seed: int, numbers: range, ready: bool = False) -> tuple[Counter[str], list[Told], Counter[str]]:
    """(violations by invariant, what they were, counts) of those seasons."""
    if not ready:
        _boot()
    from bench.seasons.people import draw
    from bench.seasons.sampling import Sampled
    from bench.seasons.season import Engine, simulate
    from bench.seasons.watch import Watchers
    from niggle.knowledge import load
    from niggle.scheduler import Memo as Searched

    knowledge = load()
    if (
        not ready
    ):  # a process of its own that makes and drops small values for minutes: what stays is not looked at again
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
    searched, engine = Searched(), Engine()
    wrong: Counter[str] = Counter()
    told: list[Told] = []
    counts: Counter[str] = Counter()
    for number in numbers:
        runner = draw(seed, number, knowledge)
        watch = Sampled(Watchers(knowledge), seed, number, engine)
        season = simulate(runner, seed, knowledge, watch, engine, searched)
        counts += season.counts
        for name, on, words in season.violations:
            wrong[name] += 1
            told.append((number, name, _day(on), words))
    counts["calendars_asked"], counts["calendars_known"] = searched.asked, searched.hits
    return wrong, told, counts


def _day(on: date) -> str:
    return on.isoformat()


def _boot() -> None:
    from niggle.store.boot import boot

    boot(migrate=False)


def main() -> int:
    asked = argparse.ArgumentParser(prog="bench seasons", description=__doc__.splitlines()[0])
    asked.add_argument("--seasons", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--show", type=int, default=20, help="violations told in words")
    asked.add_argument("--only", type=int, default=None, help="the number of one season")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="niggle-bench-") as home:
        os.environ["NIGGLE_HOME"] = home
        os.environ.pop("NIGGLE_DATABASE_URL", None)
        began = time.perf_counter()
        if given.only is not None:
            parts = [run_batch(given.seed, range(given.only, given.only + 1))]
        else:
            parts = _all(given.seed, given.seasons, given.processes)
        seconds = time.perf_counter() - began
    wrong: Counter[str] = Counter()
    told: list[Told] = []
    counts: Counter[str] = Counter()
    for w, t, c in parts:
        wrong += w
        told += t
        counts += c
    told.sort()
    shown: Counter[str] = Counter()
    for number, name, on, words in told:
        shown[name] += 1
        if shown[name] <= given.show:
            print(f"season {number} {on} {name}: {words}", file=sys.stderr)
    seasons = 1 if given.only is not None else given.seasons
    print(
        json.dumps(
            {
                "bench": "seasons",
                "seed": given.seed,
                "seasons": seasons,
                "days": counts["days"],
                "violations": {name: wrong[name] for name in INVARIANTS},
                "violations_total": sum(wrong.values()),
                "counts": dict(sorted(counts.items())),
                "ms_per_season": round(seconds * 1000 * max(1, given.processes) / max(1, seasons), 1),
                "seconds": round(seconds, 1),
            }
        )
    )
    return 1 if wrong else 0


def _all(seed: int, seasons: int, processes: int) -> list[tuple[Counter[str], list[Told], Counter[str]]]:
    """Every process takes each n-th season, so that the hard conditions are spread."""
    if processes <= 1:
        return [run_batch(seed, range(seasons))]
    with ProcessPoolExecutor(processes) as pool:
        jobs = [pool.submit(run_batch, seed, range(n, seasons, processes)) for n in range(processes)]
        return [job.result() for job in jobs]


if __name__ == "__main__":
    sys.exit(main())
