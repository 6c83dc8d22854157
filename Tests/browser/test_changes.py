"""What people do to messages that were sent: seen by everybody at once, kept over a reload and a restart."""
from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def talk(member):
    """Ada and Bob in their conversation, with what each has said."""
    ada, bob = member("Ada"), member("Bob")
    ada.talk_to("Bob")
    ada.say("first words")
    ada.say("second words")
    expect(ada.tick("second words")).to_have_attribute("aria-label", "Delivered")
    bob.conversation("Ada").click()
    expect(bob.bubble("second words")).to_be_visible()
    bob.say("third words")
    expect(ada.bubble("third words")).to_be_visible()
    return ada, bob


def menu(person, text: str, item: str) -> None:
    """By the keyboard: the menu of a message, and what it offers."""
    person.bubble(text).focus()
    person.page.keyboard.press("Enter")
    person.page.get_by_role("menu").get_by_role("menuitem", name=item).click()


def test_an_edit_is_seen_with_its_history(talk):
    ada, bob = talk
    ada.bubble("first words").focus()
    ada.page.keyboard.press("e")
    expect(ada.composer).to_have_value("first words")
    ada.composer.fill("better words")
    ada.composer.press("Enter")
    for person in talk:
        expect(person.bubble("better words")).to_contain_text("edited")
        expect(person.bubble("first words")).to_have_count(0)
    bob.page.reload()
    menu(bob, "better words", "Edit history")
    history = bob.page.get_by_role("dialog", name="Edit history")
    expect(history.get_by_role("listitem")).to_have_count(2)
    expect(history.get_by_role("listitem").first).to_contain_text("better words")
    expect(history.get_by_role("listitem").last).to_contain_text("first words")
    # Nobody edits what somebody else wrote.
    bob.page.keyboard.press("Escape")
    bob.bubble("better words").focus()
    bob.page.keyboard.press("Enter")
    expect(bob.page.get_by_role("menu").get_by_role("menuitem", name="Edit", exact=True)).to_have_count(0)


def test_the_arrow_upwards_edits_the_last_own_message(talk):
    ada, bob = talk
    ada.composer.press("ArrowUp")
    expect(ada.composer).to_have_value("second words")
    ada.composer.press("Escape")
    expect(ada.composer).to_have_value("")
    assert ada.texts() == ["first words", "second words", "third words"]


def test_a_deleted_message_leaves_its_place(talk):
    ada, bob = talk
    ada.bubble("first words").focus()
    ada.page.keyboard.press("Delete")
    ada.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    for person in talk:
        expect(person.log).to_contain_text("Message deleted")
        expect(person.log).not_to_contain_text("first words")
    bob.page.reload()
    expect(bob.log).to_contain_text("Message deleted")
    assert bob.texts() == ["second words", "third words"]


def test_reactions_come_and_go_on_both_sides(talk):
    ada, bob = talk
    bob.bubble("first words").focus()
    bob.page.keyboard.press("Enter")
    bob.page.get_by_role("button", name=re.compile("^React with 👍")).click()
    reaction = re.compile("^👍, ")
    expect(ada.bubble("first words").get_by_role("button", name=reaction)).to_have_text("👍1")
    ada.bubble("first words").get_by_role("button", name=reaction).click()
    for person in talk:
        mine = person.bubble("first words").get_by_role("button", name=reaction)
        expect(mine).to_have_text("👍2")
        expect(mine).to_have_attribute("aria-pressed", "true")
    bob.bubble("first words").get_by_role("button", name=reaction).click()
    ada.bubble("first words").get_by_role("button", name=reaction).click()
    for person in talk:
        expect(person.bubble("first words").get_by_role("button", name=reaction)).to_have_count(0)


def test_any_emoji_by_the_picker(talk):
    ada, bob = talk
    ada.bubble("third words").focus()
    ada.page.keyboard.press("+")
    picker = ada.page.get_by_role("dialog", name=re.compile("emoji", re.I))
    picker.get_by_role("searchbox").fill("rocket")
    picker.get_by_role("button", name=re.compile("rocket")).first.click()
    expect(bob.bubble("third words").get_by_role("button", name=re.compile("^🚀, "))).to_be_visible()


def test_a_reply_quotes_leads_back_and_makes_a_thread(talk):
    ada, bob = talk
    bob.bubble("first words").focus()
    bob.page.keyboard.press("r")
    bob.composer.fill("an answer")
    bob.composer.press("Enter")
    quote = ada.bubble("an answer").get_by_role("button", name=re.compile("^Reply to Ada: first words"))
    expect(quote).to_be_visible()
    quote.click()
    expect(ada.bubble("first words")).to_be_in_viewport()
    ada.bubble("first words").get_by_role("button", name="1 reply").click()
    thread = ada.page.get_by_role("complementary", name="Replies")
    expect(thread.get_by_role("article")).to_have_count(2)
    expect(thread.get_by_role("article").last).to_contain_text("an answer")
    # The quote follows its message.
    ada.bubble("first words").focus()
    ada.page.keyboard.press("e")
    ada.composer.fill("other words")
    ada.composer.press("Enter")
    expect(bob.bubble("an answer").get_by_role("button", name=re.compile("other words"))).to_be_visible()


def test_a_pinned_message_stands_above_and_leads_to_its_place(talk):
    ada, bob = talk
    ada.bubble("first words").focus()
    ada.page.keyboard.press("p")
    for person in talk:
        pinned = person.page.get_by_role("group", name="Pinned messages")
        expect(pinned).to_contain_text("first words")
    bob.page.get_by_role("group", name="Pinned messages").get_by_role("button", name=re.compile("first words")).click()
    expect(bob.bubble("first words")).to_be_in_viewport()
    menu(bob, "first words", "Unpin")
    for person in talk:
        expect(person.page.get_by_role("group", name="Pinned messages")).to_have_count(0)


def test_unread_from_here_is_the_same_after_a_reload(talk):
    ada, bob = talk
    ada.bubble("third words").focus()
    ada.page.keyboard.press("u")
    expect(ada.conversation("Bob")).to_contain_text("1 unread")
    ada.open("/")
    expect(ada.conversation("Bob")).to_contain_text("1 unread")
    ada.conversation("Bob").click()
    expect(ada.log.locator(".new-line")).to_be_visible()


def test_mentions_are_completed_marked_and_collected(talk):
    ada, bob = talk
    bob.composer.press_sequentially("look @a")
    bob.page.get_by_role("listbox").get_by_role("option", name=re.compile("Ada")).click()
    expect(bob.composer).to_have_value("look @ada ")
    bob.composer.press("Enter")
    expect(ada.bubble("look @ada")).to_be_visible()
    ada.open("/mentions")
    expect(ada.page.get_by_role("region", name="Mentions")).to_contain_text("look @ada")


def test_changes_made_without_a_connection_wait_and_arrive(talk, server):
    ada, bob = talk
    server.kill()
    bob.bubble("third words").focus()
    bob.page.keyboard.press("e")
    bob.composer.fill("words from the tunnel")
    bob.composer.press("Enter")
    expect(bob.bubble("words from the tunnel")).to_be_visible()
    server.start()
    expect(ada.bubble("words from the tunnel")).to_contain_text("edited", timeout=40_000)
    ada.page.reload()
    expect(ada.bubble("words from the tunnel")).to_be_visible()
    assert ada.texts() == ["first words", "second words", "words from the tunnel"]
