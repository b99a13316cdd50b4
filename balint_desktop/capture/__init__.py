"""The recorder and the other audio processes, and the app's handles on them."""
