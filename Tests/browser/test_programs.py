"""The screens of search and of programs (webhooks, bots): pictures, no faults in them, and that they do what they say."""
from __future__ import annotations

import pytest
from playwright.sync_api import expect

@pytest.fixture
def harbour(member, voice, look):
    """A room with a little in it."""
    ada = member("Ada Lovelace", **look)
    bob, chen = voice("Björn Lindqvist", ada), voice("Chen Wei", ada)
    room = chen.call("room.create", name="Harbour", topic="Boats and tickets", public=True,
                     members=[chen.person("ada.lovelace"), chen.person("bjorn.lindqvist")])["conv"]["c"]
    first = chen.write(room, "**Plan for Thursday**: tickets, boots, *really*")
    bob.write(room, "Nine o'clock, @ada.lovelace?", reply=first)
    chen.write(room, "I meant half past eight")
    return ada, bob, chen, room


def test_screens_of_search(harbour, camera):
    ada, bob, chen, room = harbour
    page = ada.page
    page.goto(f"{ada.url}/search")
    camera.shoot(page, "46-search-empty")
    # The index hears of new messages within a second; asked too early, the person asks again.
    box = page.get_by_role("searchbox", name="Search messages")
    hits = page.get_by_role("group", name="Results").get_by_role("link")
    for text in ("half past", "half pas", "half pa", "half"):
        box.fill(text)
        try:
            expect(hits).to_have_count(1, timeout=2_000)
            break
        except AssertionError:
            continue
    expect(hits).to_have_count(1)
    camera.shoot(page, "47-search-found")


def test_screens_of_programs(harbour, camera):
    ada, bob, chen, room = harbour
    page = ada.page
    ada.open(f"/c/{room}")
    page.get_by_role("button", name="Details").click()
    hooks = page.get_by_role("region", name="Webhooks")
    hooks.get_by_role("button", name="New webhook").click()
    dialog = page.get_by_role("dialog", name="New webhook")
    dialog.get_by_role("radio", name="Outgoing").check()
    camera.shoot(page, "50-new-webhook")
    dialog.get_by_role("radio", name="Incoming").check()
    dialog.get_by_label("Name", exact=True).fill("Harbour master")
    dialog.get_by_role("button", name="Create webhook").click()
    address = page.get_by_role("textbox", name="Address").input_value()
    camera.shoot(page, "51-webhook-made")
    page.get_by_role("button", name="Done").click()
    expect(hooks.get_by_text("Harbour master")).to_be_visible()
    answer = page.request.post(address, data={"text": "The **ferry** is late"})
    assert answer.status == 201
    expect(page.get_by_role("region", name="Webhooks")).to_be_visible()
    newest = chen.call("page", c=room, limit=1)["msgs"][-1]
    assert (newest["body"], newest["name"], newest["bot"]) == ("The **ferry** is late", "Harbour master", True)
    camera.shoot(page, "52-webhooks")
    hooks.get_by_role("button", name="Remove Harbour master").click()
    hooks.get_by_role("button", name="Remove", exact=True).click()
    expect(hooks.get_by_text("Harbour master")).to_have_count(0)
    assert page.request.post(address, data={"text": "again"}).status == 404

    page.goto(f"{ada.url}/admin/bots")
    expect(page.get_by_text("There are no bots yet.")).to_be_visible()
    page.get_by_role("button", name="New bot").click()
    page.get_by_label("Name", exact=True).fill("Weather")
    page.get_by_role("button", name="Create bot").click()
    token = page.get_by_role("textbox", name="Token").input_value()
    camera.shoot(page, "53-bot-made")
    page.get_by_role("button", name="Done").click()
    me = page.request.get(f"{ada.url}/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert me.ok, me.text()
    page.get_by_role("button", name="Turn off").click()
    camera.shoot(page, "54-bot-off")
    page.get_by_role("button", name="Turn off").last.click()
    expect(page.get_by_role("button", name="Turn on")).to_be_visible()
    assert page.request.get(f"{ada.url}/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status == 401
