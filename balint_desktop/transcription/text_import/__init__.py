"""Read a transcript that another program or a person wrote: plain text, Word, subtitles, noScribe."""
