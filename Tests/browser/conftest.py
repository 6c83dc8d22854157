"""Starts the real server for every test, and people with browsers of their own.

PARLEY_BIN        the server (default: the newest of .build/release/parley and .build/debug/parley)
PARLEY_WEB        the built web client (default: web/dist)
PARLEY_ARTEFACTS  where screenshots go (default: artefacts/screens)
CHROMIUM          the browser (default: /usr/bin/chromium)
"""
from __future__ import annotations

import os
import pathlib
import socket
import subprocess
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from camera import SIZES, Camera
from person import Person
from town import Town
from voice import Voice

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
ARTEFACTS = pathlib.Path(os.environ.get("PARLEY_ARTEFACTS", REPOSITORY / "artefacts" / "screens"))
WEB = pathlib.Path(os.environ.get("PARLEY_WEB", REPOSITORY / "web" / "dist"))

expect.set_options(timeout=15_000)


def binary() -> pathlib.Path:
    if given := os.environ.get("PARLEY_BIN"):
        return pathlib.Path(given)
    built = [REPOSITORY / ".build" / kind / "parley" for kind in ("release", "debug")]
    found = sorted((path for path in built if path.exists()), key=lambda path: path.stat().st_mtime)
    if not found:
        pytest.exit("no server: build it, or name it in PARLEY_BIN", returncode=2)
    return found[-1]


class Server:
    """One server process with a data directory of its own."""

    def __init__(self, data: pathlib.Path, *options: str) -> None:
        self.data = data
        self.options = options
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [binary(), "serve", "--port", str(self.port), "--data", self.data, "--web", WEB, *self.options]
        with open(self.data / "server.log", "ab") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log)
        # The server says its address when it listens; when it cannot, it ends and there is nothing to read.
        if not self.process.stdout or not self.process.stdout.readline():
            pytest.fail(f"the server did not start:\n{self.log()}")

    def kill(self) -> None:
        """Ends the process without a farewell, as a power cut would."""
        if self.process:
            self.process.kill()
            self.process.wait(10)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
                pytest.fail("the server did not stop when asked to")

    def log(self) -> str:
        return (self.data / "server.log").read_text(errors="replace")[-4_000:]


@pytest.fixture
def server_options() -> tuple[str, ...]:
    """A file whose tests want the server started differently has a fixture of this name."""
    return ()


@pytest.fixture
def server(tmp_path: pathlib.Path, server_options: tuple[str, ...]) -> Iterator[Server]:
    running = Server(tmp_path, *server_options)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "timeout": 120_000,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND,EXCLUDE 127.0.0.1",  # nothing leaves this machine
        ],
    }


@pytest.fixture
def visitor(browser: Browser, server: Server) -> Iterator[Callable[..., Person]]:
    """Makes people, each in a browser context of their own. At the end none of their pages may have had an error."""
    people: list[Person] = []

    def make(name: str = "Visitor", **context: object) -> Person:
        person = Person(browser, server.url, name, **context)
        people.append(person)
        return person

    yield make
    for person in people:
        person.leave()
    problems = [f"{person.name}: {problem}" for person in people for problem in person.problems]
    assert not problems, "\n".join(problems)


@pytest.fixture
def member(visitor: Callable[..., Person]) -> Callable[..., Person]:
    """Makes people with an account: the first one is the administrator, the others come by invitation."""
    first: list[Person] = []

    def make(name: str, **context: object) -> Person:
        person = visitor(name, **context)
        if first:
            person.sign_up(first[0].invite())
        else:
            person.set_up()
            first.append(person)
        person.open()
        return person

    return make


@pytest.fixture
def voice(server: Server) -> Iterator[Callable[[str, Person], Voice]]:
    """Makes people without a browser, invited by somebody with one."""
    voices: list[Voice] = []

    def make(name: str, host: Person) -> Voice:
        someone = Voice(server.url, name).sign_up(host.invite())
        voices.append(someone)
        return someone

    yield make
    for someone in voices:
        someone.leave()


@pytest.fixture(scope="module")
def town_of_the_file(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    running = Server(tmp_path_factory.mktemp("town"))
    running.start()
    town = Town(browser, running.url)
    yield town
    town.leave()
    running.stop()


@pytest.fixture
def town(town_of_the_file: Town) -> Iterator[Town]:
    """People and a day's conversations, shared by the tests of a file; their browsers are each test's own."""
    yield town_of_the_file
    problems = town_of_the_file.close_browsers()
    assert not problems, "\n".join(problems)


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def look(size: str) -> dict:
    """How the person under test sees the program: as a phone or as a desk."""
    return {**SIZES[size], "locale": "en-GB"}


@pytest.fixture
def camera(artefacts: pathlib.Path, size: str) -> Iterator[Camera]:
    camera = Camera(artefacts, size)
    yield camera
    assert camera.faults == [], "\n".join(camera.faults)


@pytest.fixture
def artefacts() -> pathlib.Path:
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    return ARTEFACTS
