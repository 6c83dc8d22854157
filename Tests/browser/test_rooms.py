"""Rooms: made, found, joined, added to, left."""
from playwright.sync_api import expect


def create_room(person, name, *, access="Public", members=(), topic=""):
    person.page.get_by_role("button", name="New conversation").first.click()
    person.page.get_by_role("button", name="New room").click()
    dialog = person.page.get_by_role("dialog", name="New room")
    dialog.get_by_label("Name", exact=True).fill(name)
    dialog.get_by_label("Topic (optional)").fill(topic)
    dialog.get_by_role("radio", name=access).check()
    for member in members:
        dialog.get_by_role("checkbox", name=member).check()
    dialog.get_by_role("button", name="Create room").click()
    expect(person.page.get_by_role("region", name=name)).to_be_visible()


def test_public_room_is_found_and_joined(member):
    ada, bob = member("Ada"), member("Bob")
    create_room(ada, "Garden", topic="Beds, seeds and weather")
    expect(ada.page.locator(".conv-head")).to_contain_text("1 member · Beds, seeds and weather")

    bob.page.get_by_role("button", name="New conversation").first.click()
    bob.page.get_by_role("button", name="Browse rooms").click()
    bob.page.get_by_role("button", name="Join Garden").click()
    expect(bob.page.get_by_role("region", name="Garden")).to_be_visible()
    expect(ada.page.locator(".conv-head")).to_contain_text("2 members")
    expect(ada.log).to_contain_text("Bob")

    bob.say("hello everybody")
    expect(ada.bubble("hello everybody")).to_be_visible()
    expect(ada.log.locator(".sender")).to_have_text("Bob")
    ada.say("welcome")
    expect(bob.bubble("welcome")).to_be_visible()
    expect(ada.tick("welcome")).to_have_attribute("aria-label", "Read")


def test_room_is_found_by_the_search_box(member):
    ada, bob = member("Ada"), member("Bob")
    create_room(ada, "Harbour watch")
    bob.talk_to("Harbour watch")
    expect(bob.composer).to_be_visible()


def test_private_room_is_for_its_members(member):
    ada, bob, chen = member("Ada"), member("Bob"), member("Chen")
    create_room(ada, "Surprise", access="Private", members=["Bob"])
    expect(bob.conversation("Surprise")).to_be_visible()
    chen.search.fill("Surprise")
    expect(chen.page.get_by_text("Nothing found.")).to_be_visible()

    bob.conversation("Surprise").click()
    bob.page.get_by_role("button", name="Room details").click()
    bob.page.get_by_role("tab", name="Members").click()
    bob.page.get_by_role("button", name="Add people").click()
    bob.page.get_by_role("checkbox", name="Chen").check()
    bob.page.get_by_role("button", name="Add", exact=True).click()
    expect(bob.page.get_by_role("list", name="Members").get_by_role("listitem")).to_have_count(3)
    chen.search.fill("")
    expect(chen.conversation("Surprise")).to_be_visible()


def test_leaving_a_room(member):
    ada, bob = member("Ada"), member("Bob")
    create_room(ada, "Passing", members=["Bob"])
    bob.conversation("Passing").click()
    bob.page.get_by_role("button", name="Room details").click()
    bob.page.get_by_role("button", name="Leave").click()
    bob.page.get_by_role("group", name="Leave").get_by_role("button", name="Leave").click()
    expect(bob.page.get_by_text("No conversations yet.")).to_be_visible()
    expect(bob.page).to_have_url(f"{bob.url}/")
    expect(ada.page.locator(".conv-head")).to_contain_text("1 member")
    expect(bob.page.get_by_role("dialog")).to_have_count(0)
