"""How long a decision takes with ten years of training: warm from the store, and `niggle today` as a whole process.

    ./run bench decision [--runs 3000] [--checkins 1000] [--plan-days 120]

With a plan of so many days too: its check-ins and ticked exercises, nothing remembered, the whole plan told.

The log is made up, four to six runs a week up to today, and stored in a folder of its own that is removed afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from niggle.core.body import Side
from niggle.core.case import Case
from niggle.core.checkin import Answers, Entry, Moment, Stiffness
from niggle.core.plan import DoneItem, PlanStart
from niggle.core.session.types import Session, Sport

YEARS = 10


def sessions(count: int, today: date) -> list[Session]:
    """`count` runs over ten years that end yesterday; distances, hills and pace as runners have them."""
    rng = np.random.default_rng(7)
    ago = np.sort(rng.choice(np.arange(1, 365 * YEARS), size=min(count, 365 * YEARS - 1), replace=False))[::-1]
    made = []
    for days in ago:
        start = datetime.combine(today - timedelta(days=int(days)), datetime.min.time(), UTC) + timedelta(hours=7)
        distance_m = float(np.clip(rng.lognormal(2.2, 0.4), 3, 42)) * 1000
        timer_s = distance_m / float(rng.normal(2.9, 0.2))
        climb = distance_m * float(rng.uniform(0.002, 0.02))
        made.append(
            Session(Sport.RUN, start, 0, round(distance_m, 1), round(timer_s), round(timer_s), round(timer_s),
                    round(climb), round(climb), 145.0, None, 168.0)
        )  # fmt: skip
    return made


def entries(count: int, today: date) -> list[Entry]:
    """Check-ins over the same ten years: half quiet, half about one of four places."""
    rng = np.random.default_rng(11)
    sites = ("achilles", "knee_front", "heel_under", "shin_inner")
    made = []
    for number in range(count):
        on = today - timedelta(days=int(365 * YEARS * (count - number) / count))
        told = datetime.combine(on, datetime.min.time(), UTC) + timedelta(hours=20)
        if number % 2:
            site = sites[int(rng.integers(len(sites)))]
            low = float(rng.integers(0, 3))
            answers = Answers(pain_start=low, pain_max=low + 1, pain_end=low, limp=False, built_up=False)
            made.append(Entry(f"b{number:08}", on, told, site, Side.LEFT, Moment.AFTER, answers=answers))
        else:
            made.append(Entry(f"b{number:08}", on, told))
    return made


def with_plan(case: Case, days: int) -> Case:
    """The case with a plan that began so many days ago, a word about it each day and two exercises a day ticked."""
    start = PlanStart("plan", "achilles-tendinopathy-midportion", case.on - timedelta(days=days), "achilles", Side.LEFT)
    words, done = [], []
    for n in range(days, -1, -1):
        on = case.on - timedelta(days=n)
        told = datetime.combine(on, datetime.min.time(), UTC) + timedelta(hours=20)
        answers = Answers(pain_evening=1.0, pain_morning=1.0, limp=False, night_pain=False, swelling=False,
                          stiffness=Stiffness.SAME, baseline_by_24h=True)  # fmt: skip
        words.append(Entry(f"p{n:08}", on, told, "achilles", Side.LEFT, Moment.EVENING, answers=answers))
        done += [DoneItem(f"d{n}-{item}", "plan", item, on, 3, 3, 1.0, False) for item in ("hold", "raise")]
    facts = replace(case.plan, starts=(start,), done=tuple(done))
    return replace(case, entries=(*case.entries, *words), plan=facts)


def main() -> None:
    asked = argparse.ArgumentParser(prog="bench decision", description=__doc__.splitlines()[0])
    asked.add_argument("--runs", type=int, default=3000)
    asked.add_argument("--checkins", type=int, default=1000)
    asked.add_argument("--plan-days", type=int, default=120, help="how old the plan is")
    asked.add_argument("--repeat", type=int, default=100, help="decisions timed")
    asked.add_argument("--processes", type=int, default=9, help="whole processes timed")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="niggle-bench-") as home:
        os.environ["NIGGLE_HOME"] = home
        os.environ.pop("NIGGLE_DATABASE_URL", None)
        print(json.dumps(measure(given)))


def measure(given: argparse.Namespace) -> dict[str, object]:
    from niggle.store.boot import boot

    boot()
    from niggle.actions import athletes, checkins, clock
    from niggle.actions.model import knowledge
    from niggle.actions.sessions import store_sessions
    from niggle.actions.today import decide_today, gather
    from niggle.core.today import decide

    athlete, now, today = athletes.local_athlete(), clock.now(), clock.today()
    began = time.perf_counter()
    store_sessions(athlete, sessions(given.runs, today), "bench", now)
    checkins.record_many(athlete, entries(given.checkins, today))
    print(
        f"stored {given.runs} runs, {given.checkins} check-ins in {time.perf_counter() - began:.1f} s", file=sys.stderr
    )
    case = gather(athlete, today)
    known = knowledge()
    for _ in range(5):
        decide_today(athlete, today, now)
    whole = timed(lambda: decide_today(athlete, today, now), given.repeat)
    gathered = timed(lambda: gather(athlete, today), given.repeat)
    decided = timed(lambda: decide(case, known), given.repeat)
    planned = with_plan(case, given.plan_days)
    planned_ms = timed(lambda: decide(planned, known), given.repeat)
    command = [sys.executable, "-m", "niggle.cli.main", "today", "--json"]
    processes = timed(lambda: subprocess.run(command, check=True, capture_output=True), given.processes)
    return {
        "bench": "decision",
        "runs": given.runs,
        "checkins": given.checkins,
        "decide_ms_median": round(statistics.median(whole) * 1000, 2),
        "decide_ms_p95": round(float(np.percentile(whole, 95)) * 1000, 2),
        "gather_ms_median": round(statistics.median(gathered) * 1000, 2),
        "core_ms_median": round(statistics.median(decided) * 1000, 2),
        "plan_days": given.plan_days,
        "plan_ms_median": round(statistics.median(planned_ms) * 1000, 2),
        "plan_ms_p95": round(float(np.percentile(planned_ms, 95)) * 1000, 2),
        "today_process_s_median": round(statistics.median(processes), 3),
        "case_sessions": len(case.history),
        "case_entries": len(case.entries),
    }


def timed(what, times: int) -> list[float]:  # type: ignore[no-untyped-def]
    """Seconds of each call."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        what()
        found.append(time.perf_counter() - began)
    return found


if __name__ == "__main__":
    main()
