"""A conversation of 100,000 messages on a real server: what is drawn, and how long it takes.

The counts are asserted, the times are printed (`pytest -s`): a machine with other work on it is no judge of milliseconds.
"""
from __future__ import annotations

import json
import sqlite3

import pytest
from playwright.sync_api import expect

COUNT = 100_000
FRAMES = """() => {
    const frames = window.frames_ = { gaps: [], most: 0, on: true };
    let last = performance.now();
    const tick = now => {
        frames.gaps.push(now - last);
        last = now;
        frames.most = Math.max(frames.most, document.querySelectorAll(".scroller [data-key]").length);
        if (frames.on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
}"""
STOP = """() => {
    const { gaps, most } = window.frames_;
    window.frames_.on = false;
    const sorted = gaps.slice(1).sort((a, b) => a - b);
    const at = part => Math.round(sorted[Math.floor(part * (sorted.length - 1))] * 10) / 10;
    return { frames: sorted.length, median: at(0.5), p99: at(0.99), longest: at(1), rows: most, all: document.querySelectorAll("*").length };
}"""
STILL = """async () => {
    const scroller = document.querySelector(".scroller");
    for (let still = 0, last = -1; still < 12; last = scroller.scrollTop) {
        await new Promise(requestAnimationFrame);
        still = scroller.scrollTop === last ? still + 1 : 0;
    }
}"""
FIRST_SIGHT = """(() => {
    const note = () => { if (document.querySelector("[data-seq]")) { window.firstSight = performance.now(); watch.disconnect(); } };
    const watch = new MutationObserver(note);
    watch.observe(document, { childList: true, subtree: true });
})()"""
KEYS = """() => {
    window.keys = [];
    // From the key, as the browser had it, until the frame after it is about to be drawn.
    document.querySelector("textarea").addEventListener("keydown", event => {
        const pressed = event.timeStamp;
        requestAnimationFrame(() => setTimeout(() => window.keys.push(performance.now() - pressed)));
    }, true);
}"""
KEYS_END = """() => {
    const sorted = window.keys.sort((a, b) => a - b);
    const at = part => Math.round(sorted[Math.floor(part * (sorted.length - 1))] * 10) / 10;
    return { keys: sorted.length, median: at(0.5), p99: at(0.99), longest: at(1) };
}"""


def body(seq: int) -> str:
    """Heights that nobody can guess."""
    if seq % 11 == 0:
        return f"message {seq}\n```swift\n" + "let x = 1\n" * (seq % 7 + 1) + "```"
    if seq % 5 == 0:
        return f"message {seq} " + "with **many** words " * (seq % 40)
    return f"message {seq}"


def fill(path, count: int) -> None:
    """Writes the conversation's messages straight into the server's database, as if it had happened long ago."""
    with sqlite3.connect(path) as db:
        (conv, last_ts), *_ = db.execute("SELECT id, last_ts FROM conversations WHERE kind = 1")
        first, second = [user for (user,) in db.execute("SELECT user_id FROM memberships WHERE conv_id = ? ORDER BY user_id", [conv])]
        start = last_ts - count * 30_000
        db.execute("DELETE FROM messages WHERE k >> 32 = ?", [conv])
        db.executemany(
            "INSERT INTO messages (k, sender_id, ts, n, kind, body) VALUES (?, ?, ?, ?, 0, ?)",
            ((conv << 32 | seq, second if seq % 13 else first, start + seq * 30_000, seq, body(seq)) for seq in range(1, count + 1)),
        )
        db.execute("UPDATE conversations SET last_seq = ?, last_n = ? WHERE id = ?", [count, count, conv])
        db.execute("UPDATE memberships SET read_seq = ?, read_n = ?, got_seq = ? WHERE conv_id = ?", [count, count, count, conv])
    db.close()


@pytest.fixture
def huge(member, voice, server):
    ada = member("Ada")
    bob = voice("Bob", ada)
    c = bob.direct("ada")
    bob.say(c, "the first one")
    ada.page.goto("about:blank")
    bob.hang_up()
    server.stop()
    fill(server.data / "parley.sqlite", COUNT)
    server.start()
    return ada, c


def test_hundred_thousand_messages(huge, artefacts):
    ada, c = huge
    page = ada.page
    figures = {}
    ada.context.add_init_script(FIRST_SIGHT)
    page.goto(f"{ada.url}/c/{c}")
    expect(page.locator(f'[data-seq="{COUNT}"]')).to_be_in_viewport()
    paint = page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime")
    figures["cold cache"] = {"first paint": round(paint), "first message": round(page.evaluate("() => window.firstSight"))}

    box = page.locator(".scroller").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.evaluate(FRAMES)
    for _ in range(150):
        page.mouse.wheel(0, -500)
    page.evaluate(STILL)
    wheel = page.evaluate(STOP)
    figures["wheel, 150 notches"] = wheel

    page.locator(".scroller").focus()
    page.evaluate(FRAMES)
    for _ in range(60):
        page.keyboard.press("PageUp")
    page.evaluate(STILL)
    keys = page.evaluate(STOP)
    figures["Page Up, 60 times"] = keys
    seqs = [int(seq) for seq in page.locator(".scroller [data-seq]").evaluate_all("rows => rows.map(row => row.dataset.seq)")]
    assert seqs == list(range(seqs[0], seqs[-1] + 1)), "rows are missing"
    assert seqs[0] < COUNT - 200

    page.evaluate(KEYS)
    ada.composer.focus()
    page.keyboard.type("the quick brown fox jumps over the lazy dog " * 3, delay=15)
    typing = page.evaluate(KEYS_END)
    figures["typing"] = typing
    ada.composer.press("Enter")
    expect(ada.tick(("the quick brown fox jumps over the lazy dog " * 3).strip())).to_be_visible()

    print("\n" + "\n".join(f"{name}: {json.dumps(values)}" for name, values in figures.items()))
    (artefacts / "huge.json").write_text(json.dumps(figures, indent=1))
    for walk in (wheel, keys):
        assert walk["rows"] <= 150
        assert walk["all"] < 5_000
    assert typing["keys"] >= 100
