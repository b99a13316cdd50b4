"""What is put into the copies of this folder."""

from word_copies import Note

# On these words, up to these, by whom, what, resolved.
COMMENTS = (
    ("made me angry", "", "Coder 2", "Anger; Turned on her\nwhy: the ‘then’", False),
    ("whānau were", "F: What is", "Coder 2", "Alone", False),
    ("toughen up", "", "Supervisor", "Leading?", True),
    ("Nobody asked", "", "Coder 2", "Left out: by us", False),
)
COLOURS = (("only tired", "#ffff00", "YELLOW"), ("move on", "#00ffff", "TURQUOISE"))
# Into the one that is saved again: a thread, a comment over three turns that is resolved, a supervisor's.
THREADS = (
    Note("made me angry", "Anger; Turned on her"),
    Note("made me angry", "At whom?", by="Supervisor", answers=0),
    Note("made me angry", "and at me", answers=0),
    Note("then with her. I know she was only tired.\n\n[silence, 14 s]\n\nR2: I would", "Over three turns", done=True),
    Note("toughen up", "Leading?", by="Supervisor"),
)
LOOKS = (
    ("out of depth", '<w:highlight w:val="yellow"/>'),
    ("Nobody asked", '<w:shd w:val="clear" w:color="auto" w:fill="C0FFEE"/>'),
)
