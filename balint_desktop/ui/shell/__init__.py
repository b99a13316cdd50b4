"""The main window's frame: navigation, places, messages, undo, background work."""
