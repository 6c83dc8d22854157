"""The examples of docs/rest-api.md do what stands beneath them."""

import json
import os
import pathlib
import re
import subprocess
import urllib.request

from chat import Parley, found_server

GUIDE = pathlib.Path(__file__).parents[2] / "docs" / "rest-api.md"


def examples() -> list[tuple[str, str | None]]:
    """Each block of commands, with the answer of its last one where that stands in the guide."""
    blocks = re.findall(r"```(sh|json|python)\n(.*?)```", GUIDE.read_text(), re.S)
    found = []
    for kind, text in blocks:
        if kind == "sh":
            found.append((text, None))
        elif kind == "json":
            found[-1] = (found[-1][0], text)
    return found


def test_the_examples_of_the_guide(tmp_path):
    with Parley(tmp_path / "data").start() as server:
        (owner,) = found_server(server, 1)
        bot = owner.post(server, "/api/admin/bots", {"username": "helper", "name": "Helper"})
        environment = {**os.environ, "PARLEY": server.url, "TOKEN": bot["token"], "PERSON": owner.me["username"]}
        environment["HOOK"] = server.url + hook(server, owner)
        script, expected = "set -euo pipefail\n", []
        for commands, answer in examples():
            *before, last = re.split(r"\n(?!  )", commands.rstrip("\n"))
            # What the earlier commands of a block print is theirs alone.
            script += "{\n" + "\n".join(before) + "\n} > /dev/null\n" if before else ""
            script += f"{last} > answer-{len(expected)}\n"
            expected.append(answer)
        ran = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
        assert ran.returncode == 0, ran.stderr
        assert len(expected) >= 8
        for number, answer in enumerate(expected):
            if answer is not None:
                assert shape(json.loads((tmp_path / f"answer-{number}").read_text())) == shape(json.loads(answer))


def shape(value):
    """Names of fields, to the depth that the guide shows."""
    if isinstance(value, dict):
        return {name: shape(part) for name, part in value.items() if name not in ("peer", "marks")}
    if isinstance(value, list):
        return [shape(part) for part in value]
    return type(value).__name__


def hook(server: Parley, owner) -> str:
    room = rest(server, owner, "/api/v1/conversations", {"name": "Deployments", "public": True})["conversation"]["c"]
    return owner.post(server, f"/api/conversations/{room}/hooks", {"kind": "in", "name": "Deploy"})["url"]


def rest(server: Parley, account, route: str, body: dict) -> dict:
    headers = {"Authorization": f"Bearer {account.token}", "Content-Type": "application/json"}
    request = urllib.request.Request(server.url + route, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)
