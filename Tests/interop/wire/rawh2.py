"""HTTP/2 by hand over TLS: whole requests, and frames that no library would send."""

import socket
import ssl
from dataclasses import dataclass, field

import h2.config
import h2.connection
import h2.events
import h2.exceptions
from rawhttp import ENGINE, Response

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = 0, 1, 2, 3, 4, 6, 7, 8, 9
ALTSVC, ORIGIN = 10, 12
END_STREAM, END_HEADERS, PADDED = 1, 4, 8


def frame(kind: int, flags: int = 0, stream: int = 0, payload: bytes = b"") -> bytes:
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


@dataclass
class Stream:
    """What came of one stream."""

    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_ended: bool = False
    reset: int | None = None


class H2Connection:
    """One connection to a server that was told --http2."""

    def __init__(self, server, context: ssl.SSLContext, timeout: float = 20, acknowledges: bool = True):
        self.server, self.acknowledges = server, acknowledges
        context.set_alpn_protocols(["h2", "http/1.1"])
        plain = socket.create_connection((server.host, server.port), timeout=timeout)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = context.wrap_socket(plain, server_hostname="localhost")
        assert self.socket.selected_alpn_protocol() == "h2"
        config = h2.config.H2Configuration(
            validate_outbound_headers=False, normalize_outbound_headers=False, header_encoding="utf-8"
        )
        self.h2 = h2.connection.H2Connection(config)
        self.streams: dict[int, Stream] = {}
        self.goaway: int | None = None
        self.is_over = False
        self.next_stream = 1

    def __enter__(self):
        self.h2.initiate_connection()
        self.flush()
        return self

    def __exit__(self, *_):
        self.socket.close()

    def flush(self):
        self.send(self.h2.data_to_send())

    def send(self, data: bytes):
        """Sends bytes; a server that has closed takes none."""
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
            pass

    # Requests

    def head(self, method: str, target: str, more: list[tuple[str, str]] | None = None) -> list[tuple[str, str]]:
        return [
            (":method", method), (":scheme", "https"), (":authority", f"{self.server.host}:{self.server.port}"),
            (":path", target), *(more or []),
        ]

    def begin(self, headers: list[tuple[str, str]], body: bytes | None = None, end: bool = True) -> int:
        number = self.next_stream
        self.next_stream += 2
        self.streams[number] = Stream()
        self.h2.send_headers(number, headers, end_stream=end and body is None)
        while body:
            window = min(self.h2.local_flow_control_window(number), self.h2.max_outbound_frame_size)
            if window <= 0:
                self.flush()
                self.receive()
                if self.streams[number].is_ended or self.is_over:
                    break
                continue
            self.h2.send_data(number, body[:window], end_stream=end and len(body) <= window)
            body = body[window:]
        self.flush()
        return number

    def get(self, target: str, more: list[tuple[str, str]] | None = None) -> int:
        return self.begin(self.head("GET", target, more))

    def post(self, target: str, body: bytes) -> int:
        return self.begin(self.head("POST", target, [("content-type", "text/plain;charset=UTF-8")]), body)

    def reset(self, number: int):
        self.h2.reset_stream(number, 8)
        self.flush()

    # Answers

    def receive(self):
        """Takes in what comes next."""
        try:
            data = self.socket.recv(65536)
        except (ConnectionResetError, ssl.SSLError):
            data = b""
        if not data:
            self.is_over = True
            return
        for event in self.h2.receive_data(data):
            self.heard(event)
        self.flush()

    def heard(self, event):
        stream = self.streams.get(getattr(event, "stream_id", None), Stream())
        if isinstance(event, h2.events.ResponseReceived):
            stream.headers = dict(event.headers)
        elif isinstance(event, h2.events.DataReceived):
            stream.body += event.data
            if self.acknowledges:
                self.h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        elif isinstance(event, h2.events.StreamEnded):
            stream.is_ended = True
        elif isinstance(event, h2.events.StreamReset):
            stream.is_ended, stream.reset = True, event.error_code
        elif isinstance(event, h2.events.ConnectionTerminated):
            self.goaway = event.error_code

    def response(self, number: int) -> Response:
        stream = self.streams[number]
        while not stream.is_ended and not self.is_over:
            self.receive()
        if stream.reset is not None or not stream.is_ended:
            raise EOFError(f"stream {number}: {stream}, connection over: {self.is_over}, GOAWAY: {self.goaway}")
        return Response(int(stream.headers[":status"]), stream.headers, stream.body)

    def ask(self, method: str, target: str, body: bytes | None = None) -> Response:
        return self.response(self.get(target) if body is None else self.post(target, body))

    def ends(self) -> bool:
        """Waits for the end of the connection; what still comes is not judged."""
        try:
            while not self.is_over:
                try:
                    self.receive()
                except h2.exceptions.ProtocolError:
                    continue
            return True
        except TimeoutError:
            return False


def open_session(connection: H2Connection, path: str = ENGINE) -> str:
    """Opens a polling session; its target with the sid."""
    base = f"{path}?EIO=4&transport=polling"
    opened = connection.ask("GET", base)
    assert opened.status == 200, opened
    return base + "&sid=" + opened.text.split('"')[3]
