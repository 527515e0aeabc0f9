"""A plan in a real browser: begun, a session ticked set by set, also without a network; the week; a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.conftest import Opener, Site, follow, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def begin(page: Page, site: Site) -> None:
    """From the empty page to a plan, then a check-in so that the day has tasks."""
    page.goto(site.url + "/plan")
    follow(page, page.get_by_role("link", name="Start a plan"))
    page.get_by_label("What it is").select_option("achilles-tendinopathy-midportion")
    follow(page, page.get_by_role("button", name="Next"))
    page.locator("input[name=side][value=left]").check()
    follow(page, page.get_by_role("button", name="Start the plan"))
    assert "Phase 1 of 4" in page.locator("#phase").inner_text()


def open_exercise(page: Page, site: Site) -> None:
    page.goto(site.url + "/plan/session")
    follow(page, page.locator(".tasks a", has_text="Daily set").first)
    follow(page, page.get_by_role("link", name="Begin"))
    page.locator("[data-sets]").wait_for()


def test_from_nothing_to_a_ticked_session_a_week_and_a_test(site: Site, opened: Opener) -> None:
    page, watch = opened(phone=True)
    begin(page, site)
    open_exercise(page, site)
    here = page.url
    page.locator("input[name=set][value='1']").check()
    page.locator("[data-state]", has_text="Saved.").wait_for()
    page.goto(here)
    assert page.locator("input[name=set][value='1']").is_checked(), "saved at once, without a button"
    assert not page.locator("input[name=set][value='2']").is_checked()
    page.locator("input[name=pain][value='8']").check()
    assert page.locator("[data-too-much]").is_visible()
    page.locator("input[name=pain][value='1']").check()
    assert page.locator("[data-too-much]").is_hidden()
    follow(page, page.get_by_role("button", name="Done"))
    assert page.url != here

    page.goto(site.url + "/plan/week")
    follow(page, page.get_by_role("button", name="Make this week"))
    assert page.locator(".day").count() == 7

    page.goto(site.url + "/plan/tests")
    follow(page, page.get_by_role("link", name="Single-leg calf raises, knee straight").first)
    page.get_by_label("Left").fill("18")
    follow(page, page.get_by_role("button", name="Save the result"))
    assert page.locator("[role=alert]").is_visible(), "one side is missing"
    assert page.get_by_label("Left").input_value() == "18"
    page.get_by_label("Right").fill("27")
    page.locator("input[name=pain][value='1']").check()
    follow(page, page.get_by_role("button", name="Save the result"))
    page.get_by_text("Left 18, right 27").wait_for()
    assert [m for m in watch.messages if "422" not in m] == []


def test_days_away_make_the_week_again_and_the_pages_say_so(site: Site, opened: Opener) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, watch = opened(phone=True)
    begin(page, site)
    page.goto(site.url + "/plan/week")
    follow(page, page.get_by_role("button", name="Make this week"))
    follow(page, page.get_by_role("link", name="I am away"))
    page.locator("input[name=kind][value=illness]").check()
    follow(page, page.locator("#away").get_by_role("button", name="Save"))
    for path in ("/plan/week", "/"):
        page.goto(site.url + path)
        note = page.locator(".notice", has_text="made again because of your illness")
        note.wait_for()
        assert note.is_visible()
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
        assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    assert watch.messages == []


def test_the_place_of_the_plan_is_one_tap_from_the_check_in(site: Site, opened: Opener) -> None:
    page, watch = opened(phone=True)
    begin(page, site)
    page.goto(site.url + "/checkin")
    offer = page.locator("section", has_text="How is it today?")
    assert offer.is_visible()
    page.locator("label.choice", has_text="Something hurts").tap()
    page.locator(".step:not([hidden]) legend", has_text="First, the warning signs").wait_for()
    assert offer.is_hidden(), "one question a screen"
    page.locator(".step:not([hidden]) [data-back]").tap()
    follow(page, offer.get_by_role("link"))
    page.locator(".step:not([hidden]) legend", has_text="First, the warning signs").wait_for()
    page.locator(".step:not([hidden]) [data-none]").locator("xpath=..").tap()
    page.locator(".step:not([hidden]) legend", has_text="Which moment").wait_for()  # neither where nor which side
    assert watch.messages == []


def test_ticks_without_a_network_are_kept_and_sent_later(site: Site, opened: Opener) -> None:
    page, _ = opened(phone=True)
    begin(page, site)
    open_exercise(page, site)
    here = page.url
    page.context.set_offline(True)
    page.locator("input[name=set][value='1']").check()
    page.locator("input[name=set][value='2']").check()
    page.locator("[data-state]", has_text="Kept on this device").wait_for()
    page.context.set_offline(False)
    page.goto(here)
    # the page left behind may have sent them already, on hearing of the network: then this one has nothing to say
    until(page, "Object.keys(localStorage).every(key => !key.startsWith('niggle:sets'))")
    page.goto(here)
    assert page.locator("input[name=set]:checked").count() == 2


def test_a_count_that_goes_through_ticks_the_sets(site: Site, opened: Opener) -> None:
    page, _ = opened()
    begin(page, site)
    open_exercise(page, site)
    page.evaluate(
        "document.querySelector('[data-player], [data-timer]').dispatchEvent("
        "new CustomEvent('practised', {bubbles: true, detail: {done: true}}))"
    )
    page.locator("[data-state]", has_text="Saved.").wait_for()
    assert page.locator("input[name=set]:not(:checked)").count() == 0


def test_a_timer_goes_on_where_it_was(site: Site, opened: Opener) -> None:
    page, watch = opened()
    begin(page, site)
    page.goto(site.url + "/plan/session")
    follow(page, page.locator(".tasks a", has_text="Daily set").first)
    session = page.url
    rows = page.locator(".tasks .row-main", has_text="min")
    assert rows.count() > 0, "an exercise by minutes"
    follow(page, rows.first)
    assert page.url != session
    page.get_by_role("button", name="Start the timer").click()
    assert page.get_by_role("button", name="Pause").is_visible()
    page.get_by_role("button", name="Pause").click()
    left = page.locator("[data-big]").last.inner_text()
    page.reload()
    assert page.locator("[data-big]").last.inner_text() == left
    page.get_by_role("button", name="Go on").click()
    while page.locator("[data-timer] [data-skip]").is_visible():
        page.locator("[data-timer] [data-skip]").click()
    assert page.locator("[data-timer] [data-step]").inner_text() == "Done"
    assert watch.messages == []


def test_without_scripts_the_buttons_do_the_same(site: Site, opened: Opener) -> None:
    page, _ = opened(java_script_enabled=False)
    begin(page, site)
    open_exercise(page, site)
    here = page.url
    follow(page, page.get_by_role("button", name="Done"))
    assert page.url != here
    page.goto(here)
    assert page.locator("input[name=set]:not(:checked)").count() == 0
    page.goto(site.url + "/plan/week")
    follow(page, page.get_by_role("button", name="Make this week"))
    assert page.locator(".day").count() == 7


def test_the_gallery_shows_a_phase_of_her_plan_at_once(demo_site: Site, opened: Opener) -> None:
    page, watch = opened()
    page.goto(demo_site.url + "/library/exercises")
    before = page.locator(".ex-grid > li:visible").count()
    page.get_by_label("In your plan").select_option("2")
    assert 0 < page.locator(".ex-grid > li:visible").count() < before
    assert "phase=2" in page.url
    assert watch.messages == []
