"""Triage and library as they are used: words read back, one question to a screen, left and found again, emergencies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.web.conftest import Opener, Site, follow, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

HEEL = "My left heel hurts with the first steps out of bed for three weeks. No swelling. Maybe worse barefoot."


def clean(page: Page) -> None:
    """Nothing axe finds, nothing too wide."""
    from axe_playwright_python.sync_playwright import Axe

    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    found = Axe().run(page)
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found.response["violations"]] == []


def write(page: Page, site: Site, words: str) -> None:
    page.goto(site.url + "/triage")
    page.fill("#text", words)
    follow(page, page.get_by_role("button", name="Read my words"))
    assert re.search(r"/triage/.+", page.url)


def heading(page: Page) -> str:
    return page.locator("main h1").first.inner_text()


def go_through(page: Page) -> int:
    """Answer "no" to everything until the answer is there; the number of screens."""
    for count in range(30):
        if page.url.endswith("/result"):
            return count
        title = heading(page)
        if title == "About you":
            page.fill("#age", "41")
            page.locator("label.choice", has_text="Female").first.click()
            follow(page, page.get_by_role("button", name="Next"))
        elif page.locator(".taps").count():
            no = page.locator(".taps button", has_text=re.compile("^No$"))
            follow(page, (no if no.count() else page.locator(".taps button").first).first)
        elif page.locator("input[name=warning]").count():
            clean(page)
            page.locator("label.choice", has_text="None of these").click()
            follow(page, page.get_by_role("button", name="Next"))
        else:
            follow(page, page.get_by_role("button", name="I don't know"))
    raise AssertionError("it never stops asking")


def test_her_words_are_read_back_and_lead_to_an_answer(site: Site, opened: Opener) -> None:
    page, watch = opened(phone=True)
    write(page, site, HEEL)
    assert heading(page) == "Is this what you mean?"
    assert "first steps" in page.locator("mark").all_inner_texts()[1]
    unsure = page.locator(".understood li", has_text="You did not sound sure")
    assert unsure.locator("input[value=unknown]").is_checked()
    clean(page)
    follow(page, page.get_by_role("button", name="That is right"))
    assert go_through(page) < 20
    assert page.locator("main h1").inner_text()
    assert page.locator(".candidate").first.inner_text().startswith("Pain under the heel (Plantar fasciitis)")
    assert "not a diagnosis" in page.locator("main").inner_text()
    assert "Your answers count as a check-in of that day." in page.locator("main").inner_text()
    clean(page)
    assert watch.messages == []
    assert watch.foreign(site) == []


def test_the_page_for_a_clinician_fits_a_phone(site: Site, opened: Opener) -> None:
    page, watch = opened(phone=True)
    write(page, site, HEEL)
    follow(page, page.get_by_role("button", name="That is right"))
    follow(page, page.get_by_role("link", name="What it says so far"))
    follow(page, page.get_by_role("link", name="One page for a clinician"))
    assert heading(page) == "Summary for a clinician"
    assert page.locator(".bm-row svg").count() > 0
    clean(page)
    page.emulate_media(media="print")
    assert not page.get_by_role("link", name="Back to the answer").is_visible()
    assert page.locator(".clinician .card").first.evaluate("e => getComputedStyle(e).borderTopWidth") == "0px"
    assert page.locator(".clinician").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    assert watch.messages == []


def test_what_was_misread_is_taken_out(site: Site, opened: Opener) -> None:
    page, _ = opened()
    write(page, site, HEEL)
    page.locator(".understood li", has_text="First steps hurt most").locator("label", has_text="No").first.click()
    follow(page, page.get_by_role("button", name="That is right"))
    follow(page, page.get_by_role("link", name="What it says so far"))
    page.locator("#answers summary").click()
    assert "no" in page.locator("#answers li", has_text="First steps hurt most").inner_text()


def test_left_in_the_middle_it_is_found_again(site: Site, opened: Opener) -> None:
    page, _ = opened(phone=True)
    page.goto(site.url + "/triage")
    page.fill("#text", HEEL)
    page.close()  # typed, never sent
    again = page.context.new_page()
    again.goto(site.url + "/triage")
    assert again.input_value("#text") == HEEL
    follow(again, again.get_by_role("button", name="Read my words"))
    follow(again, again.get_by_role("button", name="That is right"))
    asked = heading(again)
    address = again.url
    again.close()
    other, _ = opened(phone=True)  # another browser: the server kept it
    other.goto(site.url + "/triage")
    assert HEEL[:40] in other.locator("main").inner_text()
    follow(other, other.get_by_role("link", name="Go on"))
    assert (other.url, heading(other)) == (address, asked)
    third = again.context.new_page()
    third.goto(site.url + "/triage")
    assert third.input_value("#text") == "", "the draft went once the server had it"


def test_a_place_and_questions_one_to_a_screen(site: Site, opened: Opener) -> None:
    page, _ = opened(phone=True)
    page.goto(site.url + "/triage")
    clean(page)
    page.locator("summary", has_text="Knee").tap()
    page.locator("label.choice", has_text="Front of the knee").first.tap()
    page.get_by_role("button", name="Ask me questions").tap()
    page.wait_for_url(re.compile(r"/triage/.+"))
    assert heading(page) == "Which side?"
    page.get_by_role("button", name="Left").tap()
    until(page, "document.querySelector('main h1').textContent !== 'Which side?'")
    assert heading(page) == "About you"
    clean(page)
    page.get_by_role("button", name="Next").tap()
    page.wait_for_selector(".taps")
    first = heading(page)
    clean(page)
    page.get_by_role("button", name="No", exact=True).or_(page.get_by_role("button", name="I don't know")).first.tap()
    until(page, "t => document.querySelector('main h1').textContent !== t", arg=first)
    assert page.locator(".hint").first.inner_text().startswith(("Question 2", "Making sure: question 2"))
    page.get_by_role("link", name="Back").tap()
    until(page, "t => document.querySelector('main h1').textContent === t", arg=first)
    small = page.evaluate(
        "[...document.querySelectorAll('main button, main .button')].filter(e => e.getBoundingClientRect().height < 44)"
        ".map(e => e.outerHTML)"
    )
    assert small == []


def test_an_emergency_is_first_at_once_and_can_be_taken_back(site: Site, opened: Opener) -> None:
    page, _ = opened(phone=True)
    write(page, site, "I was dizzy and nearly fainted during my run. My left calf is sore.")
    assert page.locator(".emergency").inner_text().startswith("Get medical help now"), "before anything is confirmed"
    clean(page)
    follow(page, page.get_by_role("button", name="That is right"))
    assert page.url.endswith("/result")
    assert page.locator("main > :first-child + *, main > .emergency").first.get_attribute("role") == "alert"
    clean(page)
    follow(page, page.locator("#answers a", has_text="Dizzy or close to fainting"))
    follow(page, page.get_by_role("button", name="No", exact=True))
    assert page.url.endswith("/result")
    assert page.locator(".emergency").count() == 0
    page.locator("#answers summary").click()
    assert "no" in page.locator("#answers li", has_text="Dizzy or close to fainting").inner_text()
    # Today is not lowered by a changed answer, only by her word
    assert "Today still holds to it" in page.locator(".on-today").inner_text()
    clean(page)
    page.goto(site.url + "/")
    assert page.locator(".emergency h1").inner_text() == "Get emergency help now"
    page.go_back()
    follow(page, page.get_by_role("button", name="It was a slip: take it back"))
    assert "Taken back" in page.locator(".on-today").inner_text()
    clean(page)
    page.goto(site.url + "/")
    assert page.locator(".emergency").count() == 0


def test_who_cannot_put_weight_on_the_foot_is_not_told_to_run(site: Site, opened: Opener) -> None:
    page, watch = opened(phone=True)
    write(page, site, "Sharp pain under my heel since yesterday's run, I cannot put weight on it, it popped")
    page.goto(site.url + "/")  # she leaves at the first screen
    assert page.locator(".emergency h1").inner_text() == "Get emergency help now"
    assert "Green" not in page.locator("main").inner_text()
    page.goto(site.url + "/triage")
    follow(page, page.get_by_role("link", name="Go on"))
    follow(page, page.get_by_role("button", name="That is right"))
    panel = page.locator(".on-today")
    assert panel.inner_text().startswith("Kept on Today.")
    clean(page)
    follow(page, page.get_by_role("button", name="This was not about me"))
    follow(page, page.get_by_role("button", name="It was about me: keep it on Today"))
    assert page.locator(".on-today").inner_text().startswith("Kept on Today.")
    assert watch.messages == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Seit drei Wochen tut mir beim Laufen das Knie weh und es wird nicht besser", "only language"),
        ("lovely weather today", "understood nothing"),
        ("knee pain " * 9000, "not all of it was read"),
    ],
    ids=["german", "weather", "long"],
)
def test_words_that_are_no_story_are_kept_and_named(site: Site, opened: Opener, words: str, said: str) -> None:
    page, _ = opened()
    write(page, site, words)
    assert said in page.locator("[role=alert]").inner_text()
    assert page.input_value("#text") == words.strip() or page.input_value("#text") == words
    clean(page)
    follow(page, page.get_by_role("button", name="Ask me questions instead"))
    assert heading(page) == "Where does it hurt?"


def test_a_dog_goes_to_the_vet(site: Site, opened: Opener) -> None:
    page, _ = opened()
    write(page, site, "my dog hurts")
    page.wait_for_url("**/result")
    assert "vet" in page.locator("main").inner_text()


def test_without_scripts_it_works_too(site: Site, opened: Opener) -> None:
    page, _ = opened(java_script_enabled=False)
    write(page, site, HEEL)
    follow(page, page.get_by_role("button", name="That is right"))
    follow(page, page.get_by_role("link", name="What it says so far"))
    assert page.locator(".candidate").count() > 0


LIBRARY = ("/library", "/library?q=heel", "/library/conditions", "/library/conditions/achilles-tendinopathy-midportion",
           "/library/glossary", "/library/faq", "/library/body-parts")  # fmt: skip


@pytest.mark.parametrize("path", LIBRARY)
def test_the_library_is_clean_and_light(path: str, site: Site, opened: Opener) -> None:
    for phone, dark in ((True, False), (False, True)):
        page, watch = opened(phone=phone, dark=dark)
        sizes: list[int] = []
        page.on("response", lambda response: sizes.append(len(response.body())))  # noqa: B023
        page.goto(site.url + path)
        page.wait_for_load_state("networkidle")
        clean(page)
        assert watch.messages == []
        assert sum(sizes) < 150_000 if "achilles" in path else sum(sizes) < 100_000


def test_an_alias_leads_to_the_condition_and_lines_name_their_source(site: Site, opened: Opener) -> None:
    page, _ = opened()
    page.goto(site.url + "/library/conditions/achilles-midportion")
    assert page.url.endswith("/achilles-tendinopathy-midportion")
    assert "No clinician has reviewed this page yet" in page.locator("main").inner_text()
    lines = page.locator(".fact-list li .fact-note")
    assert lines.first.inner_text().count("Source:") == 1
    named = page.locator("#sources + ol li").count()
    numbers = {int(n) for n in page.locator(".fact-note a").all_text_contents()}
    assert numbers == set(range(1, named + 1)), "every number is in the list, and every source of the list is used"
    assert page.goto(site.url + "/library/conditions/nonsense").status == 404  # type: ignore[union-attr]
    page.goto(site.url + "/library?q=zzzz")
    assert "Nothing here" in page.locator("[role=status]").inner_text()
