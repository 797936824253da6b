"""What did not change is not rendered again, and comes out the same."""

from app.content.compile.course import CompiledCourse, compile_course, compile_one_item
from app.content.compile.faults import MEANT, CourseRefused, Fault
from app.content.compile.fragment import Answer, Table
from app.content.compile.item import ItemMemory
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


def faults_of(files: dict[str, bytes], memory: ItemMemory, known: CompiledCourse | None = None) -> list[Fault]:
    items = {item.source_hash: item for item in known.items} if known else {}
    try:
        compile_course(files, "every-kind", render_here, examine_here, REFERENCE, items, memory)
    except CourseRefused as refused:
        return [fault for fault in refused.faults if not fault.is_warning]
    return []


def test_a_new_name_of_a_file_is_looked_at_though_its_text_is_known():
    files, memory = read_sample(FOLDER), ItemMemory(50)
    first, _ = compiled(files)
    assert faults_of(files, memory) == []
    for name in ("05-done.md", "05-Thực hành.md"):
        renamed = {**files, name: files["05-thuc-hanh.md"]}
        del renamed["05-thuc-hanh.md"]
        assert [fault.file for fault in faults_of(renamed, memory)] == [name]
        assert [fault.file for fault in faults_of(renamed, ItemMemory(50), known=first)] == [name]
    assert faults_of(files, memory) == []


def test_a_file_without_a_key_is_told_its_own_though_another_has_the_same_text():
    files, memory = read_sample(FOLDER), ItemMemory(50)
    files["07-mot.md"] = files["08-hai.md"] = files["01-bai-hoc.md"].replace(b"key: bai-hoc\n", b"")
    assert [fault.meant for fault in faults_of(files, memory) if fault.about == "key"] == ["mot", "hai"]


def test_an_item_compiled_alone_does_not_keep_the_course_from_saying_what_was_meant():
    files, memory = read_sample(FOLDER), ItemMemory(50)
    lesson = "01-bai-hoc.md"
    files[lesson] = files[lesson].replace(b"anh/o-vuong.svg", b"anh/o-vong.svg")
    alone = {name: content for name, content in files.items() if not name.startswith("anh/")}
    _, _, seen = compile_one_item(alone, lesson, "every-kind", render_here, examine_here, REFERENCE, memory)
    assert [fault.meant for fault in seen if fault.code == MEANT] == [""]
    assert [fault.meant for fault in faults_of(files, memory)] == ["anh/o-vuong.svg"]
