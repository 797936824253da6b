"""Names of people who do not exist, put together from common Vietnamese ones. Pure: the chance comes from outside."""

from random import Random

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Lương")
FAMILY_WEIGHTS = (38, 12, 10, 7, 5, 4, 4, 3, 3, 3, 3, 2, 2, 1)
WOMEN = ("Hoa", "Lan", "Hồng", "Thủy", "Mai", "Nga", "Hương", "Loan", "Yến", "Phượng", "Xuân", "Thu", "Cúc", "Ánh")
MEN = ("Hùng", "Dũng", "Tuấn", "Long", "Sơn", "Thành", "Bình", "Đức", "Quang", "Phúc", "Tâm", "Thắng", "Minh", "Khôi")
OLDEST, YOUNGEST = 1941, 2008
"""Years of birth of learners: the seeds' lessons are for people from 14 to over 80, most of them not young."""


def full_name(chance: Random) -> str:
    """A name as people write it: family name, middle name, given name."""
    family = chance.choices(FAMILY, FAMILY_WEIGHTS)[0]
    if chance.random() < 0.5:
        return f"{family} Thị {chance.choice(WOMEN)}"
    return f"{family} {chance.choice(('Văn', 'Đình', 'Hữu', 'Xuân'))} {chance.choice(MEN)}"


def birth_year(chance: Random) -> int | None:
    """Optional, as in life: a third did not give it."""
    return round(chance.triangular(OLDEST, YOUNGEST, 1968)) if chance.random() < 0.67 else None
