"""What the reader keeps. The only room that sees a database."""
