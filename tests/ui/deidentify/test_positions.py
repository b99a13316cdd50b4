"""Places in code points and in Qt's count."""

from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.ui.deidentify.positions import from_qt, to_qt


def test_a_sign_beyond_16_bits_counts_twice_in_qt():
    assert [to_qt("a😀b", at) for at in range(4)] == [0, 1, 3, 4]
    assert [from_qt("a😀b", at) for at in (0, 1, 3, 4)] == [0, 1, 2, 3]


@given(st.text(alphabet="aāé😀𝔸\n"), st.integers(0, 50))
def test_there_and_back_is_the_same_place(text, at):
    at = min(at, len(text))

    assert from_qt(text, to_qt(text, at)) == at
