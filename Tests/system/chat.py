"""Parley as a program sees it: the server process, its HTTP routes, and people who talk over Socket.IO."""

import asyncio
import http.cookiejar
import json
import pathlib
import urllib.error
import urllib.request
import uuid

import socketio
from serverprocess import ServerProcess, command_from

PATIENCE = 20


class Parley:
    """A server on a data directory of its own, which can be killed and started again."""

    def __init__(self, data: pathlib.Path, *options: str, wrapper: tuple[str, ...] = ()):
        self.data, self.options, self.wrapper = data, options, wrapper
        self.running: ServerProcess | None = None

    def start(self) -> "Parley":
        binary = command_from("PARLEY_BIN", "parley")
        web = pathlib.Path(self.data.parent, "web")
        web.mkdir(exist_ok=True)
        (web / "index.html").write_text("<!doctype html><title>no client is needed here</title>")
        command = [binary, "serve", "--host", "127.0.0.1", "--port", "0", "--data", str(self.data), "--web", str(web)]
        self.running = ServerProcess([*self.wrapper, *command, *self.options])
        return self

    @property
    def url(self) -> str:
        return self.running.url

    def __enter__(self) -> "Parley":
        return self

    def __exit__(self, *_):
        """Nothing is left running, however the test ended."""
        if self.running.is_alive:
            self.kill()
            self.wait_for_end()

    def kill(self):
        """SIGKILL: nothing of the process gets to run any more."""
        self.running.process.kill()

    def wait_for_end(self) -> int:
        return self.running.stop()


class Account:
    """A person with a session."""

    def __init__(self, server: Parley, route: str, body: dict):
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.me = self.post(server, route, body)["me"]

    def post(self, server: Parley, route: str, body: dict, method: str = "POST") -> dict:
        request = urllib.request.Request(
            server.url + route, json.dumps(body).encode(), {"Content-Type": "application/json", "X-Parley": "1"}, method=method
        )
        try:
            with self.opener.open(request, timeout=PATIENCE) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            raise RuntimeError(f"{route}: {refusal.code} {refusal.read().decode(errors='replace')}") from None

    @property
    def id(self) -> str:
        return self.me["u"]

    @property
    def token(self) -> str:
        return next(cookie.value for cookie in self.cookies if cookie.name == "parley_session")


PASSWORD = "seven quiet lanterns over the harbour"


def found_server(server: Parley, people: int) -> list[Account]:
    """The first account and `people - 1` guests of it."""
    owner = Account(server, "/api/setup", {"username": "owner", "name": "Owner", "password": PASSWORD})
    invite = owner.post(server, "/api/invites", {"hours": 1, "uses": people})["code"]
    guests = [
        Account(
            server, "/api/signup",
            {"username": f"guest{number}", "name": f"Guest {number}", "password": PASSWORD, "invite": invite},
        )
        for number in range(1, people)
    ]
    return [owner, *guests]


class Person:
    """One connection of an account."""

    def __init__(self, server: Parley, account: Account, namespace: str = "/"):
        self.server, self.account, self.namespace = server, account, namespace
        self.client = socketio.AsyncClient(reconnection=False)
        self.hello = asyncio.get_running_loop().create_future()
        self.gone = asyncio.Event()
        self.heard: list[dict] = []
        self.asked = 0  # also the id of the newest acknowledgement: the client numbers them from 1
        self.client.on("hello", lambda data: self.hello.done() or self.hello.set_result(data), namespace=namespace)
        self.client.on("msg", self.heard.append, namespace=namespace)
        self.client.on("disconnect", lambda *_: self.gone.set(), namespace=namespace)

    async def connect(self) -> "Person":
        await self.client.connect(
            self.server.url, transports=["websocket"], auth={"token": self.account.token}, namespaces=[self.namespace],
            wait_timeout=PATIENCE,
        )
        await asyncio.wait_for(asyncio.shield(self.hello), PATIENCE)
        return self

    async def ask(self, event: str, payload: dict, timeout: float = PATIENCE) -> dict:
        """The acknowledgement, whatever it says."""
        self.asked += 1
        return await self.client.call(event, payload, namespace=self.namespace, timeout=timeout)

    async def must(self, event: str, payload: dict) -> dict:
        answer = await self.ask(event, payload)
        assert answer["ok"], f"{event}: {answer}"
        return answer

    async def leave(self):
        await self.client.shutdown()


async def connect_all(server: Parley, accounts: list[Account]) -> list[Person]:
    return list(await asyncio.gather(*(Person(server, account).connect() for account in accounts)))


def new_cid() -> str:
    return str(uuid.uuid4())
