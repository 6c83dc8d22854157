"""Webhooks from end to end: a message in, a post out, an answer said once; nothing inside is reached unasked."""

import asyncio
import hashlib
import hmac
import http.server
import json
import threading
import time
import urllib.request

import pytest
from chat import PATIENCE, Account, Parley, Person, connect_all, found_server, new_cid


class Receiver:
    """Another server: keeps what it gets, and answers what it is told."""

    def __init__(self):
        self.posts, self.answers = [], []
        self.changed = threading.Condition()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with receiver.changed:
                    receiver.posts.append((dict(self.headers), body))
                    status, answer = receiver.answers.pop(0) if receiver.answers else (204, b"")
                    receiver.changed.notify_all()
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/in"

    def wait_for(self, count: int, timeout: float = PATIENCE):
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.posts) >= count, timeout), f"{len(self.posts)} posts, not {count}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.close()


async def room_of(person: Person) -> str:
    return (await person.must("room.create", {"name": "Ops", "public": True}))["conv"]["c"]


def make_hook(server: Parley, owner: Account, room: str, url: str) -> dict:
    return owner.post(server, f"/api/conversations/{room}/hooks", {"kind": "out", "name": "Echo", "url": url, "match": "all"})


def hooks(server: Parley, owner: Account, room: str) -> list[dict]:
    with owner.opener.open(f"{server.url}/api/conversations/{room}/hooks", timeout=PATIENCE) as answer:
        return json.load(answer)["hooks"]


async def until(check):
    """Asks again until there is an answer; the server's own pace makes the loop slow."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = await asyncio.to_thread(check)
        if found:
            return found
    raise AssertionError("it did not come")


def test_a_message_is_posted_signed_and_its_answer_is_said(tmp_path, receiver):
    async def scene(server: Parley):
        (account,) = found_server(server, 1)
        (owner,) = await connect_all(server, [account])
        room = await room_of(owner)
        made = await asyncio.to_thread(make_hook, server, account, room, receiver.url)
        receiver.answers.append((200, json.dumps({"text": "heard"}).encode()))
        sent = await owner.must("send", {"c": room, "cid": new_cid(), "body": "anybody?"})
        await asyncio.to_thread(receiver.wait_for, 1)
        headers, body = receiver.posts[0]
        moment, signature = headers["X-Parley-Signature"].removeprefix("t=").split(",v1=")
        expected = hmac.new(made["secret"].encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
        assert hmac.compare_digest(signature, expected) and abs(time.time() - int(moment)) < 60
        post = json.loads(body)
        assert post["msg"]["id"] == sent["id"] and post["event"] == "message" and post["hook"] == made["hook"]["h"]
        reply = await until(lambda: next((entry for entry in owner.heard if entry["body"] == "heard"), None))
        assert reply["bot"] is True and reply["reply"]["seq"] == sent["seq"]
        (listed,) = await until(lambda: [hook for hook in hooks(server, account, room) if hook.get("last")])
        assert listed["last"]["status"] == 200
        assert len(receiver.posts) == 1  # the bot's own message goes nowhere
        await owner.leave()

    with Parley(tmp_path / "data", "--outbound-allow", "127.0.0.1").start() as server:
        asyncio.run(scene(server))


def test_what_was_not_posted_before_a_kill_is_posted_after_it(tmp_path, receiver):
    async def write(server: Parley, account: Account) -> str:
        (owner,) = await connect_all(server, [account])
        room = await room_of(owner)
        await asyncio.to_thread(make_hook, server, account, room, receiver.url)
        receiver.answers.append((500, b""))
        for number in range(3):
            await owner.must("send", {"c": room, "cid": new_cid(), "body": f"message {number}"})
        await asyncio.to_thread(receiver.wait_for, 1)
        return room

    with Parley(tmp_path / "data", "--outbound-allow", "127.0.0.1").start() as server:
        (account,) = found_server(server, 1)
        asyncio.run(write(server, account))
        server.kill()
        server.wait_for_end()
        server.start()
        receiver.wait_for(4)
        bodies = [json.loads(body)["msg"]["body"] for _, body in receiver.posts]
        assert bodies == ["message 0", "message 0", "message 1", "message 2"]


def test_what_is_inside_is_not_reached(tmp_path, receiver):
    async def scene(server: Parley):
        (account,) = found_server(server, 1)
        (owner,) = await connect_all(server, [account])
        room = await room_of(owner)
        await asyncio.to_thread(make_hook, server, account, room, receiver.url)
        await owner.must("send", {"c": room, "cid": new_cid(), "body": "secret"})
        (listed,) = await until(lambda: [hook for hook in hooks(server, account, room) if hook.get("last")])
        assert "no public address" in listed["last"]["error"] and "status" not in listed["last"]
        assert receiver.posts == []
        await owner.leave()

    with Parley(tmp_path / "data").start() as server:
        asyncio.run(scene(server))


def test_a_server_that_stands_still_holds_up_nobody_else(tmp_path, receiver):
    held = threading.Event()

    class Held(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            held.wait(PATIENCE)

        def log_message(self, *_):
            pass

    slow = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Held)
    threading.Thread(target=slow.serve_forever, daemon=True).start()

    async def scene(server: Parley):
        (account,) = found_server(server, 1)
        (owner,) = await connect_all(server, [account])
        room = await room_of(owner)
        await asyncio.to_thread(make_hook, server, account, room, f"http://127.0.0.1:{slow.server_port}/")
        await asyncio.to_thread(make_hook, server, account, room, receiver.url)
        began = time.monotonic()
        await owner.must("send", {"c": room, "cid": new_cid(), "body": "quick"})
        acked = time.monotonic() - began
        await asyncio.to_thread(receiver.wait_for, 1)
        posted = time.monotonic() - began
        print(f"acknowledged after {acked * 1000:.0f} ms, posted after {posted * 1000:.0f} ms")
        assert acked < 1 and posted < 3
        await owner.leave()

    try:
        with Parley(tmp_path / "data", "--outbound-allow", "127.0.0.1").start() as server:
            asyncio.run(scene(server))
    finally:
        held.set()
        slow.shutdown()
        slow.server_close()


def test_a_bot_whose_token_is_taken_away_is_gone_within_a_second(tmp_path):
    class Robot:
        def __init__(self, token: str):
            self.token = token

    async def scene(server: Parley):
        (account,) = found_server(server, 1)
        made = account.post(server, "/api/admin/bots", {"username": "robot", "name": "Robot"})
        robot = await Person(server, Robot(made["token"]), namespace="/bot").connect()
        await robot.must("sync", {})
        route = f"{server.url}/api/admin/bots/{made['bot']['user']['u']}/token"
        request = urllib.request.Request(route, headers={"X-Parley": "1"}, method="DELETE")
        began = time.monotonic()
        await asyncio.to_thread(lambda: account.opener.open(request, timeout=PATIENCE).close())
        await asyncio.wait_for(robot.gone.wait(), PATIENCE)
        took = time.monotonic() - began
        print(f"gone after {took * 1000:.0f} ms")
        assert took < 1

    with Parley(tmp_path / "data").start() as server:
        asyncio.run(scene(server))
