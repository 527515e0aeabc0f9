"""Import, theme and units in a real browser."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.web.conftest import Opener, Site

pytestmark = pytest.mark.browser


def archive(folder: Path, runs: int) -> Path:
    """A zip with a table of runs for each week and one file that is none."""
    path = folder / "training.zip"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for number in range(runs):
            day = date.today() - timedelta(days=2 * number + 1)  # noqa: DTZ011 - the runner's own day
            made.writestr(
                f"runs-{number}.csv",
                f"Date,Time,Type,Distance (km),Duration\n{day},07:00,Run,{8 + number % 5},0:48:00\n",
            )
        made.writestr("broken.fit", "<html>please log in</html>")
    path.write_bytes(packed.getvalue())
    return path


def test_an_upload_shows_its_progress_and_ends_in_a_page_about_her(site: Site, opened: Opener, tmp_path: Path) -> None:
    page, watch = opened(phone=True)
    page.goto(site.url + "/import")
    page.set_input_files("#files", archive(tmp_path, 60))
    page.get_by_role("button", name="Import").click()
    page.wait_for_url("**/import/*")
    assert page.locator(".job progress").count() == 1  # nobody works yet: it waits, and the page asks again and again
    polled = [url for url in watch.requests if url.endswith("/progress")]
    with page.expect_request("**/progress"):
        pass
    site.work()
    page.locator("text=60 sessions added").wait_for()
    assert len([url for url in watch.requests if url.endswith("/progress")]) > len(polled)
    assert page.locator(".job progress").count() == 0
    failed = page.locator("section[aria-labelledby=failed] li")
    failed.wait_for()  # the ended page follows the last progress by itself
    assert failed.count() == 1
    assert "broken.fit" in failed.inner_text()
    assert page.get_by_role("button", name="Try these again").count() == 1
    page.goto(site.url + "/sessions")
    assert page.locator(".row-link").count() > 10
    assert watch.messages == []
    assert watch.foreign(site) == []


def test_undo_asks_first_and_takes_everything_back(site: Site, opened: Opener, tmp_path: Path) -> None:
    site.work()
    page, _ = opened()
    page.goto(site.url + "/import")
    page.set_input_files("#files", archive(tmp_path, 3))
    page.get_by_role("button", name="Import").click()
    page.locator("text=3 sessions added").wait_for()
    sure = page.get_by_role("button", name="Yes, take them away")
    assert not sure.is_visible()
    page.locator("summary", has_text="Undo the import").click()
    sure.click()
    page.locator(".notice", has_text="undone").wait_for()
    page.goto(site.url + "/sessions")
    assert page.locator(".empty").count() == 1


def test_the_theme_follows_the_device_until_it_is_chosen(site: Site, opened: Opener) -> None:
    page, watch = opened(dark=True)
    colour = "getComputedStyle(document.body).backgroundColor"
    page.goto(site.url + "/more")
    dark = page.evaluate(colour)
    page.get_by_role("button", name="Light", exact=True).click()
    page.locator(".notice").wait_for()
    light = page.evaluate(colour)
    assert dark != light
    page.goto(site.url + "/")
    assert page.evaluate(colour) == light
    page.goto(site.url + "/more")
    page.get_by_role("button", name="As the device").click()
    page.locator(".notice").wait_for()
    assert page.evaluate(colour) == dark
    assert watch.messages == []


def test_units_change_everywhere_at_once(site: Site, opened: Opener) -> None:
    page, _ = opened()
    page.goto(site.url + "/sessions/add")
    page.fill("#on", (date.today() - timedelta(days=1)).isoformat())  # noqa: DTZ011
    page.fill("#distance", "16,09344")
    page.fill("#minutes", "80")
    page.get_by_role("button", name="Save").click()
    page.locator("dd", has_text="16.1").wait_for()
    assert page.locator("dd", has_text="4:58\u00a0/km").count() == 1
    page.goto(site.url + "/settings")
    page.locator("label.choice", has_text="Miles").click()
    page.locator("label.choice", has_text="Speed").click()
    page.get_by_role("button", name="Save").first.click()
    page.locator(".notice").wait_for()
    page.goto(site.url + "/sessions")
    assert "10\u00a0mi" in page.locator(".row-side").first.inner_text()
    page.locator(".row-link").first.click()
    page.locator("dd", has_text="7.5\u00a0mph").wait_for()
    page.goto(site.url + "/load")
    assert page.locator("label", has_text="Distance, mi").count() == 1
    assert "10 mi" in page.locator("figcaption").first.inner_text().replace("\u00a0", " ")
