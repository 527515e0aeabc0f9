"""Every page in a real browser: nothing foreign, nothing against the policy, nothing axe finds, nothing too wide."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from tests.web.conftest import Opener, Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PAGES = ("/", "/checkin", "/load", "/sessions", "SESSION", "/sessions/add", "/shoes", "SHOE", "/shoes/add", "/settings",
         "/care", "/checkin/history", "/triage", "/plan", "PLAN", "HISTORY", "/plan/start",
         "/plan/start?condition=calf-strain", "/plan/session", "PLAN_SESSION", "EXERCISE", "/plan/week",
         "/plan/week/times", "/plan/tests", "/plan/tests/calf_raise", "/plan/tests/hop_distance", "/plan/race",
         "/coach", "/more", "/import", "/nothing-here")  # fmt: skip
WITH_CHARTS = {"/load", "SESSION", "/plan/tests/calf_raise"}


def address(page: Page, site: Site, path: str) -> str:
    """Pages that need an id find one in their list."""
    lists = {"SESSION": ("/sessions", r"/sessions/(?!add)\w+"), "SHOE": ("/shoes", r"/shoes/(?!add)\w+"),
             "PLAN": ("/", r"/plan/(?!session|tests|week|race|start)\w+"), "HISTORY": ("/plan", r"/plan/\w+/history"),
             "PLAN_SESSION": ("/plan/session", r"/plan/session/[^\"/]+")}  # fmt: skip
    if path == "EXERCISE":
        return f"{address(page, site, 'PLAN_SESSION')}/1"
    if path not in lists:
        return site.url + path
    listed, pattern = lists[path]
    found = re.search(f'href="({pattern})"', page.request.get(site.url + listed).text())
    assert found is not None
    return site.url + found[1]


def draw_charts(page: Page) -> None:
    """Scroll to every chart and wait until it stands."""
    for figure in page.locator("figure.chart").all():
        figure.scroll_into_view_if_needed()
        figure.locator("svg").first.wait_for()
    page.locator("figure.chart:not([data-drawn])").wait_for(state="detached")


@pytest.mark.parametrize("path", PAGES)
def test_page_is_clean_on_a_phone_and_on_a_desktop(path: str, demo_site: Site, opened: Opener) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for phone, dark in ((True, False), (False, True)):
        page, watch = opened(phone=phone, dark=dark)
        page.goto(address(page, demo_site, path))
        draw_charts(page)
        assert bool(page.locator("figure.chart").count()) == (path in WITH_CHARTS)
        spoken = [m for m in watch.messages if "404" not in m or path != "/nothing-here"]
        assert spoken == []
        assert watch.foreign(demo_site) == []
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
        found = Axe().run(page)
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found.response["violations"]] == []


@pytest.mark.parametrize("path", ["/", "/checkin", "/load", "/settings", "/plan", "/plan/week"])
def test_page_fits_at_twice_the_size(path: str, demo_site: Site, opened: Opener) -> None:
    """200 % zoom on a desktop is half the width at twice the density; 400 % is a phone's width."""
    page, _ = opened(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    page.goto(demo_site.url + path)
    draw_charts(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("path", [p for p in PAGES if p not in WITH_CHARTS])
def test_page_without_charts_weighs_little(path: str, demo_site: Site, opened: Opener) -> None:
    """Everything it fetches, unpacked, stays under 100 KB."""
    page, _ = opened()
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(address(page, demo_site, path))
    page.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) < 100_000


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/checkin",
        "/load",
        "/settings",
        "/more",
        "/import",
        "/plan",
        "EXERCISE",
        "/plan/week",
        "/plan/week/times",
        "/plan/race",
    ],
)
def test_targets_are_large_enough_for_a_thumb(path: str, demo_site: Site, opened: Opener) -> None:
    page, _ = opened(phone=True)
    page.goto(address(page, demo_site, path))
    small = page.evaluate(
        """() => [...document.querySelectorAll(
          "button, .button, .places a, .choice-face, summary, select, label:has(> input), input")]
        .filter(e => e.offsetParent && !e.closest(".choice") && e.type !== "hidden")
        .filter(e => !e.parentElement.closest("label")) // the label around a box is what a thumb hits
        .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([_, r]) => r.height > 0 && r.height < 44).map(([html, r]) => html + " " + r.height)"""
    )
    assert small == []


def test_without_scripts_the_check_in_is_one_long_form_that_works(site: Site, opened: Opener) -> None:
    page, _ = opened(java_script_enabled=False)
    page.goto(site.url + "/checkin")
    page.locator("input[name=hurts][value=no]").check()
    page.get_by_role("button", name="Save check-in").click()
    assert page.url.startswith(site.url + "/?done=checkin")


def test_charts_say_in_a_table_what_they_draw(demo_site: Site, opened: Opener) -> None:
    page, _ = opened()
    page.goto(demo_site.url + "/load")
    for figure in page.locator("figure.chart").all():
        spec = json.loads(figure.locator("script").text_content() or "")
        assert figure.locator("figcaption").text_content() == spec["description"]
        assert figure.locator("tbody tr").count() > 0


def test_no_page_asks_for_the_drawing_library_that_does_not_draw(demo_site: Site, opened: Opener) -> None:
    page, watch = opened()
    page.goto(demo_site.url + "/")
    assert not [url for url in watch.requests if "/charts/" in url]


def test_a_stranger_sees_empty_states_with_one_button_each(site: Site, opened: Opener) -> None:
    page, watch = opened(phone=True)
    for path, button in (("/", "Import my training"), ("/load", "Import my training"),
                         ("/sessions", "Import my training"), ("/shoes", "Add a pair")):  # fmt: skip
        page.goto(site.url + path)
        assert page.locator(".empty .button-main").inner_text() == button
    assert watch.messages == []


@pytest.mark.parametrize("width", [360, 390])
@pytest.mark.parametrize("address", ["/checkin", "/settings", "/plan/week/times", "/plan/start", "/care"])
def test_no_word_runs_out_of_its_box_on_a_phone(demo_site: Site, opened: Opener, address: str, width: int) -> None:
    page, _ = opened(viewport={"width": width, "height": 844})
    page.goto(demo_site.url + address)
    out = page.evaluate("""() => {
        for (const part of document.querySelectorAll(".step, details")) { part.hidden = false; part.open = true; }
        return Array.from(document.querySelectorAll(".choice-face, .card button"))
            .filter((box) => box.clientWidth && box.scrollWidth > box.clientWidth)
            .map((box) => box.textContent.trim());
    }""")
    assert out == []
