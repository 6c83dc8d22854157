"""A python-socketio server for the Swift client's tests: says where it listens, and answers a few events."""

import asyncio

import socketio
from aiohttp import web

io = socketio.AsyncServer(async_mode="aiohttp", logger=False, engineio_logger=False, async_handlers=True)
app = web.Application()
io.attach(app)


@io.on("hello")
async def hello(sid, name):
    await io.emit("answer", f"Hi {name}", to=sid)


@io.on("add")
async def add(sid, left, right):
    return left + right


@io.on("blob")
async def blob(sid, name, data):
    await io.emit("blob", (name, data[::-1]), to=sid)


@io.on("blob ack")
async def blob_ack(sid, data):
    return {"data": data, "length": len(data)}


@io.on("ask me")
async def ask_me(sid, text):
    await io.emit("answer", await io.call("ask", text, to=sid), to=sid)


@io.on("leave")
async def leave(sid, _):
    await io.disconnect(sid)


@io.on("connect", namespace="/secret")
async def connect_secret(sid, environ, auth):
    if not auth or auth.get("token") != "42":
        raise socketio.exceptions.ConnectionRefusedError("no entry", {"code": 401})


@io.on("hello", namespace="/secret")
async def hello_secret(sid, name):
    await io.emit("answer", f"Secret {name}", to=sid, namespace="/secret")


async def main():
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(f"listening on http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
