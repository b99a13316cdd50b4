"""How the window is put together: gates, places, locking, one session, keys. Only app.py imports it."""
