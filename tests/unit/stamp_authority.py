"""A throw-away authority for time-stamps, played by openssl."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

_CONFIG = """
[tsa]
default_tsa = one
[one]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = {digests}
accuracy = secs:1
ess_cert_id_alg = sha256
"""
_PURPOSE = "extendedKeyUsage=critical,timeStamping\nbasicConstraints=CA:FALSE\n"
_KINDS = {"rsa": "rsa:2048", "ec": "ec"}


@dataclass
class Authority:
    """One that signs whatever it is asked to."""

    folder: Path
    kind: str = "rsa"
    purpose: str = _PURPOSE
    digests: str = "sha256"

    def __post_init__(self) -> None:
        self.folder.mkdir()
        (self.folder / "config").write_text(_CONFIG.format(digests=self.digests))
        (self.folder / "serial").write_text("01\n")
        (self.folder / "purpose").write_text(self.purpose)
        key = ["-newkey", _KINDS[self.kind], "-nodes"]
        if self.kind == "ec":
            key += ["-pkeyopt", "ec_paramgen_curve:P-256"]
        self._run("req", "-x509", *key, "-keyout", "root.key", "-out", "root.pem",
                  "-subj", "/CN=Throw-away root", "-days", "9")  # fmt: skip
        self._run("req", *key, "-keyout", "own.key", "-out", "own.csr",
                  "-subj", "/CN=Throw-away authority")  # fmt: skip
        self._run("x509", "-req", "-in", "own.csr", "-CA", "root.pem", "-CAkey",
                  "root.key", "-CAcreateserial", "-extfile", "purpose", "-days", "9",
                  "-out", "own.pem")  # fmt: skip

    @property
    def root(self) -> bytes:
        return (self.folder / "root.pem").read_bytes()

    def reply(self, request: bytes) -> bytes:
        (self.folder / "q.tsq").write_bytes(request)
        signing = ["-signer", "own.pem", "-inkey", "own.key", "-out", "r.tsr"]
        self._run("ts", "-reply", "-config", "config", "-queryfile", "q.tsq", *signing)
        return (self.folder / "r.tsr").read_bytes()

    def _run(self, *words: str) -> None:
        subprocess.run(
            ["openssl", *words], cwd=self.folder, check=True, capture_output=True
        )
