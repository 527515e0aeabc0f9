"""What a runner does on the pages of a plan: begins one, says how it goes, reads a page."""

from __future__ import annotations

import re

from django.test import Client

from niggle.actions import athletes, checkins, clock
from niggle.actions.plans.shown import PlansShown, show_plans
from niggle.core.checkin import Entry

ACHILLES = "achilles-tendinopathy-midportion"


def begun(client: Client, **more: str) -> str:
    """A plan begun through the form; its id."""
    form = {"condition": ACHILLES, "side": "left", "running": "yes"} | more
    answer = client.post("/plan/start", form)
    assert answer.status_code == 302, answer.content.decode()
    found = re.fullmatch(r"/plan/(\w+)\?done=begun", answer["Location"])
    assert found is not None
    return found[1]


def shown() -> PlansShown:
    return show_plans(athletes.local_athlete(), clock.today())


def said(**plain: object) -> None:
    entry = checkins.record_checkin(athletes.local_athlete(), plain, clock.now(), clock.today())
    assert isinstance(entry, Entry), entry


def page_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()
