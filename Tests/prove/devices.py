"""The devices of a run, seen from Python: a process that holds them and answers commands."""

from __future__ import annotations

import asyncio
import json
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PATIENCE = 60


def bundle() -> str:
    """Builds the web client's state and connection for Node; the path of the module."""
    output = pathlib.Path(tempfile.mkdtemp(prefix="parley-prove-"), "device.mjs")
    subprocess.run(["node", HERE / "build-device.mjs", output], check=True)
    return str(output)


class Devices:
    """Commands are answered in order."""

    def __init__(self, module: str):
        self.module = module
        self.process: asyncio.subprocess.Process | None = None
        self.turn = asyncio.Lock()

    async def start(self) -> Devices:
        self.process = await asyncio.create_subprocess_exec(
            "node", str(HERE / "devices.mjs"), self.module,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, limit=64 << 20,
        )
        return self

    async def do(self, what: str, device: str, **more: object) -> dict:
        async with self.turn:
            self.process.stdin.write(json.dumps({"do": what, "id": device, **more}).encode() + b"\n")
            await self.process.stdin.drain()
            try:
                line = await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)
            except TimeoutError:
                raise RuntimeError(f"{what} {device}: no answer in {PATIENCE} s") from None
        if not line:
            raise RuntimeError("the process with the devices ended")
        answer = json.loads(line)
        if not answer["ok"]:
            raise RuntimeError(f"{what} {device}: {answer['error']}")
        return answer

    async def report(self, device: str) -> dict:
        return (await self.do("report", device))["report"]

    async def stop(self):
        self.process.stdin.close()
        try:
            await asyncio.wait_for(self.process.wait(), 10)
        except TimeoutError:
            self.process.kill()
            await self.process.wait()
