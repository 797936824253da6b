"""What an announcer reads: numbers, days, money, telephones and abbreviations as they are said."""

import csv
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shared.spoken import count_words, seconds_to_say, spoken, spoken_address, spoken_code
from app.shared.spoken_numbers import DIGITS, decimal_words, digit_words, number_words
from app.shared.spoken_words import WORDS_FILE
from app.shared.vietnamese import nfc, number

UNITS = {**{word: value for value, word in enumerate(DIGITS)}, "mốt": 1, "tư": 4, "lăm": 5}


def heard(words: str) -> int:
    """The number that somebody who hears the words writes down."""
    billions, found, rest = words.rpartition(" tỷ")
    if found:
        return heard(billions) * 10**9 + heard(rest.strip())
    total = 0
    for scale, size in ((" triệu", 10**6), (" nghìn", 10**3)):
        before, found, after = rest.partition(scale)
        if found:
            total, rest = total + heard_hundreds(before) * size, after.strip()
    return total + heard_hundreds(rest)


def heard_hundreds(words: str) -> int:
    total = 0
    before, found, after = words.partition(" trăm")
    if found:
        total, words = 100 * UNITS[before], after.strip().removeprefix("linh ")
    if words.startswith("mười"):
        return total + 10 + (UNITS[words.removeprefix("mười ")] if words != "mười" else 0)
    tens, found, unit = words.partition(" mươi")
    if found:
        return total + 10 * UNITS[tens] + (UNITS[unit.strip()] if unit.strip() else 0)
    return total + (UNITS[words] if words else 0)


@given(st.integers(min_value=0, max_value=10**18) | st.integers(min_value=0, max_value=100_000))
def test_a_number_is_heard_as_it_was_meant(value: int) -> None:
    assert heard(number_words(value)) == value


@given(st.integers(min_value=0, max_value=10**12))
def test_a_number_written_with_dots_is_said_like_one_without(value: int) -> None:
    assert spoken(f"Có {number(value)} người") == f"Có {number_words(value)} người"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "không"),
        (10, "mười"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (105, "một trăm linh năm"),
        (111, "một trăm mười một"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_297, "một nghìn hai trăm chín mươi bảy"),
        (50_000, "năm mươi nghìn"),
        (1_000_000_000, "một tỷ"),
        (2_000_000_001, "hai tỷ không trăm linh một"),
        (-5, "âm năm"),
    ],
)
def test_numbers_are_said_as_at_school(value: int, words: str) -> None:
    assert number_words(value) == words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Có 98,7 % bà con", "Có chín mươi tám phẩy bảy phần trăm bà con"),
        ("còn 0,05 %", "còn không phẩy không năm phần trăm"),
        ("giá 50.000 đồng", "giá năm mươi nghìn đồng"),
        ("giá 50.000đ/tháng", "giá năm mươi nghìn đồng một tháng"),
        ("ngày 21/11/2026", "ngày hai mươi mốt tháng mười một năm hai nghìn không trăm hai mươi sáu"),
        ("sáng 1/7", "sáng ngày mùng một tháng bảy"),
        ("20-25/4", "Ngày hai mươi đến ngày hai mươi lăm tháng tư"),
        ("tháng 6/2021", "Tháng sáu năm hai nghìn không trăm hai mươi mốt"),
        ("lúc 14:32", "lúc mười bốn giờ ba mươi hai phút"),
        ("từ 7h30 đến 9h", "Từ bảy giờ ba mươi phút đến chín giờ"),
        ("8:00-10:30", "Tám giờ đến mười giờ ba mươi phút"),
        ("7-9h sáng", "Bảy đến chín giờ sáng"),
        ("gọi 0912 345 678 hoặc 113", "gọi không chín một hai, ba bốn năm, sáu bảy tám hoặc một một ba"),
        ("máy 0912345678", "máy không chín một hai, ba bốn năm, sáu bảy tám"),
        ("tổng đài 1900 1234", "tổng đài một chín không không, một hai ba bốn"),
        ("hỏi ở 19001234", "hỏi ở một chín không không, một hai ba bốn"),
        ("máy (024) 3825 1234", "máy không hai bốn, ba tám hai năm, một hai ba bốn"),
        ("máy 0912-345-678", "máy không chín một hai, ba bốn năm, sáu bảy tám"),
        ("nhớ số 113, đường dây 1022", "nhớ số một một ba, đường dây một không hai hai"),
        ("Quyết định số 113", "Quyết định số một trăm mười ba"),
        ("theo Nghị định 13/2023/NĐ-CP", "theo Nghị định mười ba năm hai nghìn không trăm hai mươi ba của Chính phủ"),
        ("Số 114/QĐ-UBND", "Số một trăm mười bốn của Ủy ban nhân dân"),
        ("Kế hoạch 7/KH-BCT", "Kế hoạch bảy, ca hát, bê xê tê"),
        ("từ T2-T6", "từ thứ hai đến thứ sáu"),
        ("về CT-XH", "về xê tê, ích hát"),
        ("Đại hội XIV", "Đại hội mười bốn"),
        ("Có 113 người gọi 113.", "Có một trăm mười ba người gọi một một ba."),
        ("3-5 % số hộ", "Ba đến năm phần trăm số hộ"),
        ("1/3 số hộ, đúng 8/10 câu", "Một phần ba số hộ, đúng tám trên mười câu"),
        ("mã 14812-7", "mã một bốn tám một hai, gạch ngang, bảy"),
        ("Mở hoc.vn/go.", "Mở hoc chấm vê nờ gạch chéo gờ o."),
        ("Quét mã QR, nhập OTP", "Quét mã quy a, nhập ô tê pê"),
        ("UBND TP. HCM", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("TP.Thanh Hóa", "Thành phố Thanh Hóa"),
        ("khóa XXI của HTX", "khóa hai mươi mốt của hợp tác xã"),
        ("sóng 4G, khổ A4, KP3", "sóng bốn gờ, khổ A bốn, khu phố ba"),
        ("đài VTV, tiếng VANG", "đài vê tê vê, tiếng VANG"),
        ("số 007, mục 1.2.3", "số không không bảy, mục một chấm hai chấm ba"),
        ("xã/phường & thôn", "xã, phường và thôn"),
        ("ngày 5 tháng 4.", "ngày mùng năm tháng tư."),
        ("mỗi tháng 4 lần", "mỗi tháng bốn lần"),
        ("Xong. 3 việc: 1 giờ", "Xong. Ba việc: một giờ"),
        ("ngày 32/13/2026", "ngày ba mươi hai, mười ba, hai nghìn không trăm hai mươi sáu"),
        ("số ١٢", "số mười hai"),
    ],
)
def test_what_is_written_is_said(written: str, said: str) -> None:
    written = written[0].upper() + written[1:]
    said = said[0].upper() + said[1:]
    assert spoken(written) == said


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_every_day_is_said_with_month_and_year(day: date) -> None:
    said = spoken(f"Hạn: {day:%d/%m/%Y}.")
    assert re.fullmatch(r"Hạn: ngày [^\d,]+ tháng [^\d,]+ năm [^\d,]+\.", said)
    assert said == spoken(f"Hạn: {day.day}/{day.month}/{day.year}.")
    assert said != spoken(f"Hạn: {day + timedelta(days=1):%d/%m/%Y}.")


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True))
def test_a_telephone_number_is_said_digit_by_digit(digits: str) -> None:
    said = spoken(f"Gọi số {digits[:4]} {digits[4:7]} {digits[7:]}")
    assert said.replace(",", "") == f"Gọi số {digit_words(digits)}"


@given(st.text(max_size=200) | st.from_regex(r"[0-9OTPQR.,:/ %đ-]{0,40}", fullmatch=True))
def test_no_digit_is_left_and_saying_it_twice_changes_nothing(text: str) -> None:
    said = spoken(text)
    assert not any(c.isdecimal() for c in said)
    assert said == nfc(said)
    assert spoken(said) == said


def test_a_text_in_words_stays_as_it_is() -> None:
    text = "Kính thưa bà con. Lỡ bị lừa, gọi ngay công an xã – đừng xấu hổ."
    assert spoken(text) == text


def test_decimals_with_a_zero_in_front_are_said_one_by_one() -> None:
    assert decimal_words(98, "75") == "chín mươi tám phẩy bảy mươi lăm"
    assert decimal_words(98, "05") == "chín mươi tám phẩy không năm"


def test_addresses_and_codes_can_be_written_down_by_who_hears_them() -> None:
    assert spoken_address("https://hoc-so.thanhhoa.gov.vn/go") == (
        "hoc gạch ngang so chấm thanhhoa chấm gốp chấm vê nờ gạch chéo gờ o"
    )
    assert spoken_code("00004-12") == "không không không không bốn, gạch ngang, một hai"
    assert spoken_code("7") == "bảy"


def test_a_minute_holds_about_150_words() -> None:
    assert count_words("Kính thưa bà con, – 3 việc!") == 6
    assert seconds_to_say("chữ " * 150) == 61
    assert seconds_to_say("chữ " * 220) == 90


def test_the_file_of_words_is_clean() -> None:
    with WORDS_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["where"] for row in rows} == {"word", "unit", "web"}
    keys = [(row["written"], row["where"]) for row in rows]
    assert len(keys) == len(set(keys))
    assert [row for row in rows if any(c.isdecimal() for c in row["spoken"])] == []
