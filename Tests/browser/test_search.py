"""Search in messages: from words to the message in its place."""
from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture(params=["desktop", "phone"])
def world(request, member, voice):
    ada = member("Ada", **(PHONE if request.param == "phone" else {}))
    bob = voice("Bob", ada)
    talk = bob.direct("ada")
    room = bob.call("room.create", name="Harbour", public=True, members=[bob.person("ada")])["conv"]["c"]
    bob.say(room, "The ferry leaves at nine", "Tickets: https://example.org/boats", "明天去北京坐船")
    for number in range(60):
        bob.say(talk, f"line {number}")
    bob.say(talk, "We take the ferry then")
    end = time.monotonic() + 20
    # The index hears of new messages within a second.
    while not bob.call("search", q="\"ferry then\"")["hits"]:
        assert time.monotonic() < end, "the newest message is not found"
    return ada, bob, talk, room


def hits(person):
    return person.page.get_by_role("group", name="Results").get_by_role("link")


def look_for(person, text):
    box = person.page.get_by_role("searchbox", name="Search messages")
    box.fill(text)
    return box


def test_from_words_to_the_message_in_its_place(world):
    ada, bob, talk, room = world
    ada.page.goto(f"{ada.url}/search")
    look_for(ada, "FERR")
    expect(hits(ada)).to_have_count(2)
    expect(hits(ada).first).to_contain_text("We take the ferry then")
    expect(hits(ada).first.locator("mark")).to_have_text("ferr")
    look_for(ada, "北京")
    expect(hits(ada)).to_have_count(1)
    hits(ada).first.click()
    expect(ada.bubble("明天去北京坐船")).to_be_in_viewport()
    ada.page.go_back()
    # Coming back finds the results as they were.
    expect(hits(ada)).to_have_count(1)


def test_filters_narrow_it_down(world):
    ada, bob, talk, room = world
    ada.page.goto(f"{ada.url}/search")
    look_for(ada, "ferry in:harbour")
    expect(hits(ada)).to_have_count(1)
    look_for(ada, "has:link")
    expect(hits(ada)).to_have_count(1)
    expect(hits(ada).first).to_contain_text("Tickets")
    look_for(ada, "from:me")
    expect(ada.page.get_by_text("Nothing found.")).to_be_visible()
    look_for(ada, "before:soon")
    expect(ada.page.get_by_role("alert")).to_be_visible()
    look_for(ada, "line")
    expect(hits(ada)).to_have_count(20)
    ada.page.get_by_role("button", name=re.compile("more", re.I)).click()
    expect(hits(ada)).to_have_count(40)


def test_deleted_and_left_behind_is_not_found(world):
    ada, bob, talk, room = world
    ada.page.goto(f"{ada.url}/search")
    look_for(ada, "ferry")
    expect(hits(ada)).to_have_count(2)
    bob.call("del", c=talk, seq=61, mid="00000000-0000-4000-8000-000000000001")
    look_for(ada, "ferry ")
    look_for(ada, "the ferry")
    expect(hits(ada)).to_have_count(1)
    bob.call("room.kick", c=room, u=bob.person("ada"))
    look_for(ada, "ferry")
    expect(ada.page.get_by_text("Nothing found.")).to_be_visible()
