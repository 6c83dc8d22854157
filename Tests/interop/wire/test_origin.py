"""A page of another origin may not use a visitor's cookies here: neither by polling nor by WebSocket."""

import pytest
from rawhttp import ENGINE, SOCKETIO, ask
from rawws import RawWebSocket, upgrade_headers

KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def own(server, change=lambda origin: origin):
    return change(f"http://{server.host}:{server.port}")


FOREIGN = [
    lambda server: "https://evil.example",
    lambda server: "null",
    lambda server: own(server) + ".evil.example",
    lambda server: f"http://{server.host}:{server.port + 1}",
    lambda server: f"http://{server.host}",
    lambda server: f"http://evil.example/{server.host}:{server.port}",
    lambda server: f"http://sub.{server.host}:{server.port}",
    lambda server: f"ftp://{server.host}:{server.port}",
    lambda server: f"{server.host}:{server.port}",
    lambda server: "",
]


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("path", [ENGINE, SOCKETIO])
def test_a_foreign_origin_cannot_poll(patient, path, origin):
    answer = ask(patient, "GET", f"{path}?EIO=4&transport=polling", {"Origin": origin(patient)})
    assert (answer.status, answer.error[1]) == (403, 4)
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("path", [ENGINE, SOCKETIO])
def test_a_foreign_origin_cannot_open_a_websocket(patient, path, origin):
    headers = upgrade_headers(KEY, {"Origin": origin(patient)})
    answer = ask(patient, "GET", f"{path}?EIO=4&transport=websocket", headers)
    assert answer.status in (400, 403), answer


@pytest.mark.parametrize("change", [str, str.upper])
def test_the_own_origin_is_welcome(patient, change):
    origin = own(patient, change)
    assert ask(patient, "GET", f"{ENGINE}?EIO=4&transport=polling", {"Origin": origin}).status == 200
    with RawWebSocket(patient, headers={"Origin": origin}) as socket:
        assert socket.status == 101


def test_no_origin_is_no_page(patient):
    answer = ask(patient, "GET", f"{ENGINE}?EIO=4&transport=polling")
    assert answer.status == 200
    assert not any(name.startswith("access-control-") for name in answer.headers)


def test_a_listed_origin_is_let_in_and_told_so(welcoming):
    answer = ask(welcoming, "GET", f"{ENGINE}?EIO=4&transport=polling", {"Origin": "https://friend.example"})
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == "https://friend.example"
    with RawWebSocket(welcoming, headers={"Origin": "https://friend.example"}) as socket:
        assert socket.status == 101
    refused = ask(welcoming, "GET", f"{ENGINE}?EIO=4&transport=polling", {"Origin": "https://friend.example.evil.example"})
    assert refused.status == 403


def test_a_sid_does_not_open_the_door_for_another_origin(patient):
    opened = ask(patient, "GET", f"{ENGINE}?EIO=4&transport=polling")
    sid = opened.text.split('"sid":"', 1)[1][:20]
    target = f"{ENGINE}?EIO=4&transport=polling&sid={sid}"
    assert ask(patient, "POST", target, {"Origin": "https://evil.example"}, b"4x").status == 403
    assert ask(patient, "GET", target, {"Origin": "https://evil.example"}).status == 403
