from app.content.interchange.formats import FORMATS
from app.content.quiz_source.model import SourceOption, SourceQuestion

QUESTION = SourceQuestion("single", "Hỏi?", "q-hoi", options=(SourceOption("a", True), SourceOption("b", False)))


def test_every_format_is_there_by_name():
    assert sorted(FORMATS) == ["aiken", "gift", "moodle-xml", "pasted", "xlsx"]
    assert all(form.reader and form.endings for form in FORMATS.values())


def test_every_writer_takes_questions_and_pictures_and_its_reader_takes_the_file():
    writers = [(form.writer, form.reader) for form in FORMATS.values() if form.writer]
    assert len(writers) == 2
    for writer, reader in writers:
        assert [q.title for q in reader(writer([QUESTION], {}).content).questions] == ["Hỏi?"]
