import pathlib
import sys

import pytest

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[2] / "support")]

from serverprocess import ServerProcess, command_from  # noqa: E402

MAX_PAYLOAD = 100_000


def start(*options: str) -> ServerProcess:
    return ServerProcess([command_from("CONFORMANCE_SERVER", "conformance-server"), "--port", "0", *options])


def stopped(server: ServerProcess):
    """Whatever a test did to it, the server is still there and still ends in good order."""
    assert server.is_alive, f"the server died: {server.stderr()[-2000:]}"
    assert server.stop() == 0


@pytest.fixture(scope="session")
def patient():
    """A server whose timeouts are far away: what closes a connection here is the rule under test."""
    server = start(
        *("--ping-interval", "25000", "--ping-timeout", "20000", "--connect-timeout", "45000"),
        *("--upgrade-timeout", "10000", "--max-payload", str(MAX_PAYLOAD)),
    )
    yield server
    stopped(server)


@pytest.fixture(scope="session")
def hasty():
    """A server with the timeouts of the official suites, and an upgrade timeout of 300 ms."""
    server = start(
        *("--ping-interval", "300", "--ping-timeout", "200", "--connect-timeout", "400"),
        *("--upgrade-timeout", "300", "--max-payload", str(MAX_PAYLOAD)),
    )
    yield server
    stopped(server)


@pytest.fixture(scope="session")
def welcoming():
    """A server that lets pages of one foreign origin in."""
    server = start("--origin", "https://friend.example")
    yield server
    stopped(server)


BUNDLE = b"/* the client */ var io = 1;\n" * 200


@pytest.fixture(scope="session")
def generous(tmp_path_factory):
    """A server with what is off by default: a cookie, JSONP, the client's bundles."""
    folder = tmp_path_factory.mktemp("client-dist")
    (folder / "socket.io.min.js").write_bytes(BUNDLE)
    (folder / "secret.txt").write_bytes(b"secret")
    server = start("--cookie", "--jsonp", "--client-files", str(folder))
    yield server
    stopped(server)


@pytest.fixture(autouse=True)
def the_server_survives(request):
    yield
    for name in ("patient", "hasty", "welcoming", "generous"):
        if name in request.fixturenames:
            server = request.getfixturevalue(name)
            assert server.is_alive, f"the server died: {server.stderr()[-2000:]}"
