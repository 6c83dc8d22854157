"""Previews from end to end, of pages of a server of this machine; and nothing of it where that may not be reached."""

import asyncio
import http.server
import threading

import pytest
from chat import PATIENCE, Parley, connect_all, found_server, new_cid

PAGE = b"""<html><head><title>plain</title><meta property="og:title" content="A page &amp; more">
<meta property="og:description" content="About it"></head></html>"""


@pytest.fixture
def site():
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            if self.path == "/moved":
                self.send_response(302)
                self.send_header("Location", "/page")
                self.end_headers()
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


async def said(server: Parley, body: str, wait: bool):
    """The message after its preview has come, or after another one that has none has gone by."""
    (account,) = found_server(server, 1)
    (owner,) = await connect_all(server, [account])
    room = (await owner.must("room.create", {"name": "Links", "public": True}))["conv"]["c"]
    changed = asyncio.get_running_loop().create_future()
    owner.client.on("chg", lambda data: changed.done() or changed.set_result(data))
    sent = await owner.must("send", {"c": room, "cid": new_cid(), "body": body})
    if wait:
        change = await asyncio.wait_for(changed, PATIENCE)
        assert change["k"] == "preview" and change["seq"] == sent["seq"]
        again = (await owner.must("page", {"c": room}))["msgs"][-1]
        assert again == change["msg"]
        gone = await owner.must("unpreview", {"c": room, "seq": sent["seq"], "mid": new_cid()})
        assert gone["rev"] == change["rev"] + 1
    await owner.leave()
    return change["msg"] if wait else None


@pytest.mark.parametrize("path", ["/page", "/moved"])
def test_a_page_is_shown_beneath_its_message(tmp_path, site, path):
    url, asked = site
    with Parley(tmp_path / "data", "--outbound-allow", "127.0.0.1").start() as server:
        message = asyncio.run(said(server, f"see {url}{path}", True))
    assert message["previews"] == [{"url": url + path, "title": "A page & more", "text": "About it"}]
    assert asked[-1] == "/page"


def test_what_is_inside_is_not_asked(tmp_path, site):
    url, asked = site
    with Parley(tmp_path / "data").start() as server:
        asyncio.run(said(server, f"see {url}/secret", False))
        server.wait_for_end()
    assert asked == []
