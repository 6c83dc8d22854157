"""WebSocket by hand: frames that no library would send."""

import base64
import hashlib
import json
import os
import struct

from rawhttp import ENGINE, SOCKETIO, Connection

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def frame(opcode: int, payload: bytes = b"", *, fin=True, rsv=0, masked=True, length: int | None = None) -> bytes:
    """One frame. `length` lies about the payload's length; a length above 2^31 takes the 64-bit form."""
    size = len(payload) if length is None else length
    first = (0x80 if fin else 0) | rsv << 4 | opcode
    mark = 0x80 if masked else 0
    if size < 126:
        head = struct.pack("!BB", first, mark | size)
    elif size < 65536:
        head = struct.pack("!BBH", first, mark | 126, size)
    else:
        head = struct.pack("!BBQ", first, mark | 127, size)
    if not masked:
        return head + payload
    key = os.urandom(4)
    return head + key + bytes(byte ^ key[index % 4] for index, byte in enumerate(payload))


class RawWebSocket(Connection):
    """A WebSocket connection whose frames a test makes itself."""

    def __init__(self, server, path: str = ENGINE, sid: str | None = None, headers: dict[str, str] | None = None):
        super().__init__(server)
        target = f"{path}?EIO=4&transport=websocket" + (f"&sid={sid}" if sid else "")
        key = base64.b64encode(os.urandom(16))
        self.request("GET", target, upgrade_headers(key.decode(), headers))
        self.status, self.headers = self.response_head()
        if self.status == 101:
            accept = base64.b64encode(hashlib.sha1(key + GUID).digest()).decode()
            assert self.headers["sec-websocket-accept"] == accept

    def frame(self) -> tuple[int, bytes]:
        """The next frame: (opcode, payload). The server never masks and, here, never fragments."""
        first, second = self.exactly(2)
        assert first & 0x70 == 0 and second & 0x80 == 0, f"RSV or mask set: {first:#x} {second:#x}"
        assert first & 0x80, "a fragment"
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack("!H", self.exactly(2))
        elif size == 127:
            (size,) = struct.unpack("!Q", self.exactly(8))
        return first & 0x0F, self.exactly(size)

    def message(self) -> str | bytes:
        opcode, payload = self.frame()
        assert opcode in (TEXT, BINARY), f"opcode {opcode}, {payload!r}"
        return payload.decode() if opcode == TEXT else payload

    def text(self, text: str):
        self.send(frame(TEXT, text.encode()))

    def binary(self, data: bytes):
        self.send(frame(BINARY, data))

    def close_code(self) -> int | None:
        """Reads until the connection ends, and answers the close frame as a client must.

        The code of the close frame; None when there was none, 1005 when it was empty.
        """
        code = None
        try:
            while True:
                opcode, payload = self.frame()
                if opcode == CLOSE:
                    code = struct.unpack("!H", payload[:2])[0] if payload else 1005
                    self.send(frame(CLOSE, payload[:2]))
        except (EOFError, ConnectionResetError, BrokenPipeError):
            return code

    def ends(self) -> bool:
        """Whether the server ends the connection, within the socket's time limit."""
        try:
            self.close_code()
            return True
        except TimeoutError:
            return False

    def echoes(self, text: str = "still here") -> bool:
        self.text("4" + text)
        return self.message() == "4" + text


def upgrade_headers(key: str, more: dict[str, str] | None = None) -> dict[str, str]:
    wanted = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key,
        **(more or {}),
    }
    return {name: value for name, value in wanted.items() if value is not None}


def engine_socket(server) -> RawWebSocket:
    """A bare Engine.IO session over WebSocket, after its open packet."""
    socket = RawWebSocket(server)
    assert socket.status == 101
    opened = socket.message()
    assert opened[0] == "0"
    socket.handshake = json.loads(opened[1:])
    return socket


def socketio_socket(server, connect: str | None = "40") -> RawWebSocket:
    """A Socket.IO session over WebSocket; joined to the main namespace unless `connect` is None."""
    socket = RawWebSocket(server, SOCKETIO)
    assert socket.status == 101
    assert socket.message()[0] == "0"
    if connect is not None:
        socket.text(connect)
        assert socket.message().startswith('40{"sid":"')
        assert socket.message().startswith('42["auth",')
    return socket
