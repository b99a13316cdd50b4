"""The evaluation: its written part, filled in, entered and counted, and bare scores."""
