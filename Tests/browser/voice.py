"""A person without a browser: speaks the realtime API directly, to fill conversations for the tests of the screens."""
from __future__ import annotations

import asyncio
import json
import threading
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

    def sign_up(self, invite: str) -> "Voice":
        account = {"username": self.username, "name": self.name, "password": PASSWORD, "invite": invite}
        headers = {"X-Parley": "1", "Origin": self.url, "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/api/signup", json.dumps(account).encode(), headers, method="POST")
        with urllib.request.urlopen(request, timeout=30) as answer:
            self.me = json.load(answer)["me"]
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        self._run(self.client.connect(self.url, headers={"Cookie": self.cookie, "Origin": self.url}, transports=["websocket"]))
        return self

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
            self.call("send", c=c, cid=str(uuid.uuid4()), body=body)

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
        self._run(self.client.disconnect())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    def _run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)
