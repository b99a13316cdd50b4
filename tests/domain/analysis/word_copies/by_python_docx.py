"""Makes the copy of python-docx, which make.py starts in a Python that has it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import docx
from coded import COLOURS, COMMENTS
from docx.enum.text import WD_COLOR_INDEX

HERE = Path(__file__).parent


def main() -> None:
    """Write the copy."""
    document = docx.Document(str(HERE / "clean.docx"))
    runs = {}
    for paragraph in [one for one in document.paragraphs if one.text]:
        text, edges = paragraph.text, {0, len(paragraph.text)}
        for words in [one for comment in COMMENTS for one in comment[:2] if one] + [one[0] for one in COLOURS]:
            if words in text:
                at = text.index(words)
                edges |= {at, at + len(words)} if words != "whānau were" else {at}
        for run in list(paragraph.runs):
            run._r.getparent().remove(run._r)
        ordered = sorted(edges)
        for begin, end in pairwise(ordered):
            runs[text[begin:end]] = paragraph.add_run(text[begin:end])
    for words, until, who, says, _ in COMMENTS:
        first = next(run for text, run in runs.items() if text.startswith(words))
        last = runs[until] if until else first
        head, *lines = says.split("\n")
        comment = document.add_comment([first, last], text=head, author=who, initials="C")
        for line in lines:
            comment.add_paragraph(line)
    for words, _, name in COLOURS:
        runs[words].font.highlight_color = getattr(WD_COLOR_INDEX, name)
    document.save(str(HERE / "python-docx.docx"))


if __name__ == "__main__":
    main()
