"""The evaluation section of a group's page, and passing the laptop round."""
