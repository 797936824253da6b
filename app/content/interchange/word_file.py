"""A file of Word, before anything opens it: is it one, and may it be read?"""

from app.content.interchange.office_file import Kind, PlainXml, is_xml, opened

MAXIMUM_BYTES = 20 * 1024 * 1024
TOO_TANGLED = "Tệp này rối hoặc lớn quá nên máy không đọc hết. Chia thành vài tệp nhỏ, hoặc chép từng phần rồi dán."
WORD = Kind(
    main_part="word/document.xml",
    maximum_packed=MAXIMUM_BYTES,
    maximum_entries=2_000,
    broken="Tệp bị hỏng hoặc không phải tệp Word (.docx). Mở bằng Word, chọn Lưu thành, kiểu Word Document (.docx).",
    old="Đây là tệp Word kiểu cũ (.doc). Mở bằng Word, chọn Lưu thành, kiểu Word Document (.docx), rồi chọn tệp mới.",
    password="Tệp có mật khẩu nên máy không đọc được. Mở bằng Word, bỏ mật khẩu, lưu lại rồi thử lại.",  # noqa: S106
    too_large="Tệp nặng quá 20 MB. Bớt hình, hoặc chia thành vài tệp.",
    bomb="Tệp này giải nén ra lớn bất thường nên máy không đọc. Chép chữ sang một tệp mới.",
)


def check_word_file(content: bytes) -> None:
    """Nothing, for a file within the limits.

    Raises:
        FileUnreadable: with the sentence that fits.
    """
    with opened(content, WORD) as archive:
        for entry in archive.infolist():
            if is_xml(entry.filename):
                PlainXml(WORD).read(archive.read(entry))
