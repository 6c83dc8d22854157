"""Draws what bin/bench plots measures: latency against offered load, and memory against connections, ours beside the peer."""

import argparse
import datetime
import json
import os
import pathlib
import platform
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.ticker import FuncFormatter  # noqa: E402
from measuring import ROOT, commit, crowd, generate, progress, resident, running, said, servers  # noqa: E402

RATES = [500, 1000, 2000, 4000, 6000, 8000, 10_000, 14_000, 20_000, 30_000, 45_000, 60_000, 80_000, 100_000]
CROWDS = [0, 1000, 2500, 5000, 10_000, 15_000, 19_000]
NAMES = {"ours": "Parley's SocketIO", "python": "python-socketio"}
COLOURS = {"ours": "#0b5fa5", "python": "#c2410c"}


def options():
    parser = argparse.ArgumentParser(prog="bin/bench plots", description=__doc__)
    parser.add_argument("--ours", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--generator", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="one short run of fewer points")
    parser.add_argument("--from", dest="earlier", type=pathlib.Path, help="draw an earlier result again (build/bench/plots-*.json)")
    parser.add_argument("--pictures", type=pathlib.Path, default=ROOT / "build" / "bench", help="the folder of the PNG files")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.runs, chosen.seconds = 1, 1
    return chosen


def latencies(chosen, commands) -> list[dict]:
    """Open loop: the generator sends at its own pace, and a late answer counts from when its question was due."""
    points = []
    for name, command in commands.items():
        late = 0
        for rate in RATES[::3] if chosen.quick else RATES:
            runs = []
            for run in range(chosen.runs):
                progress(f"{NAMES[name]}: {rate:,} echoes a second, run {run + 1}")
                with running(command) as server:
                    arguments = ["echo", "--conns", "100", "--rate", str(rate), "--poisson", "--seconds", str(chosen.seconds)]
                    runs.append(generate(chosen.generator, arguments, server))
            runs.sort(key=lambda one: one["p99_us"])
            middle = runs[len(runs) // 2]
            points.append({"server": name, "rate": rate, "p50_us": middle["p50_us"], "p99_us": middle["p99_us"],
                           "per_s": middle["per_s"], "unsent": middle["unsent"], "generator_busy": middle["gen_cpu_util"],
                           "server_busy": middle["server_cpu_util"]})
            said(f"{NAMES[name]}: {rate:,}/s: p50 {middle['p50_us'] / 1000:.2f} ms, p99 {middle['p99_us'] / 1000:.2f} ms")
            # Two points beyond what it can do show the wall; more show nothing.
            late += middle["p50_us"] > 200_000
            if late == 2:
                break
    return points


def memories(chosen, commands) -> list[dict]:
    points = []
    for name, command in commands.items():
        for count in CROWDS[::2] if chosen.quick else CROWDS:
            progress(f"{NAMES[name]}: {count:,} connections")
            with running(command) as server, crowd(chosen.generator, server, count):
                points.append({"server": name, "connections": count, "resident": resident(server.process.pid)})
            said(f"{NAMES[name]}: {count:,} connections: {points[-1]['resident'] / 1e6:.1f} MB")
    return points


def thousands(value, _) -> str:
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def axes(title: str, across: str, up: str):
    plt.rcParams.update({"font.size": 11, "font.family": "DejaVu Sans", "axes.spines.top": False, "axes.spines.right": False})
    figure, ax = plt.subplots(figsize=(7.6, 4.3), dpi=110, facecolor="white")
    ax.set_title(title, loc="left", fontsize=12, fontweight="bold")
    ax.set_xlabel(across)
    ax.set_ylabel(up)
    ax.grid(True, which="major", color="#d4d4d4", linewidth=0.7)
    return figure, ax


def draw_latencies(points: list[dict], path: pathlib.Path):
    figure, ax = axes("Echo latency against offered load, 100 WebSockets, one core", "offered load (messages a second)",
                      "latency, from when it was due (ms)")
    for name in NAMES:
        mine = [point for point in points if point["server"] == name]
        for quantile, style, words in (("p50_us", "-", "median"), ("p99_us", "--", "99 %")):
            ax.plot([point["rate"] for point in mine], [point[quantile] / 1000 for point in mine], style, marker="o", markersize=4,
                    color=COLOURS[name], linewidth=1.8, label=f"{NAMES[name]}, {words}")
    ax.set_xscale("log")
    ax.set_yscale("log")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(FuncFormatter(thousands))
    ax.legend(frameon=False, fontsize=10)
    save(figure, path)


def draw_memories(points: list[dict], path: pathlib.Path):
    figure, ax = axes("Memory of the server against idle WebSockets", "connections", "resident memory (MB)")
    for name in NAMES:
        mine = [point for point in points if point["server"] == name]
        if not mine:
            continue
        ax.plot([point["connections"] for point in mine], [point["resident"] / 1e6 for point in mine], "-o", markersize=4,
                color=COLOURS[name], linewidth=1.8, label=NAMES[name])
        last = mine[-1]
        ax.annotate(f"{last['resident'] / 1e6:,.0f} MB", (last["connections"], last["resident"] / 1e6), textcoords="offset points",
                    xytext=(-6, 8), ha="right", color=COLOURS[name])
    ax.set_ylim(bottom=0)
    ax.set_xlim(left=0)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(FuncFormatter(thousands))
    ax.legend(frameon=False, loc="upper left")
    save(figure, path)


def save(figure, path: pathlib.Path):
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.tight_layout()
    figure.savefig(path, facecolor="white", metadata={"Software": None}, pil_kwargs={"optimize": True})
    plt.close(figure)
    print(f"drawn: {path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}")


def main() -> int:
    chosen = options()
    if chosen.earlier:
        found = json.loads(chosen.earlier.read_text())
    else:
        commands = servers(chosen.ours)
        now = datetime.datetime.now()
        found = {
            "date": now.isoformat(timespec="seconds"), "commit": commit(), "machine": platform.platform(), "cores": os.cpu_count(),
            "runs": chosen.runs, "seconds": chosen.seconds, "latencies": latencies(chosen, commands),
            "memories": memories(chosen, commands),
        }
        output = ROOT / "build" / "bench" / f"plots-{now:%Y%m%d-%H%M%S}.json"
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(json.dumps(found, indent=1))
    draw_latencies(found["latencies"], chosen.pictures / "latency.png")
    draw_memories(found["memories"], chosen.pictures / "memory.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
