"""python-socketio with `serializer="msgpack"` against interop-server with the same parser."""

import asyncio
import pathlib
import sys

import pytest
import socketio
from socketio.exceptions import ConnectionError as Refused

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "support"))

from serverprocess import ServerProcess, command_from  # noqa: E402

from test_client import PATIENCE, together  # noqa: E402


@pytest.fixture(scope="module")
def msgpack_server():
    command = [command_from("INTEROP_SERVER", "interop-server"), "--port", "0", "--parser", "msgpack"]
    running = ServerProcess(command)
    yield running
    assert running.stop() == 0


async def connect(server, transports, **options):
    client = socketio.AsyncClient(reconnection=False, serializer="msgpack")
    client.seen = asyncio.Queue()

    @client.on("*", namespace="*")
    async def anything(event, namespace, *data):
        await client.seen.put((event, *data))

    await client.connect(server.url, transports=transports, wait_timeout=PATIENCE, **options)
    return client


@together
async def test_values_binary_and_acks(msgpack_server, transports):
    client = await connect(msgpack_server, transports)
    try:
        values = ("grüße 😀", b"\x00\x01", {"deep": [b"abc", None, True, 1.5, -70000, 2**40]}, [], {}, 0)
        assert await client.call("echo-ack", values, timeout=PATIENCE) == values
        await client.emit("echo", ("text", b"\xff" * 70000))
        assert await asyncio.wait_for(client.seen.get(), PATIENCE) == ("echo", "text", b"\xff" * 70000)
    finally:
        await client.shutdown()


@together
async def test_broadcasts_in_order(msgpack_server, transports):
    client = await connect(msgpack_server, transports)
    try:
        await client.call("join", "room", timeout=PATIENCE)
        for number in range(50):
            await client.emit("broadcast", ("room", {"n": number, "b": bytes([number])}))
        for number in range(50):
            event = await asyncio.wait_for(client.seen.get(), PATIENCE)
            assert event == ("msg", {"n": number, "b": bytes([number])})
    finally:
        await client.shutdown()


@together
async def test_credentials_and_refusal(msgpack_server, transports):
    client = await connect(msgpack_server, transports, namespaces=["/admin"], auth={"token": "secret"})
    try:
        assert await client.call("whoami", namespace="/admin", timeout=PATIENCE) == {"token": "secret"}
    finally:
        await client.shutdown()
    with pytest.raises(Refused):
        await connect(msgpack_server, transports, namespaces=["/admin"], auth={"token": "wrong"})
