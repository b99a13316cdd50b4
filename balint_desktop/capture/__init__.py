"""The recorder and its sisters, and the handles by which the app holds them."""
