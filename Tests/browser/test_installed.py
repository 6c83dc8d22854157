"""The page as an installed program: it opens without a connection, keeps what waits, and takes a new version when asked."""
from __future__ import annotations

import json
import shutil

import pytest
from playwright.sync_api import expect

import conftest

READY = "() => navigator.serviceWorker.ready.then(worker => worker.active.state === 'activated')"


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A build of the client that a test may change."""
    copy = tmp_path / "site"
    shutil.copytree(conftest.WEB, copy)
    monkeypatch.setattr(conftest, "WEB", copy)
    return copy


@pytest.fixture
def installed(member):
    def make(name: str):
        person = member(name, service_workers="allow")
        person.page.wait_for_function(READY)
        return person

    return make


def test_it_can_be_installed(site, server, installed):
    ada = installed("Ada Lovelace")
    manifest = json.loads(ada.page.request.get(f"{ada.url}/manifest.webmanifest").text())
    assert manifest["display"] == "standalone" and manifest["start_url"] == "/"
    sizes = {(icon["sizes"], icon.get("purpose", "any")) for icon in manifest["icons"]}
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= sizes
    for icon in manifest["icons"]:
        assert ada.page.request.get(f"{ada.url}{icon['src']}").ok, icon
    worker = ada.page.request.get(f"{ada.url}/sw.js")
    assert worker.headers["cache-control"] == "no-cache"


def test_it_opens_without_a_server_and_comes_back_by_itself(site, server, installed):
    ada = installed("Ada Lovelace")
    server.kill()
    ada.page.reload()
    expect(ada.page.get_by_role("button", name="Try again")).to_be_visible()
    # Nothing of what the server says is kept by the worker.
    kept = ada.page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async name => (await (await caches.open(name)).keys()).map(r => new URL(r.url).pathname)))).flat()"
    )
    assert kept and not [path for path in kept if path.startswith(("/api", "/files", "/socket.io"))]
    server.start()
    expect(ada.search).to_be_visible(timeout=30_000)


def test_a_new_version_waits_until_it_is_wanted(site, server, installed):
    ada = installed("Ada Lovelace")
    ada.page.reload()
    expect(ada.search).to_be_visible()
    worker = site / "sw.js"
    worker.write_text(worker.read_text() + "\n// newer\n")
    for form in (".gz", ".br"):
        (site / f"sw.js{form}").unlink()
    server.stop()
    server.start()
    ada.page.evaluate("() => navigator.serviceWorker.getRegistration().then(it => it.update())")
    notice = ada.page.get_by_text("A new version is ready.")
    expect(notice).to_be_visible()
    ada.page.evaluate("() => { window.mark = 1; }")
    with ada.page.expect_navigation():
        ada.page.get_by_role("button", name="Reload").click()
    expect(ada.search).to_be_visible()
    assert ada.page.evaluate("() => window.mark") is None
    expect(notice).to_be_hidden()
