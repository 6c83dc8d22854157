"""Starts one of the servers under test on a free port and stops it again."""

import os
import re
import selectors
import signal
import subprocess
import tempfile
import time
import urllib.parse


class ServerProcess:
    """A running server: `url`, `host`, `port`, and the process."""

    def __init__(self, command: list[str], start_timeout: float = 20):
        self.command = command
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.errors)
        self.url = self._listening_url(start_timeout)
        parts = urllib.parse.urlsplit(self.url)
        self.host, self.port = parts.hostname, parts.port

    def _listening_url(self, timeout: float) -> str:
        deadline, seen = time.monotonic() + timeout, b""
        os.set_blocking(self.process.stdout.fileno(), False)
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while time.monotonic() < deadline:
                selector.select(deadline - time.monotonic())
                chunk = self.process.stdout.read()
                if chunk == b"":
                    break
                seen += chunk or b""
                found = re.search(rb"https?://[\w.\[\]:-]+:\d+", seen)
                if found:
                    return found[0].decode()
        self.process.kill()
        self.process.wait()
        raise RuntimeError(f"{self.command} did not say where it listens: {seen!r} {self.stderr()[-2000:]}")

    def stderr(self) -> str:
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace")

    def _served_pid(self) -> int:
        pid = self.process.pid
        if os.path.basename(self.command[0]) != "strace":
            return pid
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as children:
            return int(children.read().split()[0])

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def stop(self, timeout: float = 10) -> int:
        """SIGTERM, to the traced program when the process is a tracer; the exit status."""
        if self.is_alive:
            os.kill(self._served_pid(), signal.SIGTERM)
        try:
            status = self.process.wait(timeout)
            if status not in (0, -signal.SIGKILL):
                print(f"{self.command[0]} ended with status {status}: {self.stderr()[-2000:]}")
            return status
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            self.process.stdout.close()
            self.errors.close()


def command_from(variable: str, product: str) -> str:
    """The binary that `variable` names, else the release build of `product`."""
    root = os.path.join(os.path.dirname(__file__), "..", "..")
    binary = os.environ.get(variable) or os.path.join(root, ".build", "release", product)
    if not os.path.exists(binary):
        raise RuntimeError(f"{binary} does not exist. Run it through bin/test, or set {variable}")
    return os.path.abspath(binary)
