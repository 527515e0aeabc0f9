"""The check-in as it is used: by thumb on a narrow phone, by keys, interrupted, the morning after, in an emergency."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.conftest import Opener, Site, until

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser


def step(page: Page) -> Locator:
    return page.locator(".step:not([hidden])")


def tap(page: Page, text: str) -> None:
    """Tap a choice, a region or a button of the question on the screen."""
    choice = step(page).locator("label.choice:visible", has_text=text)
    other = step(page).locator("summary:visible, button:visible", has_text=text)
    (choice if choice.count() else other).first.tap()


def at(page: Page, question: str) -> None:
    step(page).locator("legend", has_text=question).wait_for()


def saved(page: Page) -> None:
    """On the page that follows: more warning signs where the answers call for them, or today."""
    until(page, "() => !document.querySelector('form[data-interview]') && document.readyState === 'complete'")


def tell_of_the_knee(page: Page) -> None:
    """The issue's own example: knee, 4 of 10, came after 6 km, limped the last stairs."""
    at(page, "Does anything hurt?")
    tap(page, "Something hurts")
    at(page, "First, the warning signs")
    tap(page, "None of these")
    at(page, "Where does it hurt?")
    step(page).locator("summary", has_text="Knee").tap()
    tap(page, "Front of the knee")
    at(page, "Which side?")
    tap(page, "Left")
    at(page, "Which moment")
    tap(page, "The day as a whole")
    at(page, "How bad")
    step(page).locator("label.choice", has_text="4").tap()
    at(page, "how did it come?")
    tap(page, "It came after a while")
    step(page).locator("#onset").fill("6")
    tap(page, "Next")
    at(page, "What kind of pain?")
    tap(page, "Dull ache")
    at(page, "Any of these?")
    tap(page, "I limped")
    tap(page, "Next")
    at(page, "And at rest?")
    tap(page, "None of these")
    at(page, "Is this right?")


def test_by_thumb_on_a_narrow_phone_the_light_changes(site: Site, opened: Opener) -> None:
    page, watch = opened(phone=True)
    page.goto(site.url + "/checkin")
    tell_of_the_knee(page)
    said = step(page).locator("[data-review]").inner_text()
    assert all(words in said for words in ("Front of the knee", "Left", "4", "It came after a while, 6", "I limped"))
    tap(page, "Save check-in")
    saved(page)
    page.goto(site.url + "/")
    assert page.locator(".light-word").inner_text() == "Red"
    assert page.locator(".light-tag").inner_text().startswith("Front of the knee")
    assert "limp" in page.locator(".reasons").first.inner_text().lower()
    assert watch.messages == []


def test_nothing_hurts_takes_two_taps(site: Site, opened: Opener) -> None:
    page, _ = opened(phone=True)
    page.goto(site.url + "/checkin")
    tap(page, "Nothing hurts")
    at(page, "Is this right?")
    tap(page, "Save check-in")
    page.wait_for_url("**/?done=checkin")
    assert page.locator(".notice").inner_text().startswith("Check-in saved")


def test_by_keys_alone(site: Site, opened: Opener) -> None:
    page, _ = opened()
    page.goto(site.url + "/checkin")
    page.locator("input[name=hurts]").first.focus()
    keys = page.keyboard
    keys.press("Space")
    keys.press("ArrowDown")  # something hurts
    at(page, "Does anything hurt?")  # arrow keys look around, they do not answer
    keys.press("Enter")
    at(page, "First, the warning signs")
    assert page.evaluate("document.activeElement.tagName") == "LEGEND"
    page.locator("#step-urgent [data-none]").focus()
    keys.press("Space")
    keys.press("Enter")
    at(page, "Where does it hurt?")
    page.locator("#step-site summary", has_text="Knee").focus()
    keys.press("Enter")
    keys.press("Tab")
    keys.press("Space")
    keys.press("Enter")
    for question in ("Which side?", "Which moment", "How bad"):
        at(page, question)
        step(page).locator("input[type=radio]:not([data-wait])").first.focus()
        keys.press("Space")
        keys.press("Enter")
    at(page, "how did it come?")
    keys.press("Tab")
    assert step(page).locator("*:focus").count() == 1  # the focus went on to this question


def test_back_goes_one_question_back_by_button_and_by_browser(site: Site, opened: Opener) -> None:
    page, _ = opened(phone=True)
    page.goto(site.url + "/checkin")
    tap(page, "Something hurts")
    at(page, "First, the warning signs")
    tap(page, "None of these")
    at(page, "Where does it hurt?")
    step(page).locator("[data-back]").tap()
    at(page, "First, the warning signs")
    page.go_back()
    at(page, "Does anything hurt?")


def test_a_draft_survives_a_closed_tab_and_goes_once_it_is_saved(site: Site, opened: Opener) -> None:
    page, _ = opened(phone=True)
    page.goto(site.url + "/checkin")
    tell_of_the_knee(page)
    page.close()
    again = opened(phone=True)[0]  # another context knows nothing of it
    again.goto(site.url + "/checkin")
    at(again, "Does anything hurt?")
    context = page.context
    reopened = context.new_page()
    reopened.goto(site.url + "/checkin")
    at(reopened, "Is this right?")
    assert "I limped" in step(reopened).locator("[data-review]").inner_text()
    tap(reopened, "Save check-in")
    saved(reopened)
    reopened.goto(site.url + "/checkin")
    at(reopened, "Does anything hurt?")


def test_an_answer_that_no_longer_applies_is_not_sent(site: Site, opened: Opener) -> None:
    page, _ = opened(phone=True)
    page.goto(site.url + "/checkin")
    tap(page, "Something hurts")
    at(page, "First, the warning signs")
    tap(page, "fever")
    step(page).locator("[data-back]").tap()
    at(page, "Does anything hurt?")
    tap(page, "Nothing hurts")
    at(page, "Is this right?")
    tap(page, "Save check-in")
    page.wait_for_url("**/?done=checkin")
    assert page.locator(".emergency").count() == 0


def test_an_emergency_stands_first_and_alone(site: Site, opened: Opener) -> None:
    page, _ = opened(phone=True)
    page.goto(site.url + "/checkin")
    tap(page, "Nothing hurts, but it feels wrong")
    at(page, "First, the warning signs")
    tap(page, "pain or pressure in your chest")
    tap(page, "Next")
    at(page, "Is this right?")
    tap(page, "Save check-in")
    page.wait_for_url("**/?done=checkin")
    loud = page.locator(".emergency")
    assert "emergency" in loud.inner_text().lower()
    assert page.locator("main h1").count() == 1
    assert page.locator(".light, .figures, .week").count() == 0


def test_the_morning_after_is_asked_about_yesterdays_complaint(site: Site, opened: Opener) -> None:
    page, _ = opened(phone=True)
    page.goto(site.url + "/checkin?hurts=yes&site=achilles&side=left&day=yesterday&moment=day&pain=2")
    at(page, "First, the warning signs")
    tap(page, "None of these")
    for question in ("how did it come?", "What kind of pain?"):
        at(page, question)
        tap(page, "Skip")
    for question in ("Any of these?", "And at rest?"):
        at(page, question)
        tap(page, "None of these")
    at(page, "Is this right?")
    tap(page, "Save check-in")
    saved(page)
    page.goto(site.url + "/checkin")
    page.locator("section", has_text="How is it this morning?").get_by_role("link").tap()
    at(page, "First, the warning signs")
    tap(page, "None of these")
    at(page, "How bad")
    step(page).locator("label.choice", has_text="1").first.tap()
    at(page, "What kind of pain?")
    tap(page, "Skip")
    at(page, "How stiff")
    tap(page, "As usual")
    at(page, "Is it as it was the morning before?")
    tap(page, "Yes")
    at(page, "Any of these?")
    tap(page, "None of these")
    at(page, "Is this right?")
    tap(page, "Save check-in")
    saved(page)
    page.goto(site.url + "/checkin")
    assert page.locator("section", has_text="How is it this morning?").count() == 0


def test_an_emergency_ticked_by_mistake_is_corrected_by_thumb(site: Site, opened: Opener) -> None:
    page, watch = opened(phone=True)
    page.goto(site.url + "/checkin")
    tap(page, "Nothing hurts, but it feels wrong")
    at(page, "First, the warning signs")
    step(page).locator(".choice").first.tap()
    step(page).locator("[data-next]").tap()
    at(page, "Is this right?")
    step(page).locator("[data-save]").tap()
    page.locator(".emergency").wait_for()
    page.get_by_role("link", name="This was a mistake").tap()
    page.get_by_role("link", name="Correct").first.tap()
    at(page, "Does anything hurt?")
    step(page).locator("[data-next]").tap()
    at(page, "First, the warning signs")
    assert step(page).locator("input:checked").count() == 1
    tap(page, "None of these")
    at(page, "Is this right?")
    step(page).locator(".choice", has_text="I took away are not so").tap()
    step(page).locator("[data-save]").tap()
    page.get_by_role("status").filter(has_text="Corrected").wait_for()
    assert page.locator(".emergency").count() == 0
    assert watch.messages == []
