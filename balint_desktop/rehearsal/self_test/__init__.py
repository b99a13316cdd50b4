"""Self-test of an installed program: from a new vault to an opened recording, without microphone and loudspeaker."""
