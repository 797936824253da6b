"""A GIFT file as a trainer has one: 43 questions of several kinds, three of which cannot be read."""

BROKEN_LINES = (31, 64, 97)


def make_gift() -> bytes:
    """Forty sound questions, three with a fault each."""
    sound = [_sound(number) for number in range(1, 41)]
    blocks = [
        *sound[:10],
        "::Hỏng 1:: Câu này thiếu ngoặc đóng {=đúng ~sai",
        *sound[10:21],
        "::Hỏng 2:: Câu này không có đáp án đúng {~sai ~cũng sai}",
        *sound[21:32],
        "::Hỏng 3:: Ghép một cặp thôi {=một -> hai}",
        *sound[32:],
    ]
    return ("\n\n".join(blocks) + "\n").encode()


def _sound(number: int) -> str:
    kinds = (
        f"Câu {number}: ai được hỏi mã OTP? {{=Không ai#Đúng vậy. ~Công an#Công an không hỏi. ~Ngân hàng}}",
        f"Câu {number}: có thể đọc mã cho người quen. {{FALSE#Không nên.#Đúng.}}",
        f"Câu {number}: số điện thoại Công an? {{=113 =một một ba}}",
        f"Câu {number}: nước sôi ở bao nhiêu độ? {{#100:0.5}}",
        f"Câu {number}: ghép việc với số {{=Công an -> 113 =Cứu hỏa -> 114}}",
    )
    return f"::Q{number}:: {kinds[number % len(kinds)]}"
