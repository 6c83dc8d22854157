"""A Socket.IO client of few lines that speaks nothing but what is measured: WebSocket, TLS and permessage-deflate when asked."""

import base64
import json
import os
import selectors
import socket
import ssl
import struct
import time
import zlib

TAIL = b"\x00\x00\xff\xff"


def frame(data: bytes, first: int = 0x81) -> bytes:
    """A masked frame with a whole message; `first` is its first byte."""
    size = len(data)
    if size < 126:
        head = bytes((first, 0x80 | size))
    elif size < 65536:
        head = struct.pack(">BBH", first, 0xFE, size)
    else:
        head = struct.pack(">BBQ", first, 0xFF, size)
    mask = os.urandom(4)
    key = int.from_bytes((mask * (size // 4 + 1))[:size], "little")
    return head + mask + (int.from_bytes(data, "little") ^ key).to_bytes(size, "little")


class Client:
    """One connection in the main namespace, or with `auth` and whatever the server says of it."""

    def __init__(self, port: int, *, tls: ssl.SSLContext | None = None, deflate: bool = False, auth: dict | None = None,
                 host: str = "127.0.0.1", timeout: float = 60):
        plain = socket.create_connection((host, port), timeout)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = tls.wrap_socket(plain, server_hostname="localhost") if tls else plain
        self.buffer, self.waiting = bytearray(), []
        self.deflates = deflate
        # Without context takeover on either side: what our server insists on, and every server takes.
        offer = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
        extension = f"Sec-WebSocket-Extensions: {offer}\r\n" if deflate else ""
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: Upgrade\r\n"
            f"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n{extension}\r\n").encode())
        while b"\r\n\r\n" not in self.buffer:
            self._read()
        head, _, rest = bytes(self.buffer).partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 101"):
            raise RuntimeError(f"no WebSocket: {head[:200]!r}")
        if deflate and head.count(b"_no_context_takeover") < 2:
            raise RuntimeError("the server does not compress, or not message by message")
        self.buffer = bytearray(rest)
        self.opened = self.receive()
        self.send(b"40" + (json.dumps(auth).encode() if auth else b""))
        self.joined = self.receive()
        if not self.joined.startswith(b"40"):
            raise RuntimeError(f"refused: {self.joined[:200]!r}")

    def fileno(self) -> int:
        return self.socket.fileno()

    def close(self):
        self.socket.close()

    def send(self, packet: bytes):
        if self.deflates and len(packet) >= 1024:
            deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
            self.socket.sendall(frame((deflater.compress(packet) + deflater.flush(zlib.Z_SYNC_FLUSH))[:-4], 0xC1))
        else:
            self.socket.sendall(frame(packet))

    def _read(self):
        data = self.socket.recv(262144)
        if not data:
            raise RuntimeError("the server has closed the connection")
        self.buffer += data

    def _message(self) -> bytes | None:
        """The next complete message that is no ping."""
        while True:
            buffer = self.buffer
            if len(buffer) < 2:
                return None
            size, start = buffer[1] & 127, 2
            if size == 126:
                if len(buffer) < 4:
                    return None
                size, start = int.from_bytes(buffer[2:4], "big"), 4
            elif size == 127:
                if len(buffer) < 10:
                    return None
                size, start = int.from_bytes(buffer[2:10], "big"), 10
            if len(buffer) < start + size:
                return None
            first, data = buffer[0], bytes(buffer[start:start + size])
            del buffer[:start + size]
            if first & 0x0F == 8:
                raise RuntimeError(f"the server has closed the WebSocket: {data!r}")
            if first & 0x40:
                data = zlib.decompressobj(-15).decompress(data + TAIL)
            if data == b"2":
                self.send(b"3")
                continue
            return data

    def receive(self) -> bytes:
        """The next message, when it comes."""
        while (message := self._message()) is None:
            self._read()
        return message

    def arrived(self) -> list[bytes]:
        """What one read brings; to be called when there is something to read."""
        self._read()
        messages = []
        while (message := self._message()) is not None:
            messages.append(message)
        # TLS may hold decrypted bytes that the kernel does not know of.
        while isinstance(self.socket, ssl.SSLSocket) and self.socket.pending():
            messages += self.arrived()
        return messages

    def ask(self, number: int, packet: bytes) -> bytes:
        """Sends an event with the acknowledgement id `number` and returns its answer; what comes before it is dropped."""
        self.send(packet)
        wanted = b"43%d[" % number
        while not (message := self.receive()).startswith(wanted):
            pass
        return message[len(wanted) - 1:]


def closed_loop(clients: list[Client], packet: bytes, expected: bytes, seconds: float) -> tuple[int, list[float]]:
    """Every client has one message outstanding; how many came back, and how long each took in seconds.

    Raises when a reply is another than `expected`.
    """
    selector, sent, times = selectors.DefaultSelector(), {}, []
    for client in clients:
        selector.register(client, selectors.EVENT_READ)
        sent[client] = time.perf_counter()
        client.send(packet)
    end = time.perf_counter() + seconds
    outstanding = len(clients)
    while outstanding:
        ready = selector.select(10)
        if not ready:
            raise RuntimeError("no reply within 10 s")
        for key, _ in ready:
            for message in key.fileobj.arrived():
                if message != expected:
                    raise RuntimeError(f"a wrong reply: {message[:100]!r}")
                now = time.perf_counter()
                times.append(now - sent[key.fileobj])
                if now < end:
                    sent[key.fileobj] = now
                    key.fileobj.send(packet)
                else:
                    outstanding -= 1
    selector.close()
    return len(times), times
