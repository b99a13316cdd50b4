"""Composition: builds the window from services, controllers and places. Imported by `__main__` and the rehearsal."""
