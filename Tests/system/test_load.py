"""The load tester itself: what it counts is there, and what goes wrong is said."""

import os
import re
import socket
import subprocess

from serverprocess import ServerProcess, command_from


def load(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [command_from("LOAD_TOOL", "load"), *arguments], capture_output=True, text=True, timeout=60, env=os.environ
    )


def test_clients_connect_and_are_answered():
    server = ServerProcess([command_from("INTEROP_SERVER", "interop-server"), "--port", "0"])
    try:
        done = load(server.url, "--clients=20", "--seconds=2", "--event=echo-ack", "--interval=100")
        assert done.returncode == 0, done.stdout + done.stderr
        assert re.search(r"^connected +20 of 20, median [\d.]+ ms, 95 % [\d.]+ ms", done.stdout, re.M), done.stdout
        answers = int(re.search(r"^answers +(\d+), \d+ a second, median", done.stdout, re.M)[1])
        # Twenty clients, ten events a second each, for up to two seconds.
        assert 100 <= answers <= 400, done.stdout
    finally:
        assert server.stop() == 0


def test_who_cannot_connect_is_counted():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    done = load(f"http://127.0.0.1:{port}", "--clients=2", "--seconds=1")
    assert done.returncode == 1
    assert "connected     0 of 2" in done.stdout
    assert re.search(r"^refused +2: connection failed", done.stdout, re.M), done.stdout


def test_a_wrong_address_is_said_at_once():
    done = load("ftp://nowhere", "--clients=1")
    assert done.returncode not in (0, 1)
    assert "invalid URL" in done.stderr
