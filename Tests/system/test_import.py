"""`parley import`: an archive comes in, once; what is harmful does not."""

import json
import pathlib
import time
import urllib.request
import zipfile

import pytest
from chat import PASSWORD, Account, Parley, found_server
from test_commands import done, refused

USERS = [
    {"id": "U1", "team_id": "T1", "name": "anna", "profile": {"display_name": "Anna"}},
    {"id": "U2", "team_id": "T1", "name": "owner", "profile": {"display_name": "The Owner"}},
]
CHANNELS = [{"id": "C1", "name": "general", "created": 1_600_000_000, "creator": "U1", "members": ["U1", "U2"]}]


def message(number: int) -> dict:
    return {"type": "message", "user": f"U{number % 2 + 1}", "text": f"message {number} <@U2>", "ts": f"{1_600_000_000 + number}.000100"}


def slack_export(path: pathlib.Path, messages: int, **more: str) -> pathlib.Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("users.json", json.dumps(USERS))
        archive.writestr("channels.json", json.dumps(CHANNELS))
        for start in range(0, messages, 1000):
            day = f"general/2020-{start // 28000 + 1:02}-{start // 1000 % 28 + 1:02}.json"
            archive.writestr(day, json.dumps([message(number) for number in range(start, min(start + 1000, messages))]))
        for name, content in more.items():
            archive.writestr(name.replace("__", "/"), content)
    return path


@pytest.fixture
def data(tmp_path) -> pathlib.Path:
    with Parley(tmp_path / "data").start() as server:
        found_server(server, 1)
        server.wait_for_end()
    return tmp_path / "data"


def rest(server: Parley, account: Account, route: str) -> dict:
    request = urllib.request.Request(server.url + route, headers={"Authorization": f"Bearer {account.token}"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def test_an_export_comes_once_and_is_there(data, tmp_path):
    archive = slack_export(tmp_path / "slack.zip", 5000)
    look = done("import", "slack", str(archive), "--check", "--data", str(data))
    assert "people: 2 new, 1 who were here" in look and "messages: 5000 new, 0 known" in look
    began = time.monotonic()
    said = done("import", "slack", str(archive), "--data", str(data))
    took = time.monotonic() - began
    print(f"5000 messages in {took:.2f} s: {5000 / took:.0f} a second")
    assert "messages: 5000 new, 0 known" in said
    again = done("import", "slack", str(archive), "--data", str(data), "--quiet")
    assert "messages: 0 new, 5000 known" in again and "conversations: 0 new" in again
    with Parley(data).start() as server:
        owner = Account(server, "/api/signin", {"username": "owner", "password": PASSWORD})
        (room,) = rest(server, owner, "/api/v1/conversations")["conversations"]
        assert (room["name"], room["kind"], room["seq"], room["unread"]) == ("general", "public", 5000, 0)
        page = rest(server, owner, f"/api/v1/conversations/{room['c']}/messages?limit=2")["messages"]
        assert [entry["body"] for entry in page] == ["message 4998 @owner", "message 4999 @owner"]
        assert [entry["ts"] for entry in page] == [1_600_004_998_000, 1_600_004_999_000]
        server.wait_for_end()
    assert "ok" in done("doctor", "--data", str(data), "--port", "0", "--web", str(tmp_path / "web"))


def test_not_beside_a_running_server(data, tmp_path):
    archive = slack_export(tmp_path / "slack.zip", 1)
    with Parley(data).start() as server:
        assert "stop it" in refused("import", "slack", str(archive), "--data", str(data))
        server.wait_for_end()


@pytest.mark.parametrize("kind", ["slack", "mattermost"])
def test_what_is_no_export_is_refused_with_a_sentence(data, tmp_path, kind):
    for name, content in {"a.zip": b"PK", "b.zip": b"", "c.jsonl": b"[]"}.items():
        (tmp_path / name).write_bytes(content)
        said = refused("import", kind, str(tmp_path / name), "--data", str(data))
        assert said.startswith("Error: ") and len(said.splitlines()) == 1, said
    assert "cannot be read" in refused("import", kind, str(tmp_path / "nowhere.zip"), "--data", str(data))


def test_paths_that_lead_elsewhere_and_bombs_leave_nothing(data, tmp_path):
    bad = slack_export(tmp_path / "path.zip", 1, **{"..__..__evil": "x"})
    assert "leads elsewhere" in refused("import", "slack", str(bad), "--data", str(data))
    bomb = slack_export(tmp_path / "bomb.zip", 1, bomb="0" * (100 << 20))
    assert "unfolds" in refused("import", "slack", str(bomb), "--data", str(data))
    assert not list(tmp_path.rglob("evil"))
