"""Where memory may be written, and whether that is sealed: over made-up kernels."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.safety.swap import Sealing, Swap, swaps

_HEAD = "Filename\tType\tSize\tUsed\tPriority\n"


class Kernel:
    """Two folders that stand for ``/proc`` and ``/sys``."""

    def __init__(self, folder: Path) -> None:
        self.proc, self.sys = folder / "proc", folder / "sys"
        (self.proc / "self").mkdir(parents=True)
        self.sys.mkdir()
        self.in_use("")

    def in_use(self, lines: str) -> None:
        (self.proc / "swaps").write_text(_HEAD + lines)

    def disk(self, name: str, *, uuid: str = "", under: str = "class/block") -> Path:
        block = self.sys / under / name
        block.mkdir(parents=True)
        if uuid:
            (block / "dm").mkdir()
            (block / "dm" / "uuid").write_text(uuid + "\n")
        return block

    def told(self) -> tuple[Swap, ...] | None:
        return swaps(self.proc, self.sys)

    def sealing(self) -> Sealing:
        found = self.told()
        assert found is not None
        return found[0].sealing


@pytest.fixture
def kernel(tmp_path: Path) -> Kernel:
    return Kernel(tmp_path)


def test_nothing_in_use(kernel: Kernel) -> None:
    assert kernel.told() == ()


def test_another_system_cannot_tell(tmp_path: Path) -> None:
    assert swaps(tmp_path, tmp_path) is None


@pytest.mark.parametrize(
    ("uuid", "sealing"),
    [
        pytest.param("", Sealing.NOT_SEEN, id="a bare partition"),
        pytest.param("LVM-abc", Sealing.NOT_SEEN, id="a volume on a bare disk"),
        pytest.param("CRYPT-LUKS2-abc-swap", Sealing.ENCRYPTED, id="LUKS"),
        pytest.param("CRYPT-PLAIN-swap", Sealing.ENCRYPTED, id="a key for each start"),
    ],
)
def test_a_partition(kernel: Kernel, uuid: str, sealing: Sealing) -> None:
    kernel.in_use("/dev/dm-7 partition 1 0 -2\n")
    kernel.disk("dm-7", uuid=uuid)
    assert kernel.sealing() is sealing


@pytest.mark.parametrize("all_sealed", [True, False])
def test_a_volume_is_sealed_when_everything_under_it_is(
    kernel: Kernel, all_sealed: bool
) -> None:
    kernel.in_use("/dev/dm-7 partition 1 0 -2\n")
    volume = kernel.disk("dm-7", uuid="LVM-abc")
    kernel.disk("dm-0", uuid="CRYPT-LUKS2-x", under="class/block/dm-7/slaves")
    other = "CRYPT-LUKS2-y" if all_sealed else ""
    kernel.disk("dm-1", uuid=other, under="class/block/dm-7/slaves")
    assert volume.is_dir()
    expected = Sealing.ENCRYPTED if all_sealed else Sealing.NOT_SEEN
    assert kernel.sealing() is expected


@pytest.mark.parametrize(
    ("behind", "sealing"), [("none", Sealing.MEMORY), ("/dev/sda3", Sealing.UNKNOWN)]
)
def test_memory_packed_into_memory(
    kernel: Kernel, behind: str, sealing: Sealing
) -> None:
    kernel.in_use("/dev/zram0 partition 1 0 100\n")
    (kernel.disk("zram0") / "backing_dev").write_text(behind + "\n")
    assert kernel.sealing() is sealing


@pytest.mark.parametrize(
    ("uuid", "sealing"), [("CRYPT-LUKS2-x", Sealing.ENCRYPTED), ("", Sealing.NOT_SEEN)]
)
def test_a_file_is_as_the_disk_under_it(
    kernel: Kernel, uuid: str, sealing: Sealing
) -> None:
    kernel.in_use("/my\\040disk/swap file 1 0 -2\n")
    (kernel.proc / "self" / "mountinfo").write_text(
        "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n"
        "2 1 253:4 / /my\\040disk rw - ext4 /dev/dm-4 rw\n"
        "3 1 8:9 / /my rw - ext4 /dev/sdb rw\n"
    )
    kernel.disk("8:1", under="dev/block")
    kernel.disk("253:4", uuid=uuid, under="dev/block")
    found = kernel.told()
    assert found == (Swap(path="/my disk/swap", sealing=sealing),)


@pytest.mark.parametrize(
    "line",
    ["/dev/none partition 1 0 -2\n", "/swap file 1 0 -2\n", "/swap\n", "/dev/x \n"],
)
def test_what_the_kernel_does_not_tell_is_not_guessed(
    kernel: Kernel, line: str
) -> None:
    kernel.in_use(line)
    assert kernel.sealing() is Sealing.UNKNOWN
