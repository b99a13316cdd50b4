"""The files of an analysis: the copy that goes out to a coder, and the report."""
