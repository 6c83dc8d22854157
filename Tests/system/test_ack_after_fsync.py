"""The acknowledgement, and every copy for other people, leaves after the message is on disk: seen from the kernel's side.

strace records the server's writes and fdatasyncs. For every message: its text was written to the write-ahead log, then that
file was synced with success, and only then did any socket carry the acknowledgement or the text.
"""

import asyncio
import re
from dataclasses import dataclass

from chat import Parley, connect_all, found_server, new_cid
from writer import wait_unless

SYSCALLS = "write,writev,pwrite64,pwritev,sendto,sendmsg,fdatasync,fsync"
LINE = re.compile(r"^(?P<pid>\d+) +(?P<rest>.*)$")
CALL = re.compile(r"^(?P<name>\w+)\((?P<fd>\d+)<(?P<file>[^>]*)>(?P<arguments>.*)$")


@dataclass
class Call:
    """One system call: where it began and ended among all lines, on what, with which bytes."""

    name: str
    file: str
    text: str
    began: int
    ended: int = -1
    result: str = ""

    @property
    def is_sync(self) -> bool:
        return self.name in ("fdatasync", "fsync")

    @property
    def is_socket(self) -> bool:
        return self.file.startswith(("socket:", "TCP:"))


def read_trace(path) -> list[Call]:
    calls, unfinished = [], {}
    with open(path, encoding="utf-8", errors="replace") as trace:
        for number, line in enumerate(trace):
            found = LINE.match(line)
            if not found:
                continue
            pid, rest = found["pid"], found["rest"]
            if rest.startswith("<..."):
                call = unfinished.pop(pid, None)
                if call:
                    call.ended, call.result = number, result_of(rest)
                continue
            made = CALL.match(rest)
            if not made:
                continue
            call = Call(made["name"], made["file"], made["arguments"], number)
            calls.append(call)
            if rest.rstrip().endswith("<unfinished ...>"):
                unfinished[pid] = call
            else:
                call.ended, call.result = number, result_of(rest)
    return calls


def result_of(line: str) -> str:
    return line.rsplit(" = ", 1)[-1].strip() if " = " in line else ""


def check(calls: list[Call], marker: str, ack: str):
    """`marker` is the message's text, `ack` how its acknowledgement begins on the wire."""
    logged = [call for call in calls if marker in call.text and not call.is_socket and call.file.endswith("-wal")]
    assert logged, f"{marker}: never written to the log"
    written = logged[0]
    synced = next(
        (c for c in calls if c.is_sync and c.file == written.file and c.began > written.ended and c.result == "0"), None
    )
    assert synced, f"{marker}: the log was never synced"
    told = [call for call in calls if call.is_socket and (marker in call.text or ack in call.text)]
    assert any(ack in call.text for call in told), f"{marker}: no acknowledgement {ack} seen"
    for call in told:
        assert synced.ended < call.began, f"{marker}: told in line {call.began}, synced only in line {synced.ended}"


def test_every_ack_follows_its_fsync(tmp_path, request):
    count = request.config.getoption("--traced-sends")
    trace = tmp_path / "trace"
    strace = ("strace", "-f", "-y", "-s", "100000", "-e", f"trace={SYSCALLS}", "-e", "signal=none", "-o", str(trace))
    with Parley(tmp_path / "data", wrapper=strace).start() as server:
        acks = asyncio.run(send_one_by_one(server, count))
        assert server.wait_for_end() == 0
    calls = read_trace(trace)
    for marker, ack in acks:
        check(calls, marker, ack)
    print(f"{len(acks)} of {len(acks)} acknowledged after their fsync")


async def send_one_by_one(server: Parley, count: int) -> list[tuple[str, str]]:
    """Sends `count` messages; each one's text, and the beginning of its acknowledgement as strace prints it."""
    accounts = found_server(server, 2)
    writer, reader = await connect_all(server, accounts)
    created = await writer.must("room.create", {"name": "Traced", "public": True, "members": [accounts[1].id]})
    sent = []
    for number in range(count):
        marker = f"traced-{number:06}-{new_cid()}"
        message = {"c": created["conv"]["c"], "cid": new_cid(), "body": marker}
        answer = await writer.ask("send", message)
        while not answer["ok"]:
            assert answer["retry"], answer
            await wait_unless(asyncio.Event(), answer.get("after", 50) / 1000)
            answer = await writer.ask("send", message)
        sent.append((marker, f"43{writer.asked}[{{"))
    assert len(reader.heard) >= count - 1, "the other person was not told"
    await writer.leave()
    await reader.leave()
    return sent
