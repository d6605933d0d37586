"""Checks this bag: every file is here, and each one is as it was handed over.

Run it in its folder: python3 verify.py. All that it prints stands under SENTENCES, in
the language of whoever made the bag. The first four say what is checked, and how.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import re
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

SENTENCES = {
    "about": "Checks this bag: every file is here, and each one is as it was handed "
    "over.",
    "run": "Run it in its folder: python3 verify.py. It only reads. Exit code 0: all "
    "is well.",
    "files": "Files: tagmanifest-sha256.txt and manifest-sha256.txt list every file "
    "with its SHA-256 (FIPS 180-4), as sha256sum writes it. Each file is here, no "
    "other is, none has changed.",
    "journal": "Journal: a line of data/journal.jsonl holds a hash, a signature and an "
    'entry. The hash is SHA-256 over "guide/log/1", a zero byte, the hash before it '
    "(32 zero bytes for the first) and the bytes of the entry. The last hash is the "
    "head: compare it with paper.",
    "signatures": 'Signatures: Ed25519 (RFC 8032) over "guide/head/1", a zero byte and '
    "the hash, by the key in data/journal-key.txt. Python cannot check them; openssl 3 "
    "can, if it is here. The last one stands for every entry, because its hash holds "
    "all before it.",
    "usage": "usage: ",
    "given": "positional arguments",
    "options": "options",
    "help": "show this help message and exit",
    "paper": "of the journal, from paper",
    "every": "check each signature",
    "wrong": "WRONG: {what}",
    "list": "The list {name} is missing, or is not as it was made.",
    "other list": "The list {name} names a file of the other list.",
    "ordinary": "This is not an ordinary file: {name}",
    "bagit": "The file bagit.txt is missing, or is not as it was made.",
    "incomplete": "This bag is not complete. Ask for a new one.",
    "missing": "This file is missing: {name}",
    "added": "This file does not belong here: {name}",
    "changed": "This file was changed: {name}",
    "sum": "The number of files or bytes in data is not the right one.",
    "looked": "Looked at {files} files in data, {bytes} bytes.",
    "no journal": "There is no journal in this bag. Its head, as told: {head}",
    "entry": "Entry {number} of the journal was changed.",
    "entries": "The journal has {number} entries. Its head is:",
    "not same": "This is not the same, here or on paper: {told}",
    "nothing": "'nothing'",
    "key": "The key of the journal is missing, or another one.",
    "compare": "Compare the head with paper, and this key:",
    "no openssl": "The signatures were not checked: that needs openssl 3.",
    "signature": "A signature is not right.",
    "confirmed": "Signatures that openssl confirmed: {number}.",
    "disk": "The disk could not be read: {why}.",
    "bad": "NOT as it was handed over. Things that are wrong: {number}.",
    "good": "Everything in this bag is as it was handed over.",
}
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

    def say(self, sentence: str, **blanks: object) -> None:
        """Print one of the sentences, its blanks filled in."""
        sys.stdout.write(SENTENCES[sentence].format(**blanks) + "\n")

    def fault(self, sentence: str, **blanks: object) -> None:
        """Something is wrong."""
        self.wrong += 1
        self.say("wrong", what=SENTENCES[sentence].format(**blanks))

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
            self.fault("list", name=name)
        if any(path.startswith("data/") == (name == TAGS) for path in hashes):
            self.fault("other list", name=name)
        return hashes

    def found(self) -> dict[str, int]:
        """Every file in the bag, with its size. No link is followed."""
        sizes = {}
        for path in self.folder.rglob("*"):
            name = path.relative_to(self.folder).as_posix()
            if path.is_symlink() or not path.is_dir():
                sizes[name] = path.lstat().st_size
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                self.fault("ordinary", name=ascii(name))
        return sizes

    def check_files(self) -> None:
        """Every file is here, no other is, and each is as the lists say."""
        listed, sizes = {**self.listed(TAGS), **self.listed(PAYLOAD)}, self.found()
        if self.read("bagit.txt") != BAGIT:
            self.fault("bagit")
        if "INCOMPLETE.txt" in sizes:
            self.fault("incomplete")
        for name in sorted({*listed} - {*sizes}):
            self.fault("missing", name=ascii(name))
        for name in sorted({*sizes} - {*listed, TAGS}):
            self.fault("added", name=ascii(name))
        for name in sorted({*sizes} & {*listed}):
            if self.digest(name) != listed[name]:
                self.fault("changed", name=ascii(name))
        inside = [size for name, size in sizes.items() if name.startswith("data/")]
        if self.info("Payload-Oxum") != f"{sum(inside)}.{len(inside)}":
            self.fault("sum")
        self.say("looked", files=len(inside), bytes=sum(inside))

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
            self.say("no journal", head=told)
            return self.compare(head, told)
        last, signed = bytes(32), []
        for number, line in enumerate(data.splitlines(keepends=True), 1):
            parts = ENTRY.fullmatch(line)
            entry = parts.group(3) if parts else b""
            last = hashlib.sha256(b"guide/log/1\0" + last + entry).digest()
            if not parts or last.hex().encode() != parts.group(1):
                return self.fault("entry", number=number)
            signed.append((last, bytes.fromhex(parts.group(2).decode())))
        ours = f"{len(signed)}: {' '.join(re.findall('....', last.hex()))}"
        self.say("entries", number=len(signed))
        sys.stdout.write(f"  {ours}\n")
        if not told:
            self.fault("not same", told=SENTENCES["nothing"])
        self.compare(told, ours)
        self.compare(head, ours)
        return self.check_signatures(signed if every else signed[-1:], key)

    def compare(self, other: str, ours: str) -> None:
        """What was told or typed, if anything, must be the same."""
        if other and "".join(other.lower().split()) != "".join(ours.split()):
            self.fault("not same", told=ascii(other))

    def check_signatures(self, signed: list[tuple[bytes, bytes]], typed: str) -> None:
        """Each of these signatures, by openssl."""
        key = self.read("data/journal-key.txt").decode("ascii", "replace").strip()
        if not re.fullmatch("[0-9a-f]{64}", key) or key != self.info("Journal-Key"):
            return self.fault("key")
        self.compare(typed, key)
        self.say("compare")
        sys.stdout.write(f"  {key}\n")
        answers = [is_signed(key, *each) for each in signed]
        if "" in answers:
            self.say("no openssl")
        elif "no" in answers:
            self.fault("signature")
        return self.say("confirmed", number=answers.count("yes"))


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


class Help(argparse.RawDescriptionHelpFormatter):
    """Has the words of argparse from the sentences, too."""

    # argparse has no names for these types.
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        """The first line."""
        super().add_usage(usage, actions, groups, SENTENCES["usage"])


def asked() -> argparse.Namespace:
    """What to check, and how; or how to use this, which ends the program."""
    about = (SENTENCES[x] for x in ("about", "run", "files", "journal", "signatures"))
    told = "\n\n".join(textwrap.fill(each, 88) for each in about)
    parser = argparse.ArgumentParser(
        description=told, formatter_class=Help, add_help=False
    )
    here = Path(__file__).resolve().parent
    given = parser.add_argument_group(SENTENCES["given"])
    given.add_argument("folder", nargs="?", default=here, type=Path)
    options = parser.add_argument_group(SENTENCES["options"])
    options.add_argument("-h", "--help", action="help", help=SENTENCES["help"])
    options.add_argument("--head", default="", help=SENTENCES["paper"])
    options.add_argument("--key", default="", help=SENTENCES["paper"])
    options.add_argument("--every", action="store_true", help=SENTENCES["every"])
    return parser.parse_args()


def main() -> int:
    """Check a bag, and say what was found."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A letter that this terminal cannot show must not end the check.
        sys.stdout.reconfigure(errors="backslashreplace")
    words = asked()
    check = Check(words.folder)
    try:
        check.check_files()
        check.check_journal(words.head, words.key, every=words.every)
    except OSError as error:
        check.fault("disk", why=error.strerror)
    if check.wrong:
        check.say("bad", number=check.wrong)
    else:
        check.say("good")
    return 1 if check.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
