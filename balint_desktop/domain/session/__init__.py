"""One session: its format, facts, state, schedule, prompts, and the record it becomes."""
