"""Clients that come and go: connects by every way there is, and asks the server what is left when all have gone.

Plain asyncio on raw sockets, so that one core makes hundreds of connects a second. Run by test_churn.py; by hand:
    bin/dev churn --connects 100000
"""

import argparse
import asyncio
import json
import os
import pathlib
import random
import select
import signal
import struct
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))

from serverprocess import ServerProcess, command_from  # noqa: E402

UPGRADE = (
    "GET /socket.io/?EIO=4&transport=websocket{sid} HTTP/1.1\r\nHost: churn.example\r\nConnection: Upgrade\r\n"
    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
PATIENCE = 30


def frame(text: str) -> bytes:
    data = text.encode()
    assert len(data) < 126
    return bytes([0x81, 0x80 | len(data), 0, 0, 0, 0]) + data


class Wire:
    """One connection; counts nothing, believes nothing."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls, server):
        return cls(*await asyncio.open_connection(server.host, server.port))

    async def http(self, request: str) -> tuple[int, str]:
        self.writer.write(request.encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        length = 0
        for line in head.split("\r\n"):
            if line.lower().startswith("content-length:"):
                length = int(line[15:])
        return int(head[9:12]), (await self.reader.readexactly(length)).decode()

    async def get(self, sid="") -> str:
        query = f"&sid={sid}" if sid else ""
        status, body = await self.http(
            f"GET /socket.io/?EIO=4&transport=polling{query} HTTP/1.1\r\nHost: churn.example\r\n\r\n"
        )
        assert status == 200, (status, body)
        return body

    async def post(self, sid: str, body: str):
        status, answer = await self.http(
            f"POST /socket.io/?EIO=4&transport=polling&sid={sid} HTTP/1.1\r\nHost: churn.example\r\n"
            f"Content-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        )
        assert (status, answer) == (200, "ok"), (status, answer)

    async def upgrade(self, sid=""):
        self.writer.write(UPGRADE.format(sid=f"&sid={sid}" if sid else "").encode())
        head = await self.reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101 "), head

    async def message(self) -> str:
        head = await self.reader.readexactly(2)
        assert head[0] == 0x81 and head[1] < 127, head
        length = head[1] if head[1] < 126 else struct.unpack(">H", await self.reader.readexactly(2))[0]
        return (await self.reader.readexactly(length)).decode()

    async def expect(self, start: str):
        text = await self.message()
        assert text.startswith(start), (text, start)

    def say(self, *texts: str):
        self.writer.write(b"".join(map(frame, texts)))

    def close(self):
        self.writer.close()

    def abort(self):
        self.writer.transport.abort()


async def by_websocket(server, number, leave):
    wire = await Wire.open(server)
    await wire.upgrade()
    await wire.expect("0{")
    wire.say("40")
    await wire.expect('40{"sid"')
    wire.say(f'420["join","room-{number % 97}"]', '421["echo-ack",1]')
    await wire.expect("430[")
    await wire.expect("431[1]")
    leave(wire)


async def by_namespace(server, number, leave):
    wire = await Wire.open(server)
    await wire.upgrade()
    await wire.expect("0{")
    name = f"/churn-{number % 13}"
    wire.say(f"40{name},", "40/nowhere,", '40/admin,{"token":"wrong"}')
    seen = sorted([await wire.message() for _ in range(3)])
    assert seen[0].startswith(f"40{name},") and [text[:4] for text in seen[1:]] == ["44/a", "44/n"], seen
    if number % 2:
        wire.say(f"41{name},")
    leave(wire)


async def by_unanswered_call(server, number, leave):
    wire = await Wire.open(server)
    await wire.upgrade()
    await wire.expect("0{")
    wire.say("40", '427["ask",1]')
    await wire.expect('40{"sid"')
    await wire.expect("42")  # the question, which is never answered
    leave(wire)


async def by_polling(server, number, leave):
    wire = await Wire.open(server)
    sid = json.loads((await wire.get())[1:])["sid"]
    await wire.post(sid, "40")
    assert (await wire.get(sid)).startswith('40{"sid"')
    await wire.post(sid, '421["echo-ack",1]')
    assert await wire.get(sid) == "431[1]"
    if number % 3:
        await wire.post(sid, "41")
        await wire.post(sid, "1")
    leave(wire)


async def by_upgrade(server, number, leave):
    wire = await Wire.open(server)
    sid = json.loads((await wire.get())[1:])["sid"]
    await wire.post(sid, "40")
    assert (await wire.get(sid)).startswith('40{"sid"')
    probe = await Wire.open(server)
    await probe.upgrade(sid)
    probe.say("2probe")
    await probe.expect("3probe")
    if number % 4 == 0:  # given up half-way
        probe.abort()
        await wire.post(sid, "1")
    else:
        probe.say("5", '421["echo-ack",1]')
        await probe.expect("431[1]")
        leave(probe)
    leave(wire)


async def by_aborted_handshake(server, number, leave):
    wire = await Wire.open(server)
    request = UPGRADE.format(sid="").encode()
    wire.writer.write(request[: 1 + number * 7 % len(request)])
    if number % 2:
        await wire.writer.drain()
    wire.abort()


WAYS = [by_websocket, by_websocket, by_namespace, by_unanswered_call, by_polling, by_upgrade, by_aborted_handshake]
LEAVINGS = [Wire.close, Wire.abort, lambda wire: (wire.say("41"), wire.close()), lambda wire: (wire.say("1"), wire.close())]


async def come_and_go(server, connects: int, at_once: int, rate: float, seed: int) -> dict[str, int]:
    """Makes that many connects, at most `rate` a second (0: as fast as it goes); how many of each way. Any failure ends it."""
    numbers, counts, rng = iter(range(connects)), {}, random.Random(seed)
    began = time.monotonic()

    async def worker():
        for number in numbers:
            if rate:
                await asyncio.sleep(began + number / rate - time.monotonic())  # the pace of the load
            way, leave = rng.choice(WAYS), rng.choice(LEAVINGS)
            await asyncio.wait_for(way(server, number, leave), PATIENCE)
            counts[way.__name__] = counts.get(way.__name__, 0) + 1

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(worker())
    return counts


def rss_kib(pid: int) -> int:
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return int(next(line for line in status if line.startswith("VmRSS:")).split()[1])


def live(server, patience: float) -> dict[str, int]:
    """The server's own counts, asked until nothing but namespaces is left or patience is over."""
    end, unread = time.monotonic() + patience, b""
    while True:
        os.kill(server.process.pid, signal.SIGUSR1)
        while b"\n" not in unread:
            select.select([server.process.stdout], [], [], PATIENCE)
            unread += server.process.stdout.read() or b""
        line, unread = unread.split(b"\n", 1)
        counts = json.loads(line)
        if not any(value for name, value in counts.items() if name != "namespaces") or time.monotonic() > end:
            return counts
        select.select([server.process.stdout], [], [], 0.2)  # nothing comes unasked


def run(connects: int, at_once: int, seed: int, rate: float = 0, say=print) -> dict:
    """One run; the figures. Fails when something is left, or memory has grown by more than a twentieth.

    The first tenth must last longer than a half-open session lives (12 s), or it has not seen the peak of them.
    """
    command = [command_from("INTEROP_SERVER", "interop-server"), "--port", "0"]
    # Half-open sessions end with their heartbeat: short, so that the end is seen.
    server = ServerProcess([*command, "--ping-interval", "8000", "--ping-timeout", "4000", "--connect-timeout", "3000"])
    try:
        warm_up = max(1, connects // 10)
        started = time.monotonic()
        counts = asyncio.run(come_and_go(server, warm_up, at_once, rate, seed))
        first = live(server, 30)
        before = rss_kib(server.process.pid)
        say(f"after {warm_up} connects: {before} KiB, left: {first}")
        more = asyncio.run(come_and_go(server, connects - warm_up, at_once, rate, seed + 1))
        seconds = time.monotonic() - started
        last = live(server, 30)
        after = rss_kib(server.process.pid)
        for name, count in more.items():
            counts[name] = counts.get(name, 0) + count
        say(f"after {connects} connects: {after} KiB, left: {last}")
        say(f"{connects / seconds:.0f} connects/s, {seconds:.0f} s: {counts}")
        left = {name: value for name, value in last.items() if name != "namespaces" and value}
        assert not left, f"left behind: {left}"
        # A small run ends before the allocator has settled: two megabytes are no leak of theirs.
        assert after <= before * 1.05 + (2048 if connects < 50_000 else 0), f"{before} KiB became {after} KiB"
        return {"connects": connects, "seconds": seconds, "before": before, "after": after, "left": last, "ways": counts}
    finally:
        assert server.stop() == 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--connects", type=int, default=100_000)
    parser.add_argument("--at-once", type=int, default=32)
    parser.add_argument("--rate", type=float, default=170, help="connects a second at most (170); 0: as fast as it goes")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    run(options.connects, options.at_once, options.seed, options.rate)
