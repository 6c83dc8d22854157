"""Acknowledged messages through the whole chat: WebSockets, rules, SQLite with an fsync for every commit, delivery; beside it, in the
same run and on the same disk, what SQLite does alone."""

import argparse
import datetime
import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys

from chatserver import owner, parley, populated, room
from measuring import ROOT, commit, progress, said
from rawclient import Client

WRITERS = (1, 16, 256)
GROUPS = (1, 64, 256)
READERS = 5  # people in each of a hundred conversations


def options():
    parser = argparse.ArgumentParser(prog="bin/bench chat", description=__doc__)
    for name in ("--parley", "--chatload", "--sqlite"):
        parser.add_argument(name, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--rate", type=int, default=1000, help="messages a second of the rows at a given rate")
    parser.add_argument("--window", type=int, default=1, help="unacknowledged messages of a writer")
    parser.add_argument("--quick", action="store_true", help="one run of 2 seconds a row")
    parser.add_argument("--only", action="append", default=[], help="only rows that begin so, such as '100 conversations, 256'")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.runs, chosen.seconds = 1, 2
    return chosen


def rows(chosen) -> list[dict]:
    found = []
    for conversations, words in ((1, "1 conversation"), (100, "100 conversations")):
        for writers in WRITERS:
            name = f"{words}, {writers} writer{'s' if writers > 1 else ''}"
            found.append({"name": name, "conversations": conversations, "writers": writers, "rate": 0})
    for writers in (16, 256):
        name = f"100 conversations, {writers} writers, {chosen.rate:,}/s offered"
        found.append({"name": name, "conversations": 100, "writers": writers, "rate": chosen.rate})
    return [row for row in found if not chosen.only or any(row["name"].startswith(start) for start in chosen.only)]


def rooms(server, admin, people: list[dict], row: dict) -> list[list[str]]:
    """Makes the conversations; for each writer those they write into."""
    writers = people[:row["writers"]]
    speaks: list[list[str]] = [[] for _ in writers]
    client = Client(server.port, auth={"token": admin.token})
    for number in range(row["conversations"]):
        if row["conversations"] == 1:
            members = list(range(len(writers)))
        else:
            members = sorted({(number * READERS + at) % len(writers) for at in range(READERS)})
        conversation = room(client, f"Room {number}", [writers[at]["u"] for at in members])
        for at in members:
            speaks[at].append(conversation)
    client.close()
    return speaks


def measure(chosen, row: dict, folder: pathlib.Path, people: list[dict]) -> dict:
    """A fresh copy of the data, a fresh server, one run."""
    data = folder / "run" / "data"
    shutil.rmtree(folder / "run", ignore_errors=True)
    shutil.copytree(folder / "people" / "data", data)
    with parley(chosen.parley, data) as server:
        admin = owner(server.url)
        speaks = rooms(server, admin, people, row)
        listed = folder / "run" / "people.txt"
        listed.write_text("".join(f"{person['token']} {','.join(mine)}\n" for person, mine in zip(people, speaks)))
        before = admin.ask("GET", "/api/admin/health")
        command = [chosen.chatload, "--port", str(server.port), "--people", str(listed), "--seconds", str(chosen.seconds), "--pid",
                   str(server.process.pid), "--window", str(chosen.window)]
        if row["rate"]:
            command += ["--rate", str(row["rate"])]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        if not done.stdout.strip():
            raise RuntimeError(f"the generator said nothing: {done.stderr[-500:]}")
        after = admin.ask("GET", "/api/admin/health")
        found = json.loads(done.stdout)
        found["ok"] = done.returncode == 0
        found["batch"] = (after["writes"] - before["writes"]) / max(after["commits"] - before["commits"], 1)
        found["largest_batch"] = after["largestBatch"]
        found["rss"] = after.get("rss", 0)
    shutil.rmtree(folder / "run")
    return found


def bare(chosen, folder: pathlib.Path, group: int) -> dict:
    place = folder / "bare"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    done = subprocess.run([chosen.sqlite, str(place), str(group), str(chosen.seconds)], capture_output=True, text=True, check=True)
    shutil.rmtree(place)
    return json.loads(done.stdout)


def middle(results: list[dict], name: str) -> dict:
    return sorted(results, key=lambda one: one[name])[len(results) // 2]


def show(found: dict):
    print("\n| SQLite alone, rows of a message in groups of | a second | CPU a message | commits a second |\n|---|---|---|---|")
    for group, results in found["bare"].items():
        one = middle(results, "per_s")
        print(f"| {group} | {one['per_s']:,.0f} | {one['cpu_us']:.0f} us | {one['commits_per_s']:,.0f} |")
    print("\n| | acknowledged a second | ack p50 / p99 ms | deliveries a second | delivery p50 / p99 ms | writes a commit (most) |"
          " server CPU a message | server, generator busy |\n|---|---|---|---|---|---|---|---|")
    for name, results in found["chat"].items():
        one = middle(results, "per_s") if "offered" not in name else middle(results, "ack_p99_us")
        failed = sum(not result["ok"] for result in results)
        print(f"| {name} | {one['per_s']:,.0f} | {one['ack_p50_us'] / 1000:.1f} / {one['ack_p99_us'] / 1000:.1f} |"
              f" {one['deliveries_per_s']:,.0f} | {one['delivery_p50_us'] / 1000:.1f} / {one['delivery_p99_us'] / 1000:.1f} |"
              f" {one['batch']:.1f} ({one['largest_batch']}) | {one['server_cpu_us']:,.0f} us |"
              f" {one['server_busy'] * 100:.0f} %, {one['generator_busy'] * 100:.0f} % |"
              + (f"   {failed} RUNS WITH REFUSED OR LOST MESSAGES" if failed else ""))


def main() -> int:
    chosen = options()
    folder = ROOT / "build" / "bench" / "chat"
    said("making people (the first time takes a minute)")
    people = populated(chosen.parley, folder / "people" / "data", max(WRITERS))
    wanted = rows(chosen)
    found: dict = {"bare": {group: [] for group in GROUPS}, "chat": {row["name"]: [] for row in wanted}}
    for run in range(chosen.runs):
        for group in GROUPS:
            progress(f"run {run + 1} of {chosen.runs}: SQLite alone, {group}")
            found["bare"][group].append(bare(chosen, folder, group))
        for row in wanted:
            progress(f"run {run + 1} of {chosen.runs}: {row['name']}")
            found["chat"][row["name"]].append(measure(chosen, row, folder, people))
        said(f"run {run + 1} of {chosen.runs} done")
    now = datetime.datetime.now()
    output = ROOT / "build" / "bench" / f"chat-{now:%Y%m%d-%H%M%S}.json"
    output.write_text(json.dumps({
        "date": now.isoformat(timespec="seconds"), "commit": commit(), "machine": platform.platform(), "cores": os.cpu_count(),
        "runs": chosen.runs, "seconds": chosen.seconds, **found}, indent=1))
    show(found)
    print(f"\nwritten to {output.relative_to(ROOT)}")
    return 0 if all(one["ok"] for results in found["chat"].values() for one in results) else 1


if __name__ == "__main__":
    sys.exit(main())
