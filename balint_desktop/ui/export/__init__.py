"""Files that leave the vault: export, printing, save dialogs."""
