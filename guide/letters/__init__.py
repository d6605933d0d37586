"""Fills letters and writes them as files. Knows nothing of gates or of the vault."""
