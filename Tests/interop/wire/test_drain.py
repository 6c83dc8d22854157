"""The end of a server that has clients: refused, sent away in batches, and nothing lost on the way."""

import contextlib
import json
import signal
import threading
import time

import pytest
from conftest import start
from rawhttp import ENGINE, Connection
from rawws import engine_socket

CLIENTS = 20


def opened_by_polling(server) -> tuple[Connection, str]:
    """A session on a connection that stays."""
    connection = Connection(server, timeout=10)
    connection.request("GET", f"{ENGINE}?EIO=4&transport=polling")
    return connection, json.loads(connection.response().text[1:])["sid"]


def poll(connection: Connection, sid: str):
    connection.request("GET", f"{ENGINE}?EIO=4&transport=polling&sid={sid}")


def wait_until_refused(server):
    """Returns when nobody listens any more. A connection that was still in the listener's queue then is reset, not refused."""
    with pytest.raises(ConnectionRefusedError):
        while True:
            with contextlib.suppress(ConnectionResetError):
                Connection(server).close()


def test_clients_are_sent_away_in_batches():
    server = start("--drain", "8000", "--spread", "1500", "--ping-interval", "25000", "--ping-timeout", "20000")
    sockets = [engine_socket(server) for _ in range(CLIENTS)]
    held, held_sid = opened_by_polling(server)
    poll(held, held_sid)
    pending, pending_sid = opened_by_polling(server)
    ends: list[tuple[float, int | None]] = []

    def watch(socket):
        code = socket.close_code()
        ends.append((time.monotonic(), code))

    watchers = [threading.Thread(target=watch, args=(socket,)) for socket in sockets]
    for watcher in watchers:
        watcher.start()
    server.process.send_signal(signal.SIGTERM)
    assert held.response().text == "1"
    for watcher in watchers:
        watcher.join(10)
    assert [code for _, code in ends] == [1001] * CLIENTS
    times = sorted(when for when, _ in ends)
    assert times[-1] - times[0] > 0.7, "all at once"
    wait_until_refused(server)
    # Its session waits for the poll that takes the last packet away.
    poll(pending, pending_sid)
    assert pending.response().text == "1"
    assert server.process.wait(10) == 0


def test_who_never_goes_is_cut_at_the_deadline():
    server = start("--drain", "1000", "--spread", "0", "--ping-interval", "25000", "--ping-timeout", "20000")
    with engine_socket(server) as socket:
        started = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        # The close frame comes and is not answered.
        assert socket.frame()[0] == 8
        assert server.process.wait(10) == 0
        assert time.monotonic() - started < 5


def test_new_sessions_are_refused_on_open_connections():
    server = start("--drain", "5000", "--spread", "2000", "--ping-interval", "25000", "--ping-timeout", "20000")
    sockets = [engine_socket(server) for _ in range(5)]
    connection, _ = opened_by_polling(server)
    server.process.send_signal(signal.SIGTERM)
    wait_until_refused(server)
    connection.request("GET", f"{ENGINE}?EIO=4&transport=polling")
    assert connection.response().status == 503
    for socket in sockets:
        socket.close()
    assert server.process.wait(10) == 0
