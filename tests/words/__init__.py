"""The sentences of the program, for those who translate them, and what proves them."""
