"""Documents as values, and the same document as Word, OpenDocument and HTML."""
