"""Files on their way: chosen, pasted, taken out again, sent without a connection, looked at; and pictures of people."""
from __future__ import annotations

import re

from playwright.sync_api import expect

from picture import png

PASTE = """(box, [name, type, base64, text]) => {
    const data = new DataTransfer();
    if (base64) data.items.add(new File([Uint8Array.from(atob(base64), c => c.charCodeAt(0))], name, { type }));
    if (text) data.setData("text/plain", text);
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def two(town):
    ada, bob = town.visit(), town.visit("Björn Lindqvist")
    for person in (ada, bob):
        person.open(f"/c/{town.talk}")
        expect(person.log).to_contain_text("Good morning!")
    return ada, bob


def attach(person, *files):
    person.page.locator(".composer input[type=file]").set_input_files(
        [{"name": name, "mimeType": kind, "buffer": content} for name, kind, content in files]
    )


def test_file_shows_its_way_can_be_taken_out_and_arrives(town):
    ada, bob = two(town)
    held, open_road = [], []
    ada.page.route("**/api/uploads/**", lambda route: route.continue_() if open_road else held.append(route))
    attach(ada, ("plan.txt", "text/plain", b"first this, then that\n"), ("old.txt", "text/plain", b"not this\n"))
    tray = ada.page.get_by_role("list", name="Attached files")
    expect(tray.get_by_role("progressbar", name="Uploading plan.txt")).to_be_visible()
    tray.get_by_role("button", name="Remove old.txt").click()
    expect(tray.get_by_role("listitem")).to_have_count(1)
    open_road.append(True)
    for route in held:
        if "plan.txt" in route.request.url:
            route.continue_()
    expect(tray.get_by_role("progressbar")).to_have_count(0)
    ada.say("the plan")
    expect(tray).to_have_count(0)
    link = bob.bubble("the plan").get_by_role("link", name="Download plan.txt")
    with bob.page.expect_download() as download:
        link.click()
    assert download.value.path().read_bytes() == b"first this, then that\n"
    expect(bob.bubble("the plan")).not_to_contain_text("old.txt")


def test_upload_that_fails_is_tried_again(town):
    ada, bob = two(town)
    ada.page.route("**/api/uploads/**", lambda route: route.abort())
    attach(ada, ("again.txt", "text/plain", b"twice\n"))
    expect(ada.page.get_by_text("Not uploaded")).to_be_visible()
    ada.page.unroute("**/api/uploads/**")
    ada.page.get_by_role("button", name="Upload again.txt again").click()
    expect(ada.page.get_by_text("Not uploaded")).to_have_count(0)
    ada.say("second try")
    expect(bob.bubble("second try").get_by_role("link", name="Download again.txt")).to_be_visible()


def test_pasted_picture_is_seen_and_opened_in_full(town):
    import base64

    ada, bob = two(town)
    for n, name in enumerate(("one.png", "two.png")):
        ada.composer.evaluate(PASTE, [name, "image/png", base64.b64encode(png(240, 180, n)).decode(), ""])
    expect(ada.page.get_by_role("list", name="Attached files").get_by_role("listitem")).to_have_count(2)
    ada.say("both")
    first = bob.bubble("both").get_by_role("button", name="Open one.png")
    expect(first).to_be_visible()
    bob.page.wait_for_function("() => [...document.querySelectorAll('.image img')].every(i => i.complete && i.naturalWidth > 0)")
    first.focus()
    bob.page.keyboard.press("Enter")
    box = bob.page.get_by_role("dialog", name="one.png")
    expect(box.get_by_role("img", name="one.png")).to_be_visible()
    bob.page.keyboard.press("ArrowRight")
    expect(bob.page.get_by_role("dialog", name="two.png").get_by_role("img", name="two.png")).to_be_visible()
    bob.page.keyboard.press("ArrowLeft")
    expect(box).to_be_visible()
    bob.page.keyboard.press("Escape")
    expect(bob.page.get_by_role("dialog")).to_have_count(0)
    expect(first).to_be_focused()
    # It is the same after a reload.
    bob.page.reload()
    expect(bob.bubble("both").get_by_role("button", name="Open two.png")).to_be_visible()


def test_long_pasted_text_can_go_as_a_file(town):
    ada, bob = two(town)
    text = "a line of a long report\n" * 300
    ada.composer.focus()
    ada.composer.evaluate(PASTE, ["", "", "", text])
    ada.composer.fill(text)
    ada.page.get_by_role("button", name="Send it as a file").click()
    expect(ada.composer).to_have_value("")
    ada.say("the report")
    with bob.page.expect_download() as download:
        bob.bubble("the report").get_by_role("link", name="Download pasted-text.txt").click()
    assert download.value.path().read_text().strip() == text.strip()


def test_file_attached_in_a_tunnel_arrives_once(town):
    ada, bob = two(town)
    ada.context.set_offline(True)
    attach(ada, ("ticket.txt", "text/plain", b"one way\n"))
    ada.say("my ticket")
    expect(ada.bubble("my ticket")).to_be_visible()
    ada.context.set_offline(False)
    expect(bob.bubble("my ticket").get_by_role("link", name="Download ticket.txt")).to_be_visible(timeout=40_000)
    expect(bob.bubble("my ticket")).to_have_count(1)


def test_stranger_does_not_get_the_file(town):
    file = town.bob.upload("secret.txt", b"between us\n", "text/plain")
    town.bob.write(town.talk, "for you", files=[file])
    emil, ada = town.visit("Émile Laurent"), town.visit()
    assert ada.context.request.get(f"{town.url}/files/{file}").text() == "between us\n"
    assert emil.context.request.get(f"{town.url}/files/{file}").status in (403, 404)


def test_picture_of_a_person_is_chosen_and_seen_everywhere(town):
    ada, dana, emil = town.visit(), town.visit("Dana Okafor"), town.visit("Émile Laurent")
    c = town.emil.call("room.create", name="Mirror", public=True, members=[town.emil.person(who.username) for who in (town.ada, town.dana)])["conv"]["c"]
    dana.open(f"/c/{c}")
    emil.page.goto(f"{emil.url}/settings/profile")
    emil.page.locator(".desk-page input[type=file]").set_input_files({"name": "me.png", "mimeType": "image/png", "buffer": png(300, 200, 2)})
    expect(emil.page.get_by_role("button", name="Remove", exact=True)).to_be_visible()
    town.emil.say(c, "How do I look?")
    face = dana.bubble("How do I look?").locator("xpath=ancestor::li").locator(".avatar img")
    expect(face).to_have_attribute("src", re.compile("^/files/"))
    # To somebody who comes later too.
    ada.open(f"/c/{c}")
    expect(ada.bubble("How do I look?").locator("xpath=ancestor::li").locator(".avatar img")).to_have_attribute("src", re.compile("^/files/"))
    emil.page.get_by_role("button", name="Remove", exact=True).click()
    expect(face).to_have_count(0)
