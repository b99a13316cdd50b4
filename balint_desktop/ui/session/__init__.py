"""One session's way through the window: Get ready, the room, the debrief."""
