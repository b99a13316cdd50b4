"""Help: what the app does, in plain sections."""
