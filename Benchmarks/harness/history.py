"""A chat with millions of messages: how long a page of history, the list of conversations with what is unread, and a search take.

The messages are written straight into the database, as the server would have left them, the index of words included; the people, the
rooms and everything that is asked go through the server.
"""

import argparse
import datetime
import itertools
import json
import os
import pathlib
import platform
import random
import shutil
import sqlite3
import sys
import time

from chatserver import must, owner, parley, populated, room
from measuring import ROOT, commit, progress, resident, said
from rawclient import Client

ROOMS = 200
PEOPLE = 50
BIG = 10  # the first room has so many times the messages of another
SPAN = 2 * 365 * 86_400_000  # milliseconds between the first message and the last


def options():
    parser = argparse.ArgumentParser(prog="bin/bench history", description=__doc__)
    parser.add_argument("--parley", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=40, help="how often each question is asked")
    parser.add_argument("--again", action="store_true", help="ask a database that an earlier run has made")
    return parser.parse_args()


def sentences(rng: random.Random, count: int) -> list[str]:
    """Halves of messages, of words as unevenly used as those of a language."""
    syllables = ["ka", "lo", "mi", "ter", "san", "vo", "el", "dru", "pen", "is", "ba", "rin", "qu", "so", "fa", "ly"]
    words = sorted({"".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(20_000)})
    rng.shuffle(words)
    weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(words))))
    return [" ".join(rng.choices(words, cum_weights=weights, k=rng.randint(2, 9))) for _ in range(count)]


def prepare(chosen, folder: pathlib.Path) -> dict:
    """People and rooms, by the server."""
    people = populated(chosen.parley, ROOT / "build" / "bench" / "chat" / "people" / "data", 256)[:PEOPLE]
    data = folder / "data"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "build" / "bench" / "chat" / "people" / "data", data)
    with parley(chosen.parley, data) as server:
        client = Client(server.port, auth={"token": owner(server.url).token})
        rooms = [room(client, f"Room {number}", [person["u"] for person in people]) for number in range(ROOMS)]
        client.close()
        server.stop()
    return {"rooms": rooms, "people": people}


def fill(chosen, data: pathlib.Path, made: dict):
    """Writes the messages, oldest first, and the index of words beside them."""
    rng = random.Random(20261126)
    halves = sentences(rng, 3000)
    db = sqlite3.connect(data / "parley.sqlite", isolation_level=None)
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000; PRAGMA temp_store = MEMORY;")
    ids = {pub: (key, seq, n) for pub, key, seq, n in db.execute("SELECT pub, id, last_seq, last_n FROM conversations")}
    senders = [db.execute("SELECT id FROM users WHERE pub = ?", (person["u"],)).fetchone()[0] for person in made["people"]]
    rooms = [list(ids[pub]) for pub in made["rooms"]]
    turn = rooms + [rooms[0]] * (BIG - 1)
    rng.shuffle(turn)
    began, step = int(time.time() * 1000) - SPAN, SPAN / chosen.messages
    done, used = 0, -1
    db.execute("DELETE FROM search_queue")
    while done < chosen.messages:
        messages, documents, words = [], [], []
        for number in range(done, min(done + 100_000, chosen.messages)):
            place = turn[number % len(turn)]
            place[1] += 1
            place[2] += 1
            at = began + int(number * step)
            key, sender = place[0] << 32 | place[1], senders[number * 7919 % len(senders)]
            # 31 and 8191 are prime to the number of halves: nine million different messages.
            body = f"{halves[number % 3000]} {halves[(number // 3000 * 31 + number * 8191) % 3000]}"
            mid = max(at << 10, used + 1)
            used = mid
            messages.append((key, sender, at, place[2], body))
            documents.append((mid, key))
            words.append((mid, body, f"m c{place[0]} u{sender}"))
        db.execute("BEGIN")
        db.executemany("INSERT INTO messages (k, sender_id, ts, n, kind, body) VALUES (?, ?, ?, ?, 0, ?)", messages)
        db.executemany("INSERT INTO search_docs (mid, k) VALUES (?, ?)", documents)
        db.executemany("INSERT INTO search_index (rowid, body, scope) VALUES (?, ?, ?)", words)
        db.execute("COMMIT")
        done += len(messages)
        progress(f"{done:,} of {chosen.messages:,} messages")
    for key, seq, n in rooms:
        last = db.execute("SELECT ts FROM messages WHERE k = ?", (key << 32 | seq,)).fetchone()[0]
        db.execute("UPDATE conversations SET last_seq = ?, last_n = ?, last_ts = ? WHERE id = ?", (seq, n, last, key))
    db.execute("DELETE FROM meta WHERE key = 'search_from'")
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
    made["last"] = {pub: seq for pub, (_, seq, _) in zip(made["rooms"], rooms)}
    made["halves"] = halves


def questions(made: dict, rng: random.Random) -> dict:
    """What is asked: a name, and a function that makes the event and its payload anew each time."""
    big, others = made["rooms"][0], made["rooms"][1:]
    last, common = made["last"], [word for half in made["halves"][:400] for word in half.split()]
    counts: dict[str, int] = {}
    for half in made["halves"]:
        for word in half.split():
            counts[word] = counts.get(word, 0) + 1
    by_use = sorted(counts, key=counts.get)
    rare, frequent = by_use[:300], by_use[-20:]
    longer = [word for word in common if len(word) > 4]
    return {
        "the newest page of a room": lambda: ("page", {"c": rng.choice(others), "limit": 50}),
        "a page in the middle of the largest room": lambda: (
            "page", {"c": big, "around": rng.randint(100, last[big] - 100), "limit": 50}),
        "the oldest page of the largest room": lambda: ("page", {"c": big, "before": 51, "limit": 50}),
        "what came after a day away (gap of 200)": lambda: ("gap", {"c": big, "from": last[big] - 199, "limit": 200}),
        f"the list of {len(made['rooms'])} conversations with what is unread": lambda: ("sync", {}),
        "search: a rare word": lambda: ("search", {"q": rng.choice(rare) + " ", "limit": 20}),
        "search: one of the 20 most frequent words": lambda: ("search", {"q": rng.choice(frequent) + " ", "limit": 20}),
        "search: two words": lambda: ("search", {"q": f"{rng.choice(longer)} {rng.choice(longer)} ", "limit": 20}),
        "search: the beginning of a word": lambda: ("search", {"q": rng.choice(longer)[:4], "limit": 20}),
        "search: a phrase": lambda: ("search", {"q": '"' + " ".join(rng.choice(made["halves"]).split()[:3]) + '"', "limit": 20}),
        "search: a word of one person": lambda: ("search", {"q": f"{rng.choice(longer)} from:writer{rng.randrange(PEOPLE)}", "limit": 20}),
        "search: a word in one room": lambda: ("search", {"q": f"{rng.choice(longer)} in:{rng.choice(others)}", "limit": 20}),
    }


def forget_pages(path: pathlib.Path):
    """The system's cache of the file is dropped, so that the first answer comes from the disk."""
    with open(path, "rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def main() -> int:
    chosen = options()
    folder = ROOT / "build" / "bench" / "history"
    known = folder / "made.json"
    if chosen.again and known.exists():
        made = json.loads(known.read_text())
    else:
        began = time.monotonic()
        made = prepare(chosen, folder)
        fill(chosen, folder / "data", made)
        made["messages"] = chosen.messages
        known.write_text(json.dumps(made))
        said(f"{chosen.messages:,} messages written in {time.monotonic() - began:.0f} s")
    size = (folder / "data" / "parley.sqlite").stat().st_size
    forget_pages(folder / "data" / "parley.sqlite")
    rng, rows = random.Random(7), {}
    began = time.monotonic()
    with parley(chosen.parley, folder / "data") as server:
        started = time.monotonic() - began
        client = Client(server.port, auth={"token": owner(server.url).token}, timeout=300)
        number = 10
        for name, ask in questions(made, rng).items():
            times, answers = [], 0
            for _ in range(chosen.times):
                number += 1
                event, payload = ask()
                at = time.perf_counter()
                answer = must(client, number, event, payload)
                times.append(time.perf_counter() - at)
                answers += len(answer.get("msgs") or answer.get("convs") or answer.get("hits") or [])
            if not answers:
                raise RuntimeError(f"{name}: never an answer")
            first, ordered = times[0], sorted(times)
            rows[name] = {"first_ms": first * 1000, "p50_ms": ordered[len(ordered) // 2] * 1000, "longest_ms": ordered[-1] * 1000,
                          "answers": answers / chosen.times}
            progress(name)
        memory = resident(server.process.pid)
        client.close()
    said("done")
    print(f"\n{made['messages']:,} messages in {ROOMS} rooms of {PEOPLE + 1}, the largest with {made['last'][made['rooms'][0]]:,};"
          f" {size / 1e9:.2f} GB of database; the server answers {started:.2f} s after its start and then holds {memory / 1e6:.0f} MB\n")
    print("| | first, from the disk | median | longest | of it |\n|---|---|---|---|---|")
    for name, row in rows.items():
        print(f"| {name} | {row['first_ms']:.1f} ms | {row['p50_ms']:.1f} ms | {row['longest_ms']:.1f} ms | {row['answers']:.0f} |")
    now = datetime.datetime.now()
    output = ROOT / "build" / "bench" / f"history-{now:%Y%m%d-%H%M%S}.json"
    output.write_text(json.dumps({
        "date": now.isoformat(timespec="seconds"), "commit": commit(), "machine": platform.platform(), "messages": made["messages"],
        "bytes": size, "rows": rows}, indent=1))
    print(f"\nwritten to {output.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
