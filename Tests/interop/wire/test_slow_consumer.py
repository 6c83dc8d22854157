"""Clients that send and do not read, with small kernel buffers, so that it is the server that is tested."""

import os
import resource
import select
import socket
import struct
import time

from rawhttp import ENGINE, Connection
from rawws import TEXT, frame, upgrade_headers


class SlowSocket(Connection):
    """A WebSocket of the Engine.IO echo that reads only what it is told to."""

    def __init__(self, server):
        self.server = server
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.settimeout(20)
        self.socket.connect((server.host, server.port))
        self.buffer = b""
        self.request("GET", f"{ENGINE}?EIO=4&transport=websocket", upgrade_headers("dGhlIHNhbXBsZSBub25jZQ=="))
        assert self.response_head()[0] == 101

    def sends_until_cut(self, read_a_byte_each: float | None) -> float:
        """Sends messages that come back; the seconds from the first to the end of the connection."""
        message = frame(TEXT, b"4" + b"x" * 90_000)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        started = read_at = time.monotonic()
        self.socket.setblocking(False)
        waiting = b""
        while time.monotonic() - started < 30:
            waiting = waiting or message
            try:
                waiting = waiting[self.socket.send(waiting) :]
            except BlockingIOError:
                select.select([], [self.socket], [], 0.05)
            except (ConnectionResetError, BrokenPipeError):
                return time.monotonic() - started
            if read_a_byte_each and time.monotonic() - read_at >= read_a_byte_each:
                read_at = time.monotonic()
                try:
                    self.socket.recv(1)
                except BlockingIOError:
                    pass
                except ConnectionResetError:
                    return time.monotonic() - started
        raise AssertionError("a slow consumer was never given up")


def resident(server) -> int:
    with open(f"/proc/{server.process.pid}/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize()


def test_who_does_not_read_is_cut_soon_after_the_limit(patient):
    before = resident(patient)
    with SlowSocket(patient) as slow:
        assert slow.sends_until_cut(None) < 15
    assert resident(patient) - before < 48 << 20


def test_who_reads_a_byte_now_and_then_is_cut_as_well(patient):
    with SlowSocket(patient) as slow:
        assert slow.sends_until_cut(0.2) < 15
    assert os.path.exists(f"/proc/{patient.process.pid}")
