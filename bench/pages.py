"""How long a page takes on the server with ten years of training, and how heavy it is.

    ./run bench pages [--runs 3000] [--checkins 1000] [--repeat 60]

The log is the one of `bench decision`, in a folder of its own that is removed afterwards. Pages are asked for through
the real server over loopback, one after the other, with the process warm; the median is of whole requests.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from datetime import datetime, timedelta

import numpy as np

from bench.decision import entries, sessions, timed

PAGES = {"today": "/", "load": "/load", "load_year": "/load?weeks=52", "sessions": "/sessions", "shoes": "/shoes",
         "checkin": "/checkin", "settings": "/settings", "plan": "/plan", "plan_session": "/plan/session",
         "plan_week": "/plan/week", "plan_tests": "/plan/tests", "plan_race": "/plan/race"}  # fmt: skip
PLAN_DAYS = 56  # how long the plan of the pages has been open


def main() -> None:
    asked = argparse.ArgumentParser(prog="bench pages", description=__doc__.splitlines()[0])
    asked.add_argument("--runs", type=int, default=3000)
    asked.add_argument("--checkins", type=int, default=1000)
    asked.add_argument("--repeat", type=int, default=60, help="requests timed per page")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="niggle-bench-") as home:
        os.environ["NIGGLE_HOME"] = home
        os.environ.pop("NIGGLE_DATABASE_URL", None)
        print(json.dumps(measure(given)))


def measure(given: argparse.Namespace) -> dict[str, object]:
    from waitress.server import create_server

    from niggle.web.server import make_application

    application = make_application()
    from niggle.actions import athletes, checkins, clock
    from niggle.actions.sessions import store_sessions

    athlete, now, today = athletes.local_athlete(), clock.now(), clock.today()
    began = time.perf_counter()
    store_sessions(athlete, sessions(given.runs, today), "bench", now)
    checkins.record_many(athlete, entries(given.checkins, today))
    took = time.perf_counter() - began
    plan(athlete, now)
    print(f"stored {given.runs} runs, {given.checkins} check-ins in {took:.1f} s", file=sys.stderr)
    server = create_server(application, host="127.0.0.1", port=0, threads=2)
    threading.Thread(target=server.run, daemon=True).start()
    connection = http.client.HTTPConnection("127.0.0.1", server.effective_port)

    def fetch(path: str) -> bytes:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        return body

    result: dict[str, object] = {"bench": "pages", "runs": given.runs, "checkins": given.checkins}
    for name, path in PAGES.items():
        for _ in range(5):
            body = fetch(path)
        times = timed(lambda path=path: fetch(path), given.repeat)
        result[f"{name}_ms_median"] = round(statistics.median(times) * 1000, 1)
        result[f"{name}_ms_p95"] = round(float(np.percentile(times, 95)) * 1000, 1)
        result[f"{name}_kb"] = round(len(body) / 1000, 1)
    return result


def plan(athlete: int, now: datetime) -> None:
    """A plan of eight weeks with exercises ticked every other day, weekly tests, this week's calendar and a race."""
    from niggle.actions.plans.shown import show_plans
    from niggle.actions.plans.starting import Refused, start_plan
    from niggle.actions.plans.telling import record_done
    from niggle.actions.plans.testing import record_test
    from niggle.actions.plans.weeks import plan_week

    begun = now - timedelta(days=PLAN_DAYS)
    race = (now + timedelta(days=60)).date().isoformat()
    facts = {"condition": "achilles-tendinopathy-midportion", "side": "left", "race_on": race, "race_km": 21.1}
    start = start_plan(athlete, facts, begun)
    if isinstance(start, Refused):
        raise SystemExit(f"no plan: {start.problems}")
    items = [i.item for i in show_plans(athlete, now.date()).plans[0].prescription.items]
    for ago in range(PLAN_DAYS - 1, 0, -2):
        at = now - timedelta(days=ago)
        for item in items:
            record_done(athlete, {"plan": start.id, "item": item, "sets": 3, "sets_planned": 3, "pain": 1.0}, at)
        if ago % 7 == 1:
            record_test(athlete, {"test": "calf_raise", "left": 15, "right": 25, "pain": 1}, at)
    plan_week(athlete, now)


if __name__ == "__main__":
    main()
