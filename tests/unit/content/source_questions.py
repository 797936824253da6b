"""Questions as their authors may write them, made at random."""

from dataclasses import replace

from hypothesis import strategies as st

from app.content.quiz_source.model import Region, SourceOption, SourceQuestion

WORDS = st.lists(
    st.sampled_from(
        "mã OTP ngân hàng 113 1.000 (1) **đậm** `mã` _nghiêng_ a->b [x] # - = ____ ? ! → * 5% đúng sai x".split()
    ),
    min_size=1,
    max_size=5,
).map(" ".join)
PLAIN = st.lists(st.sampled_from("mã ngân hàng gọi tắt máy 113 số lạ đường dẫn".split()), min_size=1, max_size=5).map(
    " ".join
)
BLOCKS = st.lists(PLAIN, max_size=3).map("\n\n".join)
WEIGHTS = st.sampled_from([None, None, 0.0, 0.5, 1.0, 0.3333333, -0.5, -1.0])


@st.composite
def questions(draw: st.DrawFn) -> SourceQuestion:
    kind = draw(st.sampled_from(["single", "multiple", "text", "matching", "ordering", "gaps", "hotspot", "free"]))
    frame = SourceQuestion(
        type=kind,
        title=draw(PLAIN) + "?",
        key=draw(st.sampled_from(["q-mot", "q-2"])),
        stem=draw(BLOCKS),
        points=draw(st.integers(1, 9)),
        skills=draw(st.sampled_from([(), ("tt02:4.1",), ("tt02:4.1", "dc2:4.2")])),
        name=draw(st.sampled_from(["", "Q1", "Câu 1"])),
        shuffles=draw(st.booleans()),
        hints=tuple(draw(st.lists(PLAIN, max_size=2))),
        hint_cost=draw(st.sampled_from([0, 25])),
        explanation=draw(BLOCKS),
    )
    return draw(ANSWERS[kind](frame))


def choice(frame: SourceQuestion) -> st.SearchStrategy[SourceQuestion]:
    ticks = st.lists(st.booleans(), min_size=2, max_size=5)
    right = {"single": lambda found: sum(found) == 1, "multiple": lambda found: sum(found) > 1}[frame.type]
    return ticks.filter(right).flatmap(
        lambda found: st.tuples(*(st.tuples(WORDS, BLOCKS) for _ in found)).map(
            lambda said: replace(
                frame,
                options=tuple(
                    SourceOption(words, is_ticked, None, feedback)
                    for (words, feedback), is_ticked in zip(said, found, strict=True)
                ),
            )
        )
    )


def typed(frame: SourceQuestion) -> st.SearchStrategy[SourceQuestion]:
    option = st.builds(
        lambda words, weight, feedback: SourceOption(words, weight is None or weight > 0, weight, feedback),
        WORDS,
        WEIGHTS,
        BLOCKS,
    )
    return st.builds(
        lambda options, exact: replace(frame, options=tuple(options), is_exact=exact),
        st.lists(option, min_size=1, max_size=4),
        st.booleans(),
    )


def matching(frame: SourceQuestion) -> st.SearchStrategy[SourceQuestion]:
    pairs = st.lists(st.tuples(PLAIN, PLAIN), min_size=2, max_size=4)
    return pairs.map(lambda found: replace(frame, pairs=(*found, ("", "thừa ra"))))


def ordering(frame: SourceQuestion) -> st.SearchStrategy[SourceQuestion]:
    return st.lists(PLAIN, min_size=2, max_size=5).map(lambda steps: replace(frame, steps=tuple(steps)))


def gaps(frame: SourceQuestion) -> st.SearchStrategy[SourceQuestion]:
    typed_gap = st.lists(PLAIN, min_size=1, max_size=2).map(lambda found: [SourceOption(w, True, gap=1) for w in found])
    chosen_gap = st.lists(PLAIN, min_size=2, max_size=3).map(
        lambda found: [SourceOption(w, i == 0, gap=2) for i, w in enumerate(found)]
    )
    stem = "Gọi (1) ____ khi (2) ____ nhé."
    return st.builds(lambda one, two: replace(frame, stem=stem, options=(*one, *two)), typed_gap, chosen_gap)


def hotspot(frame: SourceQuestion) -> st.SearchStrategy[SourceQuestion]:
    option = st.builds(
        lambda words, ticked, left: SourceOption(words, ticked, region=Region(left, 5.5, 10, 20.25)),
        PLAIN,
        st.booleans(),
        st.integers(0, 80).map(float),
    )
    return st.lists(option, min_size=2, max_size=4).map(lambda options: replace(frame, options=tuple(options)))


def free(frame: SourceQuestion) -> st.SearchStrategy[SourceQuestion]:
    return st.just(frame)


ANSWERS = {
    "single": choice,
    "multiple": choice,
    "text": typed,
    "matching": matching,
    "ordering": ordering,
    "gaps": gaps,
    "hotspot": hotspot,
    "free": free,
}


def sound_questions(picture: str) -> st.SearchStrategy[SourceQuestion]:
    """Such as compile: no words twice, all points within reach, regions apart, on that picture."""
    return questions().map(lambda question: made_sound(question, picture))


def made_sound(question: SourceQuestion, picture: str) -> SourceQuestion:
    options = tuple(
        replace(option, words=f"{number} {option.words}") for number, option in enumerate(question.options, 1)
    )
    if question.type in ("text", "hotspot"):
        options = (replace(options[0], is_ticked=True, weight=None), *options[1:])
    if question.type == "hotspot":
        regions = [Region(0.5, 5.5 + 22 * number, 10, 20.25) for number in range(len(options))]
        options = tuple(replace(option, region=region) for option, region in zip(options, regions, strict=True))
    return replace(
        question,
        stem=f"{picture}\n\n{question.stem}".strip() if question.type == "hotspot" else question.stem,
        options=options,
        pairs=tuple((left and f"{n} {left}", f"{n} {right}") for n, (left, right) in enumerate(question.pairs)),
        steps=tuple(f"{step} {number}" for number, step in enumerate(question.steps)),
    )
