"""Opening a session: statuses, error bodies, and what the open packet holds."""

import json
import re

import pytest
from rawhttp import ENGINE, SOCKETIO, PollingSession, ask
from rawws import RawWebSocket, engine_socket, upgrade_headers

KEYS = {"sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload"}
KEY = "dGhlIHNhbXBsZSBub25jZQ=="


@pytest.mark.parametrize("path", [ENGINE, SOCKETIO])
def test_the_open_packet_over_polling(patient, path):
    session = PollingSession(patient, path)
    assert session.opened.headers["content-type"].lower() == "text/plain; charset=utf-8"
    assert session.opened.headers["cache-control"] == "no-store"
    assert set(session.handshake) == KEYS
    assert re.fullmatch(r"[A-Za-z0-9_-]{20}", session.sid)
    assert session.handshake["upgrades"] == ["websocket"]
    assert session.handshake["pingInterval"] == 25000 and session.handshake["pingTimeout"] == 20000
    assert session.handshake["maxPayload"] == 100_000


def test_the_open_packet_over_websocket(patient):
    with engine_socket(patient) as socket:
        assert set(socket.handshake) == KEYS
        assert socket.handshake["upgrades"] == []


def test_session_ids_are_all_different(patient):
    ids = {PollingSession(patient).sid for _ in range(200)}
    assert len(ids) == 200
    assert all(len({sid[place] for sid in ids}) > 10 for place in range(20)), "a place that hardly varies"


@pytest.mark.parametrize("transport", ["", "&transport=abc", "&transport=constructor", "&transport=__proto__", "&transport="])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_unknown_transport(patient, method, transport):
    assert ask(patient, method, f"{ENGINE}?EIO=4{transport}").error == (400, 0, "Transport unknown")


@pytest.mark.parametrize("sid", ["abc", "__proto__", "constructor", "A" * 20, "A" * 4000, "%00" * 20, "%C3%A9"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_unknown_sid(patient, method, sid):
    answer = ask(patient, method, f"{ENGINE}?EIO=4&transport=polling&sid={sid}", body=b"4x" if method == "POST" else None)
    assert answer.error == (400, 1, "Session ID unknown")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_a_session_is_opened_by_get_only(patient, method):
    assert ask(patient, method, f"{ENGINE}?EIO=4&transport=polling").error == (400, 2, "Bad handshake method")


def test_websocket_transport_without_an_upgrade(patient):
    assert ask(patient, "GET", f"{ENGINE}?EIO=4&transport=websocket").error == (400, 3, "Bad request")


@pytest.mark.parametrize("version", ["", "EIO=3&", "EIO=5&", "EIO=abc&", "EIO=&", "EIO=44&"])
@pytest.mark.parametrize("path", [ENGINE, SOCKETIO])
def test_only_version_4_is_spoken(patient, path, version):
    assert ask(patient, "GET", f"{path}?{version}transport=polling").error == (400, 5, "Unsupported protocol version")


def test_of_a_repeated_key_the_last_counts(patient):
    assert ask(patient, "GET", f"{ENGINE}?EIO=3&EIO=4&transport=abc&transport=polling&t=x").status == 200
    assert ask(patient, "GET", f"{ENGINE}?EIO=4&EIO=3&transport=polling").error[1] == 5


@pytest.mark.parametrize("path", ["/", "/socket.iox/", "/socket.io/foo", "/engine.io/foo", "/socket.io.evil/", "/../socket.io/"])
def test_other_paths_are_not_ours(patient, path):
    assert ask(patient, "GET", f"{path}?EIO=4&transport=polling").status == 404


def test_an_error_is_json(patient):
    answer = ask(patient, "GET", f"{ENGINE}?EIO=4&transport=abc")
    assert answer.headers["content-type"].lower().startswith("application/json")
    assert type(json.loads(answer.body)["code"]) is int


@pytest.mark.parametrize(
    "query, message",
    [
        ("EIO=4&transport=abc", "Transport unknown"),
        ("EIO=4&transport=websocket&sid=" + "A" * 20, "Session ID unknown"),
        ("EIO=3&transport=websocket", "Unsupported protocol version"),
        ("EIO=4&transport=polling", "Bad request"),
    ],
)
def test_a_refused_upgrade_is_answered_in_http(patient, query, message):
    answer = ask(patient, "GET", f"{ENGINE}?{query}", upgrade_headers(KEY))
    assert answer.status == 400
    assert message in answer.text


@pytest.mark.parametrize(
    "broken, statuses",
    [
        ({"Sec-WebSocket-Key": None}, {400}),
        ({"Sec-WebSocket-Key": "short"}, {400}),
        ({"Sec-WebSocket-Key": "!" * 24}, {400}),
        ({"Sec-WebSocket-Version": "8"}, {426}),
        ({"Sec-WebSocket-Version": "x"}, {426}),
        ({"Sec-WebSocket-Version": None}, {400}),
        ({"Connection": "keep-alive"}, {400}),
        ({"Upgrade": "h2c"}, {400}),
        ({"Upgrade": None}, {400}),
    ],
)
def test_a_malformed_websocket_handshake(patient, broken, statuses):
    answer = ask(patient, "GET", f"{ENGINE}?EIO=4&transport=websocket", upgrade_headers(KEY, broken))
    assert answer.status in statuses, answer
    if answer.status == 426:
        assert answer.headers["sec-websocket-version"] == "13"


def test_a_websocket_handshake_by_post(patient):
    answer = ask(patient, "POST", f"{ENGINE}?EIO=4&transport=websocket", upgrade_headers(KEY), b"")
    assert answer.status == 400


@pytest.mark.parametrize(
    "extra",
    [
        {"Sec-WebSocket-Extensions": "constructor"},
        {"Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits"},
        {"Sec-WebSocket-Extensions": ";;;,,,"},
        {"Sec-WebSocket-Protocol": "a" + " " * 5000 + "b"},
        {"Sec-WebSocket-Protocol": "\xff\xfe"},
        {"X-Bytes": "\x80\xff"},
    ],
)
def test_unknown_extensions_and_protocols_are_ignored(patient, extra):
    with RawWebSocket(patient, headers=extra) as socket:
        assert socket.status == 101
        assert "sec-websocket-extensions" not in socket.headers and "sec-websocket-protocol" not in socket.headers
        socket.message()
        assert socket.echoes()
