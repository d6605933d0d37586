"""A calm guide for people targeted by online stalking or harassment.

The house, from the ground up. Values live on floor 1. The rooms of floor 2 turn
some values into others and do not know each other. Each action of floor 3 tells
one story. The two front ends of floor 4 only show and ask. The command line of
floor 5 picks one of them.

    model  words                                             floor 1
    library letters vault interview mail media filters export
    safety settings files keychain                           floor 2
    actions                                                  floor 3
    tui  plain                                               floor 4
    cli                                                      floor 5

Import directions are contracts in ``pyproject.toml`` and run with the tests.
"""

__version__ = "0.1.0"
