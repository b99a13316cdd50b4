import re

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPageLayout, QPainter, QPdfWriter

from balint_desktop.ui.export import floor_card

SIZE = (1123, 794)  # A4 on its long edge, at 96 dots an inch


def test_the_card_has_two_pages_on_their_long_edge(qapp, tmp_path):
    path = tmp_path / "card.pdf"
    writer = QPdfWriter(str(path))

    floor_card.paint(writer)
    layout = writer.pageLayout()
    del writer

    assert layout.orientation() is QPageLayout.Orientation.Landscape
    assert len(re.findall(rb"/Type /Page\b", path.read_bytes())) == 2


@pytest.mark.parametrize(
    "word", [side[0] for side in floor_card.sides()] + ["A word that takes all of a line and more"]
)
def test_a_word_is_complete_and_as_large_as_the_page_allows(qapp, word):
    image = QImage(*SIZE, QImage.Format.Format_ARGB32)
    painter = QPainter(image)

    floor_card._write(painter, QRectF(0, 0, *SIZE), word, SIZE[1] * floor_card._WORD)

    wide = QFontMetricsF(painter.font()).horizontalAdvance(word)
    painter.end()
    assert wide <= SIZE[0] * 0.92


def test_the_sides_differ_in_more_than_their_words(qapp):
    """From a seat too far away to read the word, the frame is visible or absent."""
    framed, plain = (side_picture(framed=framed) for framed in (True, False))

    assert framed != plain


def side_picture(*, framed):
    image = QImage(*SIZE, QImage.Format.Format_ARGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    floor_card._side(painter, QRectF(0, 0, *SIZE), "", "", framed=framed)
    painter.end()
    return image
