import pytest

from balint_desktop.sealed.keys import identity, new_identity
from balint_desktop.vault.recovery_key import normalise_key

KEY = new_identity().secret


@pytest.mark.parametrize(
    "typed",
    [
        KEY,
        KEY.lower(),
        f"  {KEY}\n",
        " ".join(KEY[i : i + 6] for i in range(0, len(KEY), 6)),
        KEY.removeprefix("AGE-SECRET-KEY-1"),
        "-".join(KEY[i : i + 6] for i in range(0, len(KEY), 6)),
    ],
    ids=["as it is", "small", "with its line", "in groups", "without its beginning", "with hyphens"],
)
def test_a_key_is_read_as_people_copy_it(typed):
    assert normalise_key(typed) == KEY


def test_letters_that_no_key_contains_are_read_as_the_ones_they_resemble():
    rest = KEY.removeprefix("AGE-SECRET-KEY-1")
    misread = rest.replace("0", "O").replace("L", "I").replace("8", "B")
    assert normalise_key(f"AGE-SECRET-KEY-1{misread}") == KEY
    assert identity(normalise_key(misread)).secret == KEY
