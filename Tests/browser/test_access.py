"""For everybody: by keyboard alone, with a screen reader, enlarged, from right to left, without movement."""
from __future__ import annotations

import pytest
from playwright.sync_api import expect

from camera import SIZES

# Everything that a pointer could press and that is on screen; rows of a list that the arrow keys go through count once.
REACHABLE = """() => {
    const seen = new Set();
    const visible = e => e.checkVisibility({ checkOpacity: false }) && e.getClientRects().length > 0 && !e.closest("[inert], [hidden]");
    for (const e of document.querySelectorAll("a[href], button, input, select, textarea, [role=tab], [role=switch]")) {
        if (!visible(e) || e.disabled || e.closest("article, .hover-bar, [role=menu], [role=listbox], [role=tablist], .emoji-grid")) continue;
        if (e.type === "radio" && !e.checked) continue;
        seen.add(e);
    }
    window.wanted = seen;
    return seen.size;
}"""
NEXT = """() => {
    const e = document.activeElement;
    window.wanted.delete(e);
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    const drawn = x => { const s = getComputedStyle(x); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none"; };
    const marked = e === document.body || drawn(e) || [...e.querySelectorAll("*")].some(drawn) || (e.parentElement && drawn(e.parentElement))
        || (e.closest("label, .field, .search, .composer-box, .composer, .search-field, .switch, .choice, .radio") && [...function* () {
            for (let x = e.parentElement; x && x !== document.body; x = x.parentElement) yield x; }()].some(drawn))
        || (e.nextElementSibling && drawn(e.nextElementSibling));
    return { name: e === document.body ? "" : e.outerHTML.slice(0, 140), marked, left: window.wanted.size, seen: e === document.body || (box.bottom > 0 && box.top < innerHeight) };
}"""


def walk(page) -> None:
    """Tab after Tab: everything is reached, every stop is on screen and can be told from the rest."""
    page.evaluate("() => document.activeElement?.blur()")
    page.evaluate(REACHABLE)
    left = 1
    unmarked = []
    for _ in range(160):
        page.keyboard.press("Tab")
        stop = page.evaluate(NEXT)
        left = stop["left"]
        if not (stop["marked"] and stop["seen"]):
            unmarked.append(stop["name"])
        if left == 0:
            break
    missed = page.evaluate("() => [...window.wanted].map(e => e.outerHTML.slice(0, 140))")
    assert missed == [], missed
    assert unmarked == [], unmarked


PLACES = ["/", "room", "/mentions", "/settings/profile", "/settings/devices", "/settings/appearance", "/settings/notifications", "/admin/people", "/admin/server", "/admin/audit"]


@pytest.mark.parametrize("place", PLACES)
def test_tab_reaches_everything_and_the_focus_is_seen(town, place):
    ada = town.visit()
    ada.page.goto(f"{ada.url}{f'/c/{town.private}' if place == 'room' else place}")
    expect(ada.page.locator("h1:visible").first).to_be_visible()
    expect(ada.page.locator("[aria-busy=true]")).to_have_count(0)
    if place.startswith(("/settings", "/admin")):
        # A page that comes late takes the focus once, so that it is read; before that the keyboard would be called back.
        expect(ada.page.locator("#desk-title")).to_be_focused()
    walk(ada.page)


def test_focus_comes_back_from_everything_that_opens(town):
    ada = town.visit()
    ada.open(f"/c/{town.room}")
    page = ada.page
    for name in ("New conversation",):
        button = page.get_by_role("button", name=name).first
        button.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        # The focus stays inside.
        for _ in range(30):
            page.keyboard.press("Tab")
            assert page.evaluate("() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null")
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
    ada.composer.focus()
    for keys, role in (("Control+k", "dialog"),):
        page.keyboard.press(keys)
        expect(page.get_by_role(role)).to_be_visible()
        page.keyboard.press("Escape")
        expect(ada.composer).to_be_focused()
    message = ada.log.get_by_role("article").last
    message.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(message).to_be_focused()
    page.keyboard.press("+")
    expect(page.get_by_role("dialog", name="Emoji")).to_be_visible()
    page.keyboard.press("Escape")
    expect(message).to_be_focused()
    details = page.get_by_role("button", name="Room details")
    details.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name="Details")).to_be_visible()
    page.get_by_role("complementary", name="Details").get_by_role("tab").first.focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary", name="Details")).to_have_count(0)
    expect(details).to_be_focused()


def test_panes_are_reached_with_one_key(town):
    ada = town.visit()
    ada.open(f"/c/{town.room}")
    expect(ada.log.get_by_role("article").last).to_be_visible()
    places = set()
    for _ in range(6):
        ada.page.keyboard.press("F6")
        places.add(ada.page.evaluate("() => document.activeElement.closest('.sidebar, .messages, .composer')?.className.split(' ')[0] ?? ''"))
    assert {"sidebar", "messages", "composer"} <= places


def test_every_shortcut_is_in_the_list(town):
    ada = town.visit()
    ada.open("/")
    ada.search.blur()
    ada.page.keyboard.press("?")
    listed = ada.page.get_by_role("dialog", name="Keyboard shortcuts")
    for key in ("Ctrl", "F6", "Esc", "Shift", "R", "E", "P", "U", "T", "+", "/", "?"):
        expect(listed.locator("kbd").get_by_text(key, exact=True).first).to_be_visible()


def test_new_messages_are_said_once(town):
    ada = town.visit()
    ada.open(f"/c/{town.talk}")
    town.bob.say(town.talk, "old news")
    status = ada.page.locator(".messages [role=status][aria-live=polite]")
    expect(ada.bubble("old news")).to_be_visible()
    expect(status).to_have_text("Björn Lindqvist: old news")
    town.bob.say(town.talk, "one", "two", "three")
    expect(status).to_have_text("3 new messages")
    ada.say("my own words")
    expect(ada.tick("my own words")).to_be_visible()
    town.bob.say(town.talk, "**bold** words")
    expect(status).to_have_text("Björn Lindqvist: bold words")
    assert ada.log.get_attribute("aria-live") == "off"


@pytest.mark.parametrize("place", ["/", "room", "/settings/profile", "/admin/people", "/admin/audit"])
def test_enlarged_to_200_and_400_percent_nothing_is_out_of_sight(town, place):
    # 1280 x 800 enlarged twice is 640 x 400, four times 320 x 256 (WCAG 2.2, 1.4.4 and 1.4.10).
    for width, height in ((640, 400), (320, 256)):
        ada = town.visit(viewport={"width": width, "height": height})
        ada.page.goto(f"{ada.url}{f'/c/{town.room}' if place == 'room' else place}")
        expect(ada.page.locator("h1:visible").first).to_be_visible()
        expect(ada.page.locator("[aria-busy=true]")).to_have_count(0)
        assert ada.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        if place == "room":
            expect(ada.composer).to_be_in_viewport()
            assert ada.page.locator(".scroller").evaluate("e => e.clientHeight") >= (100 if height == 400 else 20)


def test_text_from_right_to_left(town):
    ada = town.visit()
    ada.open(f"/c/{town.talk}")
    hebrew, mixed = "שלום לכולם, מה שלומכם?", "نعم Parley رائع"
    town.bob.say(town.talk, hebrew, mixed)
    for text in (hebrew, mixed):
        body = ada.bubble(text)
        expect(body).to_be_visible()
        assert body.locator(".body p, .body").first.evaluate("e => getComputedStyle(e).direction") == "rtl" or body.locator("[dir=auto]").count() > 0
    # The whole page turned round: the list on the right, own messages on the left, nothing out of sight.
    ada.say("mirrored")
    expect(ada.bubble("mirrored")).to_be_visible()
    ada.page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
    list_box, pane = ada.page.locator(".sidebar").bounding_box(), ada.page.locator(".pane").bounding_box()
    assert list_box["x"] > pane["x"]
    own, theirs = ada.bubble("mirrored").bounding_box(), ada.bubble(hebrew).bounding_box()
    assert own["x"] < theirs["x"]
    assert ada.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_who_wants_no_movement_gets_none(town):
    ada = town.visit(reduced_motion="reduce")
    ada.open(f"/c/{town.room}")
    page = ada.page
    # Whatever is animated all the same is over within a frame.
    page.evaluate("""() => {
        window.long = [];
        const note = event => window.long.push(...event.target.getAnimations().filter(a => a.effect.getComputedTiming().duration > 20).map(() => event.target.className));
        for (const name of ["transitionrun", "animationstart"]) document.addEventListener(name, note, true);
    }""")
    ada.page.get_by_role("button", name="New conversation").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Room details").click()
    expect(page.get_by_role("complementary", name="Details")).to_be_visible()
    assert page.evaluate("() => window.long") == []


def test_colours_chosen_by_the_system(town):
    ada = town.visit(forced_colors="active")
    ada.open(f"/c/{town.room}")
    expect(ada.log.get_by_role("article").last).to_be_visible()
    # Where colours are the system's, borders and outlines have to carry what backgrounds did.
    ada.conversation("Design review").focus()
    assert ada.conversation("Design review").evaluate("e => getComputedStyle(e).outlineStyle") != "none"


def test_menu_of_a_message_by_long_press_on_a_phone(town):
    ada = town.visit(**SIZES["phone"])
    ada.open(f"/c/{town.talk}")
    row = ada.bubble("Good morning! Did you get the train after all?")
    box = row.bounding_box()
    ada.page.evaluate(
        """([x, y]) => {
            const target = document.elementFromPoint(x, y);
            target.dispatchEvent(new PointerEvent("pointerdown", { pointerType: "touch", clientX: x, clientY: y, bubbles: true }));
        }""",
        [box["x"] + 30, box["y"] + 20],
    )
    expect(ada.page.get_by_role("menu")).to_be_visible()
    expect(ada.page.get_by_role("menuitem", name="Reply")).to_be_in_viewport()
