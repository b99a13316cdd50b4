"""Taking out of a text what identifies: suggestions, decisions, reading, the approved text, the gate."""
