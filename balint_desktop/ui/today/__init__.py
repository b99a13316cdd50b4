"""The place Today: what comes next, and what is open."""
