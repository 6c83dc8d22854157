"""Whoever may no longer be here is gone within a second: revoked devices, new passwords, closed accounts."""

import asyncio
import json
import time
import urllib.request

import pytest
from chat import PASSWORD, Account, Parley, connect_all, found_server


@pytest.fixture
def server(tmp_path):
    with Parley(tmp_path / "data").start() as server:
        yield server


def change(server: Parley, account: Account, method: str, route: str, body: dict | None = None) -> int:
    request = urllib.request.Request(
        server.url + route, json.dumps(body or {}).encode(), {"Content-Type": "application/json", "X-Parley": "1"}, method=method
    )
    with account.opener.open(request, timeout=20) as answer:
        return answer.status


async def measure(server: Parley, account: Account, work) -> float:
    """Seconds from the beginning of the change to the end of the connection."""
    person, stays = await connect_all(server, [account, work.stays])
    began = time.monotonic()
    status = await asyncio.to_thread(work, server)
    await asyncio.wait_for(person.gone.wait(), 20)
    took = time.monotonic() - began
    assert status in (200, 204)
    assert not stays.gone.is_set()
    await stays.must("sync", {})
    await stays.leave()
    return took


class Work:
    def __init__(self, stays: Account, *request):
        self.stays, self.request = stays, request

    def __call__(self, server: Parley) -> int:
        return change(server, self.stays, *self.request)


def second_device(server: Parley, username: str) -> Account:
    return Account(server, "/api/signin", {"username": username, "password": PASSWORD})


@pytest.mark.parametrize("what", ["others revoked", "one revoked", "password", "banned", "deactivated", "by an administrator"])
def test_gone_within_a_second(server, what):
    owner, guest = found_server(server, 2)
    if what in ("banned", "deactivated"):
        leaves, work = guest, Work(owner, "PATCH", f"/api/admin/people/{guest.id}", {"state": what})
    elif what == "by an administrator":
        leaves, work = guest, Work(owner, "DELETE", f"/api/admin/people/{guest.id}/sessions")
    else:
        leaves = second_device(server, "guest1")
        if what == "password":
            work = Work(guest, "POST", "/api/me/password", {"current": PASSWORD, "password": "another long harbour 7"})
        elif what == "others revoked":
            work = Work(guest, "DELETE", "/api/me/sessions")
        else:
            with guest.opener.open(server.url + "/api/me/sessions", timeout=20) as answer:
                sessions = json.load(answer)["sessions"]
            other = next(session["id"] for session in sessions if not session["current"])
            work = Work(guest, "DELETE", f"/api/me/sessions/{other}")
    took = asyncio.run(measure(server, leaves, work))
    print(f"{what}: gone after {took * 1000:.0f} ms")
    assert took < 1
