"""What did not change is not rendered again, and comes out the same."""

from app.content.compile.course import CompiledCourse, compile_course
from app.content.compile.fragment import Answer, Table
from tests.courses.folders import REFERENCE, SAMPLE, examine_here, read_sample, render_here

FOLDER = SAMPLE.parent / "every-kind"


class Rendering:
    """Renders in the test's process and remembers what it was asked for."""

    def __init__(self) -> None:
        self.sources: list[str] = []

    def __call__(self, source: str, table: Table, inline: bool) -> Answer:
        self.sources.append(source)
        return render_here(source, table, inline)


def compiled(files: dict[str, bytes], before: CompiledCourse | None = None) -> tuple[CompiledCourse, list[str]]:
    rendering = Rendering()
    known = {item.source_hash: item for item in before.items} if before else {}
    return compile_course(files, "every-kind", rendering, examine_here, REFERENCE, known), rendering.sources


def test_an_unchanged_course_is_not_rendered_again_and_is_the_same():
    first, sources = compiled(read_sample(FOLDER))
    again, sources_again = compiled(read_sample(FOLDER), first)
    assert sources
    assert sources_again == []
    assert (again.items, again.content_hash) == (first.items, first.content_hash)


def test_only_the_changed_item_is_rendered():
    files = read_sample(FOLDER)
    first, _ = compiled(files)
    files["05-thuc-hanh.md"] = files["05-thuc-hanh.md"].replace("Bác làm".encode(), "Bác tự làm".encode())
    again, sources = compiled(files, first)
    assert any("Bác tự làm" in source for source in sources)
    assert not any("Không ai được hỏi" in source for source in sources)
    assert again.items == compiled(files)[0].items


def test_a_renumbered_item_is_taken_over_with_its_new_place():
    files = read_sample(FOLDER)
    first, _ = compiled(files)
    files["09-thuc-hanh.md"] = files.pop("05-thuc-hanh.md")
    again, sources = compiled(files, first)
    assert sources == []
    assert [item.slug for item in again.items][-2:] == ["tinh-huong", "thuc-hanh"]
    assert again.items[-1].position == len(again.items)


def test_another_picture_another_explanation_or_another_pass_mark_compiles_anew():
    files = read_sample(FOLDER)
    first, _ = compiled(files)
    other = {**files, "anh/o-vuong.svg": files["anh/o-vuong.svg"].replace(b"36", b"35")}
    assert any("o-vuong" in source for source in compiled(other, first)[1])
    other = {
        **files,
        "course.yml": files["course.yml"].replace("mã dùng một lần,".encode(), "mã chỉ dùng một lần,".encode()),
    }
    assert "mã chỉ dùng một lần" in compiled(other, first)[0].items[0].body
    other = {**files, "course.yml": files["course.yml"].replace(b"cac-loai: 50", b"cac-loai: 90")}
    quiz = compiled(other, first)[0].items[2].quiz
    assert quiz is not None
    assert quiz.pass_mark == 90
