"""The exercise library in a real browser: the gallery moves only what is looked at, the player keeps time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.web.conftest import Opener, Site, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MOVES = {"reduced_motion": "no-preference"}
MOVING = "() => document.querySelectorAll('.ex-grid img[src*=\"/loop/\"]').length"
CLOCK = "() => document.querySelector('[data-figure]:not([hidden]) svg').getCurrentTime()"
VISIBLE = """name => getComputedStyle(document.querySelector(`[data-figure]:not([hidden]) .${name}`)).display"""


def exercise(page: Page, site: Site, name: str = "split-squat") -> None:
    page.goto(f"{site.url}/library/exercises/{name}")
    page.locator("[data-controls]").wait_for()


@pytest.mark.parametrize(
    "path", ["/library/exercises", "/library/exercises/split-squat", "/library/exercises/short-foot"]
)
def test_page_is_clean_on_a_phone_and_on_a_desktop(path: str, demo_site: Site, opened: Opener) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for phone, dark in ((True, False), (False, True)):
        page, watch = opened(phone=phone, dark=dark)
        page.goto(demo_site.url + path)
        page.wait_for_load_state("networkidle")
        if page.locator(".player-practise summary").count():
            page.locator(".player-practise summary").click()
        assert watch.messages == []
        assert watch.foreign(demo_site) == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        found = Axe().run(page)
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found.response["violations"]] == []
        small = page.locator("main").evaluate(
            """main => [...main.querySelectorAll("button, select, summary, input, .player-signals label")]
            .filter(e => e.type !== "checkbox")
            .map(e => [e.outerHTML.slice(0, 60), e.getBoundingClientRect().height])
            .filter(([_, h]) => h > 0 && h < 44)"""
        )
        assert small == []


@pytest.mark.parametrize("path", ["/library/exercises", "/library/exercises/split-squat"])
def test_page_weighs_little_without_its_figures(path: str, demo_site: Site, opened: Opener) -> None:
    page, _ = opened()
    sizes: dict[str, int] = {}
    page.on("response", lambda response: sizes.update({response.url: len(response.body())}))
    page.goto(demo_site.url + path)
    page.wait_for_load_state("networkidle")
    assert 0 < sum(size for url, size in sizes.items() if not url.endswith(".svg")) < 100_000


def test_figures_far_below_are_not_fetched(demo_site: Site, opened: Opener) -> None:
    page, watch = opened(phone=True)
    page.goto(demo_site.url + "/library/exercises")
    page.wait_for_load_state("networkidle")
    asked = [u for u in watch.requests if "/thumb/" in u]
    assert 0 < len(asked) < page.locator(".ex-grid > li").count()


def test_filters_work_at_once_and_stay_in_the_address(demo_site: Site, opened: Opener) -> None:
    page, _ = opened()
    page.goto(demo_site.url + "/library/exercises")
    whole = page.locator(".ex-grid > li").count()
    page.get_by_label("Body part").select_option("foot")
    page.get_by_label("Search").fill("towel")
    shown = page.locator(".ex-grid > li:visible")
    assert 0 < shown.count() < whole
    assert page.locator("[data-many]").inner_text() == f"{shown.count()} of {whole} exercises"
    assert page.url.endswith("?q=towel&part=foot")
    names = shown.all_inner_texts()
    page.reload()
    assert page.locator(".ex-grid > li:visible").all_inner_texts() == names
    page.get_by_role("link", name="Show all").click()
    assert page.locator(".ex-grid > li:visible").count() == whole


def test_only_the_figure_under_the_mouse_or_the_focus_moves(demo_site: Site, opened: Opener) -> None:
    page, _ = opened(**MOVES)
    page.goto(demo_site.url + "/library/exercises")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(MOVING) == 0
    page.locator(".ex-grid > li").nth(1).hover()
    page.locator('.ex-grid > li:nth-child(2) img[src*="/loop/"]').wait_for()
    page.locator(".ex-grid a").first.focus()
    page.locator('.ex-grid > li:nth-child(1) img[src*="/loop/"]').wait_for()
    page.mouse.move(5, 5)
    page.locator('.ex-grid > li:nth-child(2) img[src*="/thumb/"]').wait_for()
    assert page.evaluate(MOVING) == 1


def test_on_a_phone_the_middle_of_the_screen_moves_until_it_is_switched_off(demo_site: Site, opened: Opener) -> None:
    page, _ = opened(phone=True, is_mobile=True, **MOVES)
    page.goto(demo_site.url + "/library/exercises")
    page.locator(".ex-grid > li").nth(20).scroll_into_view_if_needed()
    page.locator('img[src*="/loop/"]').first.wait_for()
    assert 1 <= page.evaluate(MOVING) <= 6
    page.evaluate("document.querySelector('[data-motion]').click()")
    page.locator('img[src*="/loop/"]').first.wait_for(state="detached")
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(MOVING) == 0


def test_with_reduced_motion_nothing_moves_until_play_is_pressed(demo_site: Site, opened: Opener) -> None:
    page, _ = opened()
    page.goto(demo_site.url + "/library/exercises")
    page.locator(".ex-grid > li").first.hover()
    assert page.locator("[data-motion]").is_hidden()
    exercise(page, demo_site)
    assert [page.evaluate(VISIBLE, n) for n in ("xmove", "xstill")] == ["none", "inline"]
    page.get_by_role("button", name="Play").click()
    assert [page.evaluate(VISIBLE, n) for n in ("xmove", "xstill")] == ["inline", "none"]
    page.get_by_role("button", name="Pause").click()
    assert [page.evaluate(VISIBLE, n) for n in ("xmove", "xstill")] == ["none", "inline"]


def test_play_pause_and_half_speed_by_keys(demo_site: Site, opened: Opener) -> None:
    page, _ = opened(**MOVES)
    exercise(page, demo_site)
    page.locator("[data-play]").focus()
    page.keyboard.press("Space")
    stands = page.evaluate(CLOCK)
    page.wait_for_timeout(200)
    assert page.evaluate(CLOCK) == stands
    page.keyboard.press("Enter")
    until(page, f"from => ({CLOCK})() !== from", arg=stands)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator("[data-slow]").get_attribute("aria-pressed") == "true"
    assert page.locator("[data-word]").inner_text().lower() in {"lower slowly", "hold", "drive up"}


def test_the_other_side_is_shown_and_named(demo_site: Site, opened: Opener) -> None:
    page, watch = opened(**MOVES)
    exercise(page, demo_site)
    page.get_by_role("button", name="Left side").click()
    page.locator('[data-figure="left"] svg').wait_for()
    assert page.locator('[data-figure="right"]').is_hidden()
    assert page.get_by_role("img", name="For the left side").is_visible()
    page.get_by_role("button", name="Right side").click()
    assert page.locator('[data-figure="left"]').is_hidden()
    assert watch.messages == []


def practise(page: Page, sets: str, reps: str, rest: str) -> None:
    page.locator(".player-practise summary").click()
    for label, value in (("Sets", sets), ("Repetitions", reps), ("Rest (seconds)", rest)):
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Start").click()


def step(page: Page) -> str:
    return page.locator("[data-step]").inner_text()


def test_practise_goes_through_sets_sides_and_rests(demo_site: Site, opened: Opener) -> None:
    page, watch = opened(phone=True, **MOVES)
    page.clock.install()
    exercise(page, demo_site)
    practise(page, "2", "2", "30")
    assert step(page) == "Get ready: set 1 of 2, right side"
    page.clock.run_for(5_100)
    assert step(page) == "Set 1 of 2, right side"
    assert page.locator("[data-big]").inner_text() == "1 / 2"
    page.clock.run_for(5_200)  # the tempo of a split squat is 3 + 1 + 1 s
    assert page.locator("[data-big]").inner_text() == "2 / 2"
    page.clock.run_for(5_200)
    assert step(page) == "Get ready: set 1 of 2, left side"
    page.locator('[data-figure="left"]').wait_for()
    for _ in range(2):
        page.get_by_role("button", name="Next").click()
    assert step(page) == "Rest. Next: set 2 of 2, right side"
    assert page.locator("[data-big]").inner_text() == "30 s"
    page.clock.run_for(29_000)
    assert step(page).startswith("Rest")
    page.clock.run_for(1_500)
    assert step(page) == "Set 2 of 2, right side"
    for _ in range(3):
        page.get_by_role("button", name="Next").click()
    assert page.locator("[data-session]").is_hidden()
    assert page.locator("[data-live]").inner_text() == "Done. All sets are finished."
    assert watch.messages == []


def test_a_long_hold_is_practised_as_long_as_prescribed(demo_site: Site, opened: Opener) -> None:
    page, _ = opened(**MOVES)
    page.clock.install()
    exercise(page, demo_site, "plank")
    phases = json.loads(page.locator("[data-player] script").text_content() or "")["phases"]
    longest = max(p["seconds"] for p in phases)
    assert longest > max(p["shown"] for p in phases)
    practise(page, "1", "1", "0")
    page.clock.run_for(5_100)
    page.clock.run_for(int(longest * 1000) - 500)
    assert step(page) == "Set 1 of 1"
    assert page.locator("[data-beat]").inner_text() not in {"", "1"}


def test_a_session_is_gone_on_with_after_the_page_was_lost(demo_site: Site, opened: Opener) -> None:
    page, _ = opened(**MOVES)
    page.clock.install()
    exercise(page, demo_site)
    practise(page, "3", "5", "60")
    for _ in range(5):
        page.get_by_role("button", name="Next").click()
    assert step(page) == "Set 2 of 3, right side"
    page.reload()
    page.get_by_role("button", name="Go on with set 2 of 3").click()
    assert step(page) == "Set 2 of 3, right side"
    page.get_by_role("button", name="End").click()
    page.reload()
    assert page.locator("[data-resume]").is_hidden()


def test_pausing_stops_the_count_and_the_rest(demo_site: Site, opened: Opener) -> None:
    page, _ = opened(**MOVES)
    page.clock.install()
    exercise(page, demo_site)
    practise(page, "1", "3", "0")
    page.locator("[data-hold]").click()
    page.clock.run_for(20_000)
    assert step(page).startswith("Get ready")
    page.get_by_role("button", name="Go on").click()
    page.clock.run_for(5_100)
    assert step(page) == "Set 1 of 1, right side"


def test_without_scripts_the_figure_is_there_and_no_dead_button(demo_site: Site, opened: Opener) -> None:
    page, _ = opened(java_script_enabled=False)
    page.goto(demo_site.url + "/library/exercises/plank")
    assert page.locator("[data-figure] svg").is_visible()
    assert page.locator("main button:visible").count() == 0
    page.goto(demo_site.url + "/library/exercises")
    page.get_by_label("Search").fill("plank")
    page.get_by_role("button", name="Show").click()
    assert 0 < page.locator(".ex-grid > li:visible").count() < page.locator(".ex-grid > li").count()
