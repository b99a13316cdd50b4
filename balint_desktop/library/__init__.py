"""Text files a user may add to: session formats, questionnaires."""
