"""The body map in a real browser: every place of every picture by touch, mouse and keys; several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.conftest import Opener, Site

from niggle.core.body import SITES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# A point well inside a place of the picture shown, in pixels of the page, found by looking.
POINT = """(name) => {
  const all = Array.from(document.querySelectorAll('figure[data-picture]:not([hidden]) use[data-site]'));
  const use = all.find(u => u.getAttribute('aria-label') === name);
  const svg = use.closest('svg').getBoundingClientRect(), box = use.getBoundingClientRect();
  const left = Math.max(box.left, svg.left), right = Math.min(box.right, svg.right);
  const top = Math.max(box.top, svg.top), bottom = Math.min(box.bottom, svg.bottom);
  let best = null, most = -1;
  for (let j = 1; j < 24; j++) for (let i = 1; i < 24; i++) {
    const x = left + (right - left) * i / 24, y = top + (bottom - top) * j / 24;
    let held = 0;
    for (const [dx, dy] of [[0, 0], [2, 0], [-2, 0], [0, 2], [0, -2], [5, 0], [-5, 0], [0, 5], [0, -5]]) {
      if (document.elementFromPoint(x + dx, y + dy)?.closest('use[data-site]') !== use) { if (!held) break; continue; }
      held += 1;
    }
    if (held > most && held > 0) { most = held; best = [x, y]; }
  }
  return best;
}"""
NAMES = """() => Array.from(document.querySelectorAll('figure[data-picture]:not([hidden]) use[data-site]'),
  use => use.getAttribute('aria-label'))"""
TICKED = """() => [document.querySelector('input[name=site]:checked')?.value,
  document.querySelector('input[name=side]:checked')?.value]"""
PICTURES = [("front", ""), ("back", ""), *((v, s) for v in ("leg_inner", "leg_outer", "foot_top", "sole")
            for s in ("left", "right"))]  # fmt: skip


def open_map(page: Page, site: Site) -> None:
    """Straight to the question, in the check-in."""
    page.goto(site.url + "/checkin")
    page.locator("label.choice:visible", has_text="Something hurts").click()
    page.locator(".step:not([hidden]) legend", has_text="First, the warning signs").wait_for()
    page.locator(".step:not([hidden]) label.choice:visible", has_text="None of these").click()
    page.locator(".step:not([hidden]) legend", has_text="Where does it hurt?").wait_for()
    page.locator(".bm-map").wait_for()


def turn_to(page: Page, view: str, side: str) -> None:
    page.locator(f'[data-show="{view}"]').click()
    if side:
        page.locator(f'[data-limb="{side}"]').click()
    page.locator(f'figure[data-picture="{view}"][data-of="{side}"]').wait_for()


def show_picture(page: Page) -> None:
    page.evaluate("document.querySelector('figure[data-picture]:not([hidden]) svg').scrollIntoView({block: 'center'})")


def said(page: Page) -> str:
    return page.locator(".bm-say").inner_text()


def test_every_place_by_keys(demo_site: Site, opened: Opener) -> None:
    page, watch = opened()
    open_map(page, demo_site)
    for view, side in PICTURES:
        turn_to(page, view, side)
        names: list[str] = page.evaluate(NAMES)
        page.locator('figure[data-picture]:not([hidden]) use[tabindex="0"]').focus()
        for name in names:
            page.keyboard.press("Enter")
            assert said(page) == name
            page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == names[0]
    assert watch.messages == []


def test_every_place_by_mouse(demo_site: Site, opened: Opener) -> None:
    page, _ = opened(viewport={"width": 1280, "height": 1400})
    open_map(page, demo_site)
    for view, side in PICTURES:
        turn_to(page, view, side)
        show_picture(page)
        for name in page.evaluate(NAMES):
            page.mouse.click(*page.evaluate(POINT, name))
            assert said(page) == name


def test_every_place_by_touch_on_a_phone(demo_site: Site, opened: Opener) -> None:
    """Where places crowd under a finger the picture comes closer first, and the second tap chooses."""
    page, _ = opened(phone=True, viewport={"width": 360, "height": 1100})
    open_map(page, demo_site)
    closer = 0
    for view, side in PICTURES:
        turn_to(page, view, side)
        for name in page.evaluate(NAMES):
            show_picture(page)
            page.touchscreen.tap(*page.evaluate(POINT, name))
            whole = page.locator(".bm-whole")
            if whole.is_visible():
                closer += 1
                page.touchscreen.tap(*page.evaluate(POINT, name))
            assert said(page) == name
            if whole.is_visible():
                whole.click()
    assert closer > 10


def test_the_map_ticks_the_list_and_the_side(demo_site: Site, opened: Opener) -> None:
    page, _ = opened(viewport={"width": 1280, "height": 1400})
    open_map(page, demo_site)
    show_picture(page)
    page.mouse.click(*page.evaluate(POINT, "Front of the knee, around the kneecap, left"))
    assert page.evaluate(TICKED) == ["knee_front", "left"]
    page.locator(".sites summary", has_text="Foot").first.click()
    page.locator("label.choice:visible", has_text="Arch of the foot").click()
    assert "Arch of the foot, left" in said(page) or page.evaluate(TICKED)[0] == "arch"


def test_several_places_where_the_list_allows_it(demo_site: Site, opened: Opener) -> None:
    page, _ = opened(viewport={"width": 1280, "height": 1400})
    page.goto(demo_site.url + "/checkin")
    shapes = page.locator("[data-body-map]").get_attribute("data-body-map")
    boxes = "".join(f'<input type="checkbox" name="place" value="{site}">' for site in SITES)
    page.route(
        "**/several",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<link rel="stylesheet" href="/static/niggle/body-map.css"><form><div class="bm-map" hidden '
            f'data-body-map="{shapes}" data-name="place" data-side-name="none"></div>{boxes}</form>'
            '<script src="/static/niggle/body-map.js"></script>',
        ),
    )
    page.goto(demo_site.url + "/several")
    page.locator(".bm-map").wait_for()
    show_picture(page)
    for name in ("Groin, left", "Groin, right", "Belly"):
        page.mouse.click(*page.evaluate(POINT, name))
    assert set(said(page).split(" · ")) == {"Groin, left", "Groin, right", "Belly"}
    page.mouse.click(*page.evaluate(POINT, "Groin, left"))
    assert set(said(page).split(" · ")) == {"Groin, right", "Belly"}
