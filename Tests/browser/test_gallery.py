"""Every screen, dialog and state of a town with a full day behind it, looked at in both themes at both widths."""
from __future__ import annotations

import re

from playwright.sync_api import expect

from person import PASSWORD
from totp import totp

SETTINGS = {
    "profile": "Choose picture", "password": "Change password", "totp": "Turn on", "devices": "Sign out all others",
    "notifications": "Desktop notifications", "appearance": "Theme", "language": "Deutsch", "shortcuts": "In the list of conversations",
}
ADMIN = {
    "overview": "Database", "people": "Björn Lindqvist", "invitations": "used", "rooms": "Weekend hikes", "server": "Who may come",
    "audit": "signup",
}


def room_open(town, look):
    ada = town.visit(**look)
    ada.open(f"/c/{town.room}")
    expect(ada.log.locator(".row").first).to_be_visible()
    return ada, ada.page


def to_message(ada, town, seq):
    ada.open(f"/c/{town.room}/{seq}")
    row = ada.page.locator(f"[data-seq='{seq}']")
    expect(row).to_be_in_viewport()
    return row


def test_conversation_with_everything_in_it(town, camera, look):
    ada, page = room_open(town, look)
    for name, seq in (("reactions", town.listed), ("code", town.code), ("pictures", town.pictures), ("file", town.document)):
        to_message(ada, town, seq)
        # Somebody who is led to a message sees it lit for a moment; the picture is of the time after.
        expect(page.locator(".row-lit")).to_have_count(0)
        camera.shoot(page, f"40-room-{name}")
    ada.open(f"/c/{town.group}")
    expect(ada.bubble("Lunch at one?")).to_be_visible()
    camera.shoot(page, "41-group")
    ada.page.goto(f"{ada.url}/c/{town.old}")
    expect(page.get_by_text("It can be read, not written to.")).to_be_visible()
    camera.shoot(page, "42-archived")


def test_conversation_without_bubbles(town, camera, look, size):
    ada, page = room_open(town, look)
    page.evaluate("() => localStorage.setItem('parley.preferences', JSON.stringify({ layout: 'flat' }))")
    for name, seq in (("reactions", town.edited), ("code", town.code), ("pictures", town.pictures), ("file", town.document)):
        to_message(ada, town, seq)
        expect(page.locator(".row-lit")).to_have_count(0)
        camera.shoot(page, f"42-flat-{name}")
    if size == "desktop":
        page.locator(f"[data-seq='{town.document}']").hover()
        expect(page.get_by_role("toolbar")).to_be_visible()
        camera.shoot(page, "42-flat-hover")
    town.bob.say(town.talk, "Did you find another one?", "There is a machine beside the stairs.")
    ada.open(f"/c/{town.talk}")
    expect(ada.log.locator(".new-line")).to_be_visible()
    camera.shoot(page, "42-flat-unread")
    ada.say("It takes coins only.")
    ada.say("I have none.")
    ada.say("A message that \0 is refused")
    expect(page.get_by_role("group", name="Message not sent")).to_be_visible()
    camera.shoot(page, "42-flat-direct")
    page.get_by_role("group", name="Message not sent").get_by_role("button", name="Discard").click()


def test_what_opens_over_a_conversation(town, camera, look, size):
    ada, page = room_open(town, look)
    row = to_message(ada, town, town.edited)
    article = row.get_by_role("article")
    article.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu")).to_be_visible()
    camera.shoot(page, "43-message-menu")
    page.get_by_role("menuitem", name="Edit history").click()
    expect(page.get_by_role("dialog")).to_contain_text("propsal")
    camera.shoot(page, "44-versions")
    page.keyboard.press("Escape")
    article.focus()
    page.keyboard.press("+")
    expect(page.get_by_role("button", name="thumbs up", exact=True).first).to_be_visible()
    camera.shoot(page, "45-emoji")
    page.keyboard.press("Escape")
    article.focus()
    page.keyboard.press("t")
    expect(page.get_by_role("complementary", name="Replies")).to_contain_text("Agreed")
    camera.shoot(page, "46-thread")
    page.keyboard.press("Escape")
    article.focus()
    page.keyboard.press("r")
    expect(ada.composer).to_be_focused()
    ada.composer.fill("As I said, @bj")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    page.locator("input[type=file]").first.set_input_files([{"name": "a rather long name of a file that goes along.txt", "mimeType": "text/plain", "buffer": b"text"}])
    expect(page.get_by_role("list", name="Attached files")).to_be_visible()
    ada.composer.press("End")
    camera.shoot(page, "47-composer")
    page.get_by_role("button", name=re.compile("^Remove a rather")).click()
    ada.composer.fill("")
    ada.composer.press("Escape")
    page.get_by_role("button", name="Show 2 pinned messages").click()
    expect(page.get_by_role("complementary", name="Pinned messages")).to_contain_text("Before Friday")
    camera.shoot(page, "48-pins")
    page.keyboard.press("Escape")
    to_message(ada, town, town.pictures)
    page.get_by_role("button", name="Open empty list, light.png").click()
    expect(page.locator(".lightbox-image")).not_to_have_class(re.compile("lightbox-waiting"))
    camera.shoot(page, "49-lightbox")
    page.keyboard.press("Escape")
    own = page.get_by_role("article", name=re.compile("^You")).last
    own.focus()
    page.keyboard.press("Delete")
    expect(page.get_by_role("dialog", name="Delete this message?")).to_be_visible()
    camera.shoot(page, "50-delete")
    page.keyboard.press("Escape")


def test_details(town, camera, look, size):
    ada, page = room_open(town, look)
    page.get_by_role("button", name="Room details").click()
    for tab, ready in (("About", "Fridays at ten"), ("Members", "Émile Laurent"), ("Files", "ridge"), ("Pinned", "Before Friday")):
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("complementary", name="Details")).to_contain_text(ready)
        camera.shoot(page, f"51-details-{tab.lower()}")
    page.keyboard.press("Escape")
    dana = town.visit("Dana Okafor", **look)
    dana.open(f"/c/{town.room}")
    dana.page.get_by_role("button", name="Room details").click()
    dana.page.get_by_role("tab", name="About").click()
    dana.page.get_by_role("button", name="Edit room").click()
    expect(dana.page.get_by_role("button", name="Save")).to_be_visible()
    camera.shoot(dana.page, "52-details-edit")
    dana.page.get_by_role("tab", name="Members").click()
    dana.page.get_by_role("button", name="Actions for Chen Wei").click()
    expect(dana.page.get_by_role("menuitem", name="Ban from the room")).to_be_visible()
    camera.shoot(dana.page, "53-member-menu")


def test_list_and_what_opens_over_it(town, camera, look, size):
    ada = town.visit(**look)
    page = ada.page
    ada.open("/")
    expect(ada.conversation("Surprise party")).to_contain_text("unread")
    camera.shoot(page, "54-list")
    ada.conversation("Björn Lindqvist").first.click(button="right")
    expect(page.get_by_role("menu")).to_be_visible()
    camera.shoot(page, "55-list-menu")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New conversation").first.click()
    page.get_by_role("button", name="New group").click()
    page.get_by_role("checkbox", name="Dana").check()
    expect(page.get_by_role("checkbox", name="Dana")).to_be_checked()
    camera.shoot(page, "56-new-group")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("de")
    expect(page.get_by_role("option").first).to_be_visible()
    camera.shoot(page, "57-switcher")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    camera.shoot(page, "58-shortcuts")
    page.keyboard.press("Escape")
    page.goto(f"{ada.url}/mentions")
    expect(page.get_by_text("can you look at the tick")).to_be_visible()
    camera.shoot(page, "59-mentions")
    bob = town.visit("Chen Wei", **look)
    bob.page.goto(f"{bob.url}/c/cnv_aaaaaaaaaaaaaaaaaaaaaaaaaa")
    expect(bob.page.get_by_role("heading", name="This conversation is not here", level=1)).to_be_visible()
    camera.shoot(bob.page, "60-no-such-conversation")
    bob.page.get_by_role("button", name="Back to conversations").click()
    expect(bob.conversation("Surprise party")).to_be_visible()
    expect(bob.page).to_have_url(f"{bob.url}/")


def test_settings(town, camera, look, size):
    ada = town.visit(**look)
    page = ada.page
    if size == "phone":
        page.goto(f"{ada.url}/settings")
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        camera.shoot(page, "61-settings")
    for name, ready in SETTINGS.items():
        page.goto(f"{ada.url}/settings/{name}")
        expect(page.locator(".desk-page")).to_contain_text(ready)
        camera.shoot(page, f"62-settings-{name}")
    emil = town.visit("Émile Laurent", **look)
    page = emil.page
    page.goto(f"{emil.url}/settings/totp")
    page.get_by_role("button", name="Turn on").click()
    page.get_by_label("Password", exact=True).fill("not my password")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_be_visible()
    camera.shoot(page, "63-totp-password")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    secret = page.get_by_role("textbox", name="Secret").input_value()
    expect(page.get_by_label("Code from the app")).to_be_visible()
    camera.shoot(page, "64-totp-scan")
    page.get_by_label("Code from the app").fill(totp(secret))
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    camera.shoot(page, "65-recovery")
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("Two-factor sign-in is on.")).to_be_visible()
    camera.shoot(page, "66-totp-on")

    page.context.clear_cookies()
    page.goto(emil.url)
    page.get_by_label("User name").fill(emil.username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    camera.shoot(page, "67-sign-in-code")
    town.ada.http("POST", f"/api/admin/people/{town.emil.me['u']}/totp/off", {})


def test_administration(town, camera, look, size):
    ada = town.visit(**look)
    page = ada.page
    if size == "phone":
        page.goto(f"{ada.url}/admin")
        expect(page.get_by_role("link", name="Audit log")).to_be_visible()
        camera.shoot(page, "70-admin")
    for name, ready in ADMIN.items():
        page.goto(f"{ada.url}/admin/{name}")
        expect(page.locator(".desk-page")).to_contain_text(ready)
        camera.shoot(page, f"71-admin-{name}")
    page.goto(f"{ada.url}/admin/people")
    page.get_by_role("button", name="Manage Chen Wei").click()
    expect(page.get_by_role("dialog").get_by_role("button", name=re.compile("^Ban"))).to_be_visible()
    camera.shoot(page, "72-person")
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Ban")).click()
    expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_visible()
    camera.shoot(page, "73-person-ban")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Devices")).click()
    expect(page.get_by_role("button", name="Sign out everywhere")).to_be_visible()
    camera.shoot(page, "74-person-devices")
    page.get_by_role("button", name="Back").last.click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Link for")).click()
    expect(page.get_by_role("textbox", name="Link")).to_be_visible()
    link = page.get_by_role("textbox", name="Link").input_value()
    camera.shoot(page, "75-person-link")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New account").click()
    expect(page.get_by_role("dialog").get_by_role("textbox").first).to_be_visible()
    camera.shoot(page, "76-new-account")

    guest = town.visit("Chen Wei", **look)
    guest.page.context.clear_cookies()
    guest.page.goto(link)
    expect(guest.page.get_by_role("heading", name="Choose a password")).to_be_visible()
    camera.shoot(guest.page, "77-reset")
    guest.page.goto(f"{guest.url}/reset/not-a-valid-code")
    expect(guest.page.get_by_role("heading", name="This link is no longer valid")).to_be_visible()
    camera.shoot(guest.page, "78-reset-invalid")


def test_nothing_to_show_yet(visitor, camera, look, size):
    ada = visitor("Ada Lovelace", **look)
    ada.set_up()
    page = ada.page
    empty = {"mentions": "Nobody has mentioned you yet", "search": "All words must be in a message"}
    if not page.request.get(f"{ada.url}/api/state").json().get("search"):
        del empty["search"]
    for name, ready in empty.items():
        page.goto(f"{ada.url}/{name}")
        expect(page.get_by_text(ready)).to_be_visible()
        camera.shoot(page, f"80-nothing-{name}")
    page.goto(f"{ada.url}/admin/invitations")
    expect(page.get_by_text("There are no invitations yet.")).to_be_visible()
    camera.shoot(page, "81-nothing-invitations")
    page.goto(f"{ada.url}/welcome")
    expect(page.get_by_role("heading", name="A first room")).to_be_visible()
    camera.shoot(page, "82-welcome")
    page.get_by_role("button", name="Create room").click()
    expect(page.get_by_role("img", name="QR code of the invitation link")).to_be_visible()
    camera.shoot(page, "83-welcome-invite")
    page.get_by_role("button", name="Go to the room").click()
    page.get_by_role("button", name="Room details").click()
    for tab, ready in (("Files", "No files have been sent here."), ("Pinned", "Nothing is pinned")):
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("complementary", name="Details")).to_contain_text(ready)
        camera.shoot(page, f"84-nothing-{tab.lower()}")
