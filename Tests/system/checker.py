"""Reads a conversation's history and holds it against what was promised.

durability: what was acknowledged is there, at the seq that the acknowledgement named
once:       no client message id twice, in the history or in anybody's view
one order:  seq has no holes, and every reader sees the same
"""

from chat import Person
from writer import Ledger

STEP = 200


async def history_by_gap(reader: Person, conversation: str, start: int = 1) -> list[dict]:
    messages, more = [], True
    while more:
        answer = await reader.must("gap", {"c": conversation, "from": start, "to": start + STEP - 1, "limit": STEP})
        assert not answer["reset"], answer
        messages += answer["msgs"]
        start += STEP
        more = start <= answer["seq"]
    return messages


async def history_by_page(reader: Person, conversation: str) -> list[dict]:
    """Backwards from the newest, as a person scrolls."""
    answer = await reader.must("page", {"c": conversation, "limit": 50})
    messages = answer["msgs"]
    while not answer["first"]:
        answer = await reader.must("page", {"c": conversation, "before": messages[0]["seq"], "limit": 50})
        assert answer["msgs"], "not the first page, and yet empty"
        messages = answer["msgs"] + messages
    return messages


def check_history(messages: list[dict], ledgers: list[Ledger], start: int = 1):
    """`messages` is the history from seq `start` on."""
    seqs = [message["seq"] for message in messages]
    assert seqs == list(range(start, start + len(seqs))), f"holes or disorder: {first_break(seqs)}"
    texts = [message for message in messages if message["kind"] == "text"]
    by_cid: dict[str, dict] = {}
    for message in texts:
        assert message["cid"] not in by_cid, f"twice: {message} and {by_cid[message['cid']]}"
        by_cid[message["cid"]] = message
    written = {cid: body for ledger in ledgers for cid, body in ledger.pending.items()}
    for ledger in ledgers:
        for cid, (seq, body) in ledger.acknowledged.items():
            written[cid] = body
            if seq < start:
                continue
            stored = by_cid.get(cid)
            assert stored is not None, f"LOST: acknowledged as seq {seq}: {body!r}"
            assert (stored["seq"], stored["body"]) == (seq, body), f"acknowledged as {seq} {body!r}, stored {stored}"
    for cid, message in by_cid.items():
        assert written.get(cid) == message["body"], f"nobody wrote this: {message}"


def check_view(heard: list[dict]):
    """What one connection was told live: once each, in order."""
    seqs = [message["seq"] for message in heard]
    assert seqs == sorted(set(seqs)), f"twice or out of order: {first_break(seqs)}"


def check_same(one: list[dict], other: list[dict]):
    assert [identity(message) for message in one] == [identity(message) for message in other]


def identity(message: dict) -> tuple:
    """System messages have no `cid`."""
    return message["seq"], message["kind"], message.get("cid"), message["body"]


def first_break(seqs: list[int]) -> str:
    for place, (one, other) in enumerate(zip(seqs, seqs[1:])):
        if other != one + 1:
            return f"... {seqs[max(place - 2, 0):place + 4]} ..."
    return f"{seqs[:1]} ... {seqs[-1:]}"
