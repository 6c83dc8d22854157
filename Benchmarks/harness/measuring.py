"""What all measurements of bin/bench share: fresh servers on core 0, the generator on core 1, and what the kernel says of both."""

import contextlib
import dataclasses
import json
import os
import pathlib
import resource
import shlex
import socket
import subprocess
import sys
import time
import types

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "support"))

from serverprocess import ServerProcess  # noqa: E402

SERVER_CORE, GENERATOR_CORE = "0", "1"
TICK = os.sysconf("SC_CLK_TCK")


def pinned(core: str | None, command: list[str]) -> list[str]:
    return ["taskset", "-c", core, *command] if core and (os.cpu_count() or 1) > 1 else command


def python() -> str:
    return str(ROOT / ".venv" / "bin" / "python")


def servers(ours: str, ours_alone: bool = False) -> dict[str, list[str]]:
    """How each server is started on any free port."""
    both = {
        "ours": [ours, "--port", "0"],
        "python": [python(), str(ROOT / "Benchmarks" / "peers" / "python_peer.py"), "--port", "0"],
    }
    return {"ours": both["ours"]} if ours_alone else both


@contextlib.contextmanager
def running(command: list[str], core: str | None = SERVER_CORE):
    """A fresh server, killed in the end: a measured one need not end in good order, and uvicorn would wait for its clients."""
    server = ServerProcess(pinned(core, command))
    try:
        yield server
    finally:
        server.process.kill()
        server.process.wait(20)


@contextlib.contextmanager
def running_beside(command: str, core: str | None = SERVER_CORE):
    """Another server, which is told its port in place of `{port}` and says nothing when it listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = pinned(core, shlex.split(command.replace("{port}", str(port))))
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"no server at port {port}: {command}") from None
                time.sleep(0.05)
        yield types.SimpleNamespace(process=process, port=port)
    finally:
        process.kill()
        process.wait(20)


def generate(generator: str, arguments: list[str], server: ServerProcess, core: str | None = GENERATOR_CORE) -> dict:
    """One run of the load generator; what it says as a dictionary."""
    command = [generator, *arguments, "--port", str(server.port), "--pid", str(server.process.pid), "--json"]
    done = subprocess.run(pinned(core, command), capture_output=True, text=True, timeout=900)
    if not done.stdout.strip():
        raise RuntimeError(f"the generator said nothing: {done.stderr[-500:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def open_files(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))


@contextlib.contextmanager
def crowd(generator: str, server: ServerProcess, connections: int):
    """So many idle WebSockets at the server while the block runs."""
    if not connections:
        yield
        return
    before = open_files(server.process.pid)
    command = [generator, "idle", "--conns", str(connections), "--seconds", "900", "--port", str(server.port), "--json"]
    holder = subprocess.Popen(pinned(GENERATOR_CORE, command), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 300
        while open_files(server.process.pid) < before + connections:
            if holder.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the crowd did not come: {holder.stderr.read(500) if holder.poll() is not None else 'too slow'}")
            time.sleep(0.2)
        settle(server.process.pid)
        yield
    finally:
        holder.kill()
        holder.wait()


def settle(pid: int):
    """Waits until the process does next to nothing."""
    for _ in range(100):
        before = cpu_seconds(pid)
        time.sleep(0.3)
        if cpu_seconds(pid) - before < 0.03:
            return


def cpu_seconds(pid: int) -> float:
    """Processor time of a process, in seconds: from its schedstat where there is one, because that counts nanoseconds."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            total += int(pathlib.Path(f"/proc/{pid}/task/{task}/schedstat").read_text().split()[0])
        except (FileNotFoundError, ProcessLookupError, IndexError):
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / TICK
    return total / 1e9


def resident(pid: int) -> int:
    """Resident bytes."""
    return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()


@dataclasses.dataclass
class Watch:
    """Processor time of a server and of this process, from now on."""

    pid: int

    def __post_init__(self):
        self.wall, self.server, self.own = time.monotonic(), cpu_seconds(self.pid), time.process_time()

    def result(self, operations: int, times: list[float] | None = None, ok: bool = True) -> dict:
        """The figures under the names that the load generator gives them."""
        wall = time.monotonic() - self.wall
        server, own = cpu_seconds(self.pid) - self.server, time.process_time() - self.own
        ordered = sorted(times or [0.0])
        return {
            "server_cpu_us": server / max(operations, 1) * 1e6, "per_s": operations / wall, "server_cpu_util": server / wall,
            "gen_cpu_util": own / wall, "p50_us": ordered[len(ordered) // 2] * 1e6,
            "p99_us": ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] * 1e6, "count": operations,
            "ok": ok and operations > 0,
        }


def commit() -> str:
    return subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip()


def progress(text: str):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def said(text: str):
    wipe = "\r\033[K" if sys.stderr.isatty() else ""
    print(f"{wipe}{text}", file=sys.stderr, flush=True)
