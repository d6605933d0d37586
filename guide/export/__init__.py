"""What leaves: the case book, the bag."""
