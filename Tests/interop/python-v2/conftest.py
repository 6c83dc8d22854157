import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "support"))

from serverprocess import ServerProcess, command_from  # noqa: E402


@pytest.fixture(scope="session")
def server():
    running = ServerProcess([command_from("INTEROP_SERVER", "interop-server"), "--port", "0", "--allow-eio3"])
    yield running
    assert running.stop() == 0


@pytest.fixture(params=["websocket", "polling", "upgrade"])
def transports(request):
    return {"websocket": ["websocket"], "polling": ["polling"], "upgrade": ["polling", "websocket"]}[request.param]
