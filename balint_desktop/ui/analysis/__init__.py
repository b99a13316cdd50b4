"""The place Analysis: set up a study, read, code, compare, agree, themes, reports."""
