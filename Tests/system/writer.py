"""People who write, remember what was acknowledged, and say again what was not."""

import asyncio
from dataclasses import dataclass, field

from chat import Person, new_cid
from socketio.exceptions import SocketIOError


@dataclass
class Ledger:
    """What one person wrote, over all the lives of the server."""

    name: str
    pending: dict[str, str] = field(default_factory=dict)  # cid -> body
    acknowledged: dict[str, tuple[int, str]] = field(default_factory=dict)  # cid -> (seq, body)
    written: int = 0
    repeated: int = 0  # resends that the server had stored already

    def next_message(self) -> str:
        cid = new_cid()
        self.written += 1
        self.pending[cid] = f"{self.name} {self.written}"
        return cid


async def send(person: Person, conversation: str, ledger: Ledger, cid: str, over: asyncio.Event) -> bool:
    """Says one message until it is acknowledged; False when the connection ended before."""
    body = ledger.pending[cid]
    while not over.is_set():
        try:
            answer = await person.ask("send", {"c": conversation, "cid": cid, "body": body})
        except (SocketIOError, OSError):
            return False
        if answer["ok"]:
            ledger.acknowledged[cid] = (answer["seq"], body)
            del ledger.pending[cid]
            ledger.repeated += answer["dup"]
            return True
        assert answer["retry"], f"refused for good: {answer}"
        await wait_unless(over, answer.get("after", 50) / 1000)
    return False


async def wait_unless(over: asyncio.Event, seconds: float):
    """As long as the server asked for, or until there is no server."""
    try:
        await asyncio.wait_for(over.wait(), seconds)
    except TimeoutError:
        pass


async def write_until(person: Person, conversation: str, ledger: Ledger, over: asyncio.Event, window: int = 3):
    """Writes as fast as acknowledgements come, `window` messages at a time, until `over`."""

    async def one_after_the_other():
        while not over.is_set():
            if not await send(person, conversation, ledger, ledger.next_message(), over):
                return

    lines = [asyncio.create_task(one_after_the_other()) for _ in range(window)]
    await over.wait()
    for line in lines:
        line.cancel()
    for outcome in await asyncio.gather(*lines, return_exceptions=True):
        if isinstance(outcome, BaseException) and not isinstance(outcome, asyncio.CancelledError):
            raise outcome


async def say_again(person: Person, conversation: str, ledger: Ledger):
    """Sends what was never acknowledged, with the ids of the first attempt."""
    never = asyncio.Event()
    for cid in list(ledger.pending):
        assert await send(person, conversation, ledger, cid, never), "the restarted server went away"
