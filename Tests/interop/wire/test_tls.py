"""A port that speaks TLS: who gets in, what is cut, and certificates that change under open connections."""

import shutil
import socket
import ssl
import time

import pytest
from certificates import Authority
from conftest import start, stopped
from rawhttp import ENGINE, Connection, PollingSession, ask
from rawws import RawWebSocket, engine_socket, socketio_socket

WAIT = 20


class Secure:
    """A server, for the helpers that only want its host and port, and a context to speak to it with."""

    def __init__(self, process, context: ssl.SSLContext):
        self.process, self.context = process, context
        self.host, self.port = process.host, process.port


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def files(authority, tmp_path_factory):
    """The files that the server reads; a test may change them."""
    folder = tmp_path_factory.mktemp("served")
    for source, name in zip(authority.issue("first"), ("server.crt", "server.key"), strict=True):
        shutil.copy(source, folder / name)
    return folder


@pytest.fixture(scope="module")
def process(files):
    server = start(
        *("--tls-cert", str(files / "server.crt"), "--tls-key", str(files / "server.key"), "--tls-check", "20"),
        *("--ping-interval", "25000", "--ping-timeout", "20000", "--cookie"),
        *("--head-timeout", "3000"),
    )
    assert server.url.startswith("https://")
    yield server
    stopped(server)


@pytest.fixture
def secure(process, authority):
    yield Secure(process, ssl.create_default_context(cafile=authority.path("root")))
    assert process.is_alive


@pytest.fixture(autouse=True)
def encrypted(monkeypatch):
    """Every connection of the helpers speaks TLS when its server does."""
    plain = Connection.__init__

    def connect(self, server, timeout: float = 5):
        plain(self, server, timeout)
        if isinstance(server, Secure):
            self.socket = server.context.wrap_socket(self.socket, server_hostname="localhost")

    monkeypatch.setattr(Connection, "__init__", connect)


def serial(secure) -> str:
    with Connection(secure) as connection:
        return connection.socket.getpeercert()["serialNumber"]


def raw(secure) -> socket.socket:
    return socket.create_connection((secure.host, secure.port), timeout=WAIT)


def everything(connection: socket.socket) -> bytes:
    """What comes until the server ends the connection."""
    data = b""
    while True:
        try:
            chunk = connection.recv(65536)
        except ConnectionResetError:
            return data
        if not chunk:
            return data
        data += chunk


def is_served(secure) -> bool:
    return ask(secure, "GET", f"{ENGINE}?EIO=4&transport=polling").status == 200


# Sessions


def test_polling(secure):
    session = PollingSession(secure)
    assert session.echoes()
    assert session.opened.headers["set-cookie"].endswith("; Path=/; HttpOnly; Secure; SameSite=Lax")


def test_websocket(secure):
    with engine_socket(secure) as connection:
        assert connection.echoes("x" * 70_000)


def test_socketio(secure):
    with socketio_socket(secure) as connection:
        connection.text('42["message",1,"2",{"3":[true]}]')
        assert connection.message() == '42["message-back",1,"2",{"3":[true]}]'


def test_upgrade(secure):
    session = PollingSession(secure)
    with session.open_poll() as waiting, RawWebSocket(secure, sid=session.sid) as connection:
        connection.text("2probe")
        assert connection.message() == "3probe"
        assert waiting.response().text == "6"
        connection.text("5")
        assert connection.echoes()


def test_many_requests_on_one_connection(secure):
    with Connection(secure) as connection:
        for _ in range(20):
            connection.request("GET", f"{ENGINE}?EIO=4&transport=polling")
        for _ in range(20):
            assert connection.response().status == 200


def test_an_unencrypted_page_of_the_same_host_is_foreign(secure):
    host = f"{secure.host}:{secure.port}"
    for origin, status in [(f"https://{host}", 200), (f"http://{host}", 403)]:
        assert ask(secure, "GET", f"{ENGINE}?EIO=4&transport=polling", {"Origin": origin}).status == status


# What is spoken


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_versions(secure, version):
    secure.context.minimum_version = secure.context.maximum_version = version
    with Connection(secure) as connection:
        assert connection.socket.version() == version.name.replace("_", ".")


def test_old_versions_are_refused(secure):
    secure.context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning):
        secure.context.minimum_version = ssl.TLSVersion.TLSv1
        secure.context.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises(ssl.SSLError, match="PROTOCOL_VERSION|protocol version"):
        Connection(secure)
    secure.context.maximum_version = ssl.TLSVersion.TLSv1_2
    assert is_served(secure)


@pytest.mark.parametrize(
    ("offered", "chosen"), [(["h2", "http/1.1"], "http/1.1"), (["http/1.1"], "http/1.1"), (["h2"], None)]
)
def test_alpn(secure, offered, chosen):
    secure.context.set_alpn_protocols(offered)
    with Connection(secure) as connection:
        assert connection.socket.selected_alpn_protocol() == chosen


def test_without_a_name(secure):
    secure.context.check_hostname = False
    with secure.context.wrap_socket(raw(secure)) as connection:
        connection.sendall(b"GET /engine.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert everything(connection).startswith(b"HTTP/1.1 200 OK")


# What is cut


def test_plain_http_is_cut(secure):
    with raw(secure) as connection:
        connection.sendall(b"GET /engine.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\n\r\n")
        assert b"HTTP" not in everything(connection)
    assert is_served(secure)


@pytest.mark.parametrize(
    "garbage",
    [b"\0" * 1_000, b"\x16\x03\x01\xff\xff" + b"A" * 70_000, b"SSH-2.0-client\r\n", b"\x80\x2e\x01\0\x02"],
)
def test_garbage_is_cut(secure, garbage):
    with raw(secure) as connection:
        try:
            connection.sendall(garbage)
            # What looks like the start of a record is waited for; nothing more comes.
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # It was cut before all of it was sent.
        assert len(everything(connection)) < 64
    assert is_served(secure)


def client_hello(secure) -> bytes:
    """The first bytes of a handshake, whole."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = secure.context.wrap_bio(incoming, outgoing, server_hostname="localhost")
    with pytest.raises(ssl.SSLWantReadError):
        tls.do_handshake()
    return outgoing.read()


def test_half_a_handshake_is_cut_in_its_time(secure):
    hello = client_hello(secure)
    halves = [raw(secure) for _ in range(3)]
    started = time.monotonic()
    for connection, part in zip(halves, [b"", hello[: len(hello) // 2], hello], strict=True):
        connection.sendall(part)
    assert is_served(secure)
    for connection in halves:
        everything(connection)
        connection.close()
        assert 2.5 < time.monotonic() - started < 10


def test_a_handshake_in_drops_has_no_more_time(secure):
    started = time.monotonic()
    with raw(secure) as connection:
        connection.settimeout(0.25)
        for byte in client_hello(secure):
            try:
                connection.sendall(bytes([byte]))
                if connection.recv(1) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        assert 2.5 < time.monotonic() - started < 10


def test_going_away_in_the_middle_of_a_handshake(secure):
    hello = client_hello(secure)
    for size in range(0, len(hello), 16):
        with raw(secure) as connection:
            connection.sendall(hello[:size])
    assert is_served(secure)


# Certificates that change


def until(secure, condition) -> bool:
    """Whether it comes true in time; meanwhile the server has something to do."""
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        if condition():
            return True
        assert is_served(secure)
    return False


def test_a_reload_under_open_connections(secure, authority, files):
    before = serial(secure)
    session = PollingSession(secure)
    with engine_socket(secure) as websocket, Connection(secure) as idle, session.open_poll() as waiting:
        idle.request("GET", f"{ENGINE}?EIO=4&transport=polling")
        assert idle.response().status == 200
        # Certificate and key are two files: for a moment they do not belong together, and the old ones stay.
        certificate, key = authority.issue("second")
        shutil.copy(certificate, files / "server.crt")
        assert until(secure, lambda: "cannot be used, the old certificates stay" in secure.process.stderr())
        assert serial(secure) == before
        assert websocket.echoes()
        shutil.copy(key, files / "server.key")
        assert until(secure, lambda: serial(secure) != before)
        assert websocket.echoes("again")
        idle.request("GET", f"{ENGINE}?EIO=4&transport=polling")
        assert idle.response().status == 200
        assert session.post("4x").text == "ok"
        assert waiting.response().text == "4x"


# Clients' certificates


@pytest.fixture(scope="module")
def strict(authority):
    certificate, key = authority.issue("strict")
    server = start(
        *("--tls-cert", certificate, "--tls-key", key, "--tls-client-roots", authority.path("root")),
    )
    yield server
    stopped(server)


def trusting(authority) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=authority.path("root"))


def test_clients_with_a_certificate_are_served(strict, authority):
    context = trusting(authority)
    context.load_cert_chain(*authority.issue("client", "client"))
    assert is_served(Secure(strict, context))


@pytest.mark.parametrize("stranger", [True, False])
def test_clients_without_one_or_with_a_strangers_are_not(strict, authority, tmp_path, stranger):
    context = trusting(authority)
    if stranger:
        context.load_cert_chain(*Authority(tmp_path, "stranger").issue("intruder", "client"))
    with pytest.raises((ssl.SSLError, EOFError, ConnectionResetError, BrokenPipeError)):
        is_served(Secure(strict, context))
