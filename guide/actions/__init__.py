"""What a reader can do. One story a function; each tells it top to bottom."""
