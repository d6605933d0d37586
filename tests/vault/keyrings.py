"""A keyring in memory, of the library's own kind, for where no system has one."""

from __future__ import annotations

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class InMemory(KeyringBackend):
    """A real backend of the library's own kind, which keeps what it is given."""

    priority = 0.1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's own
        self.kept: dict[tuple[str, str], str] = {}
        self.refuses = False

    def get_password(self, service: str, username: str) -> str | None:
        self._perhaps()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._perhaps()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._perhaps()
        if (service, username) not in self.kept:
            raise PasswordDeleteError
        del self.kept[service, username]

    def _perhaps(self) -> None:
        if self.refuses:
            raise KeyringLocked("a secret in a message")
