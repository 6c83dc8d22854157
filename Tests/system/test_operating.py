"""What whoever runs a server relies on: metrics on a port of their own, addresses through a proxy, old messages that go."""

import json
import socket
import sqlite3
import subprocess
import urllib.request

import pytest
from chat import PASSWORD, PATIENCE, Account, Parley, found_server
from serverprocess import command_from


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.read().decode()


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def test_metrics_on_a_port_of_their_own(data):
    port = free_port()
    with Parley(data, "--metrics", str(port)).start() as server:
        found_server(server, 2)
        text = read(f"http://127.0.0.1:{port}/metrics")
        lines = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
        assert lines["parley_people"] == "2" and lines["parley_digest_mismatches_total"] == "0"
        assert int(lines['parley_writes_total{result="kept"}']) == int(lines["parley_write_seconds_count"]) > 0
        assert float(lines["parley_write_seconds_sum"]) > 0
        assert "engineio_sessions" in text
        assert server.running.stop() == 0


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [("--metrics", "nowhere", "ADDRESS:PORT"), ("--metrics", "127.0.0.1:70000", "ADDRESS:PORT"), ("--proxy", "nginx", "no range of addresses")],
)
def test_a_wrong_setting_is_named(data, option, value, said):
    command = [command_from("PARLEY_BIN", "parley"), "serve", "--data", str(data), option, value]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0 and said in done.stderr and value in done.stderr


def test_a_proxy_that_is_trusted_says_who_asks(data):
    def signed_in(server: Parley) -> str:
        body = json.dumps({"username": "owner", "password": PASSWORD}).encode()
        headers = {"Content-Type": "application/json", "X-Parley": "1", "X-Forwarded-For": "198.51.100.9, 192.0.2.7"}
        urllib.request.urlopen(urllib.request.Request(server.url + "/api/signin", body, headers), timeout=20).close()
        owner = Account(server, "/api/signin", {"username": "owner", "password": PASSWORD})
        log = json.load(owner.opener.open(server.url + "/api/admin/audit?action=signin", timeout=20))
        return log["entries"][1]["ip"]

    with Parley(data, "--proxy", "127.0.0.0/8").start() as server:
        found_server(server, 1)
        assert signed_in(server) == "192.0.2.7"
        server.kill()
        server.wait_for_end()
    with Parley(data).start() as server:
        assert signed_in(server) == "127.0.0.1"


def test_old_messages_go_from_a_running_server(data):
    """Messages of long ago, as a server of long ago would have left them, and a server that is told to keep a day."""
    with Parley(data, "--rate-factor", "1000").start() as server:
        (owner,) = found_server(server, 1)
        request = urllib.request.Request(
            server.url + "/api/admin/settings", json.dumps({"retentionDays": 1}).encode(),
            {"Content-Type": "application/json", "X-Parley": "1"}, method="PUT")
        owner.opener.open(request, timeout=20).close()
        bot = owner.post(server, "/api/admin/bots", {"username": "robot", "name": "Robot"})
        token = bot["token"]

        def ask(path: str, body: dict | None = None) -> dict:
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            content = None if body is None else json.dumps(body).encode()
            with urllib.request.urlopen(urllib.request.Request(server.url + "/api/v1/" + path, content, headers), timeout=20) as answer:
                return json.load(answer)

        room = ask("conversations", {"name": "Old", "public": True})["conversation"]["c"]
        for number in range(3):
            ask(f"conversations/{room}/messages", {"body": f"message {number}"})
        assert server.running.stop() == 0
        with sqlite3.connect(data / "parley.sqlite") as db:
            db.execute("UPDATE messages SET ts = ts - 2 * 86400000 WHERE body <> 'message 2'")
        server.start()
        bodies = None
        for _ in range(int(PATIENCE * 1000)):
            bodies = [message["body"] for message in ask(f"conversations/{room}/messages")["messages"]]
            if bodies == ["message 2"]:
                break
        assert bodies == ["message 2"]
        assert ask(f"conversations/{room}")["conversation"]["minSeq"] == 4
