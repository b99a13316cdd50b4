"""From a recording to its transcript: pieces to hear, what was understood, turns, and a person's work on them."""
