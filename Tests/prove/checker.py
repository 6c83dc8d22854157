"""Holds what every device showed, and what is on disk, against the promise.

I1 durability   what was acknowledged is on disk, at the seq that the acknowledgement named
I2 once         a client message id is stored once, and shown once by every device
I3 one order    seq has no holes, and every device shows the same message at the same seq
I4 no hole      what a device shows is contiguous at every moment (watched by the device itself)
I5 whole        in the end every device equals a fresh one, and nothing waits in an outbox
I6 markers      a read marker never moves back (watched by the device itself)
"""

from __future__ import annotations

from store import StoredConversation


def check(reports: dict[str, dict], fresh: dict[str, dict], owner: dict[str, str], store: dict[str, StoredConversation]) -> list[str]:
    """Everything that is wrong; empty when the promise was kept. `owner` names the person of each device."""
    wrong: list[str] = []
    wrong += [f"{device}: {what}" for device, report in reports.items() for what in report["violations"]]
    wrong += check_store(store)
    by_cid = {message.cid: (c, message) for c, conversation in store.items() for message in conversation.messages if message.cid}
    for device, report in reports.items():
        wrong += [f"{device}: {what}" for what in check_writing(report, by_cid)]
        wrong += [f"{device}: {what}" for what in check_view(report, store)]
        wrong += [f"{device}: {what}" for what in differences(report, fresh[owner[device]])]
    everything = {cid for report in reports.values() for cid in report["written"]}
    wrong += [f"nobody wrote {cid}" for cid, (_, message) in by_cid.items() if cid not in everything and message.kind == "text"]
    return wrong


def check_store(store: dict[str, StoredConversation]) -> list[str]:
    wrong = []
    for c, conversation in store.items():
        seqs = [message.seq for message in conversation.messages]
        if seqs != list(range(1, conversation.seq + 1)):
            wrong.append(f"disk: {c} counts to {conversation.seq} and holds {len(seqs)} messages: {first_break(seqs)}")
        cids = [message.cid for message in conversation.messages if message.cid]
        if len(cids) != len(set(cids)):
            wrong.append(f"disk: {c} holds a client message id twice")
    return wrong


def check_writing(report: dict, by_cid: dict) -> list[str]:
    wrong = []
    for cid, written in report["written"].items():
        c, stored = by_cid.get(cid, (None, None))
        if stored is None:
            wrong.append(f"LOST: {written['body']!r} was written and is not on disk")
        elif (c, stored.body) != (written["c"], written["body"]):
            wrong.append(f"CHANGED: {written} is stored in {c} as {stored}")
    for cid, seq in report["acknowledged"]:
        _, stored = by_cid.get(cid, (None, None))
        if stored is None or stored.seq != seq:
            wrong.append(f"acknowledged {cid} as {seq}, on disk {stored}")
    wrong += [f"still in the outbox: {item}" for item in report["outbox"] if item["state"] != "sent"]
    return wrong


def check_view(report: dict, store: dict[str, StoredConversation]) -> list[str]:
    wrong = []
    for c, window in report["windows"].items():
        stored = {message.seq: message for message in store[c].messages}
        for shown in window["msgs"]:
            message = stored.get(shown["seq"])
            if message is None or (message.body, message.sender, message.cid) != (shown["body"], shown["from"], shown.get("cid") or None):
                wrong.append(f"{c}: shows {shown}, on disk {message}")
    return wrong


def differences(report: dict, fresh: dict) -> list[str]:
    """How a device differs from one that was opened after everything was over."""
    wrong = []
    if report["convs"] != fresh["convs"]:
        for c in report["convs"].keys() | fresh["convs"].keys():
            one, other = report["convs"].get(c), fresh["convs"].get(c)
            if one != other:
                wrong.append(f"{c}: {one}, a fresh device: {other}")
    for c, window in report["windows"].items():
        top = fresh["convs"].get(c, {}).get("seq")
        shown = window["msgs"][-1]["seq"] if window["msgs"] else 0
        if shown != top:
            wrong.append(f"{c}: shows up to {shown} of {top}")
        complete = {msg["seq"]: msg for msg in fresh["windows"].get(c, {}).get("msgs", [])}
        for msg in window["msgs"]:
            if msg["seq"] in complete and complete[msg["seq"]] != msg:
                wrong.append(f"{c}: shows {msg}, a fresh device {complete[msg['seq']]}")
    return wrong


def first_break(seqs: list[int]) -> str:
    for place, (one, other) in enumerate(zip([0, *seqs], seqs)):
        if other != one + 1:
            return f"... {seqs[max(place - 2, 0):place + 4]} ..."
    return "complete"
