"""What is put into the copies of this folder."""

# On these words, up to these, by whom, what, resolved.
COMMENTS = (
    ("made me angry", "", "Coder 2", "Anger; Turned on her\nwhy: the ‘then’", False),
    ("whānau were", "F: What is", "Coder 2", "Alone", False),
    ("toughen up", "", "Supervisor", "Leading?", True),
    ("Nobody asked", "", "Coder 2", "Left out: by us", False),
)
COLOURS = (("only tired", "#ffff00", "YELLOW"), ("move on", "#00ffff", "TURQUOISE"))
