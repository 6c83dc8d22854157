"""Certificates for one test run, made with openssl."""

import pathlib
import subprocess

EXTENSIONS = {
    "root": "basicConstraints=critical,CA:TRUE\nsubjectKeyIdentifier=hash",
    "server": "subjectAltName=DNS:localhost,IP:127.0.0.1\nauthorityKeyIdentifier=keyid",
    "client": "extendedKeyUsage=clientAuth\nauthorityKeyIdentifier=keyid",
}


def run(*command: str):
    subprocess.run(command, check=True, capture_output=True)


class Authority:
    """A root and what it vouches for: each name is a pair of files, `NAME.crt` and `NAME.key`."""

    def __init__(self, folder: pathlib.Path, name: str = "root"):
        self.folder, self.name = folder, name
        self._make(name, "root")

    def _make(self, name: str, kind: str):
        (self.folder / "extensions").write_text(EXTENSIONS[kind])
        key, request = self.path(name, "key"), self.path(name, "csr")
        run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key)
        run("openssl", "req", "-new", "-key", key, "-subj", f"/CN={name}", "-out", request)
        signer = ["-signkey", key]
        if kind != "root":
            signer = ["-CA", self.path(self.name), "-CAkey", self.path(self.name, "key"), "-CAcreateserial"]
        run(
            *("openssl", "x509", "-req", "-in", request, *signer, "-days", "2", "-out", self.path(name)),
            *("-extfile", str(self.folder / "extensions")),
        )

    def path(self, name: str, suffix: str = "crt") -> str:
        return str(self.folder / f"{name}.{suffix}")

    def issue(self, name: str, kind: str = "server") -> tuple[str, str]:
        """The paths of a new certificate and its key."""
        self._make(name, kind)
        return self.path(name), self.path(name, "key")
