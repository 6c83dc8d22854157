"""Long-polling: bodies, limits, overlapping requests, and what ends a session."""

import json

import pytest
from conftest import MAX_PAYLOAD
from rawhttp import ENGINE, Connection, PollingSession, ask

SEPARATOR = "\x1e"


def test_post_and_poll_headers(patient):
    session = PollingSession(patient)
    posted = session.post("4hello")
    assert (posted.status, posted.text) == (200, "ok")
    assert posted.headers["content-type"].startswith("text/html")
    polled = session.poll()
    assert (polled.status, polled.text) == (200, "4hello")
    assert polled.headers["content-type"].lower() == "text/plain; charset=utf-8"
    assert polled.headers["cache-control"] == "no-store"


def test_packets_keep_their_order_and_binary_its_form(patient):
    session = PollingSession(patient)
    session.post(SEPARATOR.join(["4one", "4zwei ü 😀", "bAQIDBA==", "4"]))
    assert session.poll().text == SEPARATOR.join(["4one", "4zwei ü 😀", "bAQIDBA==", "4"])


def test_a_poll_is_held_until_there_is_something(patient):
    session = PollingSession(patient)
    with session.open_poll() as waiting:
        waiting.socket.settimeout(0.3)
        with pytest.raises(TimeoutError):
            waiting.response()
        waiting.socket.settimeout(5)
        session.post("4late")
        assert waiting.response().text == "4late"


@pytest.mark.parametrize("body", ["", "x", "9", "abc", "4a\x1e", "\x1e4a", "4a\x1e\x1e4b", "b!!!", "bA", "7", "probe", "-1"])
def test_a_body_that_is_no_payload_ends_the_session(patient, body):
    session = PollingSession(patient)
    assert session.post(body).status in (200, 400)
    assert session.is_closed()


@pytest.mark.parametrize("body", [b"4\xff", b"4\xc3", b"\xed\xa0\x80", b"4\xf5\x80\x80\x80"])
def test_a_body_that_is_no_utf8_ends_the_session(patient, body):
    session = PollingSession(patient)
    assert session.post(body).status in (200, 400)
    assert session.is_closed()


def test_binary_bodies_belong_to_version_3(patient):
    session = PollingSession(patient)
    assert session.post(b"4x", content_type="application/octet-stream").status == 400
    assert session.is_closed()


@pytest.mark.parametrize("packet", ["0", "5", "6", "0{}", "3"])
def test_packets_without_meaning_are_ignored(patient, packet):
    session = PollingSession(patient)
    assert session.post(packet).text == "ok"
    assert session.echoes()


def test_a_client_does_not_ping(patient):
    session = PollingSession(patient)
    session.post("2")
    assert session.is_closed()


def test_overlapping_polls_end_the_session(patient):
    session = PollingSession(patient)
    with session.open_poll() as first:
        # The second request can only overlap once the first was read: the answer to a POST comes later than that.
        assert session.post("3").text == "ok"
        assert session.poll().error == (400, 3, "Bad request")
        answer = first.response()
        assert (answer.status, answer.text) == (200, "1")
    assert session.is_closed()


def test_overlapping_posts_end_the_session(patient):
    session = PollingSession(patient)
    with Connection(patient) as slow:
        slow.send(slow.head("POST", session.target, {"Content-Type": "text/plain", "Content-Length": "100"}))
        slow.send(b"4begin")
        overlaps = False
        for _ in range(100):  # the slow head may be read after the second request
            answer = session.post("4x")
            if answer.status == 400:
                overlaps = True
                break
        assert overlaps
        assert answer.error[1] in (1, 3)
    assert session.is_closed()


def test_a_poll_that_is_given_up_ends_the_session(patient):
    session = PollingSession(patient)
    waiting = session.open_poll()
    assert session.post("3").text == "ok"
    waiting.close()
    for _ in range(500):
        answer = session.post("3")
        if answer.status == 400:
            break
    assert answer.error == (400, 1, "Session ID unknown")


def test_goodbye_releases_the_poll(patient):
    session = PollingSession(patient)
    with session.open_poll() as waiting:
        assert session.post("3").text == "ok"
        assert session.post("1").text == "ok"
        assert waiting.response().text == "6"
    assert session.is_closed()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_do_not_harm_the_session(patient, method):
    session = PollingSession(patient)
    assert ask(patient, method, session.target).status in (400, 405)
    assert session.echoes()


def test_another_transport_than_the_sessions(patient):
    session = PollingSession(patient)
    answer = ask(patient, "GET", f"{ENGINE}?EIO=4&transport=websocket&sid={session.sid}")
    assert answer.error == (400, 3, "Bad request")
    assert session.echoes()


def test_a_body_of_the_limit_passes(patient):
    session = PollingSession(patient)
    text = "4" + "x" * (MAX_PAYLOAD - 1)
    assert session.post(text).text == "ok"
    assert session.poll().text == text


def test_a_body_above_the_limit_is_413_and_the_session_lives(patient):
    session = PollingSession(patient)
    assert session.post("4" + "x" * MAX_PAYLOAD).status == 413
    assert session.echoes()


def test_a_declared_length_above_the_limit_is_refused_before_the_body(patient):
    session = PollingSession(patient)
    with Connection(patient) as connection:
        connection.send(connection.head("POST", session.target, {"Content-Length": "10000000000"}))
        assert connection.response().status == 413


def test_a_chunked_body_above_the_limit_is_413(patient):
    session = PollingSession(patient)
    with Connection(patient) as connection:
        connection.send(connection.head("POST", session.target, {"Transfer-Encoding": "chunked"}))
        chunk = b"1000\r\n" + b"x" * 4096 + b"\r\n"
        try:
            for _ in range(MAX_PAYLOAD // 4096 + 2):
                connection.send(chunk)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused in the middle, which the status below shows
        assert connection.response().status == 413
    assert session.echoes()


def test_a_chunked_body_is_read(patient):
    session = PollingSession(patient)
    with Connection(patient) as connection:
        connection.send(connection.head("POST", session.target, {"Transfer-Encoding": "chunked"}))
        connection.send(b"3\r\n4ab\r\n2\r\ncd\r\n0\r\n\r\n")
        assert connection.response().text == "ok"
    assert session.poll().text == "4abcd"


def test_too_many_packets_in_one_payload_end_the_session(patient):
    session = PollingSession(patient)
    session.post(SEPARATOR.join(["6"] * 20_000))
    assert session.is_closed()


def test_many_requests_on_one_connection(patient):
    session = PollingSession(patient)
    with Connection(patient) as connection:
        for number in range(50):
            connection.request("POST", session.target, {"Content-Type": "text/plain"}, f"4{number}".encode())
            assert connection.response().text == "ok"
            connection.request("GET", session.target)
            assert connection.response().text == f"4{number}"


def test_pipelined_requests_are_answered_in_order(patient):
    with Connection(patient) as connection:
        for _ in range(5):
            connection.request("GET", f"{ENGINE}?EIO=4&transport=polling")
        ids = [json.loads(connection.response().text[1:])["sid"] for _ in range(5)]
    assert len(set(ids)) == 5


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: y\r\n" % number for number in range(2000)) + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"y" * 200_000 + b"\r\n\r\n",
        b"GET /" + b"y" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x00\x01\x02\x03\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=["many headers", "long header", "long target", "no http", "version", "negative length", "two lengths", "bad chunk"],
)
def test_http_that_is_none_is_refused_and_the_connection_closed(patient, head):
    with Connection(patient) as connection:
        try:
            connection.send(head)
        except (BrokenPipeError, ConnectionResetError):
            return  # closed while the flood was still coming
        answer = connection.rest()
        assert answer == b"" or answer.split(b" ", 2)[1][:1] == b"4", answer[:200]
