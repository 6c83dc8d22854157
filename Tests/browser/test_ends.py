"""What is gone for good: rooms that are deleted, messages that are older than they are kept."""
from __future__ import annotations

import re
import sqlite3

import pytest
from playwright.sync_api import expect

DAY = 86_400_000


@pytest.fixture
def server_options() -> tuple[str, ...]:
    return ("--rate-factor", "100")


def room_of(voice, name: str, *members: str) -> str:
    return voice.call("room.create", name=name, public=False, members=[voice.person(member) for member in members])["conv"]["c"]


def desk(person, path: str) -> None:
    person.page.goto(person.url + path)
    expect(person.page.locator(".desk-page h1")).to_be_visible()


def confirm(page, name: str) -> None:
    """Types the name of the room, first another one."""
    form = page.get_by_role("form", name="Delete room")
    expect(form).to_contain_text("Nothing brings it back")
    form.get_by_label("Name").fill("Another room")
    expect(form.get_by_role("button", name="Delete room")).to_have_attribute("aria-disabled", "true")
    form.get_by_label("Name").fill(name)
    form.get_by_role("button", name="Delete room").click()


def expect_gone(person, name: str) -> None:
    expect(person.conversation(name)).to_have_count(0)
    expect(person.composer).to_have_count(0)


def test_administrator_deletes_a_room_for_everybody(member, voice):
    ada, bob = member("Ada"), member("Bob")
    cleo = voice("Cleo", ada)
    room = room_of(cleo, "Old plans", "bob")
    cleo.say(room, "one", "two")
    bob.open(f"/c/{room}")
    expect(bob.bubble("two")).to_be_visible()
    desk(ada, "/admin/rooms")
    row = ada.page.get_by_role("row").filter(has_text="Old plans")
    row.get_by_role("button", name="Delete").click()
    ada.page.keyboard.press("Escape")
    expect(ada.page.get_by_role("dialog")).to_have_count(0)
    row.get_by_role("button", name="Delete").click()
    confirm(ada.page, "Old plans")
    expect(row).to_have_count(0)
    expect_gone(bob, "Old plans")
    bob.page.reload()
    expect(bob.page.get_by_role("heading", level=1).first).to_be_visible()
    expect_gone(bob, "Old plans")
    desk(ada, "/admin/audit")
    expect(ada.page.locator(".desk-page")).to_contain_text("Old plans")


def test_owner_deletes_a_room_where_it_is_looked_at(member, voice, look, camera):
    ada, bob = member("Ada"), member("Bob", **look)
    cleo = voice("Cleo", ada)
    room = room_of(cleo, "Garden", "bob")
    cleo.call("room.role", c=room, u=cleo.person("bob"), role="owner")
    bob.open(f"/c/{room}")
    bob.page.get_by_role("button", name=re.compile("details", re.I)).first.click()
    bob.page.get_by_role("button", name="Delete room").click()
    camera.shoot(bob.page, "80-delete-room")
    confirm(bob.page, "Garden")
    expect_gone(bob, "Garden")
    desk(ada, "/admin/rooms")
    expect(ada.page.get_by_text("No room found.")).to_be_visible()
    expect(ada.page.get_by_role("row").filter(has_text="Garden")).to_have_count(0)


def test_old_messages_go_from_pages_that_show_them(member, voice, server, look, camera):
    ada = member("Ada", **look)
    bob = voice("Bob", ada)
    c = bob.direct("ada")
    bob.say(c, "long ago", "last week", "yesterday")
    old = bob.write(c, "reply to what is gone", reply=2)
    bob.say(c, "today")
    ada.open(f"/c/{c}")
    expect(ada.bubble("long ago")).to_be_visible()
    expect(ada.log.locator(".quote")).to_have_count(1)

    desk(ada, "/admin/server")
    days = ada.page.get_by_label("Keep messages, in days")
    days.fill("2")
    ada.page.get_by_role("button", name="Save").first.click()
    group = ada.page.get_by_role("group", name="Delete old messages")
    expect(group).to_contain_text("older than 2 days")
    camera.shoot(ada.page, "81-keep-for-days")
    group.get_by_role("button", name="Cancel").click()
    ada.page.reload()
    expect(days).to_have_value("")
    days.fill("2")
    ada.page.get_by_role("button", name="Save").first.click()
    with ada.page.expect_response(lambda answer: answer.url.endswith("/api/admin/settings") and answer.request.method == "PUT") as saved:
        group.get_by_role("button", name="Delete old messages").click()
    assert saved.value.ok and saved.value.json()["retentionDays"] == 2
    ada.page.reload()
    expect(days).to_have_value("2")

    ada.open(f"/c/{c}")
    expect(ada.bubble("long ago")).to_be_visible()
    # Time goes by while the server stands still: the page is open, its connection is cut.
    server.stop()
    with sqlite3.connect(server.data / "parley.sqlite") as db:
        db.execute("UPDATE messages SET ts = ts - ? WHERE k & 4294967295 < ?", (3 * DAY, old))
    server.start()
    expect(ada.log.get_by_text("Older messages have been removed.")).to_be_visible(timeout=60_000)
    expect(ada.log.locator(".body")).to_have_text(["reply to what is gone", "today"])
    expect(ada.log.locator(".quote")).to_have_count(0)
    ada.page.reload()
    expect(ada.log.get_by_text("Older messages have been removed.")).to_be_visible()
    expect(ada.log.locator(".body")).to_have_text(["reply to what is gone", "today"])
    camera.shoot(ada.page, "82-older-removed")
    ada.say("and on")
    expect(ada.tick("and on")).to_be_visible()
    ada.open(f"/c/{c}/1")
    expect(ada.page.get_by_text("This message is not there any more.")).to_be_visible()
