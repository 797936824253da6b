"""Named refusals. Each says in Vietnamese what happened and what to do; the web layer maps them in one place."""


class Refusal(Exception):
    """Base of everything that the product declines to do.

    `status` is the HTTP status. `sentence` is shown to the person, so it is written for them.
    """

    status = 400
    sentence = "Chưa làm được việc này. Bà con thử lại giúp."

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or self.sentence)

    @property
    def message(self) -> str:
        return str(self)


class Moved(Exception):
    """The thing now lives at `target`, a path of this site: a published address leads on for ever."""

    def __init__(self, target: str) -> None:
        super().__init__(target)
        self.target = target


class NotFound(Refusal):
    """The thing does not exist, or is not for this person: the two look alike on purpose."""

    status = 404
    sentence = "Không tìm thấy trang này. Bà con về trang đầu rồi chọn lại giúp."
