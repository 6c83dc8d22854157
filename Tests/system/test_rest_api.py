"""Every operation of the REST interface in every outcome that its document names, against a real server."""

import asyncio
import json
import struct
import urllib.request
import uuid
import zlib

import pytest
from chat import Account, Parley, Person, found_server
from rest import Document, Program

NO_ROOM, NO_USER, NO_FILE = (prefix + "a" * 26 for prefix in ("cnv_", "usr_", "fil_"))
# Full disks and queues are no matter of a request; `ChatStoreSQLiteTests` makes them.
NOT_PROVOKED = {503}
DAMAGED_PICTURE = b"\xff\xd8\xff\xe0" + b"no picture at all" * 4


def small_picture() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")


class World:
    """A server with an owner, two bots, and a conversation in each state that matters."""

    def __init__(self, server: Parley):
        self.server, self.seen = server, set()
        (self.owner,) = found_server(server, 1)
        with urllib.request.urlopen(server.url + "/api/openapi.json", timeout=20) as answer:
            self.document = Document(json.load(answer))
        self.robot, self.robot_id = self.bot("robot")
        self.guest, self.guest_id = self.bot("guest")
        self.admin = Program(server, self.document, self.owner.token, self.seen)
        self.room = self.make_room(self.robot, "Work", False, [self.guest_id, self.owner.id])
        self.open = self.make_room(self.guest, "Open", True)
        self.closed = self.make_room(self.guest, "Closed to robots", True)
        self.old = self.make_room(self.robot, "Old", True)
        self.old_seq = self.say(self.robot, self.old, "long ago")
        self.owner.opener.open(self.post(f"/api/admin/rooms/{self.old}/archive", {"on": True}), timeout=20).close()
        self.owner.opener.open(self.post("/api/admin/settings", {"uploadMax": 200_000}, "PUT"), timeout=20).close()
        self.mine = self.say(self.robot, self.room, "mine")
        self.theirs = self.say(self.guest, self.room, "theirs")
        self.direct = self.robot.must("openDirect", body={"u": self.guest_id})["conversation"]["c"]
        asyncio.run(self.order())
        picture = str(uuid.uuid4())
        self.file = self.admin.must("upload", picture, expected=201, body=small_picture(), query={"name": "dot.png"})["f"]
        thumb = self.post(f"/api/uploads/{picture}/thumb", None, "PUT")
        thumb.data = small_picture()
        self.owner.opener.open(thumb, timeout=20).close()
        self.admin.must("send", self.room, expected=201, body={"files": [self.file]})

    def post(self, route: str, body, method: str = "POST") -> urllib.request.Request:
        headers = {"Content-Type": "application/json", "X-Parley": "1"}
        return urllib.request.Request(self.server.url + route, json.dumps(body).encode(), headers, method=method)

    def bot(self, name: str) -> tuple[Program, str]:
        made = self.owner.post(self.server, "/api/admin/bots", {"username": name, "name": name.title()})
        return Program(self.server, self.document, made["token"], self.seen), made["bot"]["user"]["u"]

    def make_room(self, program: Program, name: str, public: bool, members: list[str] | None = None) -> str:
        body = {"name": name, "public": public, "members": members or []}
        return program.must("createRoom", expected=201, body=body)["conversation"]["c"]

    def say(self, program: Program, room: str, body: str) -> int:
        return program.must("send", room, expected=201, body={"body": body})["seq"]

    async def order(self):
        """What only events do: the guest may write nothing in the room, the robot may not come where it is closed."""
        class Robot(Account):
            def __init__(self, token: str):
                self.secret = token

            token = property(lambda self: self.secret)

        async def do(program: Program, event: str, payload: dict):
            person = Person(self.server, Robot(program.token), namespace="/bot")
            await person.connect()
            await person.must(event, payload)
            await person.leave()

        await do(self.robot, "room.mute", {"c": self.room, "u": self.guest_id, "until": 4_000_000_000_000})
        await do(self.guest, "room.ban", {"c": self.closed, "u": self.robot_id, "on": True})


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with Parley(tmp_path_factory.mktemp("rest") / "data").start() as server:
        yield World(server)


BAD_KEY = {"Idempotency-Key": "not one word"}


def changes(name: str, *rest: object) -> dict[tuple[str, int], object]:
    """Outcomes that reactions and pins share."""
    return {
        (name, 200): lambda w: w.robot.ask(name, w.room, w.mine, *rest),
        (name, 404): lambda w: w.robot.ask(name, w.room, 4000, *rest),
        (name, 403): lambda w: w.guest.ask(name, w.room, w.mine, *rest),
        (name, 409): lambda w: w.robot.ask(name, w.old, w.old_seq, *rest),
    }


def repeated(w: World):
    for _ in range(2):
        answer = w.robot.ask("send", w.room, body={"body": "once"}, headers={"Idempotency-Key": "run 1".replace(" ", "-")})
    return answer


def reused(w: World):
    w.robot.ask("send", w.room, body={"body": "one"}, headers={"Idempotency-Key": "two-bodies"})
    return w.robot.ask("send", w.room, body={"body": "other"}, headers={"Idempotency-Key": "two-bodies"})


def found(w: World):
    """What was written is in the index a moment later. Who has asked too often lets the next one ask."""
    seekers = [w.bot(f"seeker{number}") for number in range(20)]
    room = w.make_room(w.robot, "Haystack", False, [user for _, user in seekers])
    w.say(w.robot, room, "a needle in the haystack")
    for seeker, _ in seekers:
        status, content = seeker.ask("search", query={"q": "needle hayst", "limit": 5})
        while status == 200 and not content["hits"]:
            status, content = seeker.ask("search", query={"q": "needle hayst", "limit": 5})
        if status == 200:
            (hit,) = content["hits"]
            assert hit["message"]["body"] == "a needle in the haystack" and len(hit["marks"]) == 2
            return status, content
        assert status == 429, content
    return status, content


def uploaded_again(w: World):
    upload = str(uuid.uuid4())
    first = w.robot.ask("upload", upload, body=b"some text")
    again = w.robot.ask("upload", upload, body=b"some text")
    assert first[0] == 201 and first[1] == again[1]
    return again


OUTCOMES = {
    ("me", 200): lambda w: w.robot.ask("me"),
    ("users", 200): lambda w: w.robot.ask("users", query={"q": "own", "limit": 5}),
    ("users", 400): lambda w: w.robot.ask("users", query={"limit": "many"}),
    ("user", 200): lambda w: w.robot.ask("user", "owner"),
    ("user", 404): lambda w: w.robot.ask("user", NO_USER),
    ("conversations", 200): lambda w: w.robot.ask("conversations"),
    ("createRoom", 201): lambda w: w.robot.ask("createRoom", body={"name": "New", "topic": "T", "public": False}),
    ("createRoom", 400): lambda w: w.robot.ask("createRoom", body={"name": "", "public": False}),
    ("createRoom", 404): lambda w: w.robot.ask("createRoom", body={"name": "New", "public": False, "members": [NO_USER]}),
    ("openDirect", 200): lambda w: w.robot.ask("openDirect", body={"u": w.owner.id}),
    ("openDirect", 400): lambda w: w.robot.ask("openDirect", body={}),
    ("openDirect", 404): lambda w: w.robot.ask("openDirect", body={"u": NO_USER}),
    ("rooms", 200): lambda w: w.robot.ask("rooms", query={"archived": "true"}),
    ("rooms", 400): lambda w: w.robot.ask("rooms", query={"q": "x" * 65}),
    ("conversation", 200): lambda w: w.robot.ask("conversation", w.room),
    ("conversation", 404): lambda w: w.robot.ask("conversation", w.open),
    ("join", 200): lambda w: w.admin.ask("join", w.open),
    ("join", 403): lambda w: w.robot.ask("join", w.closed),
    ("join", 404): lambda w: w.robot.ask("join", NO_ROOM),
    ("join", 409): lambda w: w.guest.ask("join", w.old),
    ("leave", 204): lambda w: w.robot.ask("leave", w.make_room(w.robot, "Short", False)),
    ("leave", 403): lambda w: w.robot.ask("leave", w.direct),
    ("leave", 404): lambda w: w.robot.ask("leave", NO_ROOM),
    ("members", 200): lambda w: w.robot.ask("members", w.room, query={"role": "member", "limit": 1}),
    ("members", 400): lambda w: w.robot.ask("members", w.room, query={"role": "king"}),
    ("members", 404): lambda w: w.robot.ask("members", NO_ROOM),
    ("addMembers", 200): lambda w: w.guest.ask("addMembers", w.open, body={"members": [w.owner.id]}),
    ("addMembers", 400): lambda w: w.robot.ask("addMembers", w.room, body={}),
    ("addMembers", 403): lambda w: w.robot.ask("addMembers", w.direct, body={"members": [w.owner.id]}),
    ("addMembers", 404): lambda w: w.robot.ask("addMembers", w.room, body={"members": [NO_USER]}),
    ("addMembers", 409): lambda w: w.robot.ask("addMembers", w.old, body={"members": [w.owner.id]}),
    ("messages", 200): lambda w: w.robot.ask("messages", w.room, query={"around": w.mine, "limit": 50}),
    ("messages", 400): lambda w: w.robot.ask("messages", w.room, query={"before": "x"}),
    ("messages", 404): lambda w: w.robot.ask("messages", w.open),
    ("send", 201): lambda w: w.robot.ask("send", w.room, body={"body": "reply @owner", "reply": w.mine}),
    ("send", 200): repeated,
    ("send", 400): lambda w: w.robot.ask("send", w.room, body={"body": ""}),
    ("send", 403): lambda w: w.guest.ask("send", w.room, body={"body": "psst"}),
    ("send", 404): lambda w: w.robot.ask("send", w.open, body={"body": "hello"}),
    ("send", 409): reused,
    ("message", 200): lambda w: w.robot.ask("message", w.room, w.mine),
    ("message", 404): lambda w: w.robot.ask("message", w.room, 4000),
    ("edit", 200): lambda w: w.robot.ask("edit", w.room, w.say(w.robot, w.room, "a"), body={"body": "b"}),
    ("edit", 400): lambda w: w.robot.ask("edit", w.room, w.mine, body={}),
    ("edit", 403): lambda w: w.robot.ask("edit", w.room, w.theirs, body={"body": "b"}),
    ("edit", 404): lambda w: w.robot.ask("edit", w.room, 4000, body={"body": "b"}),
    ("edit", 409): lambda w: w.robot.ask("edit", w.room, w.mine, body={"body": "b", "base": 99}),
    ("delete", 200): lambda w: w.robot.ask("delete", w.room, w.say(w.robot, w.room, "gone")),
    ("delete", 400): lambda w: w.robot.ask("delete", w.room, w.mine, headers=BAD_KEY),
    ("delete", 403): lambda w: w.guest.ask("delete", w.room, w.mine),
    ("delete", 404): lambda w: w.robot.ask("delete", w.room, 4000),
    ("delete", 409): lambda w: w.robot.ask("delete", w.old, w.old_seq),
    ("thread", 200): lambda w: w.robot.ask("thread", w.room, w.mine),
    ("thread", 400): lambda w: w.robot.ask("thread", w.room, w.mine, query={"before": "x"}),
    ("thread", 404): lambda w: w.robot.ask("thread", w.room, 4000),
    **changes("react", "👍"),
    ("react", 400): lambda w: w.robot.ask("react", w.room, w.mine, "two words"),
    **changes("unreact", "👍"),
    ("unreact", 400): lambda w: w.robot.ask("unreact", w.room, w.mine, "two words"),
    **changes("pin"),
    ("pin", 400): lambda w: w.robot.ask("pin", w.room, w.mine, headers=BAD_KEY),
    **changes("unpin"),
    ("unpin", 400): lambda w: w.robot.ask("unpin", w.room, w.mine, headers=BAD_KEY),
    ("search", 200): found,
    ("search", 400): lambda w: w.robot.ask("search", query={"q": "on:yesterday-ish"}),
    ("pins", 200): lambda w: w.robot.ask("pins", w.room),
    ("pins", 404): lambda w: w.robot.ask("pins", w.open),
    ("files", 200): lambda w: w.robot.ask("files", w.room),
    ("files", 400): lambda w: w.robot.ask("files", w.room, query={"before": "x"}),
    ("files", 404): lambda w: w.robot.ask("files", w.open),
    ("upload", 201): lambda w: w.robot.ask("upload", uuid.uuid4(), body=b"some text", query={"name": "notes.txt"}),
    ("upload", 200): uploaded_again,
    ("upload", 400): lambda w: w.robot.ask("upload", "first", body=b"some text"),
    ("upload", 413): lambda w: w.robot.ask("upload", uuid.uuid4(), body=bytes(200_001)),
    ("upload", 415): lambda w: w.robot.ask("upload", uuid.uuid4(), body=DAMAGED_PICTURE),
}
for route in ("download", "thumbnail"):
    OUTCOMES |= {
        (route, 200): lambda w, route=route: w.robot.ask(route, w.file),
        (route, 206): lambda w, route=route: w.robot.ask(route, w.file, headers={"Range": "bytes=1-3"}),
        (route, 304): lambda w, route=route: w.robot.ask(route, w.file, headers={"If-None-Match": "*"}),
        (route, 416): lambda w, route=route: w.robot.ask(route, w.file, headers={"Range": "bytes=90000-"}),
        (route, 404): lambda w, route=route: w.robot.ask(route, NO_FILE),
    }


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: f"{outcome[0]}-{outcome[1]}")
def test_outcome(world, outcome):
    status, content = OUTCOMES[outcome](world)
    assert status == outcome[1], content


def placeholders(document: Document, name: str) -> list[str]:
    return ["x"] * document.operations[name][1].count("{")


def test_no_operation_without_a_token(world):
    for token in ("", "pbt_" + "0" * 64, "0" * 64, "x"):
        stranger = Program(world.server, world.document, token, world.seen)
        for name in world.document.operations:
            status, content = stranger.ask(name, *placeholders(world.document, name))
            assert (status, content["error"]["code"]) in ((401, "unauthorized"), (429, "rate")), name


def test_every_operation_says_when_it_is_too_much(world):
    busy, _ = world.bot("busy")
    for name in world.document.operations:
        for _ in range(400):
            status, content = busy.ask("me")
            if status == 429:
                status, content = busy.ask(name, *placeholders(world.document, name))
            if status == 429:
                break
        assert status == 429, name
        assert content["error"]["code"] == "rate" and content["error"]["retryable"]
        assert int(busy.headers["Retry-After"]) * 1000 >= content["error"]["after"]


def test_everything_documented_was_seen(world):
    expected = {(name, status) for name, status in world.document.outcomes if status not in NOT_PROVOKED}
    assert expected - set(OUTCOMES) - {(name, status) for name in world.document.operations for status in (401, 429)} == set()
    assert expected - world.seen == set()


def test_the_examples_of_the_document_are_a_schema(world):
    for name in world.document.content["components"]["schemas"]:
        world.document.validate({"$ref": "https://json-schema.org/draft/2020-12/schema"}, world.document.content["components"]["schemas"][name])
