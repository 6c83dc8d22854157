"""Pings, pongs and the other clocks, against a server with short ones (300 + 200 ms)."""

import time

import pytest
from rawhttp import SOCKETIO, PollingSession
from rawws import RawWebSocket, engine_socket, socketio_socket


def test_the_server_pings_and_a_pong_keeps_the_session(hasty):
    with engine_socket(hasty) as socket:
        for _ in range(4):
            assert socket.message() == "2"
            socket.text("3")
        assert socket.echoes()


def test_no_pong_ends_the_session(hasty):
    with engine_socket(hasty) as socket:
        started = time.monotonic()
        assert socket.ends()
        assert 0.4 < time.monotonic() - started < 2


def test_other_traffic_is_no_pong(hasty):
    with engine_socket(hasty) as socket:
        started = time.monotonic()
        assert socket.message() == "2"
        with pytest.raises((EOFError, ConnectionError, AssertionError)):
            while time.monotonic() - started < 5:
                socket.text("4x")
                socket.message()
        assert time.monotonic() - started < 3


def test_polling_heartbeat(hasty):
    session = PollingSession(hasty)
    for _ in range(3):
        assert session.poll().text == "2"
        assert session.post("3").text == "ok"
    assert session.poll().text == "2"
    # Not answered: the next poll is held until the session is over, and so is every later one refused.
    session.poll()
    assert session.is_closed()


def test_unasked_pongs_do_not_put_off_the_ping(hasty):
    with engine_socket(hasty) as socket:
        started = time.monotonic()
        socket.socket.settimeout(0.02)
        while time.monotonic() - started < 2:
            socket.text("3")
            try:
                assert socket.message() == "2"
                break
            except TimeoutError:
                continue
        assert time.monotonic() - started < 1


def test_a_client_ping_over_websocket_is_refused(patient):
    with engine_socket(patient) as socket:
        socket.text("2")
        assert socket.ends()


def test_goodbye_over_websocket_ends_at_once(patient):
    with engine_socket(patient) as socket:
        socket.text("1")
        assert socket.ends()


def test_who_never_joins_a_namespace_is_put_out(hasty):
    with RawWebSocket(hasty, SOCKETIO) as socket:
        started = time.monotonic()
        assert socket.message()[0] == "0"
        while True:
            try:
                if socket.message() == "2":
                    socket.text("3")
            except (EOFError, ConnectionError, AssertionError):
                break
        assert 0.3 < time.monotonic() - started < 3


def test_who_joined_stays(hasty):
    with socketio_socket(hasty) as socket:
        for _ in range(3):
            assert socket.message() == "2"
            socket.text("3")
        socket.text('420["message-with-ack",1]')
        assert socket.message() == "430[1]"
