"""What is on disk, read from the database file itself and not through the server."""

from __future__ import annotations

import pathlib
import sqlite3
import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class StoredMessage:
    seq: int
    sender: str
    kind: str
    cid: str | None
    body: str


@dataclass
class StoredConversation:
    seq: int
    rev: int
    messages: list[StoredMessage]


KINDS = {0: "text", 1: "system"}


def read_store(data: pathlib.Path) -> dict[str, StoredConversation]:
    """Every conversation by its id."""
    database = sqlite3.connect(f"file:{data / 'parley.sqlite'}?mode=ro", uri=True)
    try:
        state = database.execute("PRAGMA integrity_check").fetchone()[0]
        assert state == "ok", f"the database is damaged: {state}"
        found = {}
        for key, c, seq, rev in database.execute("SELECT id, pub, last_seq, rev FROM conversations"):
            rows = database.execute(
                "SELECT k & 4294967295, users.pub, kind, cid, body FROM messages JOIN users ON users.id = sender_id"
                " WHERE k >> 32 = ? ORDER BY k",
                (key,),
            )
            messages = [
                StoredMessage(at, sender, KINDS[kind], str(uuid.UUID(bytes=bytes(cid))) if cid else None, body or "")
                for at, sender, kind, cid, body in rows
            ]
            found[c] = StoredConversation(seq, rev, messages)
        return found
    finally:
        database.close()
