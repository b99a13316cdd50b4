"""The recorder and the other sound processes, and the app's handles on them."""
