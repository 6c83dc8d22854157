"""One run: a server, a bad network, people with devices, and in the end the checker. Everything follows from the seed."""

from __future__ import annotations

import asyncio
import pathlib
import random
import sys
import tempfile
from dataclasses import dataclass, field

HERE = pathlib.Path(__file__).resolve().parent
for folder in ("system", "support"):
    sys.path.append(str(HERE.parent / folder))

from chat import Account, Parley, Person, found_server  # noqa: E402
from checker import check, differences  # noqa: E402
from devices import Devices  # noqa: E402
from proxy import CALM, FaultProxy, Weather  # noqa: E402
from store import read_store  # noqa: E402

HASTE = 10
# Without losses a device has what it needs at once; a loss that nothing follows shows at the second tick, a minute away.
SETTLING, SETTLING_BY_TICKS = 40.0, 100.0
TRAVELS = (["websocket"], ["websocket"], ["polling", "websocket"], ["polling"])


@dataclass
class Plan:
    """How large a run is."""

    people: int = 4
    steps: int = 60
    kills: bool = True
    losses: bool = False


@dataclass
class Outcome:
    """What a run found."""

    seed: int
    wrong: list[str] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)


class Run:
    def __init__(self, seed: int, plan: Plan, module: str):
        self.dice = random.Random(seed)
        self.plan = plan
        self.outcome = Outcome(seed)
        self.devices = Devices(module)
        self.owner: dict[str, str] = {}
        self.closed: dict[str, float] = {}
        self.said = 0
        self.doing = "prepare"
        self.figures = self.outcome.figures

    async def go(self) -> Outcome:
        with tempfile.TemporaryDirectory(prefix="parley-prove-") as folder:
            options = ("--ping-interval", "1500", "--ping-timeout", "1000")
            self.server = Parley(pathlib.Path(folder, "data"), *options).start()
            with self.server:
                self.proxy = await FaultProxy(random.Random(self.dice.random())).start()
                self.aim()
                await self.devices.start()
                try:
                    await self.prepare()
                    await self.storm()
                    await self.settle()
                    await self.judge()
                finally:
                    await self.devices.stop()
                    await self.proxy.stop()
        return self.outcome

    def aim(self):
        self.proxy.target = (self.server.running.host, self.server.running.port)

    async def prepare(self):
        """People, rooms with different members, and devices that travel differently."""
        self.accounts = await asyncio.to_thread(found_server, self.server, self.plan.people)
        owner = await Person(self.server, self.accounts[0]).connect()
        everybody = [account.id for account in self.accounts[1:]]
        room = await owner.must("room.create", {"name": "Harbour", "public": True, "members": everybody})
        pair = await owner.must("dm", {"u": everybody[0]})
        small = await owner.must("room.create", {"name": "Pier", "public": False, "members": everybody[:2]})
        self.rooms = {
            room["conv"]["c"]: self.accounts, pair["conv"]["c"]: self.accounts[:2], small["conv"]["c"]: self.accounts[:3]
        }
        await owner.leave()
        for account in self.accounts:
            for number in range(self.dice.choice((1, 1, 2))):
                await self.open(f"{account.me['username']}/{number}", account)

    async def open(self, device: str, account: Account, url: str | None = None, travel: list[str] | None = None):
        options = {
            "url": url or self.proxy.url, "token": account.token, "me": account.me, "haste": HASTE,
            "transports": travel or self.dice.choice(TRAVELS),
        }
        self.owner[device] = account.id
        await self.devices.do("open", device, options=options)

    # -- the storm --

    async def storm(self):
        steps = (
            (30, self.write), (10, self.look), (4, self.reload), (6, self.change_weather), (5, self.cut), (3, self.stall),
            (1 if self.plan.kills else 0, self.kill), (8, self.breathe),
        )
        weights, acts = zip(*steps)
        for _ in range(self.plan.steps):
            act = self.dice.choices(acts, weights)[0]
            self.count(act.__name__)
            self.doing = act.__name__
            await act()
            await asyncio.sleep(self.dice.random() * 0.08)

    def some_device(self) -> str:
        return self.dice.choice(list(self.owner))

    def room_of(self, device: str) -> str:
        return self.dice.choice([
            c for c, members in self.rooms.items() if any(member.id == self.owner[device] for member in members)
        ])

    async def write(self):
        device = self.some_device()
        c = self.room_of(device)
        for _ in range(self.dice.choice((1, 1, 1, 2, 5))):
            self.said += 1
            await self.devices.do("write", device, c=c, body=f"{device} says {self.said}")

    async def look(self):
        device = self.some_device()
        await self.devices.do("look", device, c=self.dice.choice([None, self.room_of(device), self.room_of(device)]))

    async def reload(self):
        await self.devices.do("reload", self.some_device())

    async def change_weather(self):
        roll = self.dice.random
        self.proxy.weather = self.dice.choice((
            CALM,
            Weather(delay=0.3 * roll()),
            Weather(double_up=0.3, double_down=0.3),
            Weather(drop_down=self.loss(0.25 * roll())),
            Weather(delay=0.1 * roll(), drop_down=self.loss(0.1), double_up=0.2, double_down=0.2, no_websocket=0.5),
        ))

    def loss(self, share: float) -> float:
        return share if self.plan.losses else 0

    async def cut(self):
        self.proxy.cut_some(self.dice.choice((0.3, 1.0)))

    async def stall(self):
        stalled = self.proxy.stall_some(0.5)
        await asyncio.sleep(self.dice.choice((0.1, 0.5, 3.0)))
        if self.dice.random() < 0.5:
            self.proxy.release(stalled)
        else:
            for passage in stalled:
                passage.cut()

    async def kill(self):
        self.proxy.target = None
        self.server.kill()
        await asyncio.to_thread(self.server.running.stop)
        self.proxy.cut_some(1.0)
        await asyncio.to_thread(self.server.start)
        self.aim()

    async def breathe(self):
        await asyncio.sleep(0.3)

    def count(self, what: str, by: int = 1):
        self.figures[what] = self.figures.get(what, 0) + by

    # -- the end --

    async def settle(self):
        """The network is well. Every device must become equal to a fresh one by itself, in bounded time."""
        self.doing = "settle"
        self.proxy.weather = CALM
        for passage in list(self.proxy.passages):
            passage.flowing.set()
        fresh = {}
        for account in self.accounts:
            fresh[account.id] = f"fresh {account.me['username']}"
            mine = [c for c, members in self.rooms.items() if account in members]
            await self.open(fresh[account.id], account, self.server.url, ["websocket"])
            del self.owner[fresh[account.id]]
            for c in mine:
                await self.devices.do("look", fresh[account.id], c=c)
            await self.devices.do("look", fresh[account.id])
        deadline = asyncio.get_running_loop().time() + (SETTLING_BY_TICKS if self.plan.losses else SETTLING)
        while True:
            self.fresh = {user: await self.devices.report(device) for user, device in fresh.items()}
            self.reports = {device: await self.devices.report(device) for device in self.owner}
            if not self.unsettled() or asyncio.get_running_loop().time() > deadline:
                return
            await asyncio.sleep(0.2)

    def unsettled(self) -> bool:
        if any(not report["online"] for report in self.fresh.values()):
            return True
        return any(
            not report["online"] or any(item["state"] != "sent" for item in report["outbox"])
            or differences(report, self.fresh[self.owner[device]])
            for device, report in self.reports.items()
        )

    async def judge(self):
        self.doing = "judge"
        status = await asyncio.to_thread(self.server.wait_for_end)
        if status != 0:
            self.outcome.wrong.append(f"the server ended with status {status}")
        store = read_store(self.server.data)
        self.outcome.wrong += [f"{device}: not connected in the end" for device, report in self.reports.items() if not report["online"]]
        self.outcome.wrong += check(self.reports, self.fresh, self.owner, store)
        self.count("messages", sum(len(conversation.messages) for conversation in store.values()))
        self.count("acknowledged", sum(len(report["acknowledged"]) for report in self.reports.values()))
        for name, value in vars(self.proxy.counts).items():
            self.count(name, value)
