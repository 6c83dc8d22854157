"""Order among people: groups, roles, muting, removing, banning, archived rooms, who is there, what may make a noise."""
from __future__ import annotations

import re

from playwright.sync_api import expect


def enter(town, name, c):
    person = town.visit(name)
    person.open(f"/c/{c}")
    return person


def fresh_room(town, name, *members, public=True):
    dana = town.dana
    return dana.call("room.create", name=name, public=public, members=[dana.person(who.username) for who in members])["conv"]["c"]


def members_of(person):
    if person.page.get_by_role("complementary", name="Details").count() == 0:
        person.page.get_by_role("button", name="Room details").click()
    person.page.get_by_role("tab", name="Members").click()
    return person.page.get_by_role("list", name="Members")


def order(person, whom, what):
    members_of(person).get_by_role("button", name=f"Actions for {whom}").click()
    person.page.get_by_role("menuitem", name=what).or_(person.page.get_by_role("menuitemradio", name=what)).click()


def test_letters_typed_before_the_switcher_is_there_are_not_lost(town):
    ada = town.visit()
    held = []
    ada.context.route("**/assets/Switcher-*.js", lambda route: held.append(route))
    ada.open(f"/c/{town.room}")
    ada.composer.fill("half a sentence")
    with ada.page.expect_request("**/assets/Switcher-*.js"):
        ada.page.keyboard.press("Control+k")
    ada.page.keyboard.type("weekends")
    ada.page.keyboard.press("Backspace")
    ada.page.keyboard.press("Enter")
    expect(ada.page.get_by_role("combobox")).to_have_count(0)
    assert len(held) == 1, held
    held[0].continue_()
    expect(ada.page.get_by_role("combobox")).to_have_value("weekend")
    ada.page.keyboard.type(" hi")
    expect(ada.page.get_by_role("combobox")).to_have_value("weekend hi")
    expect(ada.page.get_by_role("option", selected=True)).to_contain_text("Weekend hikes")
    ada.page.keyboard.press("Escape")
    expect(ada.composer).to_have_value("half a sentence")
    expect(ada.composer).to_be_focused()


def test_group_is_begun_renamed_and_left(town):
    ada, chen = town.visit(), town.visit("Chen Wei")
    ada.open("/")
    chen.open("/")
    ada.page.get_by_role("button", name="New conversation").first.click()
    ada.page.get_by_role("button", name="New group").click()
    for name in ("Chen Wei", "Dana Okafor"):
        ada.page.get_by_role("checkbox", name=name).check()
    ada.page.get_by_role("button", name="Start group").click()
    expect(ada.composer).to_be_visible()
    ada.say("the three of us")
    expect(chen.conversation("the three of us")).to_be_visible()
    chen.conversation("the three of us").click()
    chen.page.get_by_role("button", name="Details").click()
    chen.page.get_by_role("button", name="Rename group").click()
    chen.page.get_by_label("Name", exact=True).fill("Triangle")
    chen.page.get_by_role("button", name="Save").click()
    expect(ada.page.get_by_role("region", name="Triangle")).to_be_visible()
    expect(ada.log).to_contain_text("Triangle")
    # The same people open the same group.
    again = town.ada.call("group", members=[town.ada.person("chen.wei"), town.ada.person("dana.okafor")])["conv"]
    assert again["name"] == "Triangle"
    chen.page.get_by_role("button", name="Leave").click()
    chen.page.get_by_role("group", name="Leave").get_by_role("button", name="Leave").click()
    expect(chen.conversation("Triangle")).to_have_count(0)
    expect(ada.page.locator(".conv-head")).to_contain_text("2 members")


def test_moderator_is_made_and_mutes(town):
    c = fresh_room(town, "Workshop", town.chen, town.emil)
    dana, chen, emil = (enter(town, name, c) for name in ("Dana Okafor", "Chen Wei", "Émile Laurent"))
    order(dana, "Chen Wei", "Moderator")
    expect(members_of(dana).get_by_role("listitem").filter(has_text="Chen Wei")).to_contain_text("Moderator")
    order(chen, "Émile Laurent", "Mute for an hour")
    expect(emil.page.get_by_text("A moderator has muted you here until")).to_be_visible()
    expect(emil.composer).to_have_count(0)
    emil.page.reload()
    expect(emil.page.get_by_text("A moderator has muted you here until")).to_be_visible()
    order(chen, "Émile Laurent", "Let them write again")
    expect(emil.composer).to_be_visible()
    emil.say("thank you")
    expect(dana.bubble("thank you")).to_be_visible()


def test_removed_may_come_back_banned_may_not(town):
    c = fresh_room(town, "Harbour", town.emil)
    dana, emil = enter(town, "Dana Okafor", c), enter(town, "Émile Laurent", c)
    order(dana, "Émile Laurent", "Remove from the room")
    expect(emil.page).to_have_url(f"{emil.url}/")
    expect(emil.conversation("Harbour")).to_have_count(0)
    emil.talk_to("Harbour")
    expect(members_of(dana).get_by_role("listitem").filter(has_text="Émile Laurent")).to_be_visible()
    order(dana, "Émile Laurent", "Ban from the room")
    expect(emil.conversation("Harbour")).to_have_count(0)
    emil.open("/")
    emil.page.get_by_role("button", name="New conversation").first.click()
    emil.page.get_by_role("button", name="Browse rooms").click()
    join = emil.page.get_by_role("button", name="Join Harbour")
    if join.count():
        join.click()
        expect(emil.page.locator(".toasts, [role=alert]").first).to_contain_text("banned")
    emil.page.keyboard.press("Escape")
    dana.page.get_by_role("tab", name="About").click()
    dana.page.get_by_role("button", name="Lift the ban of Émile Laurent").click()
    expect(dana.page.get_by_role("button", name="Lift the ban of Émile Laurent")).to_have_count(0)
    emil.open("/")
    emil.talk_to("Harbour")
    expect(emil.composer).to_be_visible()


def test_archived_room_is_read_only_until_opened_again(town):
    c = fresh_room(town, "Summer fair", town.emil)
    dana, emil = enter(town, "Dana Okafor", c), enter(town, "Émile Laurent", c)
    dana.page.get_by_role("button", name="Room details").click()
    dana.page.get_by_role("button", name="Archive room").click()
    dana.page.get_by_role("group", name="Archive room").get_by_role("button", name="Archive room").click()
    for person in (dana, emil):
        expect(person.page.get_by_text("It can be read, not written to.")).to_be_visible()
        expect(person.composer).to_have_count(0)
    emil.page.reload()
    expect(emil.page.get_by_text("It can be read, not written to.")).to_be_visible()
    dana.page.get_by_role("button", name="Open room again").click()
    expect(emil.composer).to_be_visible()


def test_room_has_another_name_and_topic_for_everybody(town):
    c = fresh_room(town, "Choir", town.emil)
    dana, emil = enter(town, "Dana Okafor", c), enter(town, "Émile Laurent", c)
    dana.page.get_by_role("button", name="Room details").click()
    dana.page.get_by_role("button", name="Edit room").click()
    dana.page.get_by_label("Name", exact=True).fill("Evening choir")
    dana.page.get_by_label("Topic (optional)").fill("Thursdays at eight")
    dana.page.get_by_role("button", name="Save").click()
    expect(emil.page.locator(".conv-head")).to_contain_text("Evening choir")
    expect(emil.page.locator(".conv-head")).to_contain_text("Thursdays at eight")
    expect(emil.conversation("Evening choir")).to_be_visible()


def test_somebody_comes_and_goes(town):
    ada = town.visit()
    ada.open(f"/c/{town.talk}")
    head = ada.page.locator(".conv-head")
    expect(head).to_contain_text("Online")
    town.bob.hint("active", idle=True)
    expect(head).to_contain_text("Away")
    town.bob.hint("active", idle=False)
    expect(head).to_contain_text("Online")
    town.bob.hang_up()
    expect(head).to_contain_text("last seen", timeout=30_000)
    town.bob.connect()
    expect(head).to_contain_text("Online")


def test_arrangement_of_the_list_is_on_every_device(town):
    desk, phone = town.visit(), town.visit()
    desk.open("/")
    phone.open("/")
    town.bob.say(town.talk, "arrange this")
    desk.conversation("arrange this").click(button="right")
    desk.page.get_by_role("menuitem", name="Pin to the top").click()
    expect(phone.conversation("arrange this")).to_contain_text("Pinned")
    phone.conversation("arrange this").click(button="right")
    phone.page.get_by_role("menuitemradio", name="Nothing").or_(phone.page.get_by_role("menuitem", name="Nothing")).click()
    expect(desk.conversation("arrange this")).to_contain_text("Muted")
    desk.page.reload()
    expect(desk.conversation("arrange this")).to_contain_text("Muted")
    desk.conversation("arrange this").click(button="right")
    desk.page.get_by_role("menuitem", name="Unpin").click()
    expect(phone.conversation("arrange this")).not_to_contain_text("Pinned")
    desk.conversation("arrange this").click(button="right")
    desk.page.get_by_role("menuitem", name="Hide until something new comes").click()
    for person in (desk, phone):
        expect(person.conversation("arrange this")).to_have_count(0)
    town.bob.say(town.talk, "arrange this again")
    for person in (desk, phone):
        expect(person.conversation("arrange this again")).to_be_visible()
    desk.conversation("arrange this again").click(button="right")
    desk.page.get_by_role("menuitemradio", name="All messages").or_(desk.page.get_by_role("menuitem", name="All messages")).click()
    expect(phone.conversation("arrange this again")).not_to_contain_text("Muted")


def test_link_to_a_message_leads_to_it(town):
    c = fresh_room(town, "Archive of ideas", town.emil)
    town.dana.say(c, *(f"idea {n}" for n in range(1, 31)))
    emil = town.visit("Émile Laurent", permissions=["clipboard-read", "clipboard-write"])
    emil.open(f"/c/{c}")
    emil.bubble("idea 3").focus()
    emil.page.keyboard.press("Enter")
    emil.page.get_by_role("menuitem", name="Copy link").click()
    expect(emil.page.get_by_text("Copied")).to_be_visible()
    link = emil.page.evaluate("() => navigator.clipboard.readText()")
    dana = town.visit("Dana Okafor")
    dana.page.goto(link)
    expect(dana.bubble("idea 3")).to_be_in_viewport()
    expect(dana.page.locator(".row-lit")).to_contain_text("idea 3")
    expect(dana.page).to_have_url(re.compile(f"/c/{c}$"))


def test_switcher_finds_joins_and_does(town):
    c = town.emil.call("room.create", name="Lanterns", public=True)["conv"]["c"]
    ada = town.visit()
    ada.open("/")
    ada.page.keyboard.press("Control+k")
    expect(ada.page.get_by_role("combobox")).to_be_focused()
    ada.page.keyboard.type("lant")
    expect(ada.page.get_by_role("option", selected=True)).to_contain_text("Lanterns")
    ada.page.keyboard.press("Enter")
    expect(ada.page).to_have_url(f"{ada.url}/c/{c}")
    expect(ada.composer).to_be_focused()
    ada.page.keyboard.press("Control+k")
    expect(ada.page.get_by_role("combobox")).to_be_focused()
    ada.page.keyboard.type("dark th")
    expect(ada.page.get_by_role("option", selected=True)).to_contain_text("Dark theme")
    ada.page.keyboard.press("Enter")
    expect(ada.page.locator("html")).to_have_css("color-scheme", "dark")
