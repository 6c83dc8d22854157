"""What people choose for themselves: name, password, second factor, devices, language, sizes; seen on every device."""
from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from person import PASSWORD
from totp import totp


@pytest.fixture
def fay(town):
    """Somebody new for every test, with one browser, in the room of the town."""
    from person import Person
    from voice import Voice

    n = len(town.voices)
    voice = Voice(town.url, f"Fay {'abcdefghij'[n % 10] * (n // 10 + 1)}").sign_up(town.ada.invite())
    town.voices.append(voice)
    town.dana.call("room.add", c=town.room, members=[voice.me["u"]])
    return town.visit(voice.name)


def settings(person, page: str) -> None:
    person.page.goto(f"{person.url}/settings/{page}")
    expect(person.page.locator(".desk-page h1")).to_be_visible()


def sign_in(person, password: str = PASSWORD) -> None:
    person.page.get_by_label("User name").fill(person.username)
    person.page.get_by_label("Password", exact=True).fill(password)
    person.page.get_by_role("button", name="Sign in", exact=True).click()


def test_name_and_status_are_new_on_every_device_and_for_others(town, fay):
    other, dana = town.visit(fay.name), town.visit("Dana Okafor")
    other.open("/")
    talk = town.dana.direct(fay.username)
    dana.open(f"/c/{talk}")
    settings(fay, "profile")
    fay.page.get_by_label("Your name").fill("Fay Renamed")
    fay.page.get_by_role("textbox", name="Status").fill("On the train")
    fay.page.get_by_role("button", name="Save").click()
    expect(dana.page.get_by_role("region", name="Fay Renamed")).to_be_visible()
    expect(dana.conversation("Fay Renamed")).to_be_visible()
    expect(other.page.get_by_role("button", name="Settings of Fay Renamed")).to_be_visible()
    dana.page.get_by_role("button", name="Details").click()
    expect(dana.page.get_by_role("complementary", name="Details")).to_contain_text("On the train")
    fay.page.reload()
    expect(fay.page.get_by_role("textbox", name="Status")).to_have_value("On the train")


def test_device_that_is_signed_out_is_out_at_once(town, fay):
    other = town.visit(fay.name)
    other.open(f"/c/{town.room}")
    settings(fay, "devices")
    rows = fay.page.locator(".desk-page .rows").get_by_role("listitem")
    expect(rows.first).to_contain_text("This device")
    others = rows.filter(has_text="Chrome").filter(has_not_text="This device")
    others.get_by_role("button").click()
    expect(other.page.get_by_role("heading", name=re.compile("^Sign in to"))).to_be_visible()
    expect(others).to_have_count(0)


def test_password_is_changed_and_the_others_are_out(town, fay):
    other = town.visit(fay.name)
    other.open("/")
    settings(fay, "password")
    fay.page.get_by_label("Present password").fill("not the present one")
    fay.page.get_by_label("New password").fill("four slow glaciers")
    fay.page.get_by_role("button", name="Change password").click()
    expect(fay.page.get_by_role("alert")).to_have_text("This password is not right.")
    fay.page.get_by_label("Present password").fill(PASSWORD)
    fay.page.get_by_role("button", name="Change password").click()
    expect(fay.page.get_by_text("Your password is changed.")).to_be_visible()
    expect(other.page.get_by_role("heading", name=re.compile("^Sign in to"))).to_be_visible()
    sign_in(other)
    expect(other.page.get_by_role("alert")).to_contain_text("not right")
    sign_in(other, "four slow glaciers")
    expect(other.search).to_be_visible()


def test_second_factor_from_beginning_to_end(town, fay):
    settings(fay, "totp")
    fay.page.get_by_role("button", name="Turn on").click()
    fay.page.get_by_label("Password", exact=True).fill(PASSWORD)
    fay.page.get_by_role("button", name="Continue").click()
    secret = fay.page.get_by_role("textbox", name="Secret").input_value()
    fay.page.get_by_label("Code from the app").fill("000000")
    fay.page.get_by_role("button", name="Turn on").click()
    expect(fay.page.get_by_role("alert")).to_contain_text("code is not right")
    fay.page.get_by_label("Code from the app").fill(totp(secret))
    fay.page.get_by_role("button", name="Turn on").click()
    expect(fay.page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    codes = re.findall(r"[a-z0-9]{4}(?:-[a-z0-9]{4}){3}", fay.page.locator(".desk-page").inner_text())
    assert len(set(codes)) == 10
    fay.page.get_by_role("button", name="I have kept them").click()
    expect(fay.page.get_by_text("Two-factor sign-in is on.")).to_be_visible()

    fay.context.clear_cookies()
    fay.page.goto(fay.url)
    sign_in(fay)
    expect(fay.page.get_by_role("heading", name="One more step")).to_be_visible()
    fay.page.get_by_label("Code").fill("123 456")
    fay.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(fay.page.get_by_role("alert")).to_contain_text("code is not right")
    fay.page.get_by_label("Code").fill(codes[0])
    fay.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(fay.search).to_be_visible()
    # A recovery code is good for one time only.
    fay.context.clear_cookies()
    fay.page.goto(fay.url)
    sign_in(fay)
    fay.page.get_by_label("Code").fill(codes[0])
    fay.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(fay.page.get_by_role("alert")).to_be_visible()


def test_another_language_stays_and_is_whole(fay):
    settings(fay, "language")
    fay.page.get_by_role("radio", name="Deutsch").click()
    expect(fay.page.get_by_role("heading", name="Sprache")).to_be_visible()
    expect(fay.page.locator("html")).to_have_attribute("lang", "de")
    fay.page.goto(fay.url)
    expect(fay.page.get_by_role("heading", name="Parley")).to_be_visible()
    expect(fay.page.get_by_role("navigation", name="Unterhaltungen").or_(fay.page.get_by_role("navigation", name="Gespräche"))).to_be_visible()
    for page in ("profile", "password", "totp", "devices", "notifications", "appearance", "shortcuts"):
        fay.page.goto(f"{fay.url}/settings/{page}")
        expect(fay.page.locator(".desk-page h1")).not_to_be_empty()
        text = fay.page.locator("body").inner_text()
        # A text without a translation would show its key.
        assert not re.search(r"\b[a-z]+\.[a-z]+[A-Z][A-Za-z]*\b", text), text


def test_size_of_text_is_on_the_other_device_after_it_is_opened(town, fay):
    settings(fay, "appearance")
    small = fay.page.evaluate("() => parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)")
    with fay.page.expect_response(lambda answer: answer.url.endswith("/api/me") and answer.request.method == "PATCH"):
        fay.page.get_by_role("radio", name="Larger").check()
    assert fay.page.evaluate("() => parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)") > small
    other = town.visit(fay.name)
    settings(other, "appearance")
    expect(other.page.get_by_role("radio", name="Larger")).to_be_checked()


def test_push_says_why_it_is_not_there(town):
    """Nobody allows anything in this browser, and no push service can be reached from it: both are said."""
    ada = town.visit(service_workers="allow")
    settings(ada, "notifications")
    push = ada.page.get_by_role("group", name="When Parley is closed")
    switch = push.get_by_role("switch", name="Push to this device")
    expect(switch).to_be_enabled()
    expect(switch).not_to_be_checked()
    expect(push.get_by_role("button", name="Send a test")).to_have_count(0)
    switch.click()
    expect(push.get_by_role("alert")).to_contain_text("The browser has been told not to show any.")
    expect(switch).not_to_be_checked()
    ada.context.grant_permissions(["notifications"])
    ada.page.reload()
    switch.click()
    # The browser of the tests is a private window, where Chromium has no push and says so in the console.
    expect(push.get_by_role("alert")).to_contain_text("push service did not answer", timeout=30_000)
    expect(switch).not_to_be_checked()
    assert all("does not support the Push API in incognito mode" in problem for problem in ada.problems), ada.problems
    ada.problems.clear()


def test_messages_without_bubbles_stand_on_one_side_on_every_device(town, fay):
    other = town.visit(fay.name)
    talk = town.dana.direct(fay.username)
    town.dana.say(talk, "one of Dana", "two of Dana")
    fay.open(f"/c/{talk}")
    fay.say("one of mine")
    fay.say("two of mine")
    expect(fay.tick("two of mine")).to_have_attribute("aria-label", re.compile("^(Sent|Delivered|Read)"))

    def sides() -> set[int]:
        rows = [fay.bubble(text) for text in ("one of Dana", "two of Dana", "one of mine", "two of mine")]
        return {round(row.bounding_box()["x"]) for row in rows}

    assert len(sides()) > 1
    expect(fay.log.locator(".avatar")).to_have_count(0)
    settings(fay, "appearance")
    with fay.page.expect_response(lambda answer: answer.url.endswith("/api/me") and answer.request.method == "PATCH"):
        fay.page.get_by_role("radio", name="Flat list").check()
    fay.open(f"/c/{talk}")
    expect(fay.log.locator(".sender")).to_have_text([re.compile("^Dana Okafor[0-9]"), re.compile(f"^{fay.name}[0-9]")])
    expect(fay.log.locator(".avatar")).to_have_count(2)
    assert len(sides()) == 1
    # A message that goes on has its time where the face would be, for whoever looks for it.
    time = fay.bubble("two of Dana").locator("xpath=ancestor::li[1]").locator(".row-face time")
    expect(time).to_have_css("opacity", "0")
    fay.bubble("two of Dana").hover()
    expect(time).to_have_css("opacity", "1")
    fay.page.get_by_role("toolbar", name="Message actions").get_by_role("button", name="Reply").click()
    fay.say("an answer")
    expect(fay.bubble("an answer").get_by_role("button", name=re.compile("^Reply to Dana Okafor: two of Dana"))).to_be_visible()
    other.open(f"/c/{talk}")
    expect(other.log.locator(".row-flat")).to_have_count(5)
