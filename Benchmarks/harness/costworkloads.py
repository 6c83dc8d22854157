"""What costs.py lets the server do: each workload does the same things in the same order, one after the other."""

import http.client

from rawclient import Client, frame

TEXT = b'"' + b"x" * 64 + b'"'


class Workload:
    """`run` does its operation so many times and says how many operations those were."""

    warmup, times, connections = 100, 300, 1

    def __init__(self, port: int):
        self.port = port
        self.clients = [Client(port) for _ in range(self.connections)]

    def close(self):
        for client in self.clients:
            client.close()


def same(found: bytes, wanted: bytes):
    if found != wanted:
        raise RuntimeError(f"{found[:100]!r} instead of {wanted[:100]!r}")


class Echo(Workload):
    def run(self, times: int) -> int:
        client, packet = self.clients[0], b'42["echo",' + TEXT + b"]"
        for _ in range(times):
            client.send(packet)
            same(client.receive(), packet)
        return times


class EchoOfSixteen(Workload):
    """Sixteen events arrive in one read."""

    def run(self, times: int) -> int:
        client, packet = self.clients[0], b'42["echo",' + TEXT + b"]"
        together = b"".join(frame(packet) for _ in range(16))
        for _ in range(times // 4):
            client.socket.sendall(together)
            for _ in range(16):
                same(client.receive(), packet)
        return times // 4 * 16


class Ack(Workload):
    def run(self, times: int) -> int:
        client = self.clients[0]
        for number in range(times):
            same(client.ask(number, b'42%d["echo-ack",%s]' % (number, TEXT)), b"[" + TEXT + b"]")
        return times


class Broadcast(Workload):
    """To a room of a hundred; an operation is one delivery."""

    connections, warmup, times = 100, 3, 10

    def __init__(self, port: int):
        super().__init__(port)
        for client in self.clients:
            client.ask(1, b'421["join","room"]')

    def run(self, times: int) -> int:
        for _ in range(times):
            self.clients[0].send(b'42["broadcast","room",%s]' % TEXT)
            for client in self.clients:
                same(client.receive(), b'42["msg",%s]' % TEXT)
        return times * len(self.clients)


class Join(Workload):
    """A room that nobody was in."""

    def __init__(self, port: int):
        super().__init__(port)
        self.rooms = 0

    def run(self, times: int) -> int:
        for _ in range(times):
            self.rooms += 1
            self.clients[0].ask(1, b'421["join","room %d"]' % self.rooms)
        return times


class Visit(Workload):
    """Connect over WebSocket, join the main namespace, go."""

    connections, warmup, times = 0, 20, 60

    def run(self, times: int) -> int:
        for _ in range(times):
            Client(self.port).close()
        return times


class PolledEcho(Workload):
    """One POST with the event and one GET that brings the answer."""

    connections, times = 0, 150

    def __init__(self, port: int):
        super().__init__(port)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.path = "/socket.io/?EIO=4&transport=polling"
        opened = self.request("GET")
        self.path += "&sid=" + opened.decode().split('"sid":"')[1].split('"')[0]
        self.request("POST", b"40")
        self.request("GET")

    def request(self, method: str, body: bytes | None = None) -> bytes:
        self.connection.request(method, self.path, body, {"Content-Type": "text/plain;charset=UTF-8"} if body else {})
        answer = self.connection.getresponse()
        found = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{method}: {answer.status} {found[:200]!r}")
        return found

    def run(self, times: int) -> int:
        packet = b'42["echo",' + TEXT + b"]"
        for _ in range(times):
            self.request("POST", packet)
            same(self.request("GET"), packet)
        return times

    def close(self):
        self.connection.close()


class Idle:
    name = "an idle WebSocket"

    def __init__(self, port: int):
        self.port, self.clients = port, []

    def open(self, count: int):
        self.clients += [Client(self.port) for _ in range(count)]

    def close(self):
        for client in self.clients:
            client.close()


WORKLOADS = {
    "echo": Echo,
    "echo, 16 in one read": EchoOfSixteen,
    "acknowledged event": Ack,
    "delivery of a broadcast to 100": Broadcast,
    "join of a new room": Join,
    "connect, handshake, disconnect": Visit,
    "echo over polling": PolledEcho,
}
