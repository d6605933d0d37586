"""Turns ``content/`` and packs into a ``Library``, and says what is wrong in them."""
