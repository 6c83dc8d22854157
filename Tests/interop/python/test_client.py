"""The asyncio client of python-socketio against interop-server: a second implementation's reading of the protocol."""

import asyncio
import contextlib
import functools

import socketio
from engineio.payload import Payload
from socketio.exceptions import ConnectionError as Refused
from socketio.exceptions import TimeoutError as NoAnswer

PATIENCE = 20
Payload.max_decode_packets = 10_000  # this client takes 16 packets from one poll unless told otherwise


def together(test):
    """Runs an async test, within a minute."""

    @functools.wraps(test)
    def run(*arguments, **named):
        asyncio.run(asyncio.wait_for(test(*arguments, **named), 60))

    return run


@contextlib.asynccontextmanager
async def connected(server, transports, namespaces=("/",), auth=None):
    client = socketio.AsyncClient(reconnection=False)
    client.seen = asyncio.Queue()

    @client.on("*", namespace="*")
    async def anything(event, namespace, *data):
        await client.seen.put((event, *data))

    await client.connect(server.url, transports=transports, namespaces=list(namespaces), auth=auth, wait_timeout=PATIENCE)
    try:
        yield client
    finally:
        await client.shutdown()


async def next_event(client, name):
    async with asyncio.timeout(PATIENCE):
        while True:
            event, *data = await client.seen.get()
            if event == name:
                return data


def call(client, event, *data, namespace="/", timeout=PATIENCE):
    return client.call(event, data, namespace=namespace, timeout=timeout)


@together
async def test_text_with_all_of_unicode(server, transports):
    async with connected(server, transports) as client:
        values = ["grüße 😀 \u0000 \u2028 \x1e", {"ключ": ["值", None, True, 1.5]}, [], {}, "", 0]
        await client.emit("echo", tuple(values))
        assert await next_event(client, "echo") == values


@together
async def test_binary_both_ways(server, transports):
    async with connected(server, transports) as client:
        values = [b"\x01\x02\xff", {"deep": [{"data": b"\x00"}]}, b""]
        await client.emit("echo", tuple(values))
        assert await next_event(client, "echo") == values


@together
async def test_acks_from_the_server_text_and_binary(server, transports):
    async with connected(server, transports) as client:
        assert await call(client, "echo-ack", {"a": ["ü"]}) == {"a": ["ü"]}
        assert await call(client, "echo-ack", {"data": b"\x07"}) == {"data": b"\x07"}
        answers = await asyncio.gather(*(call(client, "echo-ack", number) for number in range(50)))
        assert answers == list(range(50))


@together
async def test_acks_from_the_client_text_and_binary(server, transports):
    async with connected(server, transports) as client:
        client.on("question", lambda *asked: ("answer", *asked, b"\x09"))
        assert list(await call(client, "ask", "why ü?")) == ["answer", "why ü?", b"\x09"]


@together
async def test_an_ack_that_never_comes(server, transports):
    async with connected(server, transports) as client:
        try:
            await call(client, "no such event", timeout=0.2)
            raise AssertionError("it was acknowledged")
        except NoAnswer:
            assert await call(client, "echo-ack", "alive") == "alive"


@together
async def test_300_kb(server, transports):
    async with connected(server, transports) as client:
        text = "xü😀" * 50_000
        assert await call(client, "echo-ack", text) == text
        data = bytes(range(250)) * 1200
        assert await call(client, "echo-ack", data) == data


@together
async def test_events_arrive_in_order(server, transports):
    async with connected(server, transports) as client:
        assert await call(client, "burst", 300) == 300
        seen = [(await next_event(client, "n"))[0] for _ in range(300)]
        assert seen == list(range(300))


@together
async def test_a_namespace_refuses_with_data(server, transports):
    client = socketio.AsyncClient(reconnection=False)
    refusal = asyncio.get_running_loop().create_future()
    client.on("connect_error", lambda data: refusal.done() or refusal.set_result(data), namespace="/admin")
    try:
        await client.connect(
            server.url, transports=transports, namespaces=["/admin"], auth={"token": "no"}, wait_timeout=PATIENCE
        )
        raise AssertionError("it was let in")
    except Refused:
        assert await refusal == {"message": "not authorized", "data": {"code": 401, "field": "token"}}
    finally:
        await client.shutdown()


@together
async def test_a_namespace_lets_in_with_data(server, transports):
    auth = {"token": "secret", "name": "Ünal"}
    async with connected(server, transports, namespaces=("/", "/admin"), auth=auth) as client:
        assert await call(client, "whoami", namespace="/admin") == auth
        assert await call(client, "echo-ack", "main") == "main"
        assert client.get_sid("/") != client.get_sid("/admin")


@together
async def test_rooms(server, transports):
    room = f"python {transports}"
    async with contextlib.AsyncExitStack() as stack:
        a, b, c = [await stack.enter_async_context(connected(server, transports)) for _ in range(3)]
        for client in (a, b, c):
            await call(client, "join", room)
        await call(c, "join", room + " c")
        await a.emit("broadcast", (room, "all"))
        await a.emit("others", (room, "others"))
        await a.emit("except", (room, room + " c", b"\x01"))
        await a.emit("broadcast", (room, "last"))

        async def heard(client):
            seen = []
            while not seen or seen[-1] != "last":
                seen += await next_event(client, "msg")
            return seen

        assert await heard(a) == ["all", b"\x01", "last"]
        assert await heard(b) == ["all", "others", b"\x01", "last"]
        assert await heard(c) == ["all", "others", "last"]


@together
async def test_the_server_disconnects_and_learns_of_disconnects(server, transports):
    async with connected(server, transports) as watcher, connected(server, transports) as client:
        await call(watcher, "join", "watchers")
        gone = asyncio.get_running_loop().create_future()
        client.on("disconnect", lambda reason: gone.done() or gone.set_result(reason))
        sid = client.get_sid("/")
        await client.emit("kick")
        async with asyncio.timeout(PATIENCE):
            assert await gone == client.reason.SERVER_DISCONNECT
            while (left := await next_event(watcher, "left"))[0] != sid:
                pass
        assert left[1] == "server namespace disconnect"


@together
async def test_a_client_that_was_dropped_may_come_back(server, transports):
    async with connected(server, transports) as client:
        first = client.get_sid("/")
        gone = asyncio.Event()
        client.on("disconnect", lambda *_: gone.set())
        await client.emit("drop")
        async with asyncio.timeout(PATIENCE):
            await gone.wait()
            await client.wait()
        await client.connect(server.url, transports=transports, wait_timeout=PATIENCE)
        assert client.get_sid("/") != first
        assert await call(client, "echo-ack", "back") == "back"
