#!/usr/bin/env python3
"""Runs Autobahn's fuzzing client against an echo server, or its fuzzing server for a client, and prints the verdicts as TAP.

usage: autobahn.py SERVER WSTEST OUTPUT_DIRECTORY CASE_PATTERN...
       autobahn.py --client WSTEST OUTPUT_DIRECTORY CASE_PATTERN... -- CLIENT [ARGUMENT]...

The server is started on a free port, without and with context takeover. OK and INFORMATIONAL pass; NON-STRICT depends
on timing now and then and is tried once more; everything else fails. The client finds the fuzzing server's address in
AUTOBAHN_SERVER; what it does not speak, compression, is UNIMPLEMENTED and not counted.
"""

import json
import os
import pathlib
import socket
import subprocess
import sys
import time

PASSING = ("OK", "INFORMATIONAL")


class Server:
    def __init__(self, command: list[str]):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("listening on http://"):
            sys.exit(f"the server did not start: {line!r}")
        self.url = "ws://" + line.split("//")[1].strip()

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(30)


def fuzz(wstest: str, url: str, output: pathlib.Path, cases: list[str]) -> dict[str, dict]:
    output.mkdir(parents=True, exist_ok=True)
    spec = output / "spec.json"
    agent = {"agent": "echo", "url": url, "options": {"version": 18}}
    spec.write_text(json.dumps({"outdir": str(output), "servers": [agent], "cases": cases, "exclude-cases": []}))
    with open(output / "wstest.log", "w") as log:
        subprocess.run([wstest, "-m", "fuzzingclient", "-s", str(spec)], stdout=log, stderr=log, check=True)
    return json.loads((output / "index.json").read_text())["echo"]


def passes(verdict: dict) -> bool:
    return verdict["behavior"] in PASSING and verdict["behaviorClose"] in PASSING


def key(case: str) -> list[int]:
    return [int(number) for number in case.split(".")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    sys.exit("the fuzzing server did not start")


def client(wstest: str, output: pathlib.Path, *rest: str) -> int:
    end = rest.index("--")
    cases, command = rest[:end], rest[end + 1 :]
    output.mkdir(parents=True, exist_ok=True)
    port = free_port()
    spec = output / "spec.json"
    address = f"127.0.0.1:{port}"
    spec.write_text(
        json.dumps({"url": f"ws://{address}", "outdir": str(output), "cases": cases, "exclude-cases": [], "webport": 0})
    )
    (output / "index.json").unlink(missing_ok=True)
    with open(output / "wstest.log", "w") as log:
        server = subprocess.Popen([wstest, "-m", "fuzzingserver", "-s", str(spec)], stdout=log, stderr=log, cwd=output)
        try:
            wait_for(port, server)
            # What the client prints is no TAP.
            with open(output / "client.log", "w") as said:
                environment = {**os.environ, "AUTOBAHN_SERVER": address}
                status = subprocess.run(command, env=environment, stdout=said, stderr=said, check=False).returncode
        finally:
            server.terminate()
            server.wait(30)
    results = json.loads((output / "index.json").read_text())["SocketIOClient"] if status == 0 else {}
    spoken = {case: verdict for case, verdict in results.items() if verdict["behavior"] != "UNIMPLEMENTED"}
    failed = 0
    for number, case in enumerate(sorted(spoken, key=key), 1):
        good = passes(spoken[case])
        failed += not good
        verdict = f"{spoken[case]['behavior']} close {spoken[case]['behaviorClose']}"
        print(f"{'ok' if good else 'not ok'} {number} - client {case} {verdict}")
    good = status == 0 and len(spoken) > 0
    print(f"{'ok' if good else 'not ok'} {len(spoken) + 1} - the client saw every case and ended in good order")
    print(f"1..{len(spoken) + 1}")
    return 1 if failed or not good else 0


def main() -> int:
    if sys.argv[1] == "--client":
        return client(sys.argv[2], pathlib.Path(sys.argv[3]), *sys.argv[4:])
    binary, wstest, output, *patterns = sys.argv[1:]
    server = Server([binary, "--port", "0", "--context-takeover"])
    results = fuzz(wstest, server.url, pathlib.Path(output), patterns)
    again = [
        case for case, verdict in results.items() if "NON-STRICT" in (verdict["behavior"], verdict["behaviorClose"])
    ]
    if again:
        results.update(fuzz(wstest, server.url, pathlib.Path(output) / "again", again))
    alive = server.process.poll() is None
    status = server.stop()
    compressed = [case for case in results if key(case)[0] in (12, 13)]
    other = None
    if compressed:
        # The same messages when neither side keeps its window.
        server = Server([binary, "--port", "0"])
        other = fuzz(wstest, server.url, pathlib.Path(output) / "no-takeover", ["12.1.*", "13.1.*"])
        alive = alive and server.process.poll() is None
        status = status or server.stop()
    lines = [(case, results[case]) for case in sorted(results, key=key)]
    lines += [(f"{case} without context takeover", other[case]) for case in sorted(other or {}, key=key)]
    failed = 0
    for number, (name, verdict) in enumerate(lines, 1):
        good = passes(verdict)
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {name} {verdict['behavior']} close {verdict['behaviorClose']}")
    good = alive and status == 0
    print(f"{'ok' if good else 'not ok'} {len(lines) + 1} - the server survived and stopped in good order")
    print(f"1..{len(lines) + 1}")
    return 1 if failed or not good or not results else 0


if __name__ == "__main__":
    sys.exit(main())
