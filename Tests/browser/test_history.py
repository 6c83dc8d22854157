"""A long conversation: history loads while one scrolls up, and nothing moves under the reader's eyes."""
import pytest
from playwright.sync_api import expect

COUNT = 200


@pytest.fixture
def long_talk(member, voice):
    ada = member("Ada")
    bob = voice("Bob", ada)
    c = bob.direct("ada")
    bob.say(c, *(f"message {n}" + "\nwith a second line" * (n % 3 == 0) for n in range(1, COUNT + 1)))
    return ada, bob, c


def top_row(ada):
    """The first row on screen, and its distance from the upper edge."""
    return ada.page.locator(".scroller").evaluate(
        """scroller => {
            const edge = scroller.getBoundingClientRect().top;
            const row = [...scroller.querySelectorAll("[data-seq]")].find(r => r.getBoundingClientRect().bottom > edge);
            return [row.dataset.seq, row.getBoundingClientRect().top - edge];
        }"""
    )


def test_history_loads_upwards_without_a_jump(long_talk):
    ada, bob, c = long_talk
    bob.read(c, COUNT)
    ada.open(f"/c/{c}")
    ada.page.get_by_role("button", name="new messages").click()
    expect(ada.bubble(f"message {COUNT - 1}")).to_be_in_viewport()
    moves = ada.page.locator(".scroller").evaluate(
        """async scroller => {
            // Scrolls up in small steps and watches the row under the upper edge through every change of the list.
            const jumps = [], seen = new Set();
            let most = 0;
            const edge = () => scroller.getBoundingClientRect().top;
            const first = () => [...scroller.querySelectorAll("[data-seq]")].find(r => r.getBoundingClientRect().bottom > edge());
            const frame = () => new Promise(requestAnimationFrame);
            for (let turn = 0; turn < 3000; turn++) {
                scroller.scrollTop -= 240;
                await frame();
                for (const row of scroller.querySelectorAll("[data-seq]")) seen.add(row.dataset.seq);
                most = Math.max(most, scroller.querySelectorAll("[data-key]").length);
                const row = first();
                const before = row.getBoundingClientRect().top;
                await frame();
                await frame();
                const moved = row.getBoundingClientRect().top - before;
                if (!row.isConnected || Math.abs(moved) > 1.5) jumps.push([row.dataset.seq, moved]);
                if (scroller.querySelector(".beginning") && scroller.scrollTop <= 0) break;
            }
            return { jumps, most, seen: seen.size, done: Boolean(scroller.querySelector(".beginning")) };
        }"""
    )
    assert moves["done"]
    assert moves["seen"] == COUNT
    assert moves["most"] <= 150
    assert moves["jumps"] == []


def test_reader_above_the_end_is_left_in_peace(long_talk):
    ada, bob, c = long_talk
    ada.open(f"/c/{c}")
    expect(ada.log.locator(".new-line")).to_be_visible()  # opened at the first unread message
    ada.page.get_by_role("button", name="new messages").click()
    expect(ada.bubble(f"message {COUNT - 1}")).to_be_in_viewport()
    expect(ada.page.locator(".pill")).to_have_count(0)

    ada.page.locator(".scroller").evaluate("e => { e.scrollTop -= 2000; }")
    expect(ada.page.get_by_role("button", name="To the newest message")).to_be_visible()
    place = top_row(ada)
    bob.say(c, "news", "more news")
    pill = ada.page.get_by_role("button", name="2 new messages")
    expect(pill).to_be_visible()
    seq, offset = top_row(ada)
    assert seq == place[0] and abs(offset - place[1]) < 1.5
    pill.click()
    expect(ada.bubble("more news")).to_be_in_viewport()
    expect(pill).to_have_count(0)
    bob.say(c, "followed")
    expect(ada.bubble("followed")).to_be_in_viewport()


def test_own_message_goes_to_the_end(long_talk):
    ada, bob, c = long_talk
    ada.open(f"/c/{c}")
    expect(ada.log.locator(".new-line")).to_be_visible()
    ada.say("here I am")
    expect(ada.bubble("here I am")).to_be_in_viewport()
    expect(ada.log.locator(".new-line")).to_have_count(0)
    assert ada.at_end()


def test_window_that_grows_and_shrinks_keeps_the_end(long_talk):
    ada, bob, c = long_talk
    ada.open(f"/c/{c}")
    ada.page.get_by_role("button", name="new messages").click()
    for height in (500, 900, 420):
        ada.page.set_viewport_size({"width": 1000, "height": height})
        ada.page.wait_for_function("() => { const e = document.querySelector('.scroller'); return e.scrollHeight - e.scrollTop - e.clientHeight < 4; }")


def test_row_of_an_own_message_is_never_built_anew(member, voice):
    ada = member("Ada")
    bob = voice("Bob", ada)
    ada.talk_to("Bob")
    ada.page.evaluate(
        """() => {
            window.removed = 0;
            new MutationObserver(list => { for (const m of list) window.removed += [...m.removedNodes].filter(n => n.nodeName === "LI").length; })
                .observe(document.querySelector(".pane"), { childList: true, subtree: true });
        }"""
    )
    ada.say("one")
    expect(ada.tick("one")).to_have_attribute("aria-label", "Sent")
    assert ada.page.evaluate("() => window.removed") == 0
    assert bob.heard
