"""SIGTERM: the server lets everyone go, ends with status 0, and is back soon with everything that it acknowledged."""

import asyncio
import time

import pytest
from chat import Parley, connect_all, found_server
from checker import check_history, check_view, history_by_gap
from writer import Ledger, say_again, write_until


@pytest.fixture
def server(tmp_path):
    with Parley(tmp_path / "data").start() as server:
        yield server


def test_an_idle_server_ends_with_status_0(server):
    started = time.monotonic()
    assert server.wait_for_end() == 0
    assert time.monotonic() - started < 5


def test_drained_while_people_write(server):
    asyncio.run(drain_while_writing(server))


async def drain_while_writing(server: Parley):
    accounts = found_server(server, 5)
    people = await connect_all(server, accounts)
    ledgers = [Ledger(account.me["username"]) for account in accounts]
    created = await people[0].must(
        "room.create", {"name": "Drain", "public": True, "members": [account.id for account in accounts[1:]]}
    )
    conversation = created["conv"]["c"]

    over = asyncio.Event()
    writing = [asyncio.create_task(write_until(*work, over)) for work in zip(people, [conversation] * 5, ledgers)]
    while sum(len(ledger.acknowledged) for ledger in ledgers) < 50:
        await asyncio.wait(writing, timeout=0.02)
    status = asyncio.create_task(asyncio.to_thread(server.wait_for_end))
    for person in people:
        await asyncio.wait_for(person.gone.wait(), 10)
    over.set()
    await asyncio.gather(*writing)
    assert await status == 0
    for person in people:
        check_view(person.heard)
        await person.leave()

    started = time.monotonic()
    server.start()
    assert time.monotonic() - started < 3
    people = await connect_all(server, accounts)
    await asyncio.gather(*(say_again(*work) for work in zip(people, [conversation] * 5, ledgers)))
    check_history(await history_by_gap(people[0], conversation), ledgers)
    for person in people:
        await person.leave()


def test_a_second_server_on_the_same_data_is_refused(server):
    second = Parley(server.data)
    with pytest.raises(RuntimeError):
        second.start()
    assert server.running.is_alive
