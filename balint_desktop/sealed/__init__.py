"""Our sealed files: age, parts, tails, and reading them."""
