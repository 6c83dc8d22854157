"""Cells that the load generator does not know: TLS, compressed messages, sockets in a thousand rooms. The client is Python and
slow, so read the server's processor time, not the rate; the row without TLS and compression is what the others are held against."""

import contextlib
import pathlib
import ssl
import subprocess
import tempfile
import time

from measuring import Watch, settle
from rawclient import Client, closed_loop

CLIENTS = 20
ROOMS = 1000
MEMBERS = 40


def certificate(folder: str) -> tuple[str, str]:
    """A certificate of the moment for this machine; chain and key."""
    chain, key = str(pathlib.Path(folder, "chain.pem")), str(pathlib.Path(folder, "key.pem"))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", chain],
        check=True, capture_output=True)
    return chain, key


@contextlib.contextmanager
def secure_options():
    """Options of the server that make it speak TLS, and the client's side of it."""
    with tempfile.TemporaryDirectory() as folder:
        chain, key = certificate(folder)
        context = ssl.create_default_context(cafile=chain)
        yield ["--tls-cert", chain, "--tls-key", key], context


def prose(size: int) -> bytes:
    """Text that compresses about as well as what people and programs send."""
    line, number = b"", 0
    while len(line) < size:
        number += 1
        line += b"{'id':%d,'from':'usr_%x','text':'message number %d of many'}," % (number, number * 2654435761 % 2**32, number)
    return line[:size]


def echo(server, seconds: float, size: int, tls: ssl.SSLContext | None = None, deflate: bool = False) -> dict:
    """Twenty clients, each with one message under way."""
    clients = [Client(server.port, tls=tls, deflate=deflate) for _ in range(CLIENTS)]
    text = prose(size)
    packet, expected = b'42["echo","' + text + b'"]', b'42["echo","' + text + b'"]'
    closed_loop(clients, packet, expected, 0.5)
    watch = Watch(server.process.pid)
    count, times = closed_loop(clients, packet, expected, seconds)
    result = watch.result(count, times)
    for client in clients:
        client.close()
    return result


def thousand_rooms(server, seconds: float) -> dict[str, dict]:
    """Forty sockets join a thousand rooms each; then one of the rooms is spoken to; then the sockets go."""
    clients = [Client(server.port) for _ in range(MEMBERS)]
    results, pid = {}, server.process.pid
    watch = Watch(pid)
    for number in range(ROOMS):
        for client in clients:
            client.send(b'42%d["join","room %d"]' % (number, number))
        for client in clients:
            if not client.receive().startswith(b"43%d[" % number):
                raise RuntimeError("a join was not acknowledged")
    results["join a room, of 1,000"] = watch.result(ROOMS * len(clients))
    text = b'"' + b"x" * 64 + b'"'
    expected = b'42["msg",' + text + b"]"
    end, sent, times = time.perf_counter() + seconds, 0, []
    watch = Watch(pid)
    while (start := time.perf_counter()) < end:
        clients[sent % MEMBERS].send(b'42["broadcast","room %d",%s]' % (sent % ROOMS, text))
        for client in clients:
            if client.receive() != expected:
                raise RuntimeError("a wrong delivery")
        times.append(time.perf_counter() - start)
        sent += 1
    results["delivery in a room of 40, each in 1,000 rooms"] = watch.result(sent * len(clients), times)
    settle(pid)
    watch = Watch(pid)
    for client in clients:
        client.close()
    settle(pid)
    results["disconnect of a socket in 1,000 rooms, per room"] = watch.result(ROOMS * len(clients))
    return results


def one_room(server, seconds: float) -> dict:
    """What thousand_rooms is held against: as many sockets in one room and in no other, the same client."""
    clients = [Client(server.port) for _ in range(MEMBERS)]
    for client in clients:
        client.ask(1, b'421["join","room"]')
    text = b'"' + b"x" * 64 + b'"'
    expected = b'42["msg",' + text + b"]"
    end, sent, times = time.perf_counter() + seconds, 0, []
    watch = Watch(server.process.pid)
    while (start := time.perf_counter()) < end:
        clients[sent % MEMBERS].send(b'42["broadcast","room",%s]' % text)
        for client in clients:
            if client.receive() != expected:
                raise RuntimeError("a wrong delivery")
        times.append(time.perf_counter() - start)
        sent += 1
    return watch.result(sent * len(clients), times)
