"""The vault: keys, states, files, and the acts on them."""
