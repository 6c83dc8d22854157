"""The asyncio client of python-socketio 4.6, which speaks the protocol of Socket.IO v2, against interop-server."""

import asyncio
import contextlib
import functools
from importlib.metadata import version

import pytest
import socketio
from engineio.payload import Payload
from socketio.exceptions import ConnectionError as Refused

PATIENCE = 20
Payload.max_decode_packets = 10_000  # this client takes 16 packets from one poll unless told otherwise


def together(test):
    """Runs an async test, within a minute."""

    @functools.wraps(test)
    def run(*arguments, **named):
        asyncio.run(asyncio.wait_for(test(*arguments, **named), 60))

    return run


@contextlib.asynccontextmanager
async def connected(server, transports, *, namespaces=None, heard=None):
    client = socketio.AsyncClient(reconnection=False)
    client.seen = asyncio.Queue()
    for name in ("echo", "msg", "n"):
        client.on(name, functools.partial(keep, client, name))
    if heard:
        event, namespace, queue = heard
        client.on(event, lambda *data: queue.put_nowait(data), namespace=namespace)
    joined = asyncio.Event()
    client.on("connect", joined.set)
    await client.connect(server.url, transports=transports, namespaces=namespaces)
    await asyncio.wait_for(joined.wait(), PATIENCE)
    try:
        yield client
    finally:
        await client.disconnect()


async def keep(client, name, *data):
    await client.seen.put((name, *data))


async def next_event(client):
    return await asyncio.wait_for(client.seen.get(), PATIENCE)


def test_it_is_the_old_line():
    assert version("python-engineio").startswith("3.")
    assert version("python-socketio").startswith("4.")


@together
async def test_it_travels_as_it_was_told(server, transports):
    async with connected(server, transports) as client:
        assert client.transport() == transports[-1]


@together
async def test_text_with_all_of_unicode(server, transports):
    async with connected(server, transports) as client:
        values = ["grüße 😀 \u0000 \u2028 \x1e : 2:4", {"ключ": ["值", None, True, 1.5]}, [], {}, "", 0]
        await client.emit("echo", tuple(values))
        assert await next_event(client) == ("echo", *values)


@together
async def test_binary_goes_both_ways_and_nested(server, transports):
    async with connected(server, transports) as client:
        # No empty bytes: this client reads a packet without data as None.
        values = (b"\x01\x02\xff", {"deep": [{"data": b"\x00"}]})
        await client.emit("echo", values)
        assert await next_event(client) == ("echo", *values)


@together
async def test_the_server_acknowledges(server, transports):
    async with connected(server, transports) as client:
        assert await client.call("echo-ack", {"a": ["ü"]}) == {"a": ["ü"]}
        assert await client.call("echo-ack", b"\x07\x08") == b"\x07\x08"
        assert await client.call("echo-ack", (1, "two", None)) == (1, "two", None)


@together
async def test_the_client_acknowledges(server, transports):
    async with connected(server, transports) as client:
        client.on("question", answer)
        assert await client.call("ask", "why ü?") == ("answer", "why ü?", b"\x09")


async def answer(what):
    return "answer", what, b"\x09"


@together
async def test_300_kilobytes(server, transports):
    async with connected(server, transports) as client:
        text = "xü😀" * 50_000
        assert await client.call("echo-ack", text) == text
        data = bytes(index % 251 for index in range(300_000))
        assert await client.call("echo-ack", data) == data


@together
async def test_a_burst_keeps_its_order(server, transports):
    async with connected(server, transports) as client:
        assert await client.call("burst", 500) == 500
        assert [await next_event(client) for _ in range(500)] == [("n", number) for number in range(500)]


@together
async def test_rooms(server, transports):
    async with connected(server, transports) as first, connected(server, ["websocket"]) as second:
        for client in (first, second):
            await client.call("join", f"room {transports}")
        await first.emit("broadcast", (f"room {transports}", {"data": b"\x05"}))
        for client in (first, second):
            assert await next_event(client) == ("msg", {"data": b"\x05"})
        await first.emit("others", (f"room {transports}", "you"))
        assert await next_event(second) == ("msg", "you")
        assert first.seen.empty()


@together
async def test_a_namespace_without_its_token_is_refused(server, transports):
    refused = asyncio.Queue()
    async with connected(server, transports, namespaces=["/admin"], heard=("connect_error", "/admin", refused)) as client:
        assert await asyncio.wait_for(refused.get(), PATIENCE) == ({"code": 401, "field": "token"},)
        assert await client.call("echo-ack", "alive") == "alive"


@together
async def test_a_namespace_with_its_token_in_the_query(server, transports):
    joined = asyncio.Queue()
    namespaces = ["/admin?token=secret&more=%C3%BC"]
    async with connected(server, transports, namespaces=namespaces, heard=("connect", "/admin", joined)) as client:
        await asyncio.wait_for(joined.get(), PATIENCE)
        assert await client.call("whoami", namespace="/admin") == {"token": "secret", "more": "ü"}
        assert await client.call("echo-ack", b"\x01", namespace="/admin") == b"\x01"


@together
async def test_the_server_ends_it(server, transports):
    async with connected(server, transports) as client:
        gone = asyncio.Event()
        client.on("disconnect", gone.set)
        await client.emit("drop")
        await asyncio.wait_for(gone.wait(), PATIENCE)


@together
async def test_without_permission_there_is_no_connection(transports):
    from serverprocess import ServerProcess, command_from

    strict = ServerProcess([command_from("INTEROP_SERVER", "interop-server"), "--port", "0"])
    try:
        with pytest.raises(Refused):
            await socketio.AsyncClient(reconnection=False).connect(strict.url, transports=transports)
    finally:
        assert strict.stop() == 0
