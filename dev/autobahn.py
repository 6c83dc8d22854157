#!/usr/bin/env python3
"""Runs Autobahn's fuzzing client against an echo server and prints the verdicts as TAP.

usage: autobahn.py SERVER WSTEST OUTPUT_DIRECTORY CASE_PATTERN...

The server is started on a free port, without and with context takeover. OK and INFORMATIONAL pass; NON-STRICT depends
on timing now and then and is tried once more; everything else fails.
"""

import json
import pathlib
import subprocess
import sys

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


def main() -> int:
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
