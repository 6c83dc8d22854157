"""The chat over its own TLS: signing in, talking, and a certificate that is loaded again at SIGHUP under open sockets."""

import asyncio
import json
import pathlib
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from chat import PASSWORD, PATIENCE, Parley

sys.path.append(str(pathlib.Path(__file__).parents[1] / "interop" / "wire"))

import socketio  # noqa: E402
from certificates import Authority  # noqa: E402
from serverprocess import command_from  # noqa: E402


@pytest.fixture
def authority(tmp_path):
    (tmp_path / "certificates").mkdir()
    return Authority(tmp_path / "certificates")


@pytest.fixture
def context(authority):
    return ssl.create_default_context(cafile=authority.path("root"))


@pytest.fixture
def server(tmp_path, authority):
    certificate, key = authority.issue("server")
    with Parley(tmp_path / "data", "--tls-cert", certificate, "--tls-key", key).start() as server:
        yield server


def set_up(server: Parley, context: ssl.SSLContext, origin: str) -> urllib.request.Request:
    request = urllib.request.Request(
        server.url + "/api/setup",
        json.dumps({"username": "owner", "name": "Owner", "password": PASSWORD}).encode(),
        {"Content-Type": "application/json", "X-Parley": "1", "Origin": origin},
    )
    return urllib.request.urlopen(request, timeout=PATIENCE, context=context)


def serial(server: Parley, context: ssl.SSLContext) -> str:
    address = (server.running.host, server.running.port)
    with socket.create_connection(address, timeout=PATIENCE) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as connection:
            return connection.getpeercert()["serialNumber"]


def test_a_page_and_a_session(server, context):
    assert server.url.startswith("https://127.0.0.1:")
    with urllib.request.urlopen(server.url, timeout=PATIENCE, context=context) as page:
        assert b"<title>" in page.read()
    plain_page = server.url.replace("https://", "http://")
    with pytest.raises(urllib.error.HTTPError) as refusal:
        set_up(server, context, plain_page)
    assert refusal.value.code == 403
    with set_up(server, context, server.url) as answer:
        cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("parley_session=") and cookie.endswith("; Secure")
    asyncio.run(hello_comes(server, context, cookie.split(";")[0].split("=")[1]))


async def hello_comes(server: Parley, context: ssl.SSLContext, token: str):
    import aiohttp

    for transports in (["websocket"], ["polling", "websocket"]):
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context)) as session:
            client = socketio.AsyncClient(reconnection=False, http_session=session)
            hello = asyncio.get_running_loop().create_future()
            client.on("hello", lambda data, hello=hello: hello.done() or hello.set_result(data))
            await client.connect(server.url, transports=transports, auth={"token": token}, wait_timeout=PATIENCE)
            assert (await asyncio.wait_for(hello, PATIENCE))["me"]["username"] == "owner"
            await client.disconnect()


def test_sighup_loads_the_certificate_again(server, context, authority):
    before = serial(server, context)
    address = (server.running.host, server.running.port)
    with socket.create_connection(address, timeout=PATIENCE) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as early:
            authority.issue("server")
            server.running.process.send_signal(signal.SIGHUP)
            deadline = time.monotonic() + PATIENCE
            while serial(server, context) == before:
                assert time.monotonic() < deadline, server.running.stderr()
            early.sendall(b"GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            assert early.recv(1024).startswith(b"HTTP/1.1 200")
    pathlib.Path(authority.path("server")).write_text("not a certificate")
    now = serial(server, context)
    server.running.process.send_signal(signal.SIGHUP)
    deadline = time.monotonic() + PATIENCE
    while "holds no certificate in PEM form" not in server.running.stderr():
        assert time.monotonic() < deadline, server.running.stderr()
        assert serial(server, context) == now
    assert serial(server, context) == now
    assert server.wait_for_end() == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--tls-cert", "none.pem", "--tls-key", "none.key"], "none.pem: there is no such file"),
        (["--tls-cert", "none.pem"], "--tls-cert needs --tls-key"),
        (["--tls-key", "none.key"], "--tls-key needs --tls-cert"),
    ],
)
def test_what_is_wrong_is_said_at_the_start(tmp_path, options, words):
    command = [command_from("PARLEY_BIN", "parley"), "serve", "--port", "0", "--data", str(tmp_path / "data"), *options]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert ended.returncode != 0
    assert words in ended.stderr
