"""De-identify a transcript, approve it, redact it later."""
