"""The pictures in the README, and the script that makes them."""
