"""In a real browser: reduced motion and paper show the still, others the motion; a strict policy blocks nothing."""

from __future__ import annotations

import shutil

import pytest

from niggle.actions.figures import svg
from niggle.figures.exercise.style import page_css

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]

SHOWN = "s => getComputedStyle(document.querySelector(s)).display !== 'none'"


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize("inlined", [False, True])
@pytest.mark.parametrize(("motion", "moving"), [("reduce", False), ("no-preference", True)])
def test_reduced_motion(browser, tmp_path, inlined, motion, moving):
    page = browser.new_page(reduced_motion=motion)
    if inlined:
        path = tmp_path / "page.html"
        path.write_text(f"<style>{page_css()}</style>{svg('plank', own_file=False)}")
    else:
        path = tmp_path / "plank.svg"
        path.write_text(svg("plank"))
    page.goto(path.as_uri())
    assert page.evaluate(SHOWN, ".xmove") is moving
    assert page.evaluate(SHOWN, ".xstill") is not moving
    page.emulate_media(media="print")
    assert page.evaluate(SHOWN, ".xstill") is True
    page.close()


def test_the_body_moves_under_a_strict_policy(browser, tmp_path):
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    head = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'; style-src 'self'\">"
    path = tmp_path / "page.html"
    path.write_text(f"<!doctype html>{head}{svg('nordic-curl', own_file=False)}")
    page.goto(path.as_uri())
    page.evaluate("() => document.querySelector('svg').pauseAnimations()")

    def head_at(second):
        page.evaluate("t => document.querySelector('svg').setCurrentTime(t)", second)
        box = page.evaluate(
            "() => { const b = document.querySelector('.xmove .xhair').getBoundingClientRect(); return [b.x, b.y]; }"
        )
        return box

    upright, low = head_at(0.0), head_at(4.9)
    assert low[0] > upright[0] + 20
    assert low[1] > upright[1] + 20
    assert not [text for text in said if "Content Security" in text or "Content-Security" in text]
    page.close()
