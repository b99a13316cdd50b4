"""Getting ready: from lid to ready in thirty seconds."""
