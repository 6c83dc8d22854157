"""A person without a browser: speaks the realtime API directly, to fill conversations for the tests of the screens."""
from __future__ import annotations

import asyncio
import json
import threading
import urllib.parse
import urllib.request
import uuid

import socketio

from person import PASSWORD, username_of


class Voice:
    def __init__(self, url: str, name: str) -> None:
        self.url = url
        self.name = name
        self.username = username_of(name)
        self.me: dict = {}
        self.cookie = ""
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.client = socketio.AsyncClient(reconnection=False)
        self.heard: list[tuple[str, dict]] = []
        for event in ("msg", "mark", "conv"):
            self.client.on(event, lambda payload, event=event: self.heard.append((event, payload)))

    def sign_up(self, invite: str = "") -> "Voice":
        """Without an invitation: the first account."""
        account = {"username": self.username, "name": self.name, "password": PASSWORD}
        if invite == "":
            self.me = self.http("POST", "/api/setup", account)["me"]
        else:
            self.me = self.http("POST", "/api/signup", {**account, "invite": invite})["me"]
        return self.connect()

    def connect(self) -> "Voice":
        self._run(self.client.connect(self.url, headers={"Cookie": self.cookie, "Origin": self.url}, transports=["websocket"]))
        return self

    def hang_up(self) -> None:
        self._run(self.client.disconnect())

    def invite(self) -> str:
        return self.http("POST", "/api/invites", {"hours": 24, "uses": 1})["code"]

    def call(self, event: str, **payload: object) -> dict:
        """Asks again when the server says that it may work later."""
        while True:
            answer = self._run(self.client.call(event, payload, timeout=20))
            if answer["ok"]:
                return answer
            assert answer.get("retry"), f"{event}: {answer}"
            self._run(asyncio.sleep(answer.get("after", 200) / 1_000))  # as long as the server said

    def say(self, c: str, *bodies: str) -> None:
        for body in bodies:
            self.write(c, body)

    def write(self, c: str, body: str, **more: object) -> int:
        """Sends one message and says which number it got."""
        return self.call("send", c=c, cid=str(uuid.uuid4()), body=body, **more)["seq"]

    def change(self, event: str, c: str, seq: int, **more: object) -> None:
        """Edits, deletes, reacts to or pins a message."""
        self.call(event, c=c, seq=seq, mid=str(uuid.uuid4()), **more)

    def http(self, method: str, path: str, body: bytes | dict | None = None, kind: str = "application/json") -> dict:
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        headers = {"X-Parley": "1", "Origin": self.url, "Content-Type": kind, "Cookie": self.cookie}
        request = urllib.request.Request(f"{self.url}{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            if cookie := answer.headers["Set-Cookie"]:
                self.cookie = cookie.split(";")[0]
            return json.loads(answer.read() or b"{}")

    def upload(self, name: str, content: bytes, kind: str) -> str:
        return self.http("PUT", f"/api/uploads/{uuid.uuid4()}?name={urllib.parse.quote(name)}", content, kind)["f"]

    def read(self, c: str, seq: int) -> None:
        self.call("read", c=c, seq=seq)

    def person(self, username: str) -> str:
        people = self.call("people", q=username)["people"]
        return next(person["u"] for person in people if person["username"] == username)

    def direct(self, username: str) -> str:
        return self.call("dm", u=self.person(username))["conv"]["c"]

    def hint(self, event: str, **payload: object) -> None:
        self._run(self.client.emit(event, payload))

    def leave(self) -> None:
        self.hang_up()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    def _run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)
