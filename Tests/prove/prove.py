#!/usr/bin/env python3
"""Proves the promise: people write through a network that loses, doubles, delays and cuts, to a server that is killed.

Each seed is one run with its own server, network and people. In the end the checker compares what every device showed with
what is on disk. A seed that fails is named, and fails again with --seed.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time

from devices import bundle
from run import Outcome, Plan, Run

# A run takes seconds, and with losses up to two ticks more.
LONGEST = 300


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/dev prove", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20, help="how many runs (default 20)")
    parser.add_argument("--first", type=int, default=1, help="the first seed (default 1)")
    parser.add_argument("--seed", type=int, help="only this one")
    parser.add_argument("--people", type=int, default=4, help="people in a run (default 4)")
    parser.add_argument("--steps", type=int, default=60, help="steps of a run (default 60)")
    parser.add_argument("--together", type=int, default=3, help="runs side by side (default 3)")
    parser.add_argument("--losses", action="store_true", help="whole messages get lost on connections that stay")
    parser.add_argument("--tap", action="store_true", help="results for a test runner")
    parser.add_argument("--no-kills", action="store_true", help="the server is not killed")
    return parser.parse_args()


async def prove(options: argparse.Namespace) -> list[Outcome]:
    module = bundle()
    plan = Plan(options.people, options.steps, not options.no_kills, options.losses)
    seeds = [options.seed] if options.seed is not None else list(range(options.first, options.first + options.seeds))
    free = asyncio.Semaphore(options.together)
    outcomes: list[Outcome] = []

    async def one(seed: int):
        async with free:
            run = Run(seed, plan, module)
            try:
                outcome = await asyncio.wait_for(run.go(), LONGEST)
            except TimeoutError:
                outcome = Outcome(seed, [f"the run did not end in {LONGEST} s, at: {run.doing}"])
            except Exception as error:  # noqa: BLE001 - one run that could not be made is a finding, not the end of the others
                outcome = Outcome(seed, [f"the run failed at {run.doing}: {error!r}"])
            outcomes.append(outcome)
            (tap if options.tap else report)(outcome, len(outcomes), len(seeds))

    await asyncio.gather(*(one(seed) for seed in seeds))
    return outcomes


def report(outcome: Outcome, done: int, all_of_them: int):
    if outcome.wrong:
        print(f"seed {outcome.seed}: BROKEN", flush=True)
        for what in outcome.wrong[:20]:
            print(f"    {what}", flush=True)
    elif sys.stdout.isatty():
        print(f"\r{done} of {all_of_them} seeds", end="", flush=True)
    else:
        print(f"seed {outcome.seed}: kept ({outcome.figures.get('messages', 0)} messages)", flush=True)


def tap(outcome: Outcome, done: int, all_of_them: int):
    print(f"{'not ok' if outcome.wrong else 'ok'} {done} - seed {outcome.seed}", flush=True)
    for what in outcome.wrong[:20]:
        print(f"# {what}", flush=True)
    if done == all_of_them:
        print(f"1..{done}", flush=True)


def main() -> int:
    options, started = parsed(), time.monotonic()
    outcomes = asyncio.run(prove(options))
    totals: dict[str, int] = {}
    for outcome in outcomes:
        for name, value in outcome.figures.items():
            totals[name] = totals.get(name, 0) + value
    broken = sorted(outcome.seed for outcome in outcomes if outcome.wrong)
    prefix = "# " if options.tap else ""
    print()
    print(prefix + ", ".join(f"{value} {name.replace('_', ' ')}" for name, value in sorted(totals.items())))
    print(f"{prefix}{len(outcomes) - len(broken)} of {len(outcomes)} seeds kept the promise, in {time.monotonic() - started:.0f} s")
    if broken:
        print(f"{prefix}broken: {' '.join(map(str, broken))}. One again: bin/dev prove --seed {broken[0]}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
