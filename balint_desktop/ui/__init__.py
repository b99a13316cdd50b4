"""Windows, models, messages, theme."""
