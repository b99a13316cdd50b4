import pytest

from balint_desktop.sealed.keys import identity, new_identity
from balint_desktop.vault.recovery_key import looks_like_key, normalise_key

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


@pytest.mark.parametrize(
    "typed",
    [KEY, KEY.lower(), KEY.removeprefix("AGE-SECRET-KEY-1"), "age secret key 1 and no more"],
    ids=["whole", "small", "without its beginning", "its beginning alone"],
)
def test_a_key_is_known_from_a_passphrase(typed):
    assert looks_like_key(typed) is True


@pytest.mark.parametrize(
    "typed",
    ["", "seven quiet herons by the mill", KEY.removeprefix("AGE-SECRET-KEY-1")[:-1], "Q" * 59, "!" * 58],
    ids=["nothing", "a passphrase", "one letter short", "one letter more", "other signs"],
)
def test_a_passphrase_is_not_taken_for_a_key(typed):
    assert looks_like_key(typed) is False
