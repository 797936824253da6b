"""The right place on a screenshot: options that are regions of the first picture of the stem."""

from itertools import combinations

from app.content.compile.faults import FileFaults
from app.content.compile.question_read import PlacedQuestion
from app.content.compile.questions.answers import Answers, check_words, refuse_unreachable
from app.content.compile.questions.choice import compile_option, weights_of
from app.content.compile.render import Renderer
from app.content.quiz_source.model import Region


def compile_hotspot(placed: PlacedQuestion, renderer: Renderer, faults: FileFaults) -> Answers | None:
    """`details`: regions {option key: [left, top, width, height] in percent}, picture {address, width, height, alt}."""
    before = faults.serious
    options, lines = placed.source.options, placed.places.answers
    check_words([(line, option.words) for line, option in zip(lines, options, strict=True)], faults)
    for line, option in zip(lines, options, strict=True):
        if option.region is None:
            faults.add(line, "Phương án này chưa có vùng trên hình. Viết: - [ ] Tên vùng @ 10,40 80x20")
        elif not _is_inside(option.region):
            faults.add(
                line, "Vùng này ra ngoài hình. Trái, trên, rộng, cao tính bằng phần trăm, cộng lại không quá 100."
            )
    placed_options = [(line, option.region) for line, option in zip(lines, options, strict=True) if option.region]
    for (_, one), (line, other) in combinations(placed_options, 2):
        if _overlap(one, other):
            faults.add(line, "Vùng này chồm lên vùng khác. Thu nhỏ lại cho rời nhau.")
    if len(options) < 2 or not any(option.is_ticked for option in options):
        faults.add(lines[0], "Câu chạm vào hình cần ít nhất hai vùng, trong đó có vùng đúng: - [x] Tên vùng @ …")
    picture = renderer.first_picture(placed.source.stem)
    if picture is None:
        faults.add(placed.places.heading, "Câu chạm vào hình cần một hình trên các vùng: ![Trong hình có gì](anh/…)")
    if faults.serious > before or picture is None:
        return None
    weights = weights_of("single", options)
    refuse_unreachable(max(weights), lines[0], faults)
    compiled = tuple(compile_option(placed, i, weight, renderer, faults) for i, weight in enumerate(weights))
    regions = {
        made.key: [region.left, region.top, region.width, region.height]
        for made, (_, region) in zip(compiled, placed_options, strict=True)
    }
    return Answers(compiled, details={"weighted": True, "regions": regions, "picture": picture})


def _is_inside(region: Region) -> bool:
    fits = region.left + region.width <= 100.001 and region.top + region.height <= 100.001
    return fits and region.width > 0 and region.height > 0


def _overlap(one: Region, other: Region) -> bool:
    apart = (
        one.left + one.width <= other.left
        or other.left + other.width <= one.left
        or one.top + one.height <= other.top
        or other.top + other.height <= one.top
    )
    return not apart
