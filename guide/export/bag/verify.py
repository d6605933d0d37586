"""Checks this bag: every file is here, and each one is as it was handed over.

Run it in its folder: python3 verify.py. It only reads. Exit code 0: all is well.

Files: tagmanifest-sha256.txt and manifest-sha256.txt list every file with its SHA-256
(FIPS 180-4), as sha256sum writes it. Each file is here, no other is, none has changed.

Journal: a line of data/journal.jsonl holds a hash, a signature and an entry. The hash
is SHA-256 over "guide/log/1", a zero byte, the hash before it (32 zero bytes for the
first) and the bytes of the entry. The last hash is the head: compare it with paper.

Signatures: Ed25519 (RFC 8032) over "guide/head/1", a zero byte and the hash, by the key
in data/journal-key.txt. Python cannot check them; openssl 3 can, if it is here. The
last one stands for every entry, because its hash holds all before it.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
LINE = re.compile(rb"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._/-]*)\n")
ENTRY = re.compile(
    rb'{"hash":"([0-9a-f]{64})","signature":"([0-9a-f]{128})","entry":({.*})}\n'
)
TAGS, PAYLOAD = "tagmanifest-sha256.txt", "manifest-sha256.txt"
OPENSSL = "openssl pkeyutl -verify -pubin -inkey k -rawin -in m -sigfile s"
KEY_HEAD = bytes.fromhex("302a300506032b6570032100")  # of an Ed25519 key, RFC 8410


class Check:
    """One look at one bag. It counts what is wrong, and says it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.wrong = folder, 0

    def say(self, words: str) -> None:
        """Print a line."""
        sys.stdout.write(f"{words}\n")

    def fault(self, words: str) -> None:
        """Something is wrong."""
        self.wrong += 1
        self.say(f"WRONG: {words}")

    def read(self, name: str) -> bytes:
        """All of a small file; nothing if it is not there."""
        path = self.folder / name
        return path.read_bytes() if path.is_file() else b""

    def listed(self, name: str) -> dict[str, str]:
        """What a list says: the SHA-256 of each file, by its name."""
        data = self.read(name)
        lines = LINE.findall(data)
        hashes = {path.decode(): digest.decode() for digest, path in lines}
        whole = b"".join(digest + b"  " + path + b"\n" for digest, path in lines)
        if not lines or whole != data or len(hashes) < len(lines):
            self.fault(f"The list {name} is missing, or is not as it was made.")
        if any(path.startswith("data/") == (name == TAGS) for path in hashes):
            self.fault(f"The list {name} names a file of the other list.")
        return hashes

    def found(self) -> dict[str, int]:
        """Every file in the bag, with its size. No link is followed."""
        sizes = {}
        for path in self.folder.rglob("*"):
            name = path.relative_to(self.folder).as_posix()
            if path.is_symlink() or not path.is_dir():
                sizes[name] = path.lstat().st_size
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                self.fault(f"This is not an ordinary file: {name!a}")
        return sizes

    def check_files(self) -> None:
        """Every file is here, no other is, and each is as the lists say."""
        listed, sizes = {**self.listed(TAGS), **self.listed(PAYLOAD)}, self.found()
        if self.read("bagit.txt") != BAGIT:
            self.fault("The file bagit.txt is missing, or is not as it was made.")
        if "INCOMPLETE.txt" in sizes:
            self.fault("This bag is not complete. Ask for a new one.")
        for name in sorted({*listed} - {*sizes}):
            self.fault(f"This file is missing: {name!a}")
        for name in sorted({*sizes} - {*listed, TAGS}):
            self.fault(f"This file does not belong here: {name!a}")
        for name in sorted({*sizes} & {*listed}):
            if self.digest(name) != listed[name]:
                self.fault(f"This file was changed: {name!a}")
        inside = [size for name, size in sizes.items() if name.startswith("data/")]
        if self.info("Payload-Oxum") != f"{sum(inside)}.{len(inside)}":
            self.fault("The number of files or bytes in data is not the right one.")
        self.say(f"Looked at {len(inside)} files in data, {sum(inside)} bytes.")

    def digest(self, name: str) -> str:
        """The SHA-256 of a file of any size."""
        found = hashlib.sha256()
        with (self.folder / name).open("rb") as file:
            for part in iter(lambda: file.read(1 << 20), b""):
                found.update(part)
        return found.hexdigest()

    def info(self, name: str) -> str:
        """What bag-info.txt says of one thing."""
        for line in self.read("bag-info.txt").decode("utf-8", "replace").splitlines():
            lead, _colon, value = line.partition(": ")
            if lead == name:
                return value
        return ""

    def check_journal(self, head: str, key: str, *, every: bool) -> None:
        """The chain of the journal, its head, and its signatures."""
        data, told = self.read("data/journal.jsonl"), self.info("Journal-Head")
        if not (self.folder / "data/journal.jsonl").is_file():
            self.say(f"There is no journal in this bag. Its head, as told: {told}")
            return self.compare(head, told)
        last, signed = bytes(32), []
        for number, line in enumerate(data.splitlines(keepends=True), 1):
            parts = ENTRY.fullmatch(line)
            entry = parts.group(3) if parts else b""
            last = hashlib.sha256(b"guide/log/1\0" + last + entry).digest()
            if not parts or last.hex().encode() != parts.group(1):
                return self.fault(f"Entry {number} of the journal was changed.")
            signed.append((last, bytes.fromhex(parts.group(2).decode())))
        ours = f"{len(signed)}: {' '.join(re.findall('....', last.hex()))}"
        self.say(f"The journal has {len(signed)} entries. Its head is:\n  {ours}")
        self.compare(told or "nothing", ours)
        self.compare(head, ours)
        return self.check_signatures(signed if every else signed[-1:], key)

    def compare(self, other: str, ours: str) -> None:
        """What was told or typed, if anything, must be the same."""
        if other and "".join(other.lower().split()) != "".join(ours.split()):
            self.fault(f"This is not the same, here or on paper: {other!a}")

    def check_signatures(self, signed: list[tuple[bytes, bytes]], typed: str) -> None:
        """Each of these signatures, by openssl."""
        key = self.read("data/journal-key.txt").decode("ascii", "replace").strip()
        if not re.fullmatch("[0-9a-f]{64}", key) or key != self.info("Journal-Key"):
            return self.fault("The key of the journal is missing, or another one.")
        self.compare(typed, key)
        self.say(f"Compare the head with paper, and this key:\n  {key}")
        answers = [is_signed(key, *each) for each in signed]
        if "" in answers:
            self.say("The signatures were not checked: that needs openssl 3.")
        elif "no" in answers:
            self.fault("A signature is not right.")
        return self.say(f"Signatures that openssl confirmed: {answers.count('yes')}.")


def is_signed(key: str, digest: bytes, signature: bytes) -> str:
    """What openssl says: "yes", "no", or nothing if it cannot tell."""
    der = base64.b64encode(KEY_HEAD + bytes.fromhex(key))
    pem = b"-----BEGIN PUBLIC KEY-----\n" + der + b"\n-----END PUBLIC KEY-----\n"
    files = {"k": pem, "m": b"guide/head/1\0" + digest, "s": signature}
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            Path(folder, name).write_bytes(data)
        try:
            ended = subprocess.run(  # noqa: S603  nothing in it is of the bag
                OPENSSL.split(), cwd=folder, capture_output=True, check=False
            )
        except OSError:
            return ""
    refused = b"Signature Verification Failure" in ended.stdout + ended.stderr
    return "yes" if ended.returncode == 0 else "no" if refused else ""


def main() -> int:
    """Check a bag, and say what was found."""
    keep = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=keep)
    here = Path(__file__).resolve().parent
    parser.add_argument("folder", nargs="?", default=here, type=Path)
    parser.add_argument("--head", default="", help="of the journal, from paper")
    parser.add_argument("--key", default="", help="of the journal, from paper")
    parser.add_argument("--every", action="store_true", help="check each signature")
    words = parser.parse_args()
    check = Check(words.folder)
    try:
        check.check_files()
        check.check_journal(words.head, words.key, every=words.every)
    except OSError as error:
        check.fault(f"The disk could not be read: {error.strerror}.")
    if check.wrong:
        check.say(f"NOT as it was handed over. Things that are wrong: {check.wrong}.")
    else:
        check.say("Everything in this bag is as it was handed over.")
    return 1 if check.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
