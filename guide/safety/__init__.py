"""What protects the reader from this program's own traces: leaving, hiding, showing.

``leave`` ends everything at once, ``process`` hardens this process before
anything else runs, ``display`` lets no hostile text reach the terminal. Only the
standard library is used, for these run before everything else.
"""
