"""What this package declines, in words for the person who asked."""

from typing import TYPE_CHECKING

from app.shared.errors import NotFound, Refusal

if TYPE_CHECKING:
    from app.places.queries import EndedPlace


class PlaceEnded(NotFound):
    """The code belongs to a commune that is no longer valid. `ended` says which one and what it became."""

    sentence = "Xã, phường này đã sắp xếp lại. Bà con chọn xã, phường hiện nay giúp."

    def __init__(self, ended: "EndedPlace") -> None:
        super().__init__()
        self.ended = ended


class HamletExists(Refusal):
    status = 422
    sentence = "Xã, phường này đã có thôn, khu phố tên đó. Anh chị xem lại danh sách giúp."


class HamletNameMissing(Refusal):
    status = 422
    sentence = "Anh chị ghi tên thôn, khu phố giúp, dài nhất 120 chữ."


class UnknownHamletType(Refusal):
    status = 422
    sentence = "Anh chị chọn loại trong danh sách giúp: thôn, ấp, bản, khu phố, tổ dân phố."
