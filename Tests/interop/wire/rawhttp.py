"""HTTP/1.1 by hand: a test decides about every byte, and may stop in the middle."""

import json
import socket
from dataclasses import dataclass

ENGINE, SOCKETIO = "/engine.io/", "/socket.io/"


@dataclass
class Response:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def error(self) -> tuple:
        """(status, code, message) of a refusal, with the JSON types as they came."""
        content = json.loads(self.body)
        assert set(content) == {"code", "message"}, content
        return self.status, content["code"], content["message"]


class Connection:
    """One TCP connection."""

    def __init__(self, server, timeout: float = 5):
        self.server = server
        self.socket = socket.create_connection((server.host, server.port), timeout=timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def send(self, data: bytes):
        self.socket.sendall(data)

    def request(self, method: str, target: str, headers: dict[str, str] | None = None, body: bytes | None = None):
        """Sends a whole request, without waiting for the answer."""
        self.send(self.head(method, target, headers, body) + (body or b""))

    def head(self, method, target, headers=None, body=None) -> bytes:
        fields = {"Host": f"{self.server.host}:{self.server.port}", **(headers or {})}
        if body is not None and not {"content-length", "transfer-encoding"} & {name.lower() for name in fields}:
            fields["Content-Length"] = str(len(body))
        lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"

    def exactly(self, count: int) -> bytes:
        while len(self.buffer) < count:
            chunk = self.socket.recv(65536)
            if not chunk:
                raise EOFError(f"the connection ended after {len(self.buffer)} of {count} bytes")
            self.buffer += chunk
        data, self.buffer = self.buffer[:count], self.buffer[count:]
        return data

    def until(self, mark: bytes) -> bytes:
        while mark not in self.buffer:
            chunk = self.socket.recv(65536)
            if not chunk:
                raise EOFError(f"the connection ended with {self.buffer!r}")
            self.buffer += chunk
        data, self.buffer = self.buffer.split(mark, 1)
        return data

    def response_head(self) -> tuple[int, dict[str, str]]:
        lines = self.until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, value = line.split(":", 1)
            headers[name.strip().lower()] = value.strip()
        return int(lines[0].split(" ")[1]), headers

    def response(self) -> Response:
        status, headers = self.response_head()
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(self.until(b"\r\n"), 16):
                body += self.exactly(size)
                self.until(b"\r\n")
            self.until(b"\r\n")
        elif status in (101, 204, 304):
            body = b""
        elif "content-length" in headers:
            body = self.exactly(int(headers["content-length"]))
        else:
            body = self.rest()
        return Response(status, headers, body)

    def rest(self) -> bytes:
        """What still comes until the peer closes."""
        data, self.buffer = self.buffer, b""
        while True:
            try:
                chunk = self.socket.recv(65536)
            except ConnectionResetError:
                return data
            if not chunk:
                return data
            data += chunk

    def is_closed_by_peer(self) -> bool:
        """Waits for the end of the connection; False when it stays open for the time limit."""
        try:
            self.rest()
            return True
        except TimeoutError:
            return False


def ask(server, method: str, target: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> Response:
    with Connection(server) as connection:
        connection.request(method, target, headers, body)
        return connection.response()


class PollingSession:
    """An Engine.IO session over long-polling."""

    def __init__(self, server, path: str = ENGINE):
        self.server = server
        self.base = f"{path}?EIO=4&transport=polling"
        self.opened = ask(server, "GET", self.base)
        assert self.opened.status == 200, self.opened
        self.handshake = json.loads(self.opened.text[1:])
        self.sid = self.handshake["sid"]
        self.target = f"{self.base}&sid={self.sid}"

    def poll(self) -> Response:
        return ask(self.server, "GET", self.target)

    def open_poll(self) -> Connection:
        connection = Connection(self.server)
        connection.request("GET", self.target)
        return connection

    def post(self, body: str | bytes, content_type: str = "text/plain;charset=UTF-8") -> Response:
        data = body.encode() if isinstance(body, str) else body
        return ask(self.server, "POST", self.target, {"Content-Type": content_type}, data)

    def echoes(self, text: str = "still here") -> bool:
        """Whether the session works."""
        assert self.post(f"4{text}").text == "ok"
        return self.poll().text == f"4{text}"

    def is_closed(self) -> bool:
        return self.poll().error == (400, 1, "Session ID unknown")
