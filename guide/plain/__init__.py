"""Plain mode: the whole guide, line by line.

For screen readers, braille, pipes and terminals that cannot draw. It says a sheet,
asks one question, and hands the answer on; it decides nothing and draws nothing:
no cursor movement, no colour, no boxes, no time limit.
"""
