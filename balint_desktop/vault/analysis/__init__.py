"""The sealed database of each study: texts, authors, rounds, coding, themes."""
