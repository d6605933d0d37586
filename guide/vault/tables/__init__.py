"""The tables of the vault, one noun a file; ``guide.vault.store`` joins them."""
