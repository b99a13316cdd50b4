"""Help: read its pages, and search them."""
