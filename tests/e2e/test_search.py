"""The main job in a real browser: a photo, a few words or a picture of the camera give ten cards."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import driver
from tests.e2e.conftest import Visit
from tests.e2e.test_pages import barriers

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def titles(page: Page) -> list[str]:
    return page.locator("[class*='st-key-title-card-']").all_inner_texts()


def upload(page: Page, photo: bytes, name: str = "tee.jpg") -> None:
    page.set_input_files(".st-key-photo input[type=file]", {"name": name, "mimeType": "image/jpeg", "buffer": photo})


def choose(page: Page, key: str, text: str) -> None:
    page.click(f".st-key-{key} [data-baseweb=select], .st-key-{key} input")
    page.keyboard.type(text)
    page.get_by_role("option", name=text).first.click()
    driver.settle(page)


def say(page: Page, words: str) -> None:
    page.fill(".st-key-words input", words)
    page.keyboard.press("Enter")
    page.wait_for_function("(words) => location.search.includes(words)", arg=words.split()[0])
    driver.settle(page)


def other_cards(page: Page, old: list[str]) -> None:
    """Waits until other cards than the old ones are shown."""
    now = "[...document.querySelectorAll(\"[class*='st-key-title-card-']\")].map(e => e.innerText).join()"
    page.wait_for_function(f"(old) => {now} !== old", arg=",".join(old))
    driver.settle(page)


def test_shopper_and_photo_give_category_box_and_ten_cards(visit: Visit, photo_bytes: bytes) -> None:
    page = visit("/")
    choose(page, "shopper", "U0003")
    before = titles(page)
    upload(page, photo_bytes)
    page.wait_for_selector(".st-key-finding .box")
    driver.settle(page)
    assert "%" in page.inner_text(".st-key-finding .name")
    assert page.locator(".st-key-finding .sr-odds div").count() == 5
    box = page.locator(".st-key-finding .box").bounding_box()
    assert box and box["width"] > 40 and box["height"] > 40
    after = titles(page)
    assert len(after) == 10 and all(after) and after != before


def test_words_give_ten_cards_and_a_link_that_reproduces_them(visit: Visit) -> None:
    page = visit("/")
    say(page, "red dress under 400")
    found = titles(page)
    assert len(found) == 10
    assert sum("dress" in title.lower() for title in found) >= 3
    link = page.url.split("/", 3)[3]
    again = visit("/" + link)
    assert titles(again) == found
    expect(again.locator(".st-key-words input")).to_have_value("red dress under 400")


def test_a_picture_of_the_camera_gives_ten_cards(visit: Visit) -> None:
    page = visit("/")
    page.get_by_text("Camera", exact=True).click()
    page.get_by_role("button", name="Take photo").click()
    page.wait_for_selector(".st-key-finding .box")
    driver.settle(page)
    assert len(titles(page)) == 10


def test_a_moved_box_is_looked_at_again(visit: Visit, photo_bytes: bytes) -> None:
    page = visit("/")
    upload(page, photo_bytes)
    page.wait_for_selector(".st-key-finding .box")
    driver.settle(page)
    grip = page.locator(".st-key-finding .grip.se").bounding_box()
    assert grip
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 80, steps=4)
    page.mouse.up()
    page.wait_for_selector(".st-key-finding .reset", state="visible")
    driver.settle(page)
    assert len(titles(page)) == 10


def test_a_tag_that_is_taken_out_changes_the_cards(visit: Visit, photo_bytes: bytes) -> None:
    page = visit("/")
    upload(page, photo_bytes)
    page.wait_for_selector(".st-key-finding .box")
    driver.settle(page)
    chips = page.locator(".st-key-finding [data-testid=stButtonGroup] button")
    kept = chips.count()
    assert kept > 2
    scores = page.locator(".sr-figures").all_inner_texts()
    chips.first.click()
    page.wait_for_function(
        "(old) => [...document.querySelectorAll('.sr-figures')].map(e => e.innerText).join() !== old.join()", arg=scores
    )
    assert chips.count() == kept


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_chip_of_the_words_is_taken_back_and_said_again(visit: Visit, phone: bool) -> None:
    page = visit("/?words=dress%2C+no+stripes%2C+under+400+qzxv", phone=phone)
    chips = page.locator(".st-key-words-understood button")
    assert chips.locator("p").all_inner_texts() == ["dress", "not striped", "up to 400"]
    dress, found = chips.filter(has_text="dress"), titles(page)
    expect(dress).to_have_attribute("aria-pressed", "true")
    dress.click()
    other_cards(page, found)
    expect(dress).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".st-key-words input")).to_have_value("dress, no stripes, under 400 qzxv")
    assert driver.overflow(page) <= 0
    without = titles(page)
    dress.click()
    other_cards(page, without)
    assert titles(page) == found
    say(page, "navy tee")
    assert chips.locator("p").all_inner_texts() == ["navy", "tee"]


def test_chips_of_the_words_obey_the_keyboard_and_are_named_for_readers(visit: Visit) -> None:
    page = visit("/?words=stirped+tee+qzxv")
    chips = page.get_by_role("toolbar", name="Understood: a click takes one back").get_by_role("button")
    expect(chips).to_have_count(3)
    chips.first.focus()
    for key in ("ArrowRight", "ArrowRight", "Space"):
        page.keyboard.press(key)
    # A correction taken back leaves the word as it was typed, and is still there to be said again.
    page.get_by_text("Not understood: stirped qzxv").wait_for()
    driver.settle(page)
    expect(chips).to_have_count(2)
    expect(chips.last).to_have_attribute("aria-pressed", "false")
    assert not barriers(page)
    chips.last.press("Enter")
    expect(chips).to_have_count(3)


def test_a_thumb_changes_the_cards_and_says_what_changed(visit: Visit) -> None:
    page = visit("/")
    page.locator(
        ".st-key-card-1 [data-testid=stFeedback] button, .st-key-card-1 [data-testid=stButtonGroup] button"
    ).nth(1).click()
    page.wait_for_selector("text=1 disliked")
    driver.settle(page)
    page.get_by_role("button", name="Forget thumbs").click()
    page.wait_for_selector("text=1 disliked", state="detached")


def test_the_picture_of_an_example_is_its_button(visit: Visit) -> None:
    page = visit("/")
    picture = page.locator(".st-key-example-red-dress img").bounding_box()
    assert picture
    page.mouse.click(picture["x"] + picture["width"] / 2, picture["y"] + picture["height"] / 2)
    page.wait_for_selector(".st-key-finding .box")
    assert "example=red-dress" in page.url


def test_on_a_phone_the_finding_is_folded_and_the_cards_are_near(visit: Visit) -> None:
    page = visit("/?example=striped-tee", phone=True)
    page.wait_for_selector(".st-key-finding .box")
    driver.settle(page)
    card = page.locator(".st-key-card-1").bounding_box()
    assert card and card["y"] < 1.5 * driver.PHONE["height"]
    odds = page.locator(".st-key-finding .sr-odds")
    assert not odds.is_visible()
    page.get_by_text("All guesses, colors and tags").click()
    odds.wait_for(state="visible")


def test_why_shows_terms_that_add_up(visit: Visit) -> None:
    page = visit("/")
    page.locator(".st-key-why-1 button").first.click()
    terms = page.locator(".st-key-terms-1 tbody td:nth-child(2)")
    terms.first.wait_for()
    figures = [float(text) for text in terms.all_inner_texts()]
    assert sum(figures[:-1]) == pytest.approx(figures[-1], abs=1e-3)


def test_a_broken_upload_says_so_and_the_next_one_works(visit: Visit, photo_bytes: bytes) -> None:
    page = visit("/")
    upload(page, b"this is no picture", "broken.jpg")
    page.wait_for_selector("text=This picture can not be used")
    driver.settle(page)
    assert len(titles(page)) == 10
    upload(page, photo_bytes)
    page.wait_for_selector("text=This picture can not be used", state="detached")
    page.wait_for_selector(".st-key-finding .box")


def test_the_live_picture_can_be_searched(visit: Visit) -> None:
    page = visit("/")
    page.get_by_text("Live", exact=True).click()
    video = page.frame_locator("iframe[title*=webrtc]")
    video.get_by_role("button", name="Start").click()
    page.wait_for_selector(".st-key-search-live button")
    # Frames come back from the server, with the box drawn on them.
    video.locator("video").evaluate(
        "v => new Promise(done => { const t = setInterval(() => "
        "{ if (v.getVideoPlaybackQuality().totalVideoFrames > 3) { clearInterval(t); done(); } }, 100); })"
    )
    page.locator(".st-key-search-live button").click()
    page.wait_for_selector(".st-key-finding .box")
    driver.settle(page)
    assert "Tee" in page.inner_text(".st-key-finding .name")
    assert len(titles(page)) == 10
