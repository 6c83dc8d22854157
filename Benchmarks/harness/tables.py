"""The long tables of bin/bench tables: what an operation costs as connections, rooms and payloads grow, ours beside the peer."""

import argparse
import datetime
import json
import os
import pathlib
import platform
import statistics
import sys
import time

import owncells
from measuring import ROOT, commit, crowd, generate, progress, resident, running, said, servers

ECHO_SIZES = [(64, "64 B"), (1024, "1 KiB"), (16384, "16 KiB"), (65536, "64 KiB")]


def cell(table, name, per, *arguments, others=0, threads=1, free=False, size=None, slow=False, later=0):
    """`slow`: so many at once that one round takes the peer seconds, which needs a longer run; `others`: idle connections beside; `free`: server and generator are not pinned; `size`: connections with --quick; `later`: seconds after the load at which the memory is looked at."""
    return {"table": table, "name": name, "per": per, "arguments": list(arguments), "others": others, "threads": threads,
            "free": free, "quick": size, "slow": slow, "later": later}


def all_cells() -> list[dict]:
    fanout = ["fanout"]
    cells = [
        cell("connections", f"echo, {count:,} WebSockets", "message", "echo", "--conns", str(count), size=min(count, 1000),
             slow=count >= 10_000)
        for count in (10, 100, 1000, 10_000, 19_000)
    ]
    cells += [
        cell("connections", f"echo, {count} WebSockets, 16 outstanding", "message", "echo", "--conns", str(count), "--window", "16")
        for count in (10, 100)
    ]
    cells += [
        cell("connections", f"echo over polling, {count:,} clients", "message", "echo", "--transport", "polling", "--conns", str(count))
        for count in (10, 100, 1000)
    ]
    cells += [
        cell("payloads", f"echo over {name}, {words}", "message", "echo", "--transport", transport, "--conns", "50", "--size", str(size))
        for transport, name in (("ws", "WebSocket"), ("polling", "polling"))
        for size, words in ECHO_SIZES
    ]
    cells += [
        cell("rooms", "1 room of 10,000", "delivery", *fanout, "--conns", "10000", "--rooms", "1", "--senders", "1", size=1000),
        cell("rooms", "100 rooms of 100", "delivery", *fanout, "--conns", "10000", "--rooms", "100", "--senders", "100", size=1000),
        cell("rooms", "10,000 rooms of 1", "delivery", *fanout, "--conns", "10000", "--rooms", "10000", "--senders", "10000",
             size=1000, slow=True),
        cell("rooms", "1 room of 1,000, 10 senders, window 2", "delivery", *fanout, "--conns", "1000", "--rooms", "1",
             "--senders", "10", "--window", "2"),
        cell("rooms", "room of 10, nobody else", "delivery", *fanout, "--conns", "10", "--window", "4"),
        cell("rooms", "room of 10, 19,000 others", "delivery", *fanout, "--conns", "10", "--window", "4", others=19_000),
        cell("lives", "connect, handshake, disconnect", "connection", "churn", "--conns", "64"),
        cell("lives", "the same over polling", "connection", "churn", "--transport", "polling", "--conns", "64"),
        cell("memory", "idle WebSocket, of 10,000", "bytes", "idle", "--conns", "10000", size=1000),
        cell("memory", "idle polling client, of 5,000", "bytes", "idle", "--transport", "polling", "--conns", "5000", size=1000),
        cell("memory", "before the first connection", "start", "idle", "--conns", "1"),
        cell("memory", "15 s after 200 WebSockets echoed 64 KiB, 16 outstanding", "later", "echo", "--conns", "200", "--window", "16",
             "--size", "65536", later=15),
        cell("memory", "15 s after 10,000 WebSockets have gone", "later", "idle", "--conns", "10000", size=1000, later=15),
    ]
    for threads in (1, 2):
        loops = f"{threads} event loop{'s' if threads > 1 else ''}"
        cells += [
            cell("loops", f"echo over polling, {loops}", "message", "echo", "--transport", "polling", "--conns", "200",
                 threads=threads, free=True),
            cell("loops", f"connect and disconnect, {loops}", "connection", "churn", "--conns", "128", threads=threads, free=True),
            cell("loops", f"echo of 16 KiB, {loops}", "message", "echo", "--conns", "50", "--size", "16384", threads=threads, free=True),
        ]
    return cells


def options():
    parser = argparse.ArgumentParser(prog="bin/bench tables", description=__doc__)
    parser.add_argument("--ours", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--generator", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--quick", action="store_true", help="one short run with at most 1,000 connections: a look, no figures to quote")
    parser.add_argument("--only", action="append", default=[],
                        help="only this table: connections, payloads, rooms, lives, memory, loops, own; may be repeated")
    parser.add_argument("--ours-alone", action="store_true", help="without the peer")
    parser.add_argument("--output", type=pathlib.Path, default=None)
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.runs, chosen.seconds = 1, min(chosen.seconds, 1)
    return chosen


def measure(chosen, name: str, command: list[str], one: dict) -> dict:
    arguments = list(one["arguments"])
    others = one["others"]
    if chosen.quick:
        others = min(others, 1000)
        if one["quick"]:
            for option in ("--conns", "--rooms", "--senders"):
                if option in arguments:
                    at = arguments.index(option) + 1
                    arguments[at] = str(min(int(arguments[at]), one["quick"]))
    if one["slow"] and not chosen.quick:
        arguments += ["--seconds", str(max(chosen.seconds, 12)), "--warmup", "8", "--drain", "60"]
    else:
        arguments += ["--seconds", str(chosen.seconds), "--warmup", "0.7"]
    if name == "ours":
        command = [*command, "--threads", str(one["threads"])]
    pins = {"core": None} if one["free"] else {}
    with running(command, **pins) as server, crowd(chosen.generator, server, others):
        result = generate(chosen.generator, arguments, server, **pins)
        if one["later"]:
            time.sleep(one["later"])
            result["rss_later"] = resident(server.process.pid)
        return result


def own(chosen, command: list[str], name: str) -> dict[str, dict]:
    """The cells of owncells.py."""
    if name == "ours":
        command = [*command, "--threads", "1"]
    found = {}
    with running(command) as server:
        found["echo of 2 KiB, plain"] = owncells.echo(server, chosen.seconds, 2048)
    with running([*command, "--compress"]) as server:
        found["echo of 2 KiB, permessage-deflate"] = owncells.echo(server, chosen.seconds, 2048, deflate=True)
    with owncells.secure_options() as (options, context), running([*command, *options]) as server:
        found["echo of 2 KiB, TLS"] = owncells.echo(server, chosen.seconds, 2048, tls=context)
    with running(command) as server:
        found["delivery in a room of 40, in no other"] = owncells.one_room(server, chosen.seconds)
    with running(command) as server:
        found |= owncells.thousand_rooms(server, chosen.seconds)
    return found


def figure(per: str, result: dict) -> float:
    """Server CPU per operation in microseconds; resident bytes for memory."""
    if per == "bytes":
        return result["rss_per_conn"]
    if per == "later":
        return result["rss_later"]
    return result["rss0_kb"] * 1024 if per == "start" else result["server_cpu_us"]


def summarize(rows: dict) -> list[dict]:
    found = []
    for (table, name, per), runs in rows.items():
        row = {"table": table, "name": name, "per": per}
        for server, results in runs.items():
            row[server] = {
                "figure": statistics.median(figure(per, one) for one in results),
                "per_s": statistics.median(one["per_s"] for one in results),
                "p99_us": statistics.median(one["p99_us"] for one in results),
                "generator_busy": statistics.median(one["gen_cpu_util"] for one in results),
                "failed_runs": sum(not one["ok"] for one in results),
            }
        found.append(row)
    return found


def words(per: str, value: float) -> str:
    if per in ("bytes", "start", "later"):
        return f"{value / 1e6:,.1f} MB" if value >= 1e6 else f"{value:,.0f} B"
    return f"{value:,.2f} us" if value < 10 else f"{value:,.1f} us" if value < 100 else f"{value:,.0f} us"


def show(summary: list[dict], runs: int):
    print(f"\nmedian of {runs} runs: server CPU an operation, or bytes; a second: operations a second\n")
    table = None
    for row in summary:
        if row["table"] != table:
            table = row["table"]
            print(f"\n| {table} | ours | a second | p99 ms | peer | a second | peer/ours |\n|---|---|---|---|---|---|---|")
        ours, peer = row["ours"], row.get("python")
        timed = row["per"] not in ("bytes", "start", "later")
        line = f"| {row['name']} | {words(row['per'], ours['figure'])} | {ours['per_s']:,.0f} | {ours['p99_us'] / 1000:.1f} |"
        if not timed:
            line = f"| {row['name']} | {words(row['per'], ours['figure'])} | | |"
        if peer:
            rate = f"{peer['per_s']:,.0f}" if timed else ""
            line += f" {words(row['per'], peer['figure'])} | {rate} | {peer['figure'] / max(ours['figure'], 0.001):.1f} |"
        else:
            line += " | | |"
        failed = [f"{server}: {row[server]['failed_runs']} RUNS WITH LOST OR WRONG REPLIES"
                  for server in ("ours", "python") if server in row and row[server]["failed_runs"]]
        if ours["generator_busy"] > 0.9:
            failed.append("generator at its limit")
        print(line + ("   " + ", ".join(failed) if failed else ""))


def main() -> int:
    chosen = options()
    commands = servers(chosen.ours, chosen.ours_alone)
    cells = [one for one in all_cells() if not chosen.only or one["table"] in chosen.only]
    with_own = not chosen.only or "own" in chosen.only
    if not cells and not with_own:
        sys.exit("bin/bench tables: there is no such table")
    rows: dict = {}
    for run in range(chosen.runs):
        order = list(commands.items()) if run % 2 == 0 else list(commands.items())[::-1]
        for one in cells:
            for name, command in order:
                if one["threads"] > 1 and name != "ours":
                    continue
                progress(f"run {run + 1} of {chosen.runs}: {one['name']}, {name}")
                result = measure(chosen, name, command, one)
                rows.setdefault((one["table"], one["name"], one["per"]), {}).setdefault(name, []).append(result)
        for name, command in order if with_own else []:
            progress(f"run {run + 1} of {chosen.runs}: own cells, {name}")
            for title, result in own(chosen, command, name).items():
                rows.setdefault(("own", title, "operation"), {}).setdefault(name, []).append(result)
        said(f"run {run + 1} of {chosen.runs} done")
    summary = summarize(rows)
    now = datetime.datetime.now()
    output = chosen.output or ROOT / "build" / "bench" / f"tables-{now:%Y%m%d-%H%M%S}.json"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps({
        "date": now.isoformat(timespec="seconds"), "commit": commit(), "machine": platform.platform(), "cores": os.cpu_count(),
        "runs": chosen.runs, "seconds": chosen.seconds, "quick": chosen.quick, "summary": summary,
        "results": [{"table": key[0], "name": key[1], "runs": runs} for key, runs in rows.items()],
    }, indent=1))
    show(summary, chosen.runs)
    print(f"\nwritten to {output.relative_to(ROOT) if output.is_relative_to(ROOT) else output}")
    return 1 if any(row[name]["failed_runs"] for row in summary for name in ("ours", "python") if name in row) else 0


if __name__ == "__main__":
    sys.exit(main())
