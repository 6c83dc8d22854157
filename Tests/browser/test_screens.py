"""Every screen at phone and desktop width, in light and dark: a picture of each, no accessibility violation, nothing too wide."""
from __future__ import annotations

import pytest
from playwright.sync_api import expect

from camera import SIZES


def test_screens_before_signing_in(visitor, camera, look):
    ada = visitor("Ada Lovelace", **look)
    ada.page.goto(ada.url)
    expect(ada.page.get_by_role("heading", name="Welcome to Parley")).to_be_visible()
    camera.shoot(ada.page, "01-set-up")
    ada.page.get_by_role("button", name="Continue").click()
    ada.page.get_by_label("Your name").fill("Ada Lovelace")
    ada.page.get_by_label("Password", exact=True).fill("short")
    ada.page.get_by_role("button", name="Create account").click()
    expect(ada.page.get_by_role("alert")).to_contain_text("at least 10")
    camera.shoot(ada.page, "02-set-up-error")
    ada.set_up()
    code = ada.invite()
    ada.page.reload()
    expect(ada.page.get_by_text("No conversations yet.")).to_be_visible()
    camera.shoot(ada.page, "03-nothing-yet")

    guest = visitor("Guest", **look)
    guest.page.goto(guest.url)
    expect(guest.page.get_by_role("heading", name="Sign in to Parley")).to_be_visible()
    guest.page.get_by_label("User name").fill("ada.lovelace")
    guest.page.get_by_label("Password", exact=True).fill("wrong password")
    guest.page.get_by_role("button", name="Sign in").click()
    expect(guest.page.get_by_role("alert")).to_contain_text("not right")
    camera.shoot(guest.page, "04-sign-in-error")
    guest.page.goto(f"{guest.url}/join/{code}")
    expect(guest.page.get_by_text("invites you")).to_be_visible()
    camera.shoot(guest.page, "05-join")
    guest.page.goto(f"{guest.url}/join/not-a-valid-code")
    expect(guest.page.get_by_text("no longer valid")).to_be_visible()
    camera.shoot(guest.page, "06-join-expired")


@pytest.fixture
def world(member, voice, look):
    """Ada's day: a friend, a team, a room with news."""
    ada = member("Ada Lovelace", **look)
    bob, chen, dana, emil = (voice(name, ada) for name in ("Björn Lindqvist", "Chen Wei", "Dana Okafor", "Émile Laurent"))
    talk = bob.direct("ada.lovelace")
    bob.say(talk, "Good morning! Did you get the train after all?")
    room = dana.call("room.create", name="Design review", topic="Fridays at ten. Bring one screen, not ten.", public=True,
                     members=[dana.person(name) for name in ("ada.lovelace", "chen.wei", "emile.laurent")])["conv"]["c"]
    hikes = emil.call("room.create", name="Weekend hikes", topic="Short notice, good boots", public=True)["conv"]["c"]
    private = chen.call("room.create", name="Surprise party", public=False, members=[chen.person("ada.lovelace"), chen.person("dana.okafor")])["conv"]["c"]
    emil.say(hikes, "Saturday, the ridge path, seven o'clock?")
    chen.say(private, "She suspects nothing. Who brings the cake?")
    return ada, bob, chen, dana, emil, talk, room


def test_screens_of_a_day(world, camera, size):
    ada, bob, chen, dana, emil, talk, room = world
    dana.say(room, "Morning all. Two things today: the empty list, and the colour of the second tick.")
    chen.say(room, "I have a proposal for the list: https://example.org/drafts/empty-list?v=3", "It has one sentence and one button.")
    emil.say(room, "One button is the right number of buttons.", "👏")
    chen.say(room, "Coming in five minutes")

    ada.open(f"/c/{talk}")
    ada.say("I did, by a minute. The coffee did not make it.")
    ada.say("Are you in for Thursday?")
    expect(ada.tick("Are you in for Thursday?")).to_have_attribute("aria-label", "Sent")
    bob.call("got", list=[[talk, 3]])
    bob.read(talk, 2)
    bob.say(talk, "Yes! I bring the projector and far too many cables, as always. If the room is taken again we can sit outside, the forecast is kind.")
    bob.read(talk, 3)
    expect(ada.tick("Are you in for Thursday?")).to_have_attribute("aria-label", "Read")
    ada.say("🎉")
    ada.say("Perfect. See you there")
    expect(ada.tick("Perfect. See you there")).to_have_attribute("aria-label", "Sent")
    bob.hint("typing", c=talk)
    expect(ada.page.get_by_text("Björn Lindqvist is typing")).to_be_visible()
    camera.shoot(ada.page, "10-direct")

    if size == "phone":
        ada.page.get_by_role("button", name="Back to conversations").click()
        expect(ada.search).to_be_visible()
    else:
        ada.open("/")
        expect(ada.conversation("Björn Lindqvist")).to_be_visible()
    camera.shoot(ada.page, "11-list")
    ada.search.fill("w")
    expect(ada.page.locator(".sidebar-list .list-row").first).to_contain_text("Design review")
    expect(ada.page.get_by_role("region", name="Rooms")).to_contain_text("Weekend hikes")
    camera.shoot(ada.page, "12-search")
    ada.search.fill("zzz")
    expect(ada.page.get_by_text("Nothing found.")).to_be_visible()
    camera.shoot(ada.page, "13-search-nothing")
    ada.search.fill("")

    ada.conversation("Design review").click()
    expect(ada.log.locator(".new-line")).to_be_visible()
    camera.shoot(ada.page, "14-room-new")
    ada.say("I like it. And the tick?")
    expect(ada.tick("I like it. And the tick?")).to_have_attribute("aria-label", "Sent")
    dana.say(room, "Blue, but a blue that one can see.")
    expect(ada.bubble("Blue, but a blue that one can see.")).to_be_visible()
    camera.shoot(ada.page, "14-room-talk")
    ada.page.get_by_role("button", name="Room details").click()
    expect(ada.page.get_by_role("complementary", name="Details")).to_contain_text("Fridays at ten")
    camera.shoot(ada.page, "15-room-details")
    ada.page.get_by_role("button", name="Leave").click()
    camera.shoot(ada.page, "16-room-leave")
    ada.page.get_by_role("button", name="Cancel").click()
    ada.page.get_by_role("tab", name="Members").click()
    expect(ada.page.get_by_role("list", name="Members")).to_contain_text("Émile Laurent")
    camera.shoot(ada.page, "16-room-members")
    ada.page.get_by_role("button", name="Add people").click()
    ada.page.get_by_role("checkbox", name="Björn").check()
    camera.shoot(ada.page, "17-room-add")
    ada.page.keyboard.press("Escape")
    expect(ada.page.get_by_role("complementary", name="Details")).to_have_count(0)
    if size == "desktop":
        ada.page.keyboard.press("Control+k")
        expect(ada.page.get_by_role("combobox")).to_be_focused()
        camera.shoot(ada.page, "17-switcher")
        ada.page.keyboard.press("Escape")

    ada.open("/")
    for name, button, ready in [
        ("18-new-conversation", None, "Björn Lindqvist"),
        ("19-new-room", "New room", "Björn Lindqvist"),
        ("20-browse-rooms", "Browse rooms", "Weekend hikes"),
    ]:
        ada.page.get_by_role("button", name="New conversation").first.click()
        if button:
            ada.page.get_by_role("button", name=button).click()
        expect(ada.page.get_by_role("dialog").get_by_text(ready)).to_be_visible()
        if button == "New room":
            ada.page.get_by_role("checkbox", name="Chen Wei").check()
            ada.page.get_by_label("Name", exact=True).fill("Night shift")
        camera.shoot(ada.page, name)
        ada.page.get_by_role("button", name="Close").click()

    ada.page.get_by_role("button", name="Settings of Ada").click()
    expect(ada.page.get_by_role("button", name="Sign out")).to_be_visible()
    camera.shoot(ada.page, "21-settings")


def test_screens_of_a_bad_connection(world, camera):
    ada, bob, *_, talk, _ = world
    ada.open(f"/c/{talk}")
    expect(ada.bubble("Good morning! Did you get the train after all?")).to_be_visible()
    ada.context.set_offline(True)
    ada.say("In the tunnel, no signal")
    ada.say("Tell them I am ten minutes late")
    expect(ada.bar).to_contain_text("2 messages waiting")
    expect(ada.tick("In the tunnel, no signal")).to_have_css("opacity", "1")
    camera.shoot(ada.page, "30-offline")
    ada.context.set_offline(False)
    expect(ada.page.get_by_text("Connection established")).to_be_visible()
    camera.shoot(ada.page, "31-back")
    ada.say("A message that \0 is refused")
    expect(ada.page.get_by_role("group", name="Message not sent")).to_be_visible()
    camera.shoot(ada.page, "34-refused")


def test_screens_of_much_to_read(world, camera):
    ada, bob, *_, talk, _ = world
    bob.say(talk, *(f"And another thing, number {n}. It is not urgent, but I would like to have it written down somewhere." for n in range(1, 41)))
    ada.open(f"/c/{talk}")
    expect(ada.log.locator(".new-line")).to_be_visible()
    expect(ada.page.get_by_role("button", name="new messages")).to_be_visible()
    camera.shoot(ada.page, "32-unread")
    ada.composer.fill("Let me read this first.\n" * 4 + "One moment")
    camera.shoot(ada.page, "33-long-draft")


def test_theme_can_be_chosen_against_the_system(member):
    ada = member("Ada", color_scheme="light")
    background = "() => getComputedStyle(document.body).backgroundColor"
    light = ada.page.evaluate(background)
    ada.page.goto(f"{ada.url}/settings/appearance")
    ada.page.get_by_role("radio", name="Dark").check()
    dark = ada.page.evaluate(background)
    assert dark != light
    ada.page.reload()
    expect(ada.page.get_by_role("radio", name="Dark")).to_be_checked()
    assert ada.page.evaluate(background) == dark


def test_phone_shows_one_pane_and_goes_back(member):
    ada, bob = member("Ada", **SIZES["phone"]), member("Bob")
    bob.talk_to("Ada")
    bob.say("are you there?")
    ada.conversation("Bob").click()
    expect(ada.composer).to_be_visible()
    expect(ada.search).to_be_hidden()
    ada.page.go_back()
    expect(ada.search).to_be_visible()
    expect(ada.composer).to_have_count(0)
    ada.page.go_forward()
    expect(ada.bubble("are you there?")).to_be_visible()
    ada.page.reload()
    ada.page.get_by_role("button", name="Back to conversations").click()
    expect(ada.search).to_be_visible()


def test_desktop_shows_both_panes(member):
    ada, bob = member("Ada", **SIZES["desktop"]), member("Bob")
    bob.talk_to("Ada")
    bob.say("are you there?")
    ada.conversation("Bob").click()
    expect(ada.composer).to_be_visible()
    expect(ada.search).to_be_visible()


def test_by_keyboard_alone(member):
    ada, bob = member("Ada"), member("Bob")
    bob.talk_to("Ada")
    bob.say("keys only")
    expect(ada.conversation("Bob")).to_be_visible()
    ada.page.keyboard.press("Control+k")
    ada.page.keyboard.type("bo")
    expect(ada.page.get_by_role("option", selected=True)).to_contain_text("Bob")
    ada.page.keyboard.press("Escape")
    ada.search.focus()
    ada.page.keyboard.press("ArrowDown")
    expect(ada.conversation("Bob")).to_be_focused()
    ada.page.keyboard.press("Control+k")
    ada.page.keyboard.type("bo")
    expect(ada.page.get_by_role("option", selected=True)).to_contain_text("Bob")
    ada.page.keyboard.press("Enter")
    expect(ada.composer).to_be_focused()
    ada.page.keyboard.type("no mouse here")
    ada.page.keyboard.press("Enter")
    expect(bob.bubble("no mouse here")).to_be_visible()
    ada.page.get_by_role("button", name="Settings of Ada").focus()
    ada.page.keyboard.press("Enter")
    expect(ada.page.get_by_role("navigation", name="Settings")).to_be_visible()
    ada.page.keyboard.press("Escape")
    expect(ada.search).to_be_visible()
