"""What is loaded once the first screen stands, so that nobody waits for it later."""

from __future__ import annotations


def load_ahead() -> None:
    """Load what the first answer and the first page would wait for."""
    import markdown_it.main  # noqa: F401  only loaded

    import guide.vault.store  # noqa: F401  only loaded
