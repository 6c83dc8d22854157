"""The HTTP side of the engine: cookie, JSONP, compression, bundles of the client, what is answered to odd requests."""

import gzip
import json
import urllib.parse
import zlib

import pytest
from conftest import BUNDLE, start, stopped
from rawhttp import ENGINE, SOCKETIO, Connection, PollingSession, ask
from rawws import RawWebSocket, upgrade_headers

KEY = "dGhlIHNhbXBsZSBub25jZQ=="
OPEN = f"{ENGINE}?EIO=4&transport=polling"
FRIEND = {"Origin": "https://friend.example"}


@pytest.mark.parametrize("path", [ENGINE, SOCKETIO])
def test_the_cookie_comes_with_a_polling_handshake_only(generous, path):
    session = PollingSession(generous, path)
    assert session.opened.headers["set-cookie"] == f"io={session.sid}; Path=/; HttpOnly; SameSite=Lax"
    assert "set-cookie" not in session.post("3").headers
    with RawWebSocket(generous, path=path) as socket:
        assert socket.status == 101
        assert "set-cookie" not in socket.headers


def test_no_cookie_unless_configured(patient):
    assert "set-cookie" not in ask(patient, "GET", OPEN).headers


def test_a_session_by_scripts(generous):
    opened = ask(generous, "GET", f"{OPEN}&j=3")
    assert opened.status == 200
    assert opened.headers["content-type"] == "text/javascript; charset=UTF-8"
    assert opened.text.startswith("___eio[3](") and opened.text.endswith(");")
    sid = json.loads(json.loads(opened.text[len("___eio[3](") : -2])[1:])["sid"]
    target = f"{OPEN}&sid={sid}&j=4"
    message = '4say "é"\u2028\\n\n€'
    # What the client does before it fills the form: a line's end becomes \n, and a \n of the text \\n.
    escaped = message.replace("\\n", "\\\\n").replace("\n", "\\n")
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    posted = ask(generous, "POST", target, form, urllib.parse.urlencode({"d": escaped}).encode())
    assert (posted.status, posted.text) == (200, "ok")
    polled = ask(generous, "GET", target)
    assert "\u2028" not in polled.text
    assert polled.text.startswith("___eio[4](")
    assert json.loads(polled.text[len("___eio[4](") : -2]) == message


@pytest.mark.parametrize("index", ["", "x", "0)(", "1](alert(1))//", "99999999999"])
def test_the_number_of_a_script_is_digits(generous, index):
    assert ask(generous, "GET", f"{OPEN}&j={index}").error == (400, 3, "Bad request")


def test_another_sites_script_is_refused(generous):
    for headers in ({"Referer": "https://evil.example/"}, {"Sec-Fetch-Site": "cross-site"}):
        assert ask(generous, "GET", f"{OPEN}&j=0", headers).error[:2] == (403, 4)


def test_jsonp_is_off_by_default(patient):
    assert ask(patient, "GET", f"{OPEN}&j=0").error == (400, 3, "Bad request")


@pytest.mark.parametrize("accepted, undo", [("gzip, deflate, br", gzip.decompress), ("deflate", zlib.decompress)])
def test_long_answers_are_compressed(patient, accepted, undo):
    session = PollingSession(patient)
    text = "4" + "long " * 2_000
    assert session.post(text).text == "ok"
    answer = ask(patient, "GET", session.target, {"Accept-Encoding": accepted})
    assert answer.headers["content-encoding"] == accepted.split(",")[0]
    assert len(answer.body) < 200
    assert undo(answer.body).decode() == text
    assert session.post("4short").text == "ok"
    short = ask(patient, "GET", session.target, {"Accept-Encoding": accepted})
    assert "content-encoding" not in short.headers and short.text == "4short"


def test_a_compressed_body_is_not_unpacked(patient):
    session = PollingSession(patient)
    bomb = gzip.compress(b"4" + b"x" * 10_000_000)
    answer = ask(patient, "POST", session.target, {"Content-Encoding": "gzip"}, bomb)
    assert answer.status == 415
    assert session.echoes()


def test_the_clients_bundle(generous):
    target = f"{SOCKETIO}socket.io.min.js"
    answer = ask(generous, "GET", target)
    assert (answer.status, answer.body) == (200, BUNDLE)
    assert answer.headers["content-type"] == "application/javascript; charset=utf-8"
    packed = ask(generous, "GET", target, {"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.body) == BUNDLE
    with Connection(generous) as connection:
        connection.request("GET", target, {"If-None-Match": answer.headers["etag"]})
        assert connection.response().status == 304
        connection.request("HEAD", target)
        status, headers = connection.response_head()
        assert (status, headers["content-length"]) == (200, str(len(BUNDLE)))
        connection.request("POST", target, body=b"x")
        assert connection.response().status == 405
    for other in ("socket.io.js.map", "../socket.io.min.js", "%2e%2e/socket.io.min.js", "socket.io.min.js/", "secret.txt"):
        assert ask(generous, "GET", SOCKETIO + other).status == 404


def test_no_bundle_unless_configured(patient):
    assert ask(patient, "GET", f"{SOCKETIO}socket.io.min.js").status == 404


def test_a_preflight(welcoming):
    wanted = {**FRIEND, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-mine"}
    answer = ask(welcoming, "OPTIONS", OPEN, wanted)
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["access-control-allow-methods"] == "GET,HEAD,PUT,PATCH,POST,DELETE"
    assert answer.headers["access-control-allow-headers"] == "x-mine"
    assert answer.headers["vary"] == "Origin, Access-Control-Request-Headers"
    evil = ask(welcoming, "OPTIONS", OPEN, {**wanted, "Origin": "https://evil.example"})
    assert not any(name.startswith("access-control-") for name in evil.headers)


def test_an_origin_with_illegal_bytes(welcoming):
    answer = ask(welcoming, "GET", OPEN, {"Origin": "https://friend.example\xe9"})
    assert answer.error == (400, 3, "Bad request")


def test_head_is_answered_without_a_body(patient):
    with Connection(patient) as connection:
        connection.request("HEAD", OPEN)
        status, _ = connection.response_head()
        assert status == 400
        # Were there a body, this would be read in its place.
        connection.request("GET", OPEN)
        assert connection.response().status == 200


@pytest.mark.parametrize("protocol", ["websocket", "h2c"])
def test_an_upgrade_of_another_path_is_answered_and_closed(patient, protocol):
    with Connection(patient) as connection:
        connection.request("GET", "/elsewhere", upgrade_headers(KEY, {"Upgrade": protocol}))
        assert connection.response().status == 404
        assert connection.is_closed_by_peer()


def test_too_many_sessions_hear_503():
    server = start("--max-sessions", "2")
    try:
        session = PollingSession(server)
        with RawWebSocket(server) as socket:
            assert socket.status == 101
            answer = ask(server, "GET", OPEN)
            assert answer.error == (503, 6, "Too many sessions")
            assert int(answer.headers["retry-after"]) > 0
            upgrade = ask(server, "GET", f"{ENGINE}?EIO=4&transport=websocket", upgrade_headers(KEY, {}))
            assert (upgrade.status, upgrade.text) == (503, "Too many sessions")
        assert session.post("1").text == "ok"
        assert PollingSession(server).echoes()
    finally:
        stopped(server)
