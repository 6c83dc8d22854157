"""One file that is everything: `dev/package` puts the web client behind the server."""

import gzip
import pathlib
import subprocess
import urllib.error
import urllib.request

import pytest
from serverprocess import ServerProcess, command_from

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = "<!doctype html><title>from inside the executable</title>"


@pytest.fixture(scope="module")
def packed(tmp_path_factory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("package")
    assets = folder / "web" / "assets"
    assets.mkdir(parents=True)
    (folder / "web" / "index.html").write_text(PAGE)
    (assets / "main-1a.js").write_text("0")
    (assets / "main-1a.js.gz").write_bytes(gzip.compress(b"0"))
    (assets / "empty-1a.css").write_text("")
    server = command_from("PARLEY_BIN", "parley")
    subprocess.run([ROOT / "dev" / "package", server, folder / "web", folder / "parley"], check=True)
    return folder / "parley"


def get(url: str, **headers: str) -> tuple[bytes, str | None]:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as answer:
        return answer.read(), answer.headers["Content-Encoding"]


def test_the_file_alone_serves_the_client(packed, tmp_path):
    server = ServerProcess([str(packed), "serve", "--port", "0", "--data", str(tmp_path / "data")])
    try:
        assert get(server.url) == (PAGE.encode(), None)
        assert get(f"{server.url}/c/cnv_x/12")[0] == PAGE.encode()
        assert get(f"{server.url}/assets/empty-1a.css")[0] == b""
        body, encoding = get(f"{server.url}/assets/main-1a.js", **{"Accept-Encoding": "gzip"})
        assert (gzip.decompress(body), encoding) == (b"0", "gzip")
        with pytest.raises(urllib.error.HTTPError) as missing:
            get(f"{server.url}/assets/main-2b.js")
        assert missing.value.code == 404
    finally:
        assert server.stop() == 0


@pytest.mark.parametrize("place", [-24, -16, -40], ids=["length of the contents", "length of the index", "index"])
def test_a_damaged_file_says_so(packed, tmp_path, place):
    damaged = tmp_path / "parley"
    data = bytearray(packed.read_bytes())
    data[place : place + 4] = b"\xff\xff\xff\x7f"
    damaged.write_bytes(data)
    damaged.chmod(0o755)
    command = [str(damaged), "serve", "--port", "0", "--data", str(tmp_path / "data")]
    run = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert run.returncode not in (0, -4, -5, -11), run
    assert "the web client inside this executable is damaged" in run.stderr


def test_a_folder_that_is_named_wins(packed, tmp_path):
    (tmp_path / "index.html").write_text("another")
    server = ServerProcess([str(packed), "serve", "--port", "0", "--data", str(tmp_path / "data"), "--web", str(tmp_path)])
    try:
        assert get(server.url)[0] == b"another"
    finally:
        assert server.stop() == 0
