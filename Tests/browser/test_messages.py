"""Two people talk: what one writes the other reads, exactly once, whatever the connection does."""
import re

import pytest
from playwright.sync_api import expect

HOSTILE = [
    "<script>document.title = 'owned'</script>",
    "<img src=x onerror=\"document.title = 'owned'\">",
    "</li></ol><h1>owned</h1>",
    "javascript:document.title='owned'",
    "{{constructor.constructor('document.title=1')()}}",
    "&lt;b&gt;not bold&lt;/b&gt; &amp;amp;",
    "\u202egnp.exe\u202c and \u2066isolated\u2069",
    "Z\u0351\u0350\u0352a\u0353\u0354l\u0355\u0356g\u0357\u0358o" * 20,
    "x" * 3_000,
    '"}],["msg",{"c":"x"}]',
]


def test_both_ways_with_ticks(member):
    ada, bob = member("Ada"), member("Bob")
    ada.talk_to("Bob")
    ada.say("hello Bob")
    expect(ada.tick("hello Bob")).to_have_attribute("aria-label", "Delivered")

    expect(bob.conversation("Ada")).to_contain_text("1 unread")
    expect(bob.page).to_have_title("(1) Parley")
    bob.conversation("Ada").click()
    expect(bob.bubble("hello Bob")).to_be_visible()
    expect(ada.tick("hello Bob")).to_have_attribute("aria-label", "Read")
    expect(bob.page).to_have_title("Parley")

    bob.say("hello Ada\nsecond line")
    expect(ada.bubble("hello Ada\nsecond line")).to_be_visible()
    expect(bob.tick("hello Ada\nsecond line")).to_have_attribute("aria-label", "Read")
    assert ada.texts() == bob.texts() == ["hello Bob", "hello Ada\nsecond line"]


def test_enter_sends_and_shift_enter_breaks_the_line(member):
    ada = member("Ada")
    ada.page.get_by_role("button", name="New conversation").first.click()
    ada.page.get_by_role("button", name="Notes to self").click()
    ada.composer.press_sequentially("one")
    ada.composer.press("Shift+Enter")
    ada.composer.press_sequentially("two")
    expect(ada.rows).to_have_count(0)
    ada.composer.press("Enter")
    expect(ada.bubble("one\ntwo")).to_be_visible()
    expect(ada.composer).to_have_value("")
    expect(ada.composer).to_be_focused()
    ada.composer.press("Enter")
    expect(ada.rows).to_have_count(1)


def test_typing_is_seen_and_moves_nothing(member):
    ada, bob = member("Ada"), member("Bob")
    ada.talk_to("Bob")
    ada.say("hi")
    bob.conversation("Ada").click()
    expect(bob.bubble("hi")).to_be_visible()
    before = bob.composer.bounding_box()
    ada.composer.press_sequentially("I am")
    expect(bob.page.get_by_text("Ada is typing")).to_be_visible()
    assert bob.composer.bounding_box() == before
    ada.composer.press("Enter")
    expect(bob.page.get_by_text("Ada is typing")).to_have_count(0)


def test_offline_messages_wait_and_arrive_once(member):
    ada, bob = member("Ada"), member("Bob")
    ada.talk_to("Bob")
    ada.say("before")
    bob.conversation("Ada").click()
    expect(bob.bubble("before")).to_be_visible()

    ada.context.set_offline(True)
    for text in ("first while away", "second while away", "third while away"):
        ada.say(text)
    expect(ada.tick("first while away")).to_have_attribute("aria-label", "Sending")
    expect(ada.bar).to_contain_text("Connection lost. Reconnecting")
    expect(ada.bar).to_contain_text("3 messages waiting")
    bob.say("meanwhile")
    expect(bob.tick("meanwhile")).to_have_attribute("aria-label", "Sent")

    ada.context.set_offline(False)
    expect(ada.page.get_by_text("Connection established")).to_be_visible()
    expected = ["before", "meanwhile", "first while away", "second while away", "third while away"]
    expect(bob.log.locator(".body")).to_have_text(expected)
    expect(ada.log.locator(".body")).to_have_text(expected)
    expect(ada.bar).to_have_count(0)
    expect(ada.tick("third while away")).to_have_attribute("aria-label", "Read")


def test_unsent_messages_survive_the_end_of_the_page(member):
    ada, bob = member("Ada"), member("Bob")
    ada.talk_to("Bob")
    ada.say("first")
    expect(ada.tick("first")).to_have_attribute("aria-label", "Delivered")
    ada.context.set_offline(True)
    ada.say("kept on the device")
    ada.say("and this")
    expect(ada.tick("and this")).to_have_attribute("aria-label", "Sending")
    ada.page.close()

    ada.context.set_offline(False)
    ada.page = ada.new_page()
    ada.open()
    ada.conversation("Bob").click()
    expect(ada.tick("and this")).to_have_attribute("aria-label", "Delivered")
    bob.conversation("Ada").click()
    expected = ["first", "kept on the device", "and this"]
    expect(bob.log.locator(".body")).to_have_text(expected)
    expect(ada.log.locator(".body")).to_have_text(expected)


def test_reload_keeps_the_place_the_messages_and_the_draft(member):
    ada, bob = member("Ada"), member("Bob")
    ada.talk_to("Bob")
    ada.say("kept")
    expect(ada.tick("kept")).to_have_attribute("aria-label", "Delivered")
    ada.composer.fill("half a thought")
    ada.page.reload()
    expect(ada.bubble("kept")).to_be_visible()
    expect(ada.composer).to_have_value("half a thought")
    assert ada.texts() == ["kept"]
    assert bob.problems == []


def test_server_killed_and_started_again(member, server):
    ada, bob = member("Ada"), member("Bob")
    ada.talk_to("Bob")
    ada.say("before the end")
    bob.conversation("Ada").click()
    expect(ada.tick("before the end")).to_have_attribute("aria-label", "Read")
    server.kill()
    ada.say("into the dark")
    bob.say("me too")
    expect(ada.bar).to_contain_text("1 message waiting")
    server.start()
    ada.page.get_by_role("button", name="Retry").click()
    bob.page.get_by_role("button", name="Retry").click()
    for person in (ada, bob):
        expect(person.log.locator(".body")).to_have_count(3, timeout=40_000)
    assert ada.texts() == bob.texts()
    assert sorted(ada.texts()) == ["before the end", "into the dark", "me too"]


def test_hostile_texts_are_only_text(member):
    ada, bob = member("Ada"), member("Bob")
    ada.talk_to("Bob")
    for text in HOSTILE:
        ada.say(text)
    expect(ada.rows).to_have_count(len(HOSTILE))
    bob.conversation("Ada").click()
    expect(bob.log.locator(".body")).to_have_count(len(HOSTILE))
    shown = [element.text_content() for element in bob.log.locator(".body").all()]
    assert shown == HOSTILE
    assert "owned" not in bob.page.title()
    assert bob.log.locator("script, img, h1, b, a").count() == 0
    assert bob.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_hostile_names_are_only_text(member, visitor):
    ada = member("Ada")
    eve = visitor("<img src=x>")
    eve.username = "eve"
    eve.sign_up(ada.invite())
    eve.open()
    eve.talk_to("Ada")
    eve.say("it is me")
    expect(ada.conversation("<img src=x>")).to_be_visible()
    ada.conversation("<img src=x>").click()
    expect(ada.page.get_by_role("heading", name="<img src=x>")).to_be_visible()
    assert ada.page.locator("img").count() == 0


def test_links_lead_out_safely(member):
    ada, _ = member("Ada"), member("Bob")
    ada.talk_to("Bob")
    ada.say("see https://example.org/a?b=1. or https://bank.example@evil.example/")
    link = ada.log.get_by_role("link")
    expect(link).to_have_count(1)
    expect(link).to_have_attribute("href", "https://example.org/a?b=1")
    expect(link).to_have_attribute("rel", re.compile("noopener noreferrer"))


def test_too_long_a_text_is_counted_and_kept(member):
    ada = member("Ada")
    ada.page.get_by_role("button", name="New conversation").first.click()
    ada.page.get_by_role("button", name="Notes to self").click()
    ada.composer.fill("a" * 17_999)
    expect(ada.page.locator(".composer-count")).to_have_count(0)
    ada.composer.fill("a" * 18_000)
    expect(ada.page.locator(".composer-count")).to_have_text("2,000 left")
    ada.composer.fill("a" * 20_003)
    expect(ada.page.locator(".composer-count")).to_have_text("3 too many")
    ada.composer.press("Enter")
    expect(ada.rows).to_have_count(0)
    expect(ada.composer).to_have_value("a" * 20_003)
    ada.composer.fill("a" * 20_000)
    ada.composer.press("Enter")
    expect(ada.log.locator(".tick")).to_have_attribute("aria-label", "Sent")


@pytest.mark.parametrize("direct", [True, False], ids=["direct", "self"])
def test_conversations_with_others_and_with_oneself(member, direct):
    ada, _ = member("Ada"), member("Bob")
    if direct:
        ada.talk_to("Bob")
    else:
        ada.page.get_by_role("button", name="New conversation").first.click()
        ada.page.get_by_role("button", name="Notes to self").click()
    ada.say("note")
    expect(ada.tick("note")).to_have_attribute("aria-label", "Delivered" if direct else "Sent")


def test_refused_message_can_be_edited_discarded_or_tried_again(member):
    ada, bob = member("Ada"), member("Bob")
    ada.talk_to("Bob")
    ada.say("a character that \0 no server takes")
    ada.say("the next one goes")
    failed = ada.page.get_by_role("group", name="Message not sent")
    expect(failed).to_contain_text("Not sent.")
    expect(ada.tick("the next one goes")).to_have_attribute("aria-label", "Delivered")
    failed.get_by_role("button", name="Retry").click()
    expect(failed).to_contain_text("Not sent.")

    ada.page.reload()
    expect(failed).to_contain_text("Not sent.")  # it is not lost with the page either
    failed.get_by_role("button", name="Edit").click()
    expect(failed).to_have_count(0)
    expect(ada.composer).to_have_value(re.compile("a character that .* no server takes"))
    ada.say("words that every server takes")
    expect(ada.tick("words that every server takes")).to_have_attribute("aria-label", "Delivered")

    ada.say("again \0")
    failed.get_by_role("button", name="Discard").click()
    expect(failed).to_have_count(0)
    bob.conversation("Ada").click()
    expect(bob.log.locator(".body")).to_have_text(["the next one goes", "words that every server takes"])
