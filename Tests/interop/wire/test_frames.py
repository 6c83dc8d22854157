"""RFC 6455 on the wire: every frame that a server must refuse, with the close code that it must give."""

import os
import struct

import pytest
from conftest import MAX_PAYLOAD
from rawws import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, engine_socket, frame


@pytest.fixture
def socket(patient):
    with engine_socket(patient) as socket:
        yield socket


PROTOCOL_ERRORS = {
    "unmasked": frame(TEXT, b"4x", masked=False),
    "unmasked ping": frame(PING, masked=False),
    **{f"rsv {rsv:03b}": frame(TEXT, b"4x", rsv=rsv) for rsv in (1, 2, 4, 7)},
    **{f"opcode {opcode}": frame(opcode, b"") for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)},
    "fragmented ping": frame(PING, b"", fin=False),
    "fragmented close": frame(CLOSE, struct.pack("!H", 1000), fin=False),
    "long ping": frame(PING, b"x" * 126),
    "long close": frame(CLOSE, struct.pack("!H", 1000) + b"x" * 124),
    "continuation of nothing": frame(CONTINUATION, b"4x"),
    "final continuation of nothing": frame(CONTINUATION, b"4x", fin=False),
    "text inside a text": frame(TEXT, b"4x", fin=False) + frame(TEXT, b"4y"),
    "binary inside a text": frame(TEXT, b"4x", fin=False) + frame(BINARY, b"y", fin=False),
    "continuation after the end": frame(TEXT, b"4x", fin=False) + frame(0, b"y") + frame(0, b"z"),
    "close of one byte": frame(CLOSE, b"\x03"),
    "length with the highest bit": frame(BINARY, length=2**63),
    "length of all ones": frame(BINARY, length=2**64 - 1),
}


@pytest.mark.parametrize("bytes_", PROTOCOL_ERRORS.values(), ids=PROTOCOL_ERRORS.keys())
def test_protocol_error_1002(socket, bytes_):
    socket.send(bytes_)
    assert socket.close_code() == 1002


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535])
def test_close_codes_that_nobody_may_send(socket, code):
    socket.send(frame(CLOSE, struct.pack("!H", code)))
    assert socket.close_code() == 1002


@pytest.mark.parametrize("code", [1000, 1001, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999])
def test_a_close_is_answered_and_the_connection_ended(socket, code):
    socket.send(frame(CLOSE, struct.pack("!H", code) + "tschüss".encode()))
    assert socket.close_code() in (code, 1000)


def test_an_empty_close_is_answered(socket):
    socket.send(frame(CLOSE))
    assert socket.close_code() in (1005, 1000)


INVALID_TEXT = {
    "lone continuation byte": b"4\x80",
    "overlong slash": b"4\xc0\xaf",
    "overlong three": b"4\xe0\x80\xaf",
    "surrogate": b"4\xed\xa0\x80",
    "above U+10FFFF": b"4\xf4\x90\x80\x80",
    "five bytes": b"4\xf8\x88\x80\x80\x80",
    "cut at the end": b"4\xe2\x82",
    "all ones": b"4\xff",
}


@pytest.mark.parametrize("text", INVALID_TEXT.values(), ids=INVALID_TEXT.keys())
def test_text_that_is_no_utf8_1007(socket, text):
    socket.send(frame(TEXT, text))
    assert socket.close_code() == 1007


def test_invalid_utf8_in_a_later_fragment_1007(socket):
    socket.send(frame(TEXT, b"4abc\xe2", fin=False) + frame(CONTINUATION, b"\x82\xac\xff"))
    assert socket.close_code() == 1007


def test_a_character_may_be_split_over_fragments(socket):
    socket.send(frame(TEXT, b"4\xe2", fin=False) + frame(0, b"\x82", fin=False) + frame(0, b"\xac"))
    assert socket.message() == "4€"


def test_a_close_reason_that_is_no_utf8_1007(socket):
    socket.send(frame(CLOSE, struct.pack("!H", 1000) + b"\xff"))
    assert socket.close_code() == 1007


@pytest.mark.parametrize("opcode", [TEXT, BINARY])
def test_a_frame_above_the_limit_is_refused_at_its_header_1009(socket, opcode):
    socket.send(frame(opcode, length=MAX_PAYLOAD + 1))
    assert socket.close_code() == 1009


def test_fragments_above_the_limit_1009(socket):
    socket.send(frame(BINARY, b"x" * (MAX_PAYLOAD // 2), fin=False))
    socket.send(frame(CONTINUATION, b"x" * (MAX_PAYLOAD // 2 + 1)))
    assert socket.close_code() == 1009


def test_a_message_of_the_limit_passes(socket):
    data = os.urandom(MAX_PAYLOAD)
    socket.binary(data)
    assert socket.message() == data


def test_endless_empty_fragments_are_refused(socket):
    socket.send(frame(TEXT, b"4", fin=False))
    try:
        for _ in range(1000):
            socket.send(frame(CONTINUATION, b"", fin=False) * 100)
    except (BrokenPipeError, ConnectionResetError):
        return
    assert socket.close_code() in (1002, 1008, 1009)


def test_a_ping_is_answered_with_its_payload(socket):
    for payload in (b"", b"hello", b"x" * 125):
        socket.send(frame(PING, payload))
        assert socket.frame() == (PONG, payload)


def test_an_unasked_pong_is_ignored(socket):
    socket.send(frame(PONG, b"hello"))
    assert socket.echoes()


def test_a_ping_between_fragments(socket):
    socket.send(frame(TEXT, b"4fir", fin=False) + frame(PING, b"p") + frame(CONTINUATION, b"st"))
    assert socket.frame() == (PONG, b"p")
    assert socket.message() == "4first"


def test_frames_byte_by_byte(socket):
    for byte in frame(TEXT, "4grüße".encode()) + frame(BINARY, b"\x00\x01"):
        socket.send(bytes([byte]))
    assert socket.message() == "4grüße"
    assert socket.message() == b"\x00\x01"


def test_many_messages_in_one_write(socket):
    socket.send(b"".join(frame(TEXT, f"4{number}".encode()) for number in range(500)))
    assert [socket.message() for _ in range(500)] == [f"4{number}" for number in range(500)]


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65535, 65536])
def test_sizes_around_the_length_forms(socket, size):
    data = os.urandom(size)
    socket.binary(data)
    assert socket.message() == data


@pytest.mark.parametrize("packet", ["", "7", "9", "x", "probe"])
def test_text_that_is_no_engine_packet_ends_the_session(socket, packet):
    socket.text(packet)
    assert socket.ends()


@pytest.mark.parametrize("packet", ["0", "5", "6", "3"])
def test_packets_without_meaning_are_ignored(socket, packet):
    socket.text(packet)
    assert socket.echoes()


def test_an_invalid_frame_right_behind_the_handshake(patient):
    """CVE-2022-21676: both in one write, before the handshake is answered."""
    from rawhttp import Connection
    from rawws import upgrade_headers

    for _ in range(20):
        with Connection(patient) as connection:
            head = connection.head(
                "GET", "/engine.io/?EIO=4&transport=websocket", upgrade_headers("dGhlIHNhbXBsZSBub25jZQ==")
            )
            connection.send(head + frame(TEXT, b"4x", rsv=7, masked=False))
            assert connection.is_closed_by_peer()


def test_a_client_that_vanishes_in_the_handshake(patient):
    from rawhttp import Connection
    from rawws import upgrade_headers

    for cut in range(10, 200, 10):
        with Connection(patient) as connection:
            connection.send(connection.head("GET", "/engine.io/?EIO=4&transport=websocket", upgrade_headers("x" * 24))[:cut])
    with engine_socket(patient) as socket:
        assert socket.echoes()
