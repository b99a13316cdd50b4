"""The session room: what the facilitator sees while leading."""
