"""Stands between clients and server, and treats what passes as bad networks do: late, cut, stalled, lost, twice.

TCP itself neither loses nor repeats bytes, so loss and repetition happen where real systems have them: whole WebSocket
messages are dropped or doubled, as a broken node between two brokers would. Connections are delayed independently of each
other, so that what two clients send at the same moment arrives in any order.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field


@dataclass
class Weather:
    """How bad it is. Probabilities are per WebSocket message, times in seconds."""

    delay: float = 0.0
    drop_down: float = 0.0
    double_down: float = 0.0
    double_up: float = 0.0
    no_websocket: float = 0.0  # how often an upgrade is refused, as a proxy that knows no WebSocket does


CALM = Weather()


@dataclass
class Counts:
    """What was done to the traffic, for the report."""

    connections: int = 0
    cut: int = 0
    stalled: int = 0
    dropped: int = 0
    doubled: int = 0
    upgrades_refused: int = 0


@dataclass(eq=False)
class Passage:
    """One client's connection and its way on to the server."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    flowing: asyncio.Event = field(default_factory=asyncio.Event)
    ended: bool = False

    def cut(self):
        """Both ends see a reset."""
        self.ended = True
        self.flowing.set()
        for writer in (self.client, self.server):
            transport = writer.transport
            if transport is not None:
                transport.abort()


class FaultProxy:
    """Listens on `port` and passes everything on to `target`, or to nobody while that is None."""

    def __init__(self, dice: random.Random):
        self.dice = dice
        self.target: tuple[str, int] | None = None
        self.weather = CALM
        self.counts = Counts()
        self.passages: set[Passage] = set()
        self.closed = False
        self.listener: asyncio.Server | None = None

    async def start(self) -> FaultProxy:
        self.listener = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    @property
    def port(self) -> int:
        return self.listener.sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def stop(self):
        self.closed = True
        self.listener.close()
        for passage in list(self.passages):
            passage.cut()
        await self.listener.wait_closed()

    # -- what a scenario does --

    def cut_some(self, share: float):
        for passage in [one for one in self.passages if self.dice.random() < share]:
            self.counts.cut += 1
            passage.cut()

    def stall_some(self, share: float) -> list[Passage]:
        """These connections stay open and carry nothing, until `release`."""
        stalled = [one for one in self.passages if self.dice.random() < share]
        for passage in stalled:
            self.counts.stalled += 1
            passage.flowing.clear()
        return stalled

    @staticmethod
    def release(stalled: list[Passage]):
        for passage in stalled:
            passage.flowing.set()

    # -- inside --

    async def _serve(self, client_in: asyncio.StreamReader, client_out: asyncio.StreamWriter):
        self.counts.connections += 1
        try:
            head = await client_in.readuntil(b"\r\n\r\n")
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            client_out.transport.abort()
            return
        upgrade = b"upgrade: websocket" in head.lower()
        if upgrade and self.dice.random() < self.weather.no_websocket:
            self.counts.upgrades_refused += 1
            client_out.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            client_out.close()
            return
        if self.target is None or self.closed:
            client_out.transport.abort()
            return
        try:
            server_in, server_out = await asyncio.open_connection(*self.target)
        except OSError:
            client_out.transport.abort()
            return
        passage = Passage(client_out, server_out)
        passage.flowing.set()
        self.passages.add(passage)
        try:
            server_out.write(without_extensions(head) if upgrade else head)
            if upgrade:
                client_out.write(await server_in.readuntil(b"\r\n\r\n"))
            pump = self._messages if upgrade else self._bytes
            await asyncio.gather(
                pump(passage, client_in, server_out, up=True), pump(passage, server_in, client_out, up=False)
            )
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            passage.cut()
        finally:
            self.passages.discard(passage)
            for writer in (client_out, server_out):
                writer.close()

    async def _bytes(self, passage: Passage, source: asyncio.StreamReader, sink: asyncio.StreamWriter, up: bool):
        while data := await source.read(16_384):
            await self._pass(passage, sink, data)
        if not up:
            passage.cut()
        elif not passage.ended:
            sink.write_eof()

    async def _messages(self, passage: Passage, source: asyncio.StreamReader, sink: asyncio.StreamWriter, up: bool):
        while True:
            frame, is_event = await read_frame(source)
            copies = 1
            if is_event:
                weather, roll = self.weather, self.dice.random()
                if not up and roll < weather.drop_down:
                    self.counts.dropped += 1
                    copies = 0
                elif roll > 1 - (weather.double_up if up else weather.double_down):
                    self.counts.doubled += 1
                    copies = 2
            for _ in range(copies):
                await self._pass(passage, sink, frame)

    async def _pass(self, passage: Passage, sink: asyncio.StreamWriter, data: bytes):
        if self.weather.delay:
            await asyncio.sleep(self.weather.delay * self.dice.random())
        await passage.flowing.wait()
        if passage.ended:
            raise ConnectionResetError
        sink.write(data)
        await sink.drain()


def without_extensions(head: bytes) -> bytes:
    """Compressed messages depend on those before them: nobody could drop or double one."""
    lines = head.split(b"\r\n")
    return b"\r\n".join(line for line in lines if not line.lower().startswith(b"sec-websocket-extensions:"))


async def read_frame(source: asyncio.StreamReader) -> tuple[bytes, bool]:
    """A whole frame as it came, and whether it is a Socket.IO event or acknowledgement (RFC 6455 section 5.2)."""
    head = await source.readexactly(2)
    length = head[1] & 0x7F
    if length == 126:
        head += await source.readexactly(2)
        length = int.from_bytes(head[-2:], "big")
    elif length == 127:
        head += await source.readexactly(8)
        length = int.from_bytes(head[-8:], "big")
    mask = b""
    if head[1] & 0x80:
        mask = await source.readexactly(4)
    payload = await source.readexactly(length)
    start = payload[:2]
    if mask:
        start = bytes(byte ^ key for byte, key in zip(start, mask))
    return head + mask + payload, head[0] == 0x81 and start in (b"42", b"43")
