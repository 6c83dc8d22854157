"""Connection state recovery in the bytes of the wire: private ids, offsets, and what is given again."""

import json
import re

import pytest
from conftest import start, stopped
from rawhttp import SOCKETIO, PollingSession
from rawws import RawWebSocket, socketio_socket

OFFSET = re.compile(r"[\w-]{13}")


@pytest.fixture(scope="module")
def recovering():
    server = start("--recovery", "60000", "--ping-interval", "25000", "--ping-timeout", "20000")
    yield server
    stopped(server)


class Client:
    """A client that has joined the main namespace, and what it knows of its session."""

    def __init__(self, server, **claim):
        self.socket = socketio_socket(server, connect=None)
        self.socket.text("40" + (json.dumps(claim) if claim else ""))
        self.missed = []
        while not (answer := self.socket.message()).startswith("40"):
            self.missed.append(self.event(answer))
        self.identity = json.loads(answer[2:])
        # The test server greets everybody.
        assert self.event(self.socket.message())[0] == "auth"

    @property
    def pid(self) -> str:
        return self.identity["pid"]

    @property
    def sid(self) -> str:
        return self.identity["sid"]

    def event(self, packet: str) -> list:
        """An event's name and arguments; its last argument is its offset."""
        assert packet.startswith("42["), packet
        *event, self.offset = json.loads(packet[2:])
        assert OFFSET.fullmatch(self.offset), packet
        return event

    def says(self, word: str) -> str:
        """Has the server say a word; its offset."""
        self.socket.text(json.dumps(["message", word]).join(["42", ""]))
        assert self.event(self.socket.message()) == ["message-back", word]
        return self.offset


def test_a_private_id_is_a_secret_of_its_own(recovering):
    one, other = Client(recovering), Client(recovering)
    ids = {one.pid, one.sid, other.pid, other.sid}
    assert len(ids) == 4
    assert all(re.fullmatch(r"[\w-]{20}", value) for value in ids)
    assert set(one.identity) == {"sid", "pid"}


def test_a_client_without_recovery_is_given_no_private_id(patient):
    with socketio_socket(patient, connect=None) as socket:
        socket.text("40")
        assert set(json.loads(socket.message()[2:])) == {"sid"}


def test_what_came_after_the_offset_is_given_again_before_the_answer(recovering):
    client = Client(recovering)
    first = client.says("one")
    second = client.says("two")
    third = client.says("three")
    assert len({first, second, third}) == 3
    client.socket.close()
    back = Client(recovering, pid=client.pid, offset=first)
    assert back.missed == [["message-back", "two"], ["message-back", "three"]]
    assert back.identity == client.identity


def test_a_live_session_moves_and_its_old_connection_is_told(recovering):
    client = Client(recovering)
    offset = client.says("one")
    with_it = Client(recovering, pid=client.pid, offset=offset)
    assert with_it.identity == client.identity and with_it.missed == []
    assert client.socket.message() == "41"
    assert client.socket.close_code() is not None


def test_a_private_id_is_good_once(recovering):
    client = Client(recovering)
    offset = client.says("one")
    client.socket.text("41")
    # An answer to what was said later: the client has left, nothing waits for it.
    client.socket.text("40/custom,")
    assert client.socket.message().startswith("40/custom,")
    again = Client(recovering, pid=client.pid, offset=offset)
    assert again.sid != client.sid and again.pid != client.pid and again.missed == []


@pytest.mark.parametrize(
    "claim",
    [
        {"pid": "x" * 20},
        {"pid": 1},
        {"pid": ["x"]},
        {"pid": ""},
        {"pid": None, "offset": "x" * 13},
        {"offset": "x" * 13},
        {"pid": "x" * 50_000},
    ],
)
def test_an_invented_private_id_gives_a_new_session(recovering, claim):
    client = Client(recovering, **claim)
    assert client.missed == []
    assert client.pid != claim.get("pid")
    client.says("well")


def test_over_polling(recovering):
    session = PollingSession(recovering, SOCKETIO)
    session.post("40")
    packets = session.poll().text.split("\x1e")
    while len(packets) < 2:
        packets += session.poll().text.split("\x1e")
    identity = json.loads(packets[0][2:])
    offset = json.loads(packets[1][2:])[-1]
    session.post('42["message","one"]')
    assert session.poll().text.startswith('42["message-back","one","')
    back = Client(recovering, pid=identity["pid"], offset=offset)
    assert back.identity == identity
    assert back.missed == [["message-back", "one"]]
