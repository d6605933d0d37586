"""The bag: the originals, the log and the journal, so that anyone can check them.

It is BagIt 1.0 (RFC 8493), in a new folder or sealed into one file. It exists whole
and read back, or it is not there, or it says itself that it is not complete.
"""
