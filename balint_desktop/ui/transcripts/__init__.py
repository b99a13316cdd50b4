"""The place Transcripts: the list, the card before transcribing, and the page where a person corrects the text."""
