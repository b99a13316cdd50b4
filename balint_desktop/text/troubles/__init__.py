"""The sentences of every trouble, one module a subject. `text/trouble.py` is where they are looked up."""
