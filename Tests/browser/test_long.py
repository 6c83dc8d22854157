"""A hundred thousand messages: few of them are drawn, none of them jumps."""
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from conftest import WEB
from paper import CONV, PaperServer
from person import Person

COUNT = 100_000


def message(seq: int) -> dict:
    """Heights that nobody can guess: one line, many lines, code, pictures' places."""
    if seq % 11 == 0:
        return {"body": f"message {seq}\n```\n" + "let x = 1\n" * (seq % 7) + "```"}
    if seq % 5 == 0:
        return {"body": f"message {seq} " + "with many words " * (seq % 60)}
    if seq % 13 == 0:
        return {"body": f"message {seq}", "from": "usr_ada", "name": "Ada", "cid": f"cid-{seq}"}
    return {"body": f"message {seq}"}


@pytest.fixture
def paper() -> Iterator[PaperServer]:
    server = PaperServer(WEB, COUNT, message)
    yield server
    server.stop()


@pytest.fixture
def reader(browser: Browser, paper: PaperServer) -> Iterator[Person]:
    person = Person(browser, paper.url, "Ada")
    person.page.goto(f"{paper.url}/c/{CONV}")
    expect(person.page.locator(f'[data-seq="{COUNT}"]')).to_be_in_viewport()
    yield person
    person.leave()
    assert person.problems == []


SCROLL = """async ([step, turns]) => {
    const scroller = document.querySelector(".scroller");
    const frame = () => new Promise(requestAnimationFrame);
    const edge = () => scroller.getBoundingClientRect().top;
    const rows = () => [...scroller.querySelectorAll("[data-seq]")];
    const result = { jumps: [], most: 0, seen: [], holes: 0, least: Infinity };
    for (let turn = 0; turn < turns; turn++) {
        scroller.scrollTop += step;
        await frame();
        const row = rows().find(r => r.getBoundingClientRect().bottom > edge() + 1);
        const before = row && row.getBoundingClientRect().top;
        await frame();
        await frame();
        if (!row) result.holes += 1;
        else if (!row.isConnected || Math.abs(row.getBoundingClientRect().top - before) > 1.5) result.jumps.push([turn, row.dataset.seq]);
        const all = rows();
        result.most = Math.max(result.most, scroller.querySelectorAll("[data-key]").length);
        result.least = Math.min(result.least, Number(all[0].dataset.seq));
        for (let i = 1; i < all.length; i++) if (all[i].dataset.seq - all[i - 1].dataset.seq !== 1) result.jumps.push(["order", all[i].dataset.seq]);
    }
    return result;
}"""


def test_scrolling_through_a_long_past_draws_little_and_never_jumps(reader, paper):
    up = reader.page.evaluate(SCROLL, [-700, 160])
    assert up["jumps"] == [] and up["holes"] == 0
    assert up["most"] <= 150
    assert up["least"] < COUNT - 1_200, "beyond what is kept in memory"
    down = reader.page.evaluate(SCROLL, [700, 200])
    assert down["jumps"] == [] and down["holes"] == 0
    assert down["most"] <= 150
    assert paper.pages > 20


def test_jumping_to_the_middle_and_back(reader, paper):
    reader.page.goto(f"{paper.url}/c/{CONV}/50000")
    expect(reader.page.locator('[data-seq="50000"]')).to_be_in_viewport()
    expect(reader.page).to_have_url(f"{paper.url}/c/{CONV}")
    moves = reader.page.evaluate(SCROLL, [500, 30])
    assert moves["jumps"] == [] and moves["holes"] == 0
    reader.page.get_by_role("button", name="To the newest message").click()
    expect(reader.page.locator(f'[data-seq="{COUNT}"]')).to_be_in_viewport()
    assert reader.at_end()


def test_pulling_the_scroll_bar_far_shows_rows_there(reader, paper):
    reader.page.evaluate(SCROLL, [-600, 40])
    for part in (0.5, 0.1, 0.9, 0.3):
        reader.page.locator(".scroller").evaluate("(e, part) => { e.scrollTop = e.scrollHeight * part; }", part)
        reader.page.wait_for_function(
            """() => {
                const { top, bottom } = document.querySelector(".scroller").getBoundingClientRect();
                const rows = [...document.querySelectorAll("[data-seq]")].map(r => r.getBoundingClientRect());
                return rows.some(r => r.top <= top + 80 && r.bottom > top) && rows.some(r => r.bottom >= bottom - 80);
            }"""
        )
        assert reader.page.locator("[data-key]").count() <= 150
