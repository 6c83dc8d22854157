"""The peer of bin/bench: python-socketio at its fastest (ASGI, uvicorn, uvloop, httptools, orjson), with the four events
that the load generator speaks: echo, echo-ack, join, broadcast."""

import argparse
import socket

import orjson
import socketio
import uvicorn


class FastJSON:
    """orjson under the name of the standard library's functions."""

    loads = staticmethod(orjson.loads)

    @staticmethod
    def dumps(value, **_) -> str:
        return orjson.dumps(value).decode()


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--compress", action="store_true", help="permessage-deflate")
parser.add_argument("--tls-cert", help="a PEM file with the certificate")
parser.add_argument("--tls-key", help="the PEM file of its key")
options = parser.parse_args()

io = socketio.AsyncServer(async_mode="asgi", json=FastJSON, logger=False, engineio_logger=False, async_handlers=False)


@io.on("echo")
async def echo(sid, *values):
    await io.emit("echo", values, to=sid)


@io.on("echo-ack")
async def echo_ack(sid, *values):
    return values


@io.on("join")
async def join(sid, room):
    await io.enter_room(sid, room)
    return ()


@io.on("broadcast")
async def broadcast(sid, room, payload):
    await io.emit("msg", payload, room=room)


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind((options.host, options.port))
listener.listen(4096)
print(f"listening on {'https' if options.tls_cert else 'http'}://{options.host}:{listener.getsockname()[1]}", flush=True)
config = uvicorn.Config(
    socketio.ASGIApp(io), loop="uvloop", http="httptools", ws="websockets-sansio", log_level="error",
    ws_per_message_deflate=options.compress, backlog=4096, ssl_certfile=options.tls_cert, ssl_keyfile=options.tls_key,
)
uvicorn.Server(config).run([listener])
