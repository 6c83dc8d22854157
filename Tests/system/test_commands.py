"""The commands beside `parley serve`: administrators, backup and restore, export, doctor."""

import asyncio
import json
import os
import pathlib
import re
import sqlite3
import stat
import subprocess
import urllib.request

import pytest
from chat import Account, Parley, connect_all, new_cid
from serverprocess import command_from

PASSWORD = "horse battery 9"


def parley(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    return subprocess.run(
        [command_from("PARLEY_BIN", "parley"), *arguments], capture_output=True, text=True, timeout=60, env=clean | environment
    )


def done(*arguments: str, **environment: str) -> str:
    result = parley(*arguments, **environment)
    assert result.returncode == 0, result.stderr
    return result.stdout


def refused(*arguments: str, **environment: str) -> str:
    result = parley(*arguments, **environment)
    assert result.returncode != 0, result.stdout
    return result.stderr + result.stdout


@pytest.fixture
def data(tmp_path) -> pathlib.Path:
    return tmp_path / "data"


@pytest.fixture
def server(data):
    with Parley(data).start() as server:
        yield server


def set_password(server: Parley, output: str, password: str = PASSWORD):
    code = re.search(r"/reset/([a-z2-7]{26})", output)[1]
    request = urllib.request.Request(
        server.url + "/api/reset",
        json.dumps({"code": code, "password": password}).encode(),
        {"Content-Type": "application/json", "X-Parley": "1"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 204


@pytest.mark.parametrize("command", ["serve", "admin", "backup", "restore", "export", "doctor"])
def test_every_command_explains_itself(command):
    text = done(command, "--help")
    assert "OVERVIEW" in text and "USAGE" in text and "--help" in text


def test_an_administrator_made_at_the_console(data):
    made = done("admin", "create", "anna", "--name", "Anna A", "--data", str(data))
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    with Parley(data).start() as server:
        set_password(server, made)
        anna = Account(server, "/api/signin", {"username": "anna", "password": PASSWORD})
        assert anna.me["admin"] is True and anna.me["name"] == "Anna A"
        assert "username" in refused("admin", "create", "An Na", "--data", str(data))


def test_reset_and_promote_beside_a_running_server(server, data):
    Account(server, "/api/setup", {"username": "anna", "name": "Anna", "password": PASSWORD})
    set_password(server, done("admin", "create", "bert", "--member", "--data", str(data)))
    bert = Account(server, "/api/signin", {"username": "bert", "password": PASSWORD})
    assert bert.me["role"] == "member"
    assert "administrator" in done("admin", "promote", "bert", "--data", str(data))
    set_password(server, done("admin", "reset", "bert", "--data", str(data)), "correct horse 11")
    bert = Account(server, "/api/signin", {"username": "bert", "password": "correct horse 11"})
    assert bert.me["role"] == "admin"
    assert "member" in done("admin", "promote", "--demote", "bert", "--data", str(data))
    assert "last administrator" in refused("admin", "promote", "--demote", "anna", "--data", str(data))
    assert "nobody" in refused("admin", "reset", "carl", "--data", str(data))


def test_the_audit_log_is_checked(server, data):
    Account(server, "/api/setup", {"username": "anna", "name": "Anna", "password": PASSWORD})
    done("admin", "create", "bert", "--data", str(data))
    good = done("admin", "audit", "--verify", "--data", str(data))
    assert re.match(r"2 entries, the last one with the hash [0-9a-f]{64}\n", good)
    server.wait_for_end()
    with sqlite3.connect(data / "parley.sqlite") as database:
        with pytest.raises(sqlite3.IntegrityError, match="only grows"):
            database.execute("UPDATE audit SET ip = '192.0.2.1' WHERE id = 1")
        database.execute("DROP TRIGGER audit_is_unchanged")
        database.execute("UPDATE audit SET ip = '192.0.2.1' WHERE id = 1")
    database.close()
    assert "entry 1 was changed" in refused("admin", "audit", "--verify", "--data", str(data))
    assert "--verify" in refused("admin", "audit", "--data", str(data))


def test_backup_of_a_running_server_and_restore(server, data, tmp_path):
    Account(server, "/api/setup", {"username": "anna", "name": "Anna", "password": PASSWORD})
    (data / "files").mkdir(exist_ok=True)
    (data / "files" / "one").write_text("a file")
    copy = tmp_path / "copy"
    result = parley("backup", str(copy), "--data", str(data))
    assert result.returncode == 0 and "database: 100 %" in result.stderr, result.stderr
    assert stat.S_IMODE((copy / "parley.sqlite").stat().st_mode) == 0o600
    assert (copy / "files" / "one").read_text() == "a file"
    assert "exists already" in refused("backup", str(copy), "--data", str(data))
    before = epoch(data)

    assert "in use" in refused("restore", str(copy), "--data", str(data))
    Account(server, "/api/signin", {"username": "anna", "password": PASSWORD})
    assert server.wait_for_end() == 0
    (data / "files" / "one").unlink()
    output = done("restore", str(copy), "--data", str(data))
    kept = pathlib.Path(re.search(r"before is (\S+)", output)[1])
    assert kept.exists()
    assert epoch(data) != before
    assert (data / "files" / "one").read_text() == "a file"
    with Parley(data).start() as again:
        Account(again, "/api/signin", {"username": "anna", "password": PASSWORD})
    assert "no backup" in refused("restore", str(tmp_path), "--data", str(data))


def epoch(data: pathlib.Path) -> str:
    database = sqlite3.connect(data / "parley.sqlite")
    value = database.execute("SELECT value FROM meta WHERE key = 'epoch'").fetchone()[0]
    database.close()
    return value


def test_export_of_a_person(server, data, tmp_path):
    anna = Account(server, "/api/setup", {"username": "anna", "name": "Anna", "password": PASSWORD})
    exported = json.loads(done("export", "--person", "anna", "--data", str(data)))
    assert exported["person"]["u"] == anna.id and len(exported["sessions"]) == 1
    assert exported["messages"] == []
    target = tmp_path / "anna.json"
    done("export", "--person", "anna", "--to", str(target), "--data", str(data))
    assert json.loads(target.read_text()) == exported
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert "exists already" in refused("export", "--person", "anna", "--to", str(target), "--data", str(data))
    assert "nobody" in refused("export", "--person", "bert", "--data", str(data))
    assert "--person" in refused("export", "--data", str(data))


def test_doctor(server, data, tmp_path):
    web = str(data.parent / "web")
    good = done("doctor", "--data", str(data), "--web", web, "--port", "0")
    assert "FAIL" not in good and "undamaged" in good
    in_use = done("doctor", "--data", str(data), "--web", web, "--port", str(server.running.port))
    assert "in use" in in_use
    assert "FAIL web client" in refused("doctor", "--data", str(data), "--web", str(tmp_path / "none"), "--port", "0")
    other = tmp_path / "other"
    other.mkdir()
    (other / "parley.sqlite").write_text("hello " * 1000)
    assert "FAIL database" in refused("doctor", "--data", str(other), "--web", web, "--port", "0")
    config = tmp_path / "parley.json"
    config.write_text('{"port": "many"}')
    assert "FAIL settings" in refused("doctor", "--config", str(config))


def test_the_file_the_environment_and_the_options(data, tmp_path):
    config = tmp_path / "parley.json"
    config.write_text(json.dumps({"data": str(tmp_path / "from-file")}))
    done("admin", "create", "anna", "--config", str(config))
    assert (tmp_path / "from-file" / "parley.sqlite").exists()
    done("admin", "create", "anna", "--config", str(config), PARLEY_DATA=str(tmp_path / "from-environment"))
    assert (tmp_path / "from-environment" / "parley.sqlite").exists()
    done("admin", "create", "anna", "--data", str(data), PARLEY_CONFIG=str(config), PARLEY_DATA="/nowhere")
    assert (data / "parley.sqlite").exists()
    assert "no database" in refused("admin", "reset", "anna", "--data", str(tmp_path / "typo"))
    assert not (tmp_path / "typo").exists()


def test_the_log_holds_no_secrets_and_no_messages(data):
    with Parley(data, "--log", "trace").start() as server:
        anna = Account(server, "/api/setup", {"username": "anna", "name": "Anna", "password": PASSWORD})
        with pytest.raises(RuntimeError):
            Account(server, "/api/signin", {"username": "anna", "password": "another secret 5"})
        room = asyncio.run(say(server, anna, "a whispered word"))
        bot = anna.post(server, "/api/admin/bots", {"username": "bot", "name": "Bot"})["token"]
        hook = anna.post(server, f"/api/conversations/{room}/hooks", {"kind": "in", "name": "Hook"})["url"]
        for route, token in (("/api/v1/me", bot), (hook, "")):
            request = urllib.request.Request(server.url + route, headers={"Authorization": f"Bearer {token}", "Content-Type": "text/plain"})
            request.data = None if token else b"a posted word"
            urllib.request.urlopen(request, timeout=20).close()
        log = server.running.stderr()
    assert len(log) > 100
    for secret in [PASSWORD, "another secret 5", anna.token, "a whispered word", bot, hook.removeprefix("/hooks/"), "a posted word"]:
        assert secret not in log


async def say(server: Parley, account: Account, text: str) -> str:
    (person,) = await connect_all(server, [account])
    made = await person.must("room.create", {"name": "Room", "public": True})
    await person.must("send", {"c": made["conv"]["c"], "cid": new_cid(), "body": text})
    await person.leave()
    return made["conv"]["c"]
