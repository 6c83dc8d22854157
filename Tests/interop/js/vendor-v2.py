#!/usr/bin/env python3
"""Puts the official Socket.IO 2.0.3 browser client into build/, for the tests of v2.test.mjs; it is not committed.

The gdbgui wheel on PyPI carries it (MIT licence); the checksum is that of the file there. Quiet when it is there already.
"""
import hashlib
import pathlib
import subprocess
import sys
import tempfile
import zipfile

SHA256 = "ba453da406d66223b9d920cd3dccfe436c6a9bee08a9eedd106377775acbb4af"
WHEEL = "gdbgui==0.13.2.2"
MEMBER = "gdbgui/static/vendor/js/socket.io-2.0.3.min.js"
TARGET = pathlib.Path(__file__).resolve().parents[3] / "build" / "socket.io-client-2.0.3.min.js"


def fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def download() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "-q", "--no-deps"]
        subprocess.run([*pip, "--only-binary=:all:", "-d", folder, WHEEL], check=True)
        wheel = next(pathlib.Path(folder).glob("*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            return archive.read(MEMBER)


def main() -> None:
    if TARGET.exists() and fingerprint(TARGET.read_bytes()) == SHA256:
        return
    data = download()
    if fingerprint(data) != SHA256:
        sys.exit(f"{MEMBER} of {WHEEL} has another checksum than it had: nothing written")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(data)


main()
