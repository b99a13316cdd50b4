"""The practice: formats, clock, session, prompts, people. Standard library only."""
