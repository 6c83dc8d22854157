"""A person with a browser: what the tests let people do, in the words of the screens."""
from __future__ import annotations

import re
import unicodedata

from playwright.sync_api import Browser, Locator, Page, expect

PASSWORD = "seven quiet rivers"
# Expected while a connection is cut on purpose: the browser reports the failed requests themselves.
NETWORK = re.compile(r"Failed to load resource|WebSocket connection to|ERR_INTERNET_DISCONNECTED|net::ERR_")
# What the browser says when a test does without the service worker.
BLOCKED = "Service Worker registration blocked by Playwright"


def username_of(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", ".")


class Person:
    def __init__(self, browser: Browser, url: str, name: str, **context: object) -> None:
        self.url = url
        self.name = name
        self.username = username_of(name)
        self.problems: list[str] = []
        # Every new browser would first fetch the whole shell; the tests of the service worker ask for it.
        self.context = browser.new_context(**{"service_workers": "block", **context})
        self.context.set_default_timeout(15_000)
        self.page = self.new_page()

    def new_page(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.problems.append(f"error on the page: {error}"))
        page.on("console", self._console)
        return page

    def _console(self, message) -> None:
        if message.type in ("error", "warning") and not NETWORK.search(message.text) and message.text != BLOCKED:
            self.problems.append(f"console: {message.text}")

    def leave(self) -> None:
        self.context.close()

    # -- accounts, over HTTP --

    def post(self, path: str, body: dict) -> dict:
        headers = {"X-Parley": "1", "Origin": self.url}
        answer = self.context.request.post(f"{self.url}{path}", data=body, headers=headers)
        assert answer.ok, f"{path}: {answer.status} {answer.text()}"
        return answer.json() if answer.body() else {}

    def account(self) -> dict:
        return {"username": self.username, "name": self.name, "password": PASSWORD}

    def set_up(self) -> None:
        self.post("/api/setup", self.account())

    def invite(self) -> str:
        return self.post("/api/invites", {"hours": 24, "uses": 1})["code"]

    def sign_up(self, invite: str) -> None:
        self.post("/api/signup", {**self.account(), "invite": invite})

    def sign_in(self) -> None:
        self.post("/api/signin", {"username": self.username, "password": PASSWORD})

    # -- screens --

    def open(self, path: str = "/") -> None:
        self.page.goto(f"{self.url}{path}")
        expect(self.composer if path.startswith("/c/") else self.search).to_be_visible()

    @property
    def search(self) -> Locator:
        return self.page.get_by_role("searchbox", name="Search people and rooms")

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name=re.compile("^Message to "))

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def rows(self) -> Locator:
        return self.log.get_by_role("listitem")

    @property
    def bar(self) -> Locator:
        return self.page.locator(".connection-bar")

    def talk_to(self, name: str) -> None:
        """Finds a person, a room or a conversation with the search box, and opens it with Enter."""
        self.search.fill(name)
        expect(self.page.locator(".sidebar-list .list-row").first).to_contain_text(name)
        self.search.press("Enter")
        expect(self.page.get_by_role("region", name=name)).to_be_visible()

    def conversation(self, name: str) -> Locator:
        return self.page.get_by_role("group", name="Conversations").get_by_role("link").filter(has_text=name)

    def say(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    def bubble(self, text: str) -> Locator:
        return self.log.get_by_role("article").filter(has=self.page.locator(".body").get_by_text(text, exact=True))

    def tick(self, text: str) -> Locator:
        return self.bubble(text).locator(".tick")

    def texts(self) -> list[str]:
        return self.log.locator(".body").all_inner_texts()

    def at_end(self) -> bool:
        return self.page.locator(".scroller").evaluate("e => e.scrollHeight - e.scrollTop - e.clientHeight < 4")
