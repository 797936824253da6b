"""Staff passwords: long, compared exactly as typed, refused where others would try them first."""

from flask_babel import gettext

from app.people.keyed_hash import keyed_digest
from app.people.slow_hash import slow_hash, slow_hash_matches
from app.shared.errors import Refusal
from app.shared.vietnamese import fold

SHORTEST = 12
LONGEST = 128
FEWEST_DIFFERENT = 5
SHORTEST_NAME_PART = 3
COMMON_WORDS = frozenset(
    "matkhau matkhaumoi matkhaucuatoi password passw passwd pass mypassword qwerty qwertyuiop qwertyasdfgh asdfghjkl "
    "asdfghjklzxcvbnm zxcvbnm qazwsx qazwsxedc iloveyou loveyou anhyeuem emyeuanh yeuem yeuanh toiyeuvietnam vietnam "
    "vietnamvodich hanoi saigon tphcm hochiminh danang admin administrator quantri quantrivien root user welcome "
    "letmein changeme abc abcd abcdef abcdefgh abcdefghijkl monkey dragon football superman princess sunshine master "
    "giadinh giadinhtoi conyeume motconvit motconvitxoera lamdong thanhhoa vinhlong chinhquyen ubnd uyban "
    "uybannhandan congan canbo xaphuong phuongxa tinhthanh chuyendoiso congngheso tocongngheso hocso hocsocongdong "
    "binhdanhocvu binhdanhocvuso test testtest demo xinchao".split()
)
"""What is left of common passwords when digits, marks and signs are taken away."""


class WeakPassword(Refusal):
    """The sentence says what is wrong with the password."""

    status = 422


def refuse_weak_password(password: str, *, sign_in_name: str, name: str) -> None:
    """Refuse what is short, common, or made of the person's own names.

    Raises:
        WeakPassword: with the reason.
    """
    if len(password) < SHORTEST:
        raise WeakPassword(
            gettext("Mật khẩu cần ít nhất %(least)s ký tự. Một câu ngắn là dễ nhớ nhất.", least=SHORTEST)
        )
    if len(password) > LONGEST:
        raise WeakPassword(gettext("Mật khẩu dài nhất %(most)s ký tự.", most=LONGEST))
    if _is_common(password):
        raise WeakPassword(gettext("Mật khẩu này nhiều người dùng nên dễ bị đoán. Anh chị chọn câu khác giúp."))
    if _holds_name(password, sign_in_name, name):
        raise WeakPassword(gettext("Mật khẩu không được chứa tên của mình. Anh chị chọn câu khác giúp."))


def _is_common(password: str) -> bool:
    plain = _plain(password)
    letters = "".join(character for character in plain if character.isalpha())
    halves = letters[: len(letters) // 2]
    return len(set(plain)) < FEWEST_DIFFERENT or letters in COMMON_WORDS or letters == "" or halves * 2 == letters


def _holds_name(password: str, sign_in_name: str, name: str) -> bool:
    plain = _plain(password)
    own = {_plain(sign_in_name), _plain(name)}
    return any(len(part) >= SHORTEST_NAME_PART and part in plain for part in own)


def _plain(text: str) -> str:
    """Without marks, signs and spaces, in lower case."""
    return fold(text).replace(" ", "")


def hash_password(password: str) -> str:
    """The hash to store. Slow. Whoever does not exist is checked against one of these, for the same time."""
    return slow_hash(keyed_digest("password", password))


def is_right_password(password: str, password_hash: str) -> bool:
    """Whether this is exactly the password that was hashed. Slow."""
    return slow_hash_matches(password_hash, keyed_digest("password", password))
