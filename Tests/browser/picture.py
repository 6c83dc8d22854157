"""Pictures made here, so that the repository holds none: a colour gradient as PNG."""
from __future__ import annotations

import struct
import zlib


def png(width: int, height: int, hue: int = 0) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    def pixel(x: int, y: int) -> bytes:
        across, down = 255 * x // width, 255 * y // height
        return bytes([(across, 90, down), (60, across, down), (down, across, 140)][hue % 3])

    rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(width)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
