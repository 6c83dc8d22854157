#!/usr/bin/env python3
"""Puts the official Socket.IO browser client into web/vendor, for machines without the npm registry.

The file is dist/socket.io.min.js of socket.io-client 4.8.1 (MIT licence). The nicegui wheel on PyPI carries it unchanged;
the checksum below is that of the upstream release, so it does not matter where the bytes come from.
Quiet when the right file is already there.
"""
import hashlib
import pathlib
import subprocess
import sys
import tempfile
import zipfile

SHA256 = "b0e735814f8dcfecd6cdb8a7ce95a297a7e1e5f2727a29e6f5901801d52fa0c5"
WHEEL = "nicegui==3.18.0"
MEMBER = "nicegui/static/socket.io.min.js"
TARGET = pathlib.Path(__file__).resolve().parent.parent / "vendor" / "socket.io-client" / "socket.io.min.js"


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
        sys.exit(f"{MEMBER} of {WHEEL} is not socket.io-client 4.8.1: checksum mismatch, nothing written")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(data)
    print(f"socket.io-client 4.8.1: {len(data)} bytes")


main()
