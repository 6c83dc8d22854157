"""kill -9 at random moments while twenty people write: what was acknowledged is never lost, and nothing is there twice."""

import asyncio
import random
import time

from chat import Parley, connect_all, found_server
from checker import check_history, check_same, check_view, history_by_gap, history_by_page
from writer import Ledger, say_again, write_until

PEOPLE = 20


def test_nothing_acknowledged_is_lost(tmp_path, request, seed):
    cycles = request.config.getoption("--cycles")
    with Parley(tmp_path / "data").start() as server:
        asyncio.run(kill_again_and_again(server, cycles, random.Random(seed)))
        assert server.wait_for_end() == 0


async def kill_again_and_again(server: Parley, cycles: int, dice: random.Random):
    accounts = found_server(server, PEOPLE)
    ledgers = [Ledger(account.me["username"]) for account in accounts]
    people = await connect_all(server, accounts)
    created = await people[0].must(
        "room.create", {"name": "Crash", "public": True, "members": [account.id for account in accounts[1:]]}
    )
    conversation = created["conv"]["c"]
    checked, restarts, survivors = 1, [], 0
    for cycle in range(cycles):
        moment = dice.uniform(0.005, 0.5)
        await write_and_kill(server, people, conversation, ledgers, moment)
        for person in people:
            check_view(person.heard)
            await person.leave()

        started = time.monotonic()
        server.start()
        restarts.append(time.monotonic() - started)
        people = await connect_all(server, accounts)
        unacknowledged = sum(len(ledger.pending) for ledger in ledgers)
        await asyncio.gather(*(say_again(person, conversation, ledger) for person, ledger in zip(people, ledgers)))
        survivors = sum(ledger.repeated for ledger in ledgers)

        one = await history_by_gap(people[0], conversation, checked)
        other = await history_by_gap(people[-1], conversation, checked)
        check_same(one, other)
        check_history(one, ledgers, checked)
        checked += len(one)
        total = sum(len(ledger.acknowledged) for ledger in ledgers)
        print(f"cycle {cycle + 1}: killed after {moment * 1000:.0f} ms, {total} acknowledged, {unacknowledged} said again")

    whole = await history_by_page(people[0], conversation)
    check_history(whole, ledgers)
    check_same(whole, await history_by_gap(people[-1], conversation))
    total = sum(len(ledger.acknowledged) for ledger in ledgers)
    print(f"{cycles} cycles, {total} acknowledged, 0 lost; {survivors} unacknowledged ones had been stored")
    print(f"restart: median {sorted(restarts)[len(restarts) // 2]:.2f} s, longest {max(restarts):.2f} s")
    assert total > cycles * PEOPLE, "hardly anything was written: this proves nothing"
    assert max(restarts) < 3
    for person in people:
        await person.leave()


async def write_and_kill(server, people, conversation, ledgers, moment):
    """Everyone writes; the server dies `moment` seconds later."""
    over = asyncio.Event()

    def kill():
        server.kill()
        over.set()

    writing = [
        asyncio.create_task(write_until(person, conversation, ledger, over)) for person, ledger in zip(people, ledgers)
    ]
    asyncio.get_running_loop().call_later(moment, kill)
    await asyncio.gather(*writing)
    server.wait_for_end()
