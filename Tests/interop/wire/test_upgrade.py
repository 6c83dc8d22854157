"""From polling to WebSocket: the probe, what may go wrong, and who carries the packets."""

import time

import pytest
from rawhttp import PollingSession
from rawws import BINARY, RawWebSocket, engine_socket, frame


def probing(server, session) -> RawWebSocket:
    socket = RawWebSocket(server, sid=session.sid)
    assert socket.status == 101
    return socket


def probed(server, session) -> RawWebSocket:
    socket = probing(server, session)
    socket.text("2probe")
    assert socket.message() == "3probe"
    return socket


def test_the_way_it_is_meant(patient):
    session = PollingSession(patient)
    with probed(patient, session) as socket:
        socket.text("5")
        assert socket.echoes()
        assert session.poll().error == (400, 3, "Bad request")
        assert session.post("4x").error == (400, 3, "Bad request")
        assert socket.echoes("again")


def test_a_held_poll_is_released_by_a_noop(patient):
    session = PollingSession(patient)
    with session.open_poll() as waiting:
        assert session.post("3").text == "ok"
        with probed(patient, session) as socket:
            assert waiting.response().text == "6"
            started = time.monotonic()
            assert session.poll().text == "6"
            assert time.monotonic() - started < 1
            socket.text("5")
            assert socket.echoes()


def test_packets_during_the_probe_arrive_on_the_websocket_in_order(patient):
    session = PollingSession(patient)
    with probed(patient, session) as socket:
        session.post("4one\x1ebAQI=\x1e4two")
        assert session.poll().text == "6"
        session.post("4three")
        socket.text("5")
        socket.text("4four")
        assert [socket.message() for _ in range(5)] == ["4one", b"\x01\x02", "4two", "4three", "4four"]


@pytest.mark.parametrize("first", ["4x", "1", "3probe", "5", "2", "2other", "x", ""])
def test_another_first_packet_closes_only_the_probe(patient, first):
    session = PollingSession(patient)
    with probing(patient, session) as socket:
        socket.text(first)
        assert socket.ends()
    assert session.echoes()


def test_a_binary_first_packet_closes_only_the_probe(patient):
    session = PollingSession(patient)
    with probing(patient, session) as socket:
        socket.send(frame(BINARY, b"2probe"))
        assert socket.ends()
    assert session.echoes()


def test_a_broken_frame_closes_only_the_probe(patient):
    session = PollingSession(patient)
    with probing(patient, session) as socket:
        socket.send(frame(1, b"2probe", rsv=4))
        assert socket.close_code() == 1002
    assert session.echoes()


def test_a_probe_that_goes_away_leaves_the_session(patient):
    session = PollingSession(patient)
    probed(patient, session).close()
    assert session.post("4after").text == "ok"
    answer = session.poll().text
    while answer == "6":  # the noops of the probe, until its end has been noticed
        answer = session.poll().text
    assert answer == "4after"
    with probed(patient, session) as socket:
        socket.text("5")
        assert socket.echoes()


def test_a_second_websocket_during_the_probe_is_closed(patient):
    session = PollingSession(patient)
    with probed(patient, session) as first:
        with probing(patient, session) as second:
            assert second.ends()
        first.text("5")
        assert first.echoes()


def test_a_second_websocket_after_the_upgrade_is_closed(patient):
    session = PollingSession(patient)
    with probed(patient, session) as first:
        first.text("5")
        assert first.echoes()
        with probing(patient, session) as second:
            assert second.ends()
        assert first.echoes("again")


def test_a_websocket_session_is_not_upgraded(patient):
    with engine_socket(patient) as first:
        with RawWebSocket(patient, sid=first.handshake["sid"]) as second:
            assert second.status == 400 or second.ends()
        assert first.echoes()


def test_a_probe_that_never_ends_is_closed_and_the_session_lives(hasty):
    session = PollingSession(hasty)
    with probed(hasty, session) as socket:
        started = time.monotonic()
        assert socket.ends()
        assert 0.2 < time.monotonic() - started < 1.5
        answer = session.poll().text
        assert answer in ("2", "6"), "the heartbeat goes on by polling"


def test_goodbye_by_polling_during_the_probe_ends_both(patient):
    session = PollingSession(patient)
    with probed(patient, session) as socket:
        assert session.post("1").text == "ok"
        assert socket.ends()
    assert session.is_closed()


def test_one_hundred_interleavings_keep_the_order(patient):
    for round_number in range(100):
        session = PollingSession(patient)
        before = round_number % 4
        for number in range(before):
            session.post(f"4{number}")
        with probed(patient, session) as socket:
            during = round_number % 3
            for number in range(before, before + during):
                session.post(f"4{number}")
            socket.text("5")
            for number in range(before + during, before + during + 3):
                socket.text(f"4{number}")
            seen = [socket.message() for _ in range(before + during + 3)]
        assert seen == [f"4{number}" for number in range(before + during + 3)]
