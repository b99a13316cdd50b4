"""Composition: builds the window from its services, controllers and places. Only `__main__` and the rehearsal import it."""
