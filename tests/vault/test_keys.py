"""Keys, key slots, passphrases and ``vault.json``, with what others can break in it."""

from __future__ import annotations

import hashlib
import hmac
import json
import pickle
import shutil
import subprocess
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.model.problems import GuideError
from guide.vault.key_file import MOST_BYTES, KeyFile, key_file_bytes, parse_key_file
from guide.vault.keys import CHEAPEST, DESKTOP, Argon2Profile, Root, stretched
from guide.vault.passphrases import (
    LONGEST,
    Strength,
    in_words,
    misread_words,
    passphrase_bytes,
    recovery_bytes,
    recovery_words,
    refuse_unfit,
    six_words,
    strength,
)
from guide.vault.problems import (
    DamagedVaultError,
    NewerVaultError,
    WeakPassphraseError,
)
from guide.vault.slots import Slot, SlotKind, new_slot, opened

VAULT_ID = "00112233445566778899aabbccddeeff"
SECRET = b"a secret of the reader"
ROOT = Root.new(VAULT_ID)
PASSPHRASE_SLOT = new_slot(SlotKind.PASSPHRASE, SECRET, ROOT, CHEAPEST)
RECOVERY_SLOT = new_slot(SlotKind.RECOVERY, SECRET, ROOT, CHEAPEST)
KEYRING_SLOT = new_slot(SlotKind.KEYRING, SECRET, ROOT, CHEAPEST)
KEYS = KeyFile(id=VAULT_ID, slots=(PASSPHRASE_SLOT, RECOVERY_SLOT, KEYRING_SLOT))
FILE = key_file_bytes(KEYS)

Said = dict[str, object]


def _hkdf(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """RFC 5869 for one block of output, from its two formulas."""
    extracted = hmac.digest(salt, secret, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def _slot_as(slot: Slot, **changes: object) -> Slot:
    """*slot* with other values and a checksum that fits them."""
    said = {name: value for name, value in slot.said.items() if name != "check"}
    return _parsed([_checked(said | changes)]).slots[0]


def _checked(said: Said) -> Said:
    whole = {"format": "guide/vault", "version": 1, "id": VAULT_ID, "slot": said}
    packed = json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()
    return said | {"check": hashlib.sha256(packed).hexdigest()[:16]}


def _parsed(slots: list[Said]) -> KeyFile:
    file = {"format": "guide/vault", "version": 1, "id": VAULT_ID, "slots": slots}
    return parse_key_file(json.dumps(file).encode())


def test_the_real_profile_is_the_one_of_the_rfc() -> None:
    """RFC 9106, section 4, second recommended option."""
    assert Argon2Profile(memory_kib=65536, passes=3, lanes=4) == DESKTOP


def test_the_keys_of_a_root_are_hkdf_of_it_and_of_the_vault() -> None:
    """What the format page says, from the formulas of the RFC."""
    secret, salt = ROOT.age_identity().encode(), bytes.fromhex(VAULT_ID)
    database = _hkdf(secret, salt, b"guide/vault/1 database key")
    seed = _hkdf(secret, salt, b"guide/vault/1 signing seed")
    assert ROOT.database_key() == database
    assert ROOT.signing_key().private_bytes_raw() == seed


def test_no_two_keys_are_the_same() -> None:
    """Not for two purposes, not for two vaults, not for two roots."""
    other_vault = Root(ROOT.age_identity(), "ff" * 16)
    roots = (ROOT, other_vault, Root.new(VAULT_ID))
    keys = [root.database_key() for root in roots]
    keys += [root.signing_key().private_bytes_raw() for root in roots]
    assert len(set(keys)) == len(keys)


@pytest.mark.skipif(shutil.which("age-keygen") is None, reason="age is not installed")
def test_the_root_is_an_age_identity() -> None:
    """The age command reads it, and names the same recipient."""
    named = subprocess.run(
        ["age-keygen", "-y"],
        input=ROOT.age_identity(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert named.stdout.strip() == ROOT.age_recipient()


def test_a_root_shows_nothing_of_itself() -> None:
    """Whatever prints it by accident prints no key."""
    shown = f"{ROOT} {ROOT!r} {[ROOT]} {(ROOT,)!s}"
    assert ROOT.age_identity() not in shown
    assert ROOT.age_identity()[20:40] not in shown
    assert ROOT.database_key().hex() not in shown
    with pytest.raises(TypeError):
        pickle.dumps(ROOT)


@pytest.mark.parametrize("slot", KEYS.slots, ids=lambda slot: str(slot.kind))
def test_a_slot_opens_with_its_secret_only(slot: Slot) -> None:
    """One letter more or less, and there is nothing."""
    root = opened(slot, SECRET, VAULT_ID)
    assert root is not None
    assert root.age_identity() == ROOT.age_identity()
    for wrong in (b"", SECRET[:-1], SECRET + b" ", SECRET.upper()):
        assert opened(slot, wrong, VAULT_ID) is None


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"kind": "recovery"}, id="another kind"),
        pytest.param({"passes": 2}, id="another price in time"),
        pytest.param({"memory_kib": 16}, id="another price in memory"),
        pytest.param({"salt": "00" * 16}, id="another salt"),
        pytest.param({"nonce": "00" * 12}, id="another nonce"),
        pytest.param({"sealed": "00" * 90}, id="something else inside"),
    ],
)
def test_a_slot_that_was_rewritten_with_a_right_checksum_opens_nothing(
    changes: Said,
) -> None:
    """The checksum is no secret, so the cipher has to notice by itself."""
    slot = _slot_as(PASSPHRASE_SLOT, **changes)
    assert not slot.damaged
    assert opened(slot, SECRET, VAULT_ID) is None


def test_a_slot_of_another_vault_opens_nothing() -> None:
    """A slot is bound to the id of its vault."""
    assert opened(PASSPHRASE_SLOT, SECRET, "ff" * 16) is None


def test_two_slots_of_one_secret_have_nothing_in_common() -> None:
    """Each slot has its own salt, so that no work against one helps another."""
    for name in ("salt", "nonce", "sealed"):
        assert PASSPHRASE_SLOT.said[name] != RECOVERY_SLOT.said[name]
    assert stretched(SECRET, b"a" * 16, CHEAPEST) != stretched(
        SECRET, b"b" * 16, CHEAPEST
    )


def test_a_key_file_says_again_what_was_written() -> None:
    """And nothing but format, version, id and slots is in it."""
    assert parse_key_file(FILE) == KEYS
    assert set(json.loads(FILE)) == {"format", "version", "id", "slots"}


def test_an_advocates_slot_is_read_and_kept() -> None:
    """The kind is reserved, so that this guide does not lose what a later one adds."""
    said = _checked(
        {"kind": "recipient", "recipient": ROOT.age_recipient(), "sealed": "ab" * 200}
    )
    keys = _parsed([said])
    assert keys.slots[0].kind is SlotKind.RECIPIENT
    assert not keys.damaged
    assert parse_key_file(key_file_bytes(keys)) == keys


def _harmless(changed: bytes) -> bool:
    """Refused in words, or known as damaged, or still saying the same."""
    try:
        keys = parse_key_file(changed)
    except GuideError:
        return True
    return keys.damaged or keys == KEYS


def test_every_flipped_bit_of_a_key_file_is_noticed() -> None:
    """No single bit can change what the file says without a trace."""
    for place in range(len(FILE)):
        for bit in range(8):
            changed = bytearray(FILE)
            changed[place] ^= 1 << bit
            assert _harmless(bytes(changed)), (place, bit)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(FILE) - 1), st.binary(max_size=4), st.integers(0, 4))
def test_every_other_damage_of_a_key_file_is_noticed(
    place: int, instead: bytes, gone: int
) -> None:
    """A few bytes put in, taken out or replaced, anywhere."""
    assert _harmless(FILE[:place] + instead + FILE[place + gone :])


def test_every_truncated_key_file_is_refused() -> None:
    """Only the last line break can go."""
    for length in range(len(FILE) - 1):
        with pytest.raises(DamagedVaultError):
            parse_key_file(FILE[:length])


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
_NAMES = st.sampled_from(
    ["format", "version", "id", "slots", "kind", "salt", "sealed", "check", "passes"]
)
_NEARLY = st.fixed_dictionaries(
    {},
    optional={
        "format": st.just("guide/vault") | _JSON,
        "version": st.just(1) | _JSON,
        "id": st.just(VAULT_ID) | _JSON,
        "slots": st.lists(st.dictionaries(_NAMES, _JSON) | _JSON, max_size=3) | _JSON,
    },
)


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=300) | (_JSON | _NEARLY).map(lambda x: json.dumps(x).encode())
)
def test_no_key_file_can_make_the_guide_fall_over(source: bytes) -> None:
    """Whatever stands in it: a key file, or a sentence."""
    try:
        keys = parse_key_file(source)
    except GuideError:
        return
    assert all(slot.damaged for slot in keys.slots)


def _of_file(**changes: object) -> bytes:
    return json.dumps(json.loads(FILE) | changes).encode()


def _of_slot(**changes: object) -> bytes:
    said = {k: v for k, v in PASSPHRASE_SLOT.said.items() if k != "check"}
    return _of_file(slots=[_checked(said | changes)])


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"[" * MOST_BYTES, id="deep"),
        pytest.param(b'{"a":' * 900 + b"1" + b"}" * 900, id="deep objects"),
        pytest.param(FILE + b" " * MOST_BYTES, id="large"),
        pytest.param(b"\xef\xbb\xbf" + FILE, id="byte order mark"),
        pytest.param(FILE.decode().encode("utf-16"), id="another encoding"),
        pytest.param(b"null", id="nothing"),
        pytest.param(FILE.replace(b"{", b'{"version": 1,', 1), id="a name twice"),
        pytest.param(_of_file(version=True), id="version true"),
        pytest.param(_of_file(version=0), id="version 0"),
        pytest.param(_of_file(version="1"), id="version as text"),
        pytest.param(_of_file(version=float("nan")), id="not a number"),
        pytest.param(_of_file(format="something/else"), id="another format"),
        pytest.param(_of_file(note="hello"), id="a name too many"),
        pytest.param(_of_file(id=VAULT_ID.upper()), id="id in capitals"),
        pytest.param(_of_file(id=VAULT_ID + "\n"), id="id with a line break"),
        pytest.param(_of_file(slots=[]), id="no slot"),
        pytest.param(_of_file(slots={}), id="slots of another form"),
        pytest.param(_of_file(slots=[*json.loads(FILE)["slots"]] * 6), id="18 slots"),
        pytest.param(_of_slot(salt=[1]), id="a list inside a slot"),
    ],
)
def test_what_is_no_key_file_is_refused(source: bytes) -> None:
    """As a whole, with what to do next."""
    with pytest.raises(DamagedVaultError) as refusal:
        parse_key_file(source)
    assert refusal.value.exit_code == 6


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"memory_kib": 100 * 1024 * 1024}, id="100 GiB"),
        pytest.param({"memory_kib": 262145}, id="just above the most"),
        pytest.param({"memory_kib": 7}, id="less than Argon2 can"),
        pytest.param({"lanes": 2}, id="too little for two lanes"),
        pytest.param({"passes": 10**9}, id="a thousand million passes"),
        pytest.param({"passes": 0}, id="no pass"),
        pytest.param({"passes": -1}, id="less than no pass"),
        pytest.param({"passes": True}, id="true"),
        pytest.param({"passes": "1"}, id="a text"),
        pytest.param({"lanes": 9}, id="nine lanes"),
        pytest.param({"salt": "00" * 15}, id="short salt"),
        pytest.param({"salt": "00" * 16 + "\n"}, id="salt and a line break"),
        pytest.param({"sealed": "AB" * 90}, id="capitals"),
        pytest.param({"sealed": None}, id="nothing inside"),
        pytest.param({"kind": "password"}, id="unknown kind"),
        pytest.param({"hint": "my dog"}, id="a name too many"),
    ],
)
def test_a_slot_that_asks_for_too_much_is_never_tried(changes: Said) -> None:
    """It has no kind, so nothing is derived for it; and it is kept as it is."""
    keys = parse_key_file(_of_slot(**changes))
    assert keys.slots[0].kind is None
    assert keys.damaged
    assert parse_key_file(key_file_bytes(keys)) == keys


@pytest.mark.parametrize("version", [2, 3, 10**6])
def test_a_newer_format_has_its_own_sentence(version: int) -> None:
    """Whatever else a later guide writes into it."""
    source = json.dumps({"format": "guide/vault", "version": version, "new": []})
    with pytest.raises(NewerVaultError):
        parse_key_file(source.encode())


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        pytest.param(
            unicodedata.normalize("NFD", "Zoë's café au lait"), True, id="NFD"
        ),
        pytest.param("zoë's café au lait", False, id="case"),
        pytest.param(" Zoë's café au lait", False, id="space before"),
        pytest.param("Zoë's café au lait ", False, id="space after"),
        pytest.param("Zoë's  café au lait", False, id="two spaces"),
        pytest.param("Zoë's\N{NO-BREAK SPACE}café au lait", True, id="no-break space"),
        pytest.param("Zoe's cafe au lait", False, id="no accents"),
        pytest.param("", False, id="empty"),
    ],
)
def test_what_counts_as_the_same_passphrase(typed: str, same: bool) -> None:
    """The same letters on any keyboard, and not one letter else."""
    right = passphrase_bytes("Zoë's café au lait")
    assert (passphrase_bytes(typed) == right) is same


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("x" * 1_000_000, id="1 MB"),
        pytest.param("\u0315\u0300" * 500_000, id="1 MB of marks out of order"),
        pytest.param("half \ud800 of a letter", id="lone surrogate"),
        pytest.param("\x00" * 50, id="NUL"),
    ],
)
def test_anything_that_can_be_typed_has_bytes(typed: str) -> None:
    """So that it costs one derivation and is then simply wrong."""
    assert passphrase_bytes(typed)
    assert recovery_bytes(typed) is not None


@pytest.mark.parametrize(
    "passphrase",
    [
        pytest.param("", id="empty"),
        pytest.param("elevenchars", id="11 characters"),
        pytest.param("e\u0301" * 11, id="11 characters in 22 pieces"),
        pytest.param("x" * (LONGEST + 1), id="too long"),
        pytest.param("x" * 1_000_000, id="1 MB"),
        pytest.param("twelve chars\n", id="line break"),
        pytest.param("twelve\x00 chars", id="NUL"),
        pytest.param("twelve chars \udcff", id="half a character"),
    ],
)
def test_what_cannot_be_a_passphrase(passphrase: str) -> None:
    """It is refused before anything is made."""
    with pytest.raises(WeakPassphraseError):
        refuse_unfit(passphrase)


@pytest.mark.parametrize(
    "passphrase",
    [
        pytest.param("twelve chars", id="12 characters"),
        pytest.param("十二個の文字でできた合言葉", id="13 characters of Japanese"),
        pytest.param("🐢" * 12, id="12 turtles"),
        pytest.param("x" * LONGEST, id="the longest"),
        pytest.param(" spaces at both ends ", id="spaces"),
    ],
)
def test_what_can_be_a_passphrase(passphrase: str) -> None:
    """Length is the only rule; strength is said and never imposed."""
    refuse_unfit(passphrase)


@pytest.mark.parametrize(
    ("passphrase", "how"),
    [
        pytest.param("short", Strength.TOO_SHORT, id="short"),
        pytest.param("aaaaaaaaaaaaaaaaaaaaaaaa", Strength.EASY, id="one letter"),
        pytest.param("drowssapdrowssap", Strength.EASY, id="said twice"),
        pytest.param("qwertyuiopasdf", Strength.EASY, id="along the keyboard"),
        pytest.param("abcdefghijklmnop", Strength.EASY, id="alphabet"),
        pytest.param("1987 06 15 2043", Strength.EASY, id="dates"),
        pytest.param("abacus abdomen zoom", Strength.EASY, id="three words"),
        pytest.param("zoom " * 5 + "zoom", Strength.EASY, id="one word six times"),
        pytest.param("abacus abdomen zoom yodel", Strength.FAIR, id="four words"),
        pytest.param("tK7!vq-Lw92m", Strength.FAIR, id="12 mixed"),
        pytest.param("the heron ate my left shoe", Strength.STRONG, id="a long one"),
    ],
)
def test_strength_is_said_in_words(passphrase: str, how: Strength) -> None:
    """By length, listed words and plain patterns, and by nothing else."""
    assert strength(passphrase) is how


def test_each_strength_has_its_own_sentence() -> None:
    """None of them says that a passphrase is safe."""
    said = [in_words(how) for how in Strength]
    assert len(set(said)) == len(Strength)
    assert not any("safe" in sentence.lower() for sentence in said)


def test_six_words_are_strong_and_can_be_used_as_they_are() -> None:
    """What is offered passes every check of what is typed."""
    offered = six_words()
    assert len(offered.split(" ")) == 6
    refuse_unfit(offered)
    assert strength(offered) is Strength.STRONG or len(set(offered.split())) < 6
    assert offered != six_words()


_Spoil = Callable[[str], str]


@pytest.mark.parametrize(
    "copied",
    [
        pytest.param(str.upper, id="capitals"),
        pytest.param(lambda sheet: f"  {sheet}\n", id="spaces around"),
        pytest.param(lambda sheet: sheet.replace(" ", "\n"), id="lines"),
        pytest.param(lambda sheet: sheet.replace(" ", ", "), id="commas"),
        pytest.param(
            lambda sheet: "\n".join(
                f"{n}. {word}" for n, word in enumerate(sheet.split(" "), 1)
            ),
            id="numbers",
        ),
    ],
)
def test_recovery_words_may_be_copied_in_any_layout(copied: _Spoil) -> None:
    """The sheet is read under stress, so only the words count."""
    words = recovery_words()
    assert len(words) == 10
    assert recovery_bytes(copied(" ".join(words))) == " ".join(words).encode()
    assert misread_words(copied(" ".join(words))) == ()


def test_misread_words_are_named_by_their_place() -> None:
    """By number: the words themselves are never repeated."""
    assert misread_words("1. abacus 2. abdomem 3. zoom 4. zzz") == (2, 4)
