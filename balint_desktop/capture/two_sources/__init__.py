"""Record two sources as one: the microphone, and what this computer plays."""
