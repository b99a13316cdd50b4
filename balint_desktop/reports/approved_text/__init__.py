"""The approved text as a file: plain text, Word, OpenDocument and subtitles."""
