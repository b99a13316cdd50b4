"""Keys and states, recordings, the log, the audit trail."""
