"""Runs the load generator against our server and a peer in turns, and prints medians and ratios. See bin/bench --help."""

import argparse
import datetime
import json
import os
import pathlib
import platform
import statistics
import sys

from measuring import ROOT, commit, generate, progress, running, running_beside, said, servers

# name, what a figure is per, the generator's options, and the number of connections where --quick takes fewer
CELLS = [
    ("echo w1", "message", ["echo", "--conns", "100", "--window", "1"], None),
    ("echo w16", "message", ["echo", "--conns", "100", "--window", "16"], None),
    ("ack w1", "message", ["ack", "--conns", "100", "--window", "1"], None),
    ("fanout 1x1000", "delivery", ["fanout", "--conns", "1000", "--rooms", "1", "--senders", "10", "--window", "2"], None),
    ("fanout 100x100", "delivery", ["fanout", "--conns", "10000", "--rooms", "100", "--senders", "100"], 2000),
    ("churn", "connection", ["churn", "--conns", "64"], None),
    ("echo polling", "message", ["echo", "--transport", "polling", "--conns", "100"], None),
    ("idle", "connection", ["idle", "--conns", "10000"], 2000),
]


def options():
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--ours", required=True, help="the bench-app binary")
    parser.add_argument("--generator", required=True, help="the compiled load generator")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--quick", action="store_true", help="2 short runs, fewer connections: a look, no figures to quote")
    parser.add_argument("--only", action="append", default=[], help="only cells whose name begins so")
    parser.add_argument("--ours-alone", action="store_true", help="without the peer")
    parser.add_argument("--beside", action="append", default=[], metavar="NAME=COMMAND", help="one more server; {port} is its port")
    parser.add_argument("--compare", type=pathlib.Path, help="an earlier result to hold against this one")
    parser.add_argument("--output", type=pathlib.Path, default=None)
    chosen = parser.parse_args()
    for given in chosen.beside:
        name, _, command = given.partition("=")
        if name in ("", "ours", "python") or "{port}" not in command:
            parser.error(f"--beside {given!r}: NAME=COMMAND, with {{port}} in the command, and a name of its own")
    if chosen.quick:
        chosen.runs, chosen.seconds = 2, min(chosen.seconds, 1.5)
    return chosen


def measure(chosen, command: list[str] | str, cell) -> dict:
    """One fresh server, one run of the generator. A command that is one text is that of a server beside."""
    _, _, arguments, quick_conns = cell
    arguments = list(arguments)
    if chosen.quick and quick_conns:
        arguments[arguments.index("--conns") + 1] = str(quick_conns)
    arguments += ["--seconds", str(chosen.seconds), "--warmup", "1" if not chosen.quick else "0.5"]
    with running_beside(command) if isinstance(command, str) else running(command) as server:
        return generate(chosen.generator, arguments, server)


def figure(cell, result: dict) -> float:
    """What is compared: server CPU per operation in microseconds; for idle, resident bytes a connection."""
    return result["rss_per_conn"] if cell[0] == "idle" else result["server_cpu_us"]


def run_all(chosen) -> dict[str, dict[str, list[dict]]]:
    cells = [cell for cell in CELLS if not chosen.only or any(cell[0].startswith(start) for start in chosen.only)]
    if not cells:
        sys.exit(f"bin/bench: no cell begins so; there are {', '.join(cell[0] for cell in CELLS)}")
    beside = dict(given.split("=", 1) for given in chosen.beside)
    commands = servers(chosen.ours, chosen.ours_alone) | beside
    names = list(commands)
    results = {cell[0]: {name: [] for name in names} for cell in cells}
    for run in range(chosen.runs):
        for cell in cells:
            for name in names if run % 2 == 0 else reversed(names):
                progress(f"run {run + 1} of {chosen.runs}: {cell[0]}, {name}")
                if name not in results[cell[0]]:
                    continue
                try:
                    results[cell[0]][name].append(measure(chosen, commands[name], cell))
                except RuntimeError as error:
                    if name not in beside:
                        raise
                    # It need not be able to do all that ours can.
                    said(f"{cell[0]}: without {name} ({str(error).splitlines()[0]})")
                    del results[cell[0]][name]
        said(f"run {run + 1} of {chosen.runs} done")
    return results


def summarize(results) -> dict:
    summary = {}
    for cell in CELLS:
        if cell[0] not in results:
            continue
        row = {"per": cell[1]}
        for name, runs in results[cell[0]].items():
            row[name] = {
                "figure": statistics.median(figure(cell, run) for run in runs),
                "lowest": min(figure(cell, run) for run in runs),
                "per_s": statistics.median(run["per_s"] for run in runs),
                "p99_us": statistics.median(run["p99_us"] for run in runs),
                "busy": statistics.median(run["server_cpu_util"] for run in runs),
                "generator_busy": statistics.median(run["gen_cpu_util"] for run in runs),
                "failed_runs": sum(not run["ok"] for run in runs),
            }
        if "python" in row and row["ours"]["figure"]:
            row["ratio"] = row["python"]["figure"] / row["ours"]["figure"]
        row["beside"] = [name for name in results[cell[0]] if name not in ("ours", "python")]
        summary[cell[0]] = row
    return summary


def show(summary, runs: int):
    print(f"\nmedian of {runs} runs; server CPU per operation in us (idle: resident bytes a connection)\n")
    beside = list(dict.fromkeys(name for row in summary.values() for name in row["beside"]))
    heads = "".join(f"{name:>11}{name[:6] + '/ours':>12}" for name in beside)
    print(f"{'':16}{'ours':>10}{'lowest':>10}{'rate/s':>10}{'p99 ms':>9}{'python':>11}{'rate/s':>10}{'python/ours':>13}{heads}")
    for name, row in summary.items():
        ours, python = row["ours"], row.get("python")
        line = f"{name:16}{ours['figure']:>10.1f}{ours['lowest']:>10.1f}{ours['per_s']:>10.0f}{ours['p99_us'] / 1000:>9.1f}"
        if python:
            line += f"{python['figure']:>11.1f}{python['per_s']:>10.0f}{row.get('ratio', 0):>12.1f}x"
        elif beside:
            line += f"{'-':>11}{'-':>10}{'-':>13}"
        for other in beside:
            there = row.get(other)
            line += f"{there['figure']:>11.2f}{there['figure'] / ours['figure']:>11.2f}x" if there else f"{'-':>11}{'-':>12}"
        failed = sum(row[server]["failed_runs"] for server in ("ours", "python", *row["beside"]) if server in row)
        notes = ["generator at its limit"] if ours["generator_busy"] > 0.8 else []
        if failed:
            notes.append(f"{failed} RUNS WITH LOST OR WRONG REPLIES")
        print(line + ("   " + ", ".join(notes) if notes else ""))


def show_comparison(summary, earlier_path: pathlib.Path):
    earlier = json.loads(earlier_path.read_text())["summary"]
    print(f"\nheld against {earlier_path} (below 1.00 is better now; the second by the ratio to the peer of its own day)\n")
    for name, row in summary.items():
        if name not in earlier or not earlier[name]["ours"]["figure"]:
            continue
        line = f"{name:16}{row['ours']['figure'] / earlier[name]['ours']['figure']:>8.2f}"
        if "ratio" in row and "ratio" in earlier[name]:
            line += f"{earlier[name]['ratio'] / row['ratio']:>8.2f}"
        print(line)


def main() -> int:
    chosen = options()
    results = run_all(chosen)
    summary = summarize(results)
    now = datetime.datetime.now()
    output = chosen.output or ROOT / "build" / "bench" / f"{now:%Y%m%d-%H%M%S}.json"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps({
        "date": now.isoformat(timespec="seconds"), "commit": commit(), "machine": platform.platform(), "cores": os.cpu_count(),
        "runs": chosen.runs, "seconds": chosen.seconds, "quick": chosen.quick, "summary": summary, "results": results,
    }, indent=1))
    show(summary, chosen.runs)
    if chosen.compare:
        show_comparison(summary, chosen.compare)
    print(f"\nwritten to {output.relative_to(ROOT) if output.is_relative_to(ROOT) else output}")
    served = [row[name] for row in summary.values() for name in ("ours", "python", *row["beside"]) if name in row]
    return 1 if any(server["failed_runs"] for server in served) else 0


if __name__ == "__main__":
    sys.exit(main())
