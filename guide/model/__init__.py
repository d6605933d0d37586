"""The ground floor: frozen values that every room may hold. Standard library only."""
