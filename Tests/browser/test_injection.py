"""Whatever somebody types is shown as typed, wherever it is shown: 500 hostile texts in each field, in the real browser."""
from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from conftest import WEB
from hostile import FOREIGN, WATCH, hostile
from paper import CONV, ME, PaperServer
from person import Person

TEXTS = hostile()
COUNT = len(TEXTS)


def message(seq: int) -> dict:
    """Each of them as the text, the name, the quote, the reaction and the file of a message."""
    text = TEXTS[seq - 1]
    return {
        "body": text, "name": text, "from": f"usr_{seq}", "rev": 0,
        "reply": {"seq": 1, "from": f"usr_{seq}", "name": text, "body": text},
        "re": [[text[:32], 1, ["usr_bob"]]],
        "files": [{"f": f"fil_{seq}", "name": text, "type": "text/plain", "size": 1, "kind": "file"}],
        "previews": [{"url": f"https://example.org/{seq}", "site": text, "title": text, "text": text}],
    }


class HostilePaper(PaperServer):
    """People, rooms, members and pins with those names too."""

    async def on_sync(self, sid: str, payload: dict) -> dict:
        answer = await super().on_sync(sid, payload)
        convs = [
            {"c": f"cnv_{'abcdefghijklmnopqrstuvwxyz234567'[n % 32]}{'abcdefghijklmnopqrstuvwxyz234567'[n // 32]}", "kind": "direct" if n % 2 else "public",
             "name": text, "topic": text, "role": "member", "members": 2, "seq": 1, "rev": 0, "read": 1, "got": 1, "unread": 0,
             "peer": {"u": f"usr_p{n}", "username": "x", "name": text, "status": text} if n % 2 else None,
             "last": {"seq": 1, "from": f"usr_p{n}", "name": text, "body": text, "ts": 1_700_000_000_000 + n, "kind": "text"}}
            for n, text in enumerate(TEXTS)
        ]
        return {**answer, "convs": answer["convs"] + convs}

    async def on_pins(self, sid: str, payload: dict) -> dict:
        return {"ok": True, "msgs": [{**self.msg(seq), "pin": "usr_bob"} for seq in range(COUNT, 0, -1)]}

    async def on_members(self, sid: str, payload: dict) -> dict:
        return {"ok": True, "members": [{"u": f"usr_{n}", "username": "x", "name": text, "role": "member"} for n, text in enumerate(TEXTS)]}

    async def on_people(self, sid: str, payload: dict) -> dict:
        return {"ok": True, "people": [{"u": f"usr_{n}", "username": "x", "name": text, "status": text} for n, text in enumerate(TEXTS)]}

    async def on_rooms(self, sid: str, payload: dict) -> dict:
        return {"ok": True, "rooms": [{"c": f"cnv_r{n}", "name": text, "topic": text, "members": 1, "joined": False} for n, text in enumerate(TEXTS)]}

    async def on_bans(self, sid: str, payload: dict) -> dict:
        return {"ok": True, "list": [{"u": f"usr_{n}", "username": "x", "name": text, "reason": text} for n, text in enumerate(TEXTS)]}

    async def start(self) -> int:
        for event, answer in (("room.members", self.on_members), ("people", self.on_people), ("room.list", self.on_rooms), ("room.bans", self.on_bans)):
            self.socket.on(event, answer)
        return await super().start()


@pytest.fixture(scope="module")
def paper() -> Iterator[PaperServer]:
    server = HostilePaper(WEB, COUNT, message)
    yield server
    server.stop()


@pytest.fixture
def reader(browser: Browser, paper: PaperServer) -> Iterator[Person]:
    person = Person(browser, paper.url, "Ada")
    person.context.add_init_script(WATCH)
    yield person
    assert_nothing_happened(person.page)
    person.leave()


def assert_nothing_happened(page) -> None:
    found = page.evaluate(FOREIGN)
    assert found["ran"] == [] and found["blocked"] == [] and found["bad"] == [], found
    assert "owned" not in found["title"] or found["title"].startswith("(")


def plain(text: str) -> str:
    return "".join(text.split())


def test_in_messages_names_quotes_reactions_and_files(reader):
    page = reader.page
    page.goto(f"{reader.url}/c/{CONV}")
    expect(page.locator(f'[data-seq="{COUNT}"]')).to_be_visible()
    seen = page.evaluate(
        """async () => {
            const scroller = document.querySelector(".scroller"), seen = {};
            const frame = () => new Promise(requestAnimationFrame);
            for (let turn = 0; turn < 4000; turn++) {
                for (const row of scroller.querySelectorAll("[data-seq]")) seen[row.dataset.seq] ??= {
                    name: row.querySelector(".sender")?.textContent, file: row.querySelector(".file-name")?.textContent,
                    quote: row.querySelector(".quote-name")?.textContent, sign: row.querySelector(".reaction-sign")?.textContent,
                };
                if (scroller.querySelector(".beginning") && scroller.scrollTop <= 0) break;
                scroller.scrollTop -= 600;
                await frame();
                await frame();
            }
            return seen;
        }"""
    )
    assert len(seen) == COUNT
    for seq, text in enumerate(TEXTS, 1):
        row = seen[str(seq)]
        assert plain(row["name"]) == plain(text)
        assert plain(row["file"]) == plain(text)
        assert plain(row["quote"]) == plain(text)
        assert plain(row["sign"]) == plain(text[:32])


def test_in_the_list_the_pins_and_the_details(reader):
    page = reader.page
    page.goto(f"{reader.url}/c/{CONV}")
    expect(page.locator(".sidebar-list .list-row")).to_have_count(COUNT + 1)
    names = {plain(name) for name in page.locator(".sidebar-list .conv-name bdi").all_text_contents()}
    assert names >= {plain(text) for text in TEXTS}
    page.get_by_role("button", name=f"Show {COUNT} pinned messages").click()
    expect(page.get_by_role("complementary", name="Pinned messages").get_by_role("article")).to_have_count(COUNT)
    cards = {plain(name) for name in page.locator(".card-name").all_text_contents()}
    assert cards >= {plain(text) for text in TEXTS}
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Room details").click()
    page.get_by_role("tab", name="Members").click()
    expect(page.get_by_role("list", name="Members").get_by_role("listitem")).to_have_count(COUNT)
    members = [plain(name) for name in page.get_by_role("list", name="Members").locator("bdi").all_text_contents()]
    assert members == [plain(text) for text in TEXTS]


def test_in_the_search_the_switcher_and_the_picker(reader):
    page = reader.page
    page.goto(reader.url)
    expect(reader.search).to_be_visible()
    for field in ("search", "switcher"):
        if field == "switcher":
            page.keyboard.press("Control+k")
        box = reader.search if field == "search" else page.get_by_role("combobox")
        expect(box).to_be_visible()
        for text in TEXTS[:: 10]:
            box.fill(text.replace("\n", " ")[:64])
        expect(page.locator(".sidebar-list, [role=listbox]").last).not_to_be_empty()
        box.fill("")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New conversation").first.click()
    expect(page.get_by_role("dialog").get_by_role("button").filter(has_text="owned").first).to_be_visible()
    page.get_by_role("button", name="Browse rooms").click()
    expect(page.get_by_role("dialog").get_by_text(TEXTS[3], exact=True).first).to_be_visible()


def test_typed_into_the_composer_and_sent_by_a_real_server(member, voice):
    """What the server takes and hands on: by hand, and as somebody else's words, names, topics, status and files."""
    ada = member("Ada")
    ada.context.add_init_script(WATCH)
    bob = voice("Bob", ada)
    c = bob.direct("ada")
    ada.open(f"/c/{c}")
    mine, theirs = TEXTS[5::50], TEXTS[7::50]
    for text in mine:
        ada.say(text)
    expect(ada.page.locator(".row-mine .tick[aria-label=Sent], .row-mine .tick[aria-label=Delivered]")).to_have_count(len(mine), timeout=30_000)
    for text in theirs:
        name = "".join(letter for letter in text if letter.isprintable())
        bob.write(c, text, files=[bob.upload(name[:60], b"x", "text/plain")])
        bob.http("PATCH", "/api/me", {"name": name[:64].strip(), "status": name[:100].strip()})
        bob.call("room.create", name=name[:64].strip(), topic=name, public=True, members=[bob.person("ada")])
    expect(ada.page.locator(".row-theirs")).to_have_count(len(theirs))
    expect(ada.page.locator(".conv-head h1")).to_have_text(name[:64].strip())
    ada.page.reload()
    expect(ada.page.locator(".row-theirs .file-name").last).to_be_visible()
    expect(ada.page.locator(".sidebar-list .list-row")).to_have_count(len(theirs) + 1)
    assert_nothing_happened(ada.page)
