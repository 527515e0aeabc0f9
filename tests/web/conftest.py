"""The web face under test: in this process through Django's client, or as a real server before a real browser."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from tests.own_home import home_folder  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}

_SERVE = "import sys; from niggle.web.server import serve; serve(port=int(sys.argv[1]))"
_WORK = "from niggle.worker import main; main()"
_DEMO = """
from niggle.store.boot import boot
boot()
from niggle.actions import clock
from niggle.actions.demo import create_demo
create_demo(clock.now(), clock.today())
"""


@dataclass
class Site:
    """A running niggle with a data folder of its own."""

    home: Path
    port: int
    children: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environ(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k != "NIGGLE_DATABASE_URL"}
        return kept | {"NIGGLE_HOME": str(self.home)}

    def start(self, code: str, *args: str) -> None:
        self.children.append(subprocess.Popen([sys.executable, "-c", code, *args], env=self.environ))

    def run(self, code: str) -> None:
        subprocess.run([sys.executable, "-c", code], env=self.environ, check=True)

    def work(self) -> None:
        """The background worker, which does what is uploaded."""
        self.start(_WORK)

    def open(self) -> None:
        self.start(_SERVE, str(self.port))
        for _ in range(300):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
                connection.request("GET", "/more")
                assert connection.getresponse().status == 200
            except OSError:
                assert self.children[-1].poll() is None, "the server died"
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the server does not answer")

    def close(self) -> None:
        for child in self.children:
            child.terminate()
        for child in self.children:
            child.wait(timeout=20)


@pytest.fixture
def client(db: None) -> Client:
    """Somebody at this computer; no server runs."""
    return Client(headers={"host": "127.0.0.1"})


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def site(tmp_path: Path, unused: Path) -> Iterator[Site]:
    """A niggle that nobody has used yet. The first start of all, in an empty folder, is `demo_site`'s."""
    made = Site(tmp_path / "home", free_port())
    shutil.copytree(unused, made.home)
    try:
        made.open()
        yield made
    finally:
        made.close()


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A niggle with the demo runner. Tests only look at it."""
    made = Site(tmp_path_factory.mktemp("demo") / "home", free_port())
    try:
        made.run(_DEMO)
        made.open()
        yield made
    finally:
        made.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        started.close()


@dataclass
class Watch:
    """What a page said and asked for while it was looked at."""

    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def foreign(self, site: Site) -> list[str]:
        own = (site.url, "data:", "about:", "blob:")
        return [url for url in self.requests if not url.startswith(own)]


def follow(page: Page, way: Locator) -> None:
    """Click what leads to another page, or to the same one anew, and wait until that page stands.

    A click alone may come back before the page has changed; what is asked of the page next then meets the old one,
    and a goto takes the form's way away from it.
    """
    with page.expect_navigation():
        way.click()


def until(page: Page, script: str, arg: object = None) -> None:
    """Wait until the script is true. Playwright's own wait_for_function asks a second time by eval, which the pages'
    policy forbids: it works only where it need not wait."""
    from playwright.sync_api import Error

    for _ in range(300):
        try:
            if page.evaluate(script, arg):
                return
        except Error as error:  # the page is just being left for the next one
            if "context was destroyed" not in str(error):
                raise
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {script}")


Opener = Callable[..., "tuple[Page, Watch]"]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opener]:
    """Opens pages in contexts of their own: `opened(phone=True, dark=True)`."""
    contexts = []

    def make(*, phone: bool = False, dark: bool = False, **more: object) -> tuple[Page, Watch]:
        given = {"viewport": PHONE if phone else DESKTOP, "has_touch": phone, "reduced_motion": "reduce"} | more
        context = browser.new_context(color_scheme="dark" if dark else "light", **given)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        page, watch = context.new_page(), Watch()
        page.on("console", lambda message: watch.messages.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: watch.messages.append(f"error: {error}"))
        page.on("request", lambda request: watch.requests.append(request.url))
        return page, watch

    yield make
    for context in contexts:
        context.close()
