"""Packs: what others wrote, opened from a folder, a checkout or one zip, and doubted.

Nothing in a pack is run, unpacked, followed or fetched. Whatever is odd is a
`Finding`; what could do harm is refused before anything of it is read.
"""
