"""What was begun or sent is not lost: drafts of several conversations, and a server that ends while two people write."""
from __future__ import annotations

from playwright.sync_api import expect


def test_drafts_are_each_conversations_own_and_outlive_the_page(member):
    ada, _, _ = member("Ada"), member("Bob"), member("Cleo")
    drafts = {"Bob": "half a thought for Bob", "Cleo": "two lines\nfor Cleo"}
    for name, text in drafts.items():
        ada.talk_to(name)
        expect(ada.composer).to_have_value("")
        ada.composer.fill(text)
    for name, text in drafts.items():
        ada.conversation(name).click()
        expect(ada.composer).to_have_value(text)
    ada.page.reload()
    for name, text in drafts.items():
        expect(ada.conversation(name)).to_contain_text("Draft")
        ada.conversation(name).click()
        expect(ada.composer).to_have_value(text)
    ada.composer.press("Enter")
    expect(ada.composer).to_have_value("")
    ada.conversation("Bob").click()
    expect(ada.composer).to_have_value(drafts["Bob"])
    ada.page.reload()
    expect(ada.composer).to_have_value(drafts["Bob"])
    ada.conversation("Cleo").click()
    expect(ada.log.locator(".body")).to_have_count(1)
    expect(ada.composer).to_have_value("")


def test_server_ends_while_two_people_write(member, server):
    ada, bob = member("Ada"), member("Bob")
    ada.talk_to("Bob")
    ada.say("ada 0")
    bob.conversation("Ada").click()
    expect(bob.bubble("ada 0")).to_be_visible()
    # Nobody waits for an answer: some are stored, some are on their way, some are never sent when the process ends.
    for number in range(1, 13):
        ada.say(f"ada {number}")
        bob.say(f"bob {number}")
        if number == 6:
            server.kill()
    server.start()
    for person in (ada, bob):
        expect(person.log.locator(".body")).to_have_count(25, timeout=60_000)
        expect(person.bar).to_have_count(0)
    for person in (ada, bob):
        expect(person.log.locator(".row-pending, .tick[aria-label='Sending']")).to_have_count(0)
    # The browsers are compared when both have everything in the order of the server.
    order = ada.texts()
    expect(bob.log.locator(".body")).to_have_text(order)
    expect(ada.log.locator(".body")).to_have_text(order)
    for name, first in (("ada", 0), ("bob", 1)):
        assert [text for text in order if text.startswith(name)] == [f"{name} {number}" for number in range(first, 13)]
    for person in (ada, bob):
        person.page.reload()
        expect(person.log.locator(".body")).to_have_text(order)
