"""A page that somebody links to is shown beneath the message, for everybody, until its author takes it away."""
from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

PAGE = b"""<html><head><meta property="og:title" content="A page &amp; more &lt;b&gt;">
<meta property="og:description" content="What it is about"></head></html>"""


@pytest.fixture
def server_options() -> tuple[str, ...]:
    return ("--outbound-allow", "127.0.0.1")


@pytest.fixture
def site() -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, *_: object) -> None:
            pass

    listening = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_port}/page"
    listening.shutdown()
    listening.server_close()


def test_preview_comes_and_is_taken_away(member, site):
    ada, bob = member("Ada"), member("Bob")
    ada.talk_to("Bob")
    ada.say(f"look at {site}")
    bob.conversation("Ada").click()
    for person in (ada, bob):
        preview = person.log.locator(".preview")
        expect(preview.locator(".preview-title")).to_have_text("A page & more <b>")
        expect(preview).to_contain_text("What it is about")
        expect(preview).to_have_attribute("href", site)
        expect(preview).to_have_attribute("rel", "noopener noreferrer nofollow ugc")
    for person, may in ((bob, 0), (ada, 1)):
        person.log.get_by_role("article").focus()
        person.page.keyboard.press("Enter")
        expect(person.page.get_by_role("menu")).to_be_visible()
        expect(person.page.get_by_role("menuitem", name="Remove preview")).to_have_count(may)
        if not may:
            person.page.keyboard.press("Escape")
    ada.page.get_by_role("menuitem", name="Remove preview").click()
    for person in (ada, bob):
        expect(person.log.locator(".preview")).to_have_count(0)
        person.page.reload()
        expect(person.log.locator(".body")).to_have_text([f"look at {site}"])
        expect(person.log.locator(".preview")).to_have_count(0)
