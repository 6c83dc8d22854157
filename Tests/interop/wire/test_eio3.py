"""Engine.IO v3 and protocol revision 4 of Socket.IO: what the clients of Socket.IO v2 say, byte by byte."""

import base64
import json
import select
import time

import pytest
from conftest import start, stopped
from rawhttp import ENGINE, SOCKETIO, Connection, ask
from rawws import BINARY, TEXT, RawWebSocket, frame, upgrade_headers

OCTETS = "application/octet-stream"


@pytest.fixture(scope="module")
def both():
    """A server that serves v3 and v4, with timeouts that are far away."""
    server = start(
        *("--allow-eio3", "--ping-interval", "25000", "--ping-timeout", "20000", "--connect-timeout", "45000"),
        *("--max-payload", "100000"),
    )
    yield server
    stopped(server)


@pytest.fixture(scope="module")
def hasty_both():
    server = start("--allow-eio3", "--ping-interval", "300", "--ping-timeout", "200", "--connect-timeout", "400")
    yield server
    stopped(server)


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def records(body: str) -> list[str]:
    """The packets of a text payload, as JavaScript cuts it."""
    units, found = body.encode("utf-16-le"), []
    while units:
        end = units.index(b":\0")
        length = int(units[:end].decode("utf-16-le"))
        units = units[end + 2 :]
        assert len(units) >= 2 * length
        found.append(units[: 2 * length].decode("utf-16-le"))
        units = units[2 * length :]
    return found


class Session:
    """An Engine.IO v3 session over long-polling."""

    def __init__(self, server, path=ENGINE, query="EIO=3"):
        self.server = server
        self.opened = ask(server, "GET", f"{path}?{query}&transport=polling")
        assert self.opened.status == 200, self.opened
        self.packets = records(self.opened.text)
        self.handshake = json.loads(self.packets[0][1:])
        self.sid = self.handshake["sid"]
        self.target = f"{path}?{query}&transport=polling&sid={self.sid}"

    def poll(self):
        return ask(self.server, "GET", self.target)

    def post(self, body: str | bytes, content_type="text/plain;charset=UTF-8"):
        data = body.encode() if isinstance(body, str) else body
        return ask(self.server, "POST", self.target, {"Content-Type": content_type}, data)

    def is_closed(self) -> bool:
        return self.poll().error == (400, 1, "Session ID unknown")


class WebSocket3(RawWebSocket):
    """A WebSocket of an Engine.IO v3 client."""

    def __init__(self, server, path=ENGINE, sid=None, query="EIO=3"):
        Connection.__init__(self, server)
        target = f"{path}?{query}&transport=websocket" + (f"&sid={sid}" if sid else "")
        self.request("GET", target, upgrade_headers("dGhlIHNhbXBsZSBub25jZQ=="))
        self.status, self.headers = self.response_head()
        assert self.status == 101
        if sid is None:
            self.handshake = json.loads(self.message()[1:])


@pytest.mark.parametrize("version", ["EIO=3", "EIO=2", "EIO=abc", "EIO=", "t=1"])
def test_every_version_but_4_is_3(both, version):
    session = Session(both, query=version)
    assert session.handshake["upgrades"] == ["websocket"]
    assert session.opened.headers["content-type"] == "text/plain; charset=UTF-8"
    with WebSocket3(both, query=version) as socket:
        assert socket.handshake["upgrades"] == []


def test_version_4_is_served_beside_it(both):
    assert ask(both, "GET", f"{ENGINE}?EIO=4&transport=polling").text.startswith('0{"sid":"')


def test_version_3_is_refused_unless_it_is_allowed(patient):
    answer = ask(patient, "GET", f"{ENGINE}?EIO=3&transport=polling")
    assert answer.error == (400, 5, "Unsupported protocol version")


@pytest.mark.parametrize("text", ["hello", "", "é€😀", ":", "1:4", "\x1e", "😀" * 1000])
def test_lengths_count_utf16_code_units(both, text):
    session = Session(both)
    body = f"{utf16_length(text) + 1}:4{text}"
    assert session.post(body + body).text == "ok"
    assert session.poll().text == body + body


def test_a_payload_without_binary_stays_text(both):
    session = Session(both)
    session.post("2:4a")
    answer = session.poll()
    assert (answer.headers["content-type"], answer.body) == ("text/plain; charset=UTF-8", b"2:4a")


def test_binary_in_its_binary_form(both):
    session = Session(both)
    body = bytes([0, 4, 255]) + "4€".encode() + bytes([1, 1, 0, 255, 4]) + bytes(range(9))
    assert session.post(body, OCTETS).text == "ok"
    answer = session.poll()
    assert (answer.headers["content-type"], answer.body) == (OCTETS, body)


def test_binary_as_base64_in_and_binary_out(both):
    session = Session(both)
    assert session.post("6:4hello10:b4AQIDBA==").text == "ok"
    assert session.poll().body == bytes([0, 6, 255]) + b"4hello" + bytes([1, 5, 255, 4, 1, 2, 3, 4])


def test_binary_as_base64_for_who_asks(both):
    session = Session(both, query="EIO=3&b64=1")
    assert session.post("6:4hello10:b4AQIDBA==").text == "ok"
    assert session.poll().text == "6:4hello10:b4AQIDBA=="


MALFORMED = ["abc", "", ":", "4hello", "6:4hell", "6", "6:", "-1:4", "1e0:4", " 1:4", "1:7", "1:b", "2:b4!", "4a\x1e4b",
             "99999999999999999999:4", "2:4😀", "5:4hello"]


@pytest.mark.parametrize("body", MALFORMED)
def test_a_body_that_is_no_payload_ends_the_session(both, body):
    session = Session(both)
    session.post(body)
    assert session.is_closed()


MALFORMED_BINARY = {
    "no length": bytes([0, 255, 0x34]),
    "no end of the length": bytes([0, 1, 1, 1]),
    "digits of ASCII": b"\x001\xff4",
    "a digit above 9": bytes([0, 10, 255]) + b"4" * 10,
    "too long": bytes([1, 9, 255, 4, 1]),
    "endless digits": bytes([1]) + bytes([9]) * 400 + bytes([255, 4]),
    "neither text nor binary": bytes([2, 1, 255, 0x34]),
    "the CVE's endless loop": bytes([1]) * 11,
    "no UTF-8": bytes([0, 2, 255, 0x34, 0xFF]),
    "an unknown type": bytes([1, 1, 255, 9]),
    "text after it": bytes([0, 2, 255]) + b"4a" + b"2:4a",
}


@pytest.mark.parametrize("body", MALFORMED_BINARY.values(), ids=MALFORMED_BINARY.keys())
def test_a_body_that_is_no_binary_payload_ends_the_session(both, body):
    session = Session(both)
    session.post(body, OCTETS)
    assert session.is_closed()


def test_websocket_frames(both):
    with WebSocket3(both) as socket:
        socket.binary(b"\x04\x01\x02")
        assert socket.message() == b"\x04\x01\x02"
        socket.text("b4AQI=")
        assert socket.message() == b"\x04\x01\x02"
        socket.text("4é")
        assert socket.message() == "4é"
    with WebSocket3(both, query="EIO=3&b64=1") as socket:
        socket.binary(b"\x04\x01\x02")
        assert socket.message() == "b4AQI="


@pytest.mark.parametrize("opcode, payload", [
    (BINARY, b""), (BINARY, b"\x07"), (BINARY, b"4x"), (TEXT, b""), (TEXT, b"abc"), (TEXT, b"b"), (TEXT, b"b4!"),
    (TEXT, b"b9AA=="),
])
def test_a_frame_that_is_no_packet_ends_the_session(both, opcode, payload):
    with WebSocket3(both) as socket:
        socket.send(frame(opcode, payload))
        assert socket.close_code() == 1002


def test_a_large_binary_message(both):
    data = bytes(index % 251 for index in range(70_000))
    with WebSocket3(both) as socket:
        socket.binary(b"\x04" + data)
        assert socket.message() == b"\x04" + data
    session = Session(both, query="EIO=3&b64=1")
    record = "b4" + base64.b64encode(data).decode()
    assert session.post(f"{len(record)}:{record}").text == "ok"
    assert session.poll().text == f"{len(record)}:{record}"


def test_the_client_pings_and_its_data_do_not_come_back(both):
    with WebSocket3(both) as socket:
        for ping in ("2", "2hello", "2probe"):
            socket.text(ping)
            assert socket.message() == "3"
    session = Session(both)
    assert session.post("1:2").text == "ok"
    assert session.poll().text == "1:3"


def test_a_pong_from_a_client_ends_the_session(both):
    with WebSocket3(both) as socket:
        socket.text("3")
        assert socket.close_code() == 1002
    session = Session(both)
    session.post("1:3")
    assert session.is_closed()


def test_a_client_that_pings_lives_and_one_that_does_not_ends(hasty_both):
    with WebSocket3(hasty_both) as pinging, WebSocket3(hasty_both) as silent:
        started = time.monotonic()
        silent.text("4traffic is no ping")
        assert silent.message() == "4traffic is no ping"
        # Nothing comes to who is silent but the end.
        while not select.select([silent.socket], [], [], 0.1)[0]:
            assert time.monotonic() - started < 10
            pinging.text("2")
            assert pinging.message() == "3"
        assert silent.ends()
        assert pinging.echoes()


def test_the_upgrade(both):
    session = Session(both)
    poll = Connection(both)
    poll.request("GET", session.target)
    with WebSocket3(both, sid=session.sid) as socket:
        socket.text("2probe")
        assert socket.message() == "3probe"
        assert poll.response().text == "1:6"
        assert session.post("2:4a").text == "ok"
        socket.text("5")
        assert socket.message() == "4a"
        socket.binary(b"\x04\x09")
        assert socket.message() == b"\x04\x09"
        assert session.poll().status == 400
    poll.close()


def test_goodbye_releases_the_poll(both):
    session = Session(both)
    with Connection(both) as poll:
        poll.request("GET", session.target)
        assert session.post("1:1").text == "ok"
        assert poll.response().text == "1:6"
    assert session.is_closed()


def test_the_root_is_joined_without_asking(both):
    session = Session(both, SOCKETIO)
    assert session.packets[1:] == ["40", '42["auth",{}]'] or records(session.poll().text) == ["40", '42["auth",{}]']
    with WebSocket3(both, SOCKETIO) as socket:
        assert socket.message() == "40"
        assert socket.message() == '42["auth",{}]'
        socket.text('421["message-with-ack","é",1]')
        assert socket.message() == '431["é",1]'
        socket.text('451-["message",{"_placeholder":true,"num":0}]')
        socket.binary(b"\x04\x01\x02")
        assert socket.message() == '451-["message-back",{"_placeholder":true,"num":0}]'
        assert socket.message() == b"\x04\x01\x02"


def test_a_namespace_with_a_query(both):
    with WebSocket3(both, SOCKETIO) as socket:
        assert [socket.message(), socket.message()] == ["40", '42["auth",{}]']
        socket.text("40/custom?token=x%20y&n=2,")
        assert socket.message() == "40/custom,"
        assert socket.message() == '42/custom,["auth",{"token":"x y","n":"2"}]'
        socket.text("40/random?token=x,")
        assert socket.message() == '44/random,{"message":"Invalid namespace"}'
        socket.text("41/custom,")
        socket.text('42["message",1]')
        assert socket.message() == '42["message-back",1]'


@pytest.mark.parametrize("packet", ["40", '42/custom,["x"]', "40/custom,[", "44", "48"])
def test_what_breaks_the_rules_ends_the_connection(both, packet):
    with WebSocket3(both, SOCKETIO) as socket:
        assert [socket.message(), socket.message()] == ["40", '42["auth",{}]']
        socket.text(packet)
        assert socket.ends()
