"""HTTP/2: polling on streams beside each other, the end of a connection, and the floods that HTTP/2 is known for.

T numbers are those of docs/threat-model.md.
"""

import signal
import ssl
import time

import h2.events
import h2.settings
import pytest
from certificates import Authority
from conftest import start, stopped
from rawh2 import (
    ALTSVC, CONTINUATION, DATA, END_HEADERS, END_STREAM, HEADERS, ORIGIN, PADDED, PING, PREFACE, PRIORITY, SETTINGS,
    H2Connection, frame, open_session,
)
from rawhttp import ENGINE
from rawws import RawWebSocket
from test_tls import Secure, encrypted  # noqa: F401

HANDSHAKE = f"{ENGINE}?EIO=4&transport=polling"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("certificates"))


def start_server(authority, *more: str):
    certificate, key = authority.path("server"), authority.path("server", "key")
    return start("--tls-cert", certificate, "--tls-key", key, "--http2", "--ping-interval", "25000", *more)


@pytest.fixture(scope="module")
def process(authority):
    authority.issue("server")
    server = start_server(authority, "--head-timeout", "3000", "--max-payload", "300000")
    yield server
    stopped(server)


@pytest.fixture
def context(authority):
    return ssl.create_default_context(cafile=authority.path("root"))


@pytest.fixture
def server(process, context):
    """The server; whatever a test did to it, others are served."""
    yield process
    assert process.is_alive, process.stderr()[-2000:]
    with H2Connection(process, context) as connection:
        assert connection.ask("GET", HANDSHAKE).status == 200


@pytest.fixture
def connection(server, context):
    with H2Connection(server, context) as connection:
        yield connection


# Sessions


def test_a_session_on_one_connection(connection):
    session = open_session(connection)
    waiting = connection.get(session)
    posted = connection.ask("POST", session, b"4hello \xc3\xbc")
    assert (posted.status, posted.text) == (200, "ok")
    answer = connection.response(waiting)
    assert (answer.status, answer.text) == (200, "4hello \xfc")
    assert answer.headers["content-type"] == "text/plain; charset=UTF-8"
    assert answer.headers["cache-control"] == "no-store"
    assert not {"connection", "keep-alive", "transfer-encoding"} & set(answer.headers)


def test_many_sessions_beside_each_other(connection):
    sessions = [open_session(connection) for _ in range(40)]
    waiting = [connection.get(session) for session in sessions]
    for number, session in enumerate(sessions):
        assert connection.ask("POST", session, f"4{number}".encode()).text == "ok"
    assert [connection.response(stream).text for stream in waiting] == [f"4{number}" for number in range(40)]


def test_a_long_answer_waits_for_its_window(server, context):
    with H2Connection(server, context, acknowledges=False) as connection:
        session = open_session(connection)
        text = "4" + "x" * 200_000
        assert connection.ask("POST", session, text.encode()).text == "ok"
        poll = connection.get(session)
        stream = connection.streams[poll]
        while len(stream.body) < 60_000:
            connection.receive()
        assert not stream.is_ended
        # What was held back comes when the windows open, whole.
        connection.h2.increment_flow_control_window(300_000)
        connection.h2.increment_flow_control_window(300_000, poll)
        connection.flush()
        assert connection.response(poll).text == text


def test_the_websocket_of_a_session_has_its_own_connection(connection, server, context):
    session = open_session(connection)
    fresh = ssl.create_default_context()
    fresh.check_hostname, fresh.verify_mode = False, ssl.CERT_NONE
    fresh.set_alpn_protocols(["http/1.1"])
    with RawWebSocket(Secure(server, fresh), sid=session.split("sid=")[1]) as websocket:
        websocket.text("2probe")
        assert websocket.message() == "3probe"
        assert connection.ask("GET", session).text == "6"
        websocket.text("5")
        assert websocket.echoes()


def test_other_paths(connection):
    assert connection.ask("GET", "/elsewhere").status == 404


def test_refusals_are_those_of_http1(connection):
    assert connection.ask("GET", f"{ENGINE}?EIO=4&transport=websocket").error == (400, 3, "Bad request")
    assert connection.ask("GET", f"{HANDSHAKE}&sid=unknown").error == (400, 1, "Session ID unknown")
    foreign = connection.get(HANDSHAKE, [("origin", "https://evil.example")])
    assert connection.response(foreign).status == 403
    plain = connection.get(HANDSHAKE, [("origin", f"http://{connection.server.host}:{connection.server.port}")])
    assert connection.response(plain).status == 403


def test_too_much_is_refused_and_the_connection_stays(connection):
    session = open_session(connection)
    answer = connection.response(connection.post(session, b"4" + b"x" * 400_000))
    assert answer.status == 413
    assert connection.ask("GET", HANDSHAKE).status == 200


def test_a_poll_that_is_reset_ends_its_session_and_no_other(connection):
    first, second = open_session(connection), open_session(connection)
    connection.reset(connection.get(first))
    assert connection.ask("POST", second, b"4x").text == "ok"
    assert connection.ask("GET", second).text == "4x"
    assert connection.ask("GET", first).error == (400, 1, "Session ID unknown")


def test_http1_is_still_spoken(server, authority):
    context = ssl.create_default_context(cafile=authority.path("root"))
    context.set_alpn_protocols(["http/1.1"])
    with RawWebSocket(Secure(server, context)) as websocket:
        assert websocket.socket.selected_alpn_protocol() == "http/1.1"
        assert websocket.message()[0] == "0"
        assert websocket.echoes()


# Ends


def test_a_connection_that_asks_nothing_is_closed(server, context):
    started = time.monotonic()
    with H2Connection(server, context) as connection:
        assert connection.ends()
        assert connection.goaway == 0
    assert 2.5 < time.monotonic() - started < 10


def test_without_a_preface(server, context):
    for words in [b"", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"\0" * 100]:
        silent = H2Connection(server, context)
        silent.send(words)
        assert silent.ends()
        silent.socket.close()


def test_the_end_of_the_server(authority, context):
    server = start_server(authority)
    with H2Connection(server, context) as connection:
        session = open_session(connection)
        waiting = connection.get(session)
        assert connection.ask("GET", "/elsewhere").status == 404
        server.process.send_signal(signal.SIGTERM)
        assert connection.response(waiting).text == "1"
        assert connection.ends()
        assert connection.goaway == 0
    assert server.stop() == 0


# T52: floods of frames that carry nothing


@pytest.mark.parametrize(
    "flood",
    [
        pytest.param(frame(PING, payload=b"12345678"), id="ping"),
        pytest.param(frame(SETTINGS), id="settings"),
        pytest.param(frame(PRIORITY, stream=1, payload=b"\0\0\0\0\x10"), id="priority"),
    ],
)
def test_t52_floods_end_the_connection(connection, flood):
    connection.ask("GET", "/elsewhere")
    connection.send(flood * 5_000)
    assert connection.ends()


def test_t52_a_few_pings_are_answered(connection):
    for _ in range(20):
        connection.h2.ping(b"12345678")
    connection.flush()
    answered = []
    connection.heard = lambda event: answered.append(event) if isinstance(event, h2.events.PingAckReceived) else None
    while len(answered) < 20:
        connection.receive()


def test_t52_empty_data_ends_the_connection(connection):
    session = open_session(connection)
    number = connection.begin(connection.head("POST", session), end=False)
    connection.send(frame(DATA, stream=number) * 1_000)
    assert connection.ends()


def test_t52_headers_of_length_0(connection):
    connection.begin(connection.head("GET", HANDSHAKE, [("", "")] * 200))
    assert connection.ends() or connection.streams[1].reset is not None


# T53: frames that made other parsers trap


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(frame(HEADERS, END_HEADERS | END_STREAM, 1), id="headers-without-fields"),
        pytest.param(frame(HEADERS, END_HEADERS | PADDED, 1, b"\xff"), id="padding-longer-than-the-frame"),
        pytest.param(frame(HEADERS, END_HEADERS | PADDED, 1), id="padding-without-its-length"),
        pytest.param(frame(HEADERS, END_HEADERS | END_STREAM, 1, b"\xff" + b"\xff" * 20), id="hpack-integer-overflow"),
        pytest.param(frame(HEADERS, END_HEADERS | END_STREAM, 1, b"\x40\x7f\xff\xff\xff\xff\x0f"), id="hpack-length"),
        pytest.param(frame(DATA, PADDED, 1), id="data-without-its-padding"),
        pytest.param(frame(SETTINGS, payload=b"\0\x04\xff\xff\xff\xff"), id="window-too-large"),
        pytest.param(frame(SETTINGS, payload=b"12345"), id="settings-cut-off"),
        pytest.param(frame(CONTINUATION, END_HEADERS, 1, b"x"), id="continuation-of-nothing"),
        pytest.param(b"\xff\xff\xff" + b"\0" * 6 + b"x" * 20_000, id="frame-too-large"),
    ],
)
def test_t53_malformed_frames_end_the_connection(connection, bad):
    connection.send(bad)
    connection.socket.settimeout(8)
    assert connection.ends()


@pytest.mark.parametrize("kind", [ALTSVC, ORIGIN, 0x2A])
@pytest.mark.parametrize("payload", [b"", b"\0", b"\xff\xffabc", b"\0\x03abc" * 100])
def test_t53_frames_that_servers_do_not_get(server, context, kind, payload):
    with H2Connection(server, context) as connection:
        connection.send(frame(kind, 0, 0, payload))
        number = connection.get(HANDSHAKE)
        try:
            assert connection.response(number).status == 200
        except EOFError:
            assert connection.ends()


# T54: rapid reset, and heads without an end


def test_t54_rapid_reset_ends_the_connection(connection):
    for _ in range(1_000):
        number = connection.begin(connection.head("GET", HANDSHAKE))
        connection.h2.reset_stream(number, 8)
    connection.flush()
    assert connection.ends()


def test_t54_streams_above_the_limit_are_refused(connection):
    sessions = [open_session(connection) for _ in range(100)]
    held = [connection.get(session) for session in sessions]
    limit = h2.settings.SettingCodes.MAX_CONCURRENT_STREAMS
    assert connection.h2.remote_settings[limit] == 100
    # The library would not send what the server has said no to.
    connection.h2.remote_settings[limit] = 1_000
    connection.h2.remote_settings.acknowledge()
    with pytest.raises(EOFError):
        connection.response(connection.get(HANDSHAKE))
    if not connection.is_over:
        connection.reset(held[0])
        assert connection.ask("GET", HANDSHAKE).status == 200


def test_t54_continuations_without_end_end_the_connection(connection):
    connection.send(frame(HEADERS, END_STREAM, 1, b"\x82") + frame(CONTINUATION, 0, 1, b"\x82") * 2_000)
    assert connection.ends()


def test_t54_a_head_in_drops_ends_the_connection(connection):
    connection.send(frame(HEADERS, END_STREAM, 1) + frame(CONTINUATION, 0, 1) * 2_000)
    assert connection.ends()


def test_t54_a_head_above_the_limit_is_refused(connection):
    number = connection.get(HANDSHAKE, [(f"x-{index}", "y" * 1_000) for index in range(40)])
    try:
        assert connection.response(number).status in (400, 431)
    except EOFError:
        pass


# T55: line ends in what becomes a request of HTTP/1


@pytest.mark.parametrize(
    "change",
    [
        {":path": f"{HANDSHAKE} HTTP/1.1\r\nHost: evil.example\r\n\r\nGET /"},
        {":path": HANDSHAKE + "\n"},
        {":path": ""},
        {":method": "GET / HTTP/1.1\r\nX: "},
        {":authority": "a\r\nX: y"},
        {":scheme": "https\r\n"},
        {"x-field": "a\r\nX: y"},
        {"x\r\nfield": "a"},
        {"X-Upper": "a"},
        {"transfer-encoding": "chunked"},
        {"connection": "close"},
        {":status": "200"},
    ],
)
def test_t55_fields_that_would_smuggle_are_refused(connection, change):
    fields = dict(connection.head("GET", HANDSHAKE)) | change
    number = connection.begin(list(fields.items()))
    try:
        assert connection.response(number).status == 400
    except EOFError:
        pass


def test_t55_a_length_that_is_not_the_bodys(connection):
    session = open_session(connection)
    for length in ["1", "100", "x", "-1"]:
        fields = connection.head("POST", session, [("content-length", length)])
        with H2Connection(connection.server, fresh_context()) as other:
            with pytest.raises(EOFError):
                other.response(other.begin(fields, b"4abc"))


def fresh_context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def test_a_tunnel_is_refused(connection):
    for fields in [
        [(":method", "CONNECT"), (":authority", "evil.example:443")],
        [*connection.head("CONNECT", HANDSHAKE), (":protocol", "websocket")],
    ]:
        try:
            assert connection.response(connection.begin(fields, end=False)).status >= 400
        except EOFError:
            pass


def test_the_preface_is_not_a_request(server, authority):
    """Prior knowledge is of no use on a port where ALPN decides."""
    context = ssl.create_default_context(cafile=authority.path("root"))
    context.set_alpn_protocols(["http/1.1"])
    with RawWebSocket(Secure(server, context)) as websocket:
        assert websocket.message()[0] == "0"
        websocket.send(PREFACE)
        assert websocket.close_code() == 1002
