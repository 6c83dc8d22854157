"""A parley server with people and rooms in it, as bin/bench chat and bin/bench history need it."""

import concurrent.futures
import contextlib
import http.cookiejar
import json
import pathlib
import shutil
import urllib.error
import urllib.request

from measuring import running
from rawclient import Client

PASSWORD = "seven quiet lanterns over the harbour"


@contextlib.contextmanager
def parley(binary: str, data: pathlib.Path, *options: str):
    """A server whose people may do things 10,000 times as often as usual."""
    web = data.parent / "web"
    web.mkdir(parents=True, exist_ok=True)
    (web / "index.html").write_text("<!doctype html><title>no client is needed here</title>")
    command = [binary, "serve", "--port", "0", "--data", str(data), "--web", str(web), "--rate-factor", "10000", *options]
    with running(command, core=None) as server:
        yield server


class Session:
    """Somebody's HTTP session."""

    def __init__(self, url: str):
        self.url, self.cookies = url, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def ask(self, method: str, route: str, body: dict | None = None) -> dict:
        data = json.dumps(body).encode() if body is not None else None
        headers = {"Content-Type": "application/json", "X-Parley": "1"}
        try:
            with self.opener.open(urllib.request.Request(self.url + route, data, headers, method=method), timeout=60) as answer:
                return json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as refusal:
            raise RuntimeError(f"{route}: {refusal.code} {refusal.read().decode(errors='replace')}") from None

    @property
    def token(self) -> str:
        return next(cookie.value for cookie in self.cookies if cookie.name == "parley_session")


def owner(url: str) -> Session:
    """The first account: made on a new server, signed in on a known one."""
    session = Session(url)
    if session.ask("GET", "/api/state")["setup"]:
        session.ask("POST", "/api/setup", {"username": "owner", "name": "Owner", "password": PASSWORD})
    else:
        session.ask("POST", "/api/signin", {"username": "owner", "password": PASSWORD})
    return session


def newcomer(admin: Session, number: int) -> dict:
    """An account with a password and a session of its own."""
    username = f"writer{number}"
    made = admin.ask("POST", "/api/admin/people", {"username": username, "name": f"Writer {number}"})
    session = Session(admin.url)
    session.ask("POST", "/api/reset", {"code": made["url"].rpartition("/")[2], "password": PASSWORD})
    session.ask("POST", "/api/signin", {"username": username, "password": PASSWORD})
    return {"u": made["me"]["u"], "token": session.token}


def must(client: Client, number: int, event: str, payload: dict) -> dict:
    answer = json.loads(client.ask(number, b"42%d" % number + json.dumps([event, payload]).encode()))[0]
    if not answer["ok"]:
        raise RuntimeError(f"{event}: {answer}")
    return answer


def populated(binary: str, data: pathlib.Path, people: int) -> list[dict]:
    """A folder of data with so many people: made once, because passwords are slow on purpose, and then kept."""
    known = data.parent / "people.json"
    if known.exists() and data.exists():
        found = json.loads(known.read_text())
        if len(found) >= people:
            return found[:people]
    shutil.rmtree(data.parent, ignore_errors=True)
    data.parent.mkdir(parents=True)
    with parley(binary, data) as server, concurrent.futures.ThreadPoolExecutor(4) as pool:
        admin = owner(server.url)
        found = list(pool.map(lambda number: newcomer(admin, number), range(people)))
        server.stop()
    known.write_text(json.dumps(found))
    return found


def room(client: Client, name: str, members: list[str]) -> str:
    """A public room of the client's person and these members."""
    made = must(client, 1, "room.create", {"name": name, "public": True, "members": members[:100]})
    conversation = made["conv"]["c"]
    for at in range(100, len(members), 100):
        must(client, 2, "room.add", {"c": conversation, "members": members[at:at + 100]})
    return conversation
