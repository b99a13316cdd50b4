"""Creating, restoring and unlocking the vault."""
