"""A server made of paper: speaks enough of the realtime API to show a conversation that would take long to write for real."""
from __future__ import annotations

import asyncio
import pathlib
import threading
from collections.abc import Callable

import socketio
from aiohttp import web

ME = {"u": "usr_ada", "username": "ada", "name": "Ada"}
CONV = "cnv_paper"
START = 1_700_000_000_000


class PaperServer:
    """One conversation whose messages are made by `message(seq)` when they are asked for."""

    def __init__(self, dist: pathlib.Path, count: int, message: Callable[[int], dict]) -> None:
        self.dist, self.count, self.message = dist, count, message
        self.pages = 0
        self.loop = asyncio.new_event_loop()
        self.socket = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*")
        for name in ("sync", "page", "gap", "read", "got", "pins", "view", "watch"):
            self.socket.on(name, getattr(self, f"on_{name}"))
        self.socket.on("connect", self.on_connect)
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.port = asyncio.run_coroutine_threadsafe(self.start(), self.loop).result(20)
        self.url = f"http://127.0.0.1:{self.port}"

    async def start(self) -> int:
        app = web.Application()
        self.socket.attach(app)
        app.router.add_get("/api/state", self.state)
        app.router.add_get("/{path:.*}", self.file)
        self.runner = web.AppRunner(app)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        return site._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        async def end() -> None:
            await self.socket.shutdown()
            await self.runner.cleanup()

        asyncio.run_coroutine_threadsafe(end(), self.loop).result(20)
        self.loop.call_soon_threadsafe(self.loop.stop)

    # -- HTTP --

    async def state(self, request: web.Request) -> web.Response:
        return web.json_response({"setup": False, "signup": "invite", "name": "Paper", "me": ME})

    async def file(self, request: web.Request) -> web.StreamResponse:
        path = self.dist / request.match_info["path"]
        return web.FileResponse(path if path.is_file() else self.dist / "index.html")

    # -- events --

    def msg(self, seq: int) -> dict:
        mine = {"c": CONV, "seq": seq, "id": f"{CONV}/{seq}", "from": "usr_bob", "name": "Bob", "ts": START + seq * 60_000, "kind": "text"}
        return {**mine, **self.message(seq)}

    def msgs(self, first: int, last: int) -> list[dict]:
        return [self.msg(seq) for seq in range(max(1, first), min(self.count, last) + 1)]

    async def on_connect(self, sid: str, environ: dict) -> None:
        await self.socket.emit("hello", {"v": 1, "epoch": "p", "me": ME, "now": START, "limits": {"body": 20_000}, "recovered": False}, to=sid)

    async def on_sync(self, sid: str, payload: dict) -> dict:
        last = self.msg(self.count)
        conv = {"c": CONV, "kind": "private", "name": "Paper", "role": "member", "members": 60, "seq": self.count, "rev": 0,
                "read": self.count, "got": self.count, "unread": 0, "last": last}
        return {"ok": True, "epoch": "p", "convs": [conv]}

    async def on_page(self, sid: str, payload: dict) -> dict:
        self.pages += 1
        limit = payload.get("limit", 50)
        if "after" in payload:
            first, last = payload["after"] + 1, payload["after"] + limit
        elif "around" in payload:
            first, last = payload["around"] - limit // 2, payload["around"] + limit // 2
        else:
            last = payload.get("before", self.count + 1) - 1
            first = last - limit + 1
        msgs = self.msgs(first, last)
        return {"ok": True, "msgs": msgs, "first": msgs[0]["seq"] == 1, "last": msgs[-1]["seq"] == self.count}

    async def on_gap(self, sid: str, payload: dict) -> dict:
        msgs = self.msgs(payload["from"], payload["from"] + 199)
        return {"ok": True, "msgs": msgs, "changed": [], "seq": self.count, "rev": 0, "more": False, "reset": False}

    async def on_read(self, sid: str, payload: dict) -> dict:
        return {"ok": True, "read": payload["seq"], "unread": 0}

    async def on_pins(self, sid: str, payload: dict) -> dict:
        return {"ok": True, "msgs": []}

    async def on_got(self, sid: str, payload: dict) -> dict:
        return {"ok": True}

    on_view = on_watch = on_got
