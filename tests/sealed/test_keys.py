import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import keys


def code_of(call):
    with pytest.raises(Trouble) as caught:
        call()
    return caught.value.code


def flipped(data, position):
    changed = bytearray(data)
    changed[position] ^= 1
    return bytes(changed)


def test_a_sealed_file_opens_with_each_of_its_keys():
    one, two = keys.new_identity(), keys.new_identity()
    sealed = keys.seal(b"the hour", [one.recipient, two.recipient])
    assert keys.unseal(sealed, [one.secret]) == b"the hour"
    assert keys.unseal(sealed, [two.secret]) == b"the hour"


def test_a_wrong_key_and_a_damaged_file_are_distinguished():
    one, other = keys.new_identity(), keys.new_identity()
    sealed = keys.seal(b"the hour", [one.recipient])
    assert code_of(lambda: keys.unseal(sealed, [other.secret])) is TroubleCode.WRONG_KEY
    assert code_of(lambda: keys.unseal(flipped(sealed, -3), [one.secret])) is TroubleCode.SEALED_DAMAGED
    assert code_of(lambda: keys.unseal(sealed[:-1], [one.secret])) is TroubleCode.SEALED_DAMAGED
    assert code_of(lambda: keys.unseal(b"", [one.secret])) is TroubleCode.SEALED_DAMAGED


def test_sealing_without_recipients_is_refused():
    with pytest.raises(ValueError, match="recipient"):
        keys.seal(b"x", [])


@pytest.mark.parametrize("text", ["", "age1", "AGE-SECRET-KEY-1AAAA"])
def test_an_invalid_key_is_refused(text):
    assert code_of(lambda: keys.identity(text)) is TroubleCode.WRONG_KEY
    assert code_of(lambda: keys.seal(b"x", [text])) is TroubleCode.WRONG_KEY


def test_a_secret_is_not_shown_by_accident():
    made = keys.new_identity()
    assert made.secret not in repr(made)
    assert keys.identity(made.secret) == made
