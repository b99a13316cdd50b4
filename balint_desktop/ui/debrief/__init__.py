"""After the hour: the debrief."""
