"""What an operation of the server costs in instructions and allocations, held against the thresholds kept in git.

Seconds depend on the machine and on what else it does; these counts do not: callgrind counts the instructions of the server's own
code (the kernel's are not in them), and counting.c, preloaded, its allocations. The same client does the same things one after the
other, so that two runs differ by far less than the tolerance. A row above its threshold is a failure. One far below it is a
success to be kept: accept it.
"""

import argparse
import dataclasses
import json
import mmap
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import time

from costworkloads import WORKLOADS, Idle
from measuring import ROOT, running

THRESHOLDS = ROOT / "Benchmarks" / "thresholds.json"
TOLERANCE = {"instructions": 0.04, "allocations": 0.03, "bytes": 0.05}
SLACK = {"instructions": 0, "allocations": 0.2, "bytes": 0}  # so much above is no failure, however small the threshold
FAR_BELOW = 0.9
# Nothing of the server's own may run beside what is counted.
QUIET = ["--port", "0", "--threads", "1", "--ping-interval", "3000000", "--connect-timeout", "3000000"]


class Instructions:
    """The server under callgrind; its debug information is left out, because valgrind does not read all of Swift's."""

    unit = "instructions"

    def __init__(self, binary: str, folder: str):
        stripped = os.path.join(folder, "server")
        subprocess.run(["strip", "--strip-debug", "-o", stripped, binary], check=True)
        self.command = ["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={folder}/callgrind.%p", stripped, *QUIET]

    def count(self, pid: int) -> float:
        asked = ["callgrind_control", "--stat", "-e", str(pid)]
        said = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=True).stdout
        threads = re.findall(r"^\s*Th \d+\s+([\d,]+)", said, re.MULTILINE)
        if not threads:
            raise RuntimeError(f"callgrind_control does not say what it counts: {said[-500:]!r}")
        return sum(int(number.replace(",", "")) for number in threads)


class Allocations:
    """The server with a counting malloc in front of the system's."""

    unit = "allocations"

    def __init__(self, binary: str, folder: str):
        library, counts = os.path.join(folder, "counting.so"), os.path.join(folder, "counts")
        source = str(pathlib.Path(__file__).with_name("counting.c"))
        subprocess.run(["gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library, source], check=True)
        pathlib.Path(counts).write_bytes(bytes(24))
        with open(counts, "r+b") as file:
            self.mapped = mmap.mmap(file.fileno(), 24)
        self.command = ["env", f"LD_PRELOAD={library}", f"ALLOCATION_COUNTS={counts}", binary, *QUIET]

    def count(self, _: int) -> float:
        found = struct.unpack("QQq", self.mapped[:])[0]
        if not found:
            raise RuntimeError("the counting malloc counts nothing: is the server linked statically?")
        return found

    def live(self) -> int:
        return struct.unpack("QQq", self.mapped[:])[2]


@dataclasses.dataclass
class Row:
    unit: str
    name: str
    cost: float


def settled(counter, pid: int) -> float:
    """What is counted when the server has done all that it was asked for."""
    before = counter.count(pid)
    while True:
        time.sleep(0.05)
        now = counter.count(pid)
        # A loop that waits wakes now and then: a few thousand instructions are no work.
        if now - before < 5_000:
            return now
        before = now


def measure(binary: str) -> list[Row]:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for kind in (Instructions, Allocations):
            counter = kind(binary, folder)
            with running(counter.command, core=None) as server:
                for name, workload in WORKLOADS.items():
                    work = workload(server.port)
                    work.run(work.warmup)
                    costs = []
                    for _ in range(3):
                        before = settled(counter, server.process.pid)
                        operations = work.run(work.times)
                        costs.append((settled(counter, server.process.pid) - before) / operations)
                    work.close()
                    settled(counter, server.process.pid)
                    # What disturbs can only add.
                    rows.append(Row(kind.unit, name, min(costs)))
        rows.append(Row("bytes", Idle.name, idle_bytes(binary, folder)))
    return rows


def idle_bytes(binary: str, folder: str) -> float:
    """Heap that a WebSocket keeps which says nothing, pages and tables of the kernel not counted."""
    counter = Allocations(binary, folder)
    with running(counter.command, core=None) as server:
        idle = Idle(server.port)
        idle.open(100)
        settled(counter, server.process.pid)
        before = counter.live()
        idle.open(1000)
        settled(counter, server.process.pid)
        cost = (counter.live() - before) / 1000
        idle.close()
    return cost


def shown(unit: str, cost: float) -> str:
    return f"{cost:,.1f}" if unit == "allocations" else f"{cost:,.0f}"


def judge(rows: list[Row], thresholds: dict) -> list[tuple[bool, str]]:
    """For each row whether it passes, and a sentence."""
    found, known = [], {(unit, name) for unit, names in thresholds.items() for name in names}
    for row in rows:
        known.discard((row.unit, row.name))
        threshold = thresholds.get(row.unit, {}).get(row.name)
        text = f"{row.name}: {shown(row.unit, row.cost)} {row.unit}"
        if threshold is None:
            found.append((False, f"{text}, and no threshold in {THRESHOLDS.relative_to(ROOT)}: bin/bench costs --accept"))
        elif row.cost > threshold * (1 + TOLERANCE[row.unit]) + SLACK[row.unit]:
            more = (row.cost / threshold - 1) * 100 if threshold else 100
            found.append((False, f"{text}, {more:.0f} % above the threshold of {shown(row.unit, threshold)}"))
        elif row.cost < threshold * FAR_BELOW:
            found.append((True, f"{text}, far below the threshold of {shown(row.unit, threshold)}: keep it with bin/bench costs --accept"))
        else:
            found.append((True, f"{text} (threshold {shown(row.unit, threshold)})"))
    found += [(False, f"{name}: {unit} have a threshold and were not measured") for unit, name in sorted(known)]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench costs", description=__doc__)
    parser.add_argument("--ours", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--accept", action="store_true", help="write what was measured into Benchmarks/thresholds.json")
    chosen = parser.parse_args()
    rows = measure(chosen.ours)
    if chosen.accept:
        kept: dict[str, dict[str, float]] = {}
        for row in rows:
            kept.setdefault(row.unit, {})[row.name] = round(row.cost, 1) if row.unit == "allocations" else round(row.cost)
        THRESHOLDS.write_text(json.dumps(kept, indent=4) + "\n")
    verdicts = judge(rows, json.loads(THRESHOLDS.read_text()))
    print(f"1..{len(verdicts)}")
    for number, (passes, sentence) in enumerate(verdicts, 1):
        print(f"{'ok' if passes else 'not ok'} {number} - {sentence}")
    return 0 if all(passes for passes, _ in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
