"""How long a week takes: the worst runner that could be made up, typical weeks, and answers that are kept.

    ./run bench week [--weeks 200] [--repeat 20]

The reference, measured in the same run: a plain search in Python over the same request (items one by one, day by day,
core.week asked whether it still holds, the first full week wins). It finds a week, not the best one; its ratio says
what the proof of the best costs. It gives up after `--nodes` calendars.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
from tests.core.week.sample import MON, QUIET, WEEK, K, item
from tests.scheduler.worst import window, worst_runner

from niggle.core.knowledge_types import Knowledge
from niggle.core.plan import Availability, Placed, WeekItem, Wish, WishKind
from niggle.core.week import Spacing, Surroundings, blocks, check, windows_of
from niggle.core.week.rules import FLOATING
from niggle.knowledge.loader import load
from niggle.scheduler import Memo, solve

Question = tuple[Sequence[WeekItem], Availability, Surroundings]


def typical(number: int) -> Question:
    """A week of one of four phases of a plan, with one of three calendars and up to two wishes; from its number."""
    rng = random.Random(number)
    grow = rng.choice([0.8, 0.9, 1.0, 1.1])
    home = [item(K.HOME_SET, 12, f"set-{n}") for n in range(6)]
    strength = [p.item for p in WEEK if p.item.kind in (K.STRENGTH_A, K.STRENGTH_B)]
    bike = [item(K.CROSS_TRAINING, round(40 * grow), f"bike-{n}") for n in range(2)]
    tests = [item(K.TEST, 15, "test")]
    ladder = [item(K.RUN_WALK, round(30 * grow), f"run-{n}") for n in range(3)]
    runs = [item(K.RUN_EASY, round(40 * grow), f"run-{n}") for n in range(2)]
    long_run = [item(K.RUN_LONG, round(75 * grow))]
    phases = (
        ([*bike, *tests, *strength, *home], Spacing.FREE),
        ([*ladder, *bike, *strength, *tests, *home], Spacing.BLOCK),
        ([*runs, *long_run, *strength, *bike[:1], *home], Spacing.FREE),
        ([*runs, *long_run, item(K.HILLS, 40, new_stressor="uphill"), *strength, *tests, *home], Spacing.FREE),
    )
    items, spacing = phases[number % 4]
    calendars = (
        Availability(gym_visits=2),
        Availability(windows=tuple(window(d, 17.5, 100, gym=d in (0, 3)) for d in (0, 1, 3, 5, 6)), gym_visits=2),
        Availability(windows=tuple(window(d, h, 75, gym=True) for d in range(7) for h in (6.5, 18.0)), gym_visits=2),
    )
    wishes = (Wish(WishKind.LONG_RUN_ON, 5), Wish(WishKind.REST_ON, 4), Wish(WishKind.STRENGTH_ON, 1))
    hers = replace(rng.choice(calendars), wishes=tuple(rng.sample(wishes, rng.randint(0, 2))))
    return items, hers, replace(QUIET, spacing=spacing)


def plainly(question: Question, knowledge: Knowledge, nodes: int) -> tuple[bool, int]:
    """(a full week was found, calendars looked at): depth first, the largest item first, its days in order."""
    items, availability, around = question
    todo = sorted((i for i in items if i.kind not in FLOATING and not i.optional), key=lambda i: -i.minutes)
    windows = windows_of(availability)
    looked = 0

    def put(n: int, placed: list[Placed]) -> bool:
        nonlocal looked
        if n == len(todo):
            return True
        for on in around.days:
            if todo[n].on not in (None, on):
                continue
            for w in windows:
                if w.weekday != on.weekday():
                    continue
                used = [p for p in placed if p.on == on and w.start_min <= p.start_min < w.start_min + w.minutes]
                begins = max([w.start_min, *(round(p.start_min + p.item.minutes) for p in used)])
                looked += 1
                if looked > nodes:
                    return False
                more = [*placed, Placed(todo[n], on, begins)]
                if not blocks(check(more, around, knowledge, availability, suggest=False)) and put(n + 1, more):
                    return True
        return False

    return put(0, []), looked


def timed(what: Callable[[], object], times: int) -> tuple[list[float], list[float]]:
    """(milliseconds of each call, milliseconds of processor time): they differ where other programs run."""
    found, busy = [], []
    for _ in range(times):
        began, processor = time.perf_counter(), time.process_time()
        what()
        found.append((time.perf_counter() - began) * 1000)
        busy.append((time.process_time() - processor) * 1000)
    return found, busy


def main() -> None:
    asked = argparse.ArgumentParser(prog="bench week", description=__doc__.splitlines()[0])
    asked.add_argument("--weeks", type=int, default=200, help="different typical weeks")
    asked.add_argument("--repeat", type=int, default=20, help="the worst runner, so often")
    asked.add_argument("--nodes", type=int, default=20_000, help="calendars the reference may look at")
    given = asked.parse_args()
    knowledge = load()
    began = time.perf_counter()
    solve(*worst_runner(), knowledge)
    first = (time.perf_counter() - began) * 1000
    worst, worst_busy = timed(lambda: solve(*worst_runner(), knowledge), given.repeat)
    quiet, _ = timed(lambda: solve(*worst_runner(), knowledge, explain=False), given.repeat)
    weeks = [typical(n) for n in range(given.weeks)]
    each, busy, unexplained, memo = [], [], [], Memo()
    for items, availability, around in weeks:
        began, processor = time.perf_counter(), time.process_time()
        solve(items, availability, around, knowledge)
        each.append((time.perf_counter() - began) * 1000)
        busy.append((time.process_time() - processor) * 1000)
        began = time.perf_counter()
        solve(items, availability, around, knowledge, memo=memo, explain=False)
        unexplained.append((time.perf_counter() - began) * 1000)
    distinct = len(memo)
    later = timedelta(days=7)
    kept = []
    for items, availability, around in weeks:
        following = replace(around, start=MON + later)
        began = time.perf_counter()
        solve(items, availability, following, knowledge, memo=memo, explain=False)
        kept.append((time.perf_counter() - began) * 1000)
    checked, _ = timed(lambda: check(WEEK, QUIET, knowledge), 200)
    plain, complete = [], 0
    for question in weeks[: max(1, given.weeks // 4)]:
        began = time.perf_counter()
        found, _ = plainly(question, knowledge, given.nodes)
        plain.append((time.perf_counter() - began) * 1000)
        complete += found
    began = time.perf_counter()
    worst_found, worst_nodes = plainly(worst_runner(), knowledge, given.nodes)
    worst_plain = (time.perf_counter() - began) * 1000
    print(
        json.dumps(
            {
                "bench": "week",
                "first_ms": round(first, 1),
                "worst_ms_median": round(statistics.median(worst), 1),
                "worst_ms_p95": round(float(np.percentile(worst, 95)), 1),
                "worst_processor_ms_median": round(statistics.median(worst_busy), 1),
                "worst_unexplained_ms_median": round(statistics.median(quiet), 1),
                "typical_ms_median": round(statistics.median(each), 2),
                "typical_ms_p95": round(float(np.percentile(each, 95)), 2),
                "typical_processor_ms_median": round(statistics.median(busy), 2),
                "typical_unexplained_ms_median": round(statistics.median(unexplained), 2),
                "typical_unexplained_ms_mean": round(statistics.mean(unexplained), 2),
                "kept_ms_median": round(statistics.median(kept), 3),
                "typical_weeks": len(weeks),
                "distinct_requests": distinct,
                "check_ms_median": round(statistics.median(checked), 3),
                "reference": "plain depth-first search that stops at the first full week",
                "reference_ms_mean": round(statistics.mean(plain), 2),
                "reference_found": f"{complete} of {len(plain)}",
                "ratio_to_reference": round(statistics.mean(each) / statistics.mean(plain), 2),
                "worst_reference_ms": round(worst_plain, 1),
                "worst_reference_found": worst_found,
                "worst_reference_calendars": worst_nodes,
                "worst_ratio_to_reference": round(statistics.median(worst) / worst_plain, 3),
            }
        )
    )


if __name__ == "__main__":
    main()
