"""YAML: nothing clever, nothing guessed, always a line."""

from contextlib import suppress

import pytest

from app.content.compile.strict_yaml import MAXIMUM_DEPTH, Value, YamlRefused, load_mapping

BOMB = "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n"


def test_values_stay_the_words_they_are():
    found = load_mapping("title: No\nkey: 0113\nday: 2026-11-21\nempty:\nlist: [1, yes]\n")
    assert {name: value.content for name, value in found.items() if name != "list"} == {
        "title": "No",
        "key": "0113",
        "day": "2026-11-21",
        "empty": "",
    }
    assert found["list"].content == [Value("1", 5), Value("yes", 5)]


def test_escapes_bring_in_nothing_that_cannot_be_stored_or_shown():
    found = load_mapping(r'"na\0me": "Bác \ud83dhọc\a \U0001f600\n"')
    assert {name: value.content for name, value in found.items()} == {"name": "Bác học 😀"}


def test_every_value_knows_its_line_in_the_file():
    found = load_mapping("a: 1\n\nb:\n  - c: 2\n    d: 3\n", first_line=2)
    assert found["b"].line == 4
    inner = found["b"].content[0].content
    assert (inner["c"].line, inner["d"].line) == (5, 6)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (BOMB, 1, "Không dùng dấu &"),
        ("a: 1\nb: *x", 2, "Không dùng dấu &"),
        ("a: 1\nb: !!python/object/apply:os.system [id]", 2, "Không dùng dấu !"),
        ("a: 1\nb: 2\na: 3", 3, "hai lần"),
        ("title: Bài 1: số lạ", 1, 'Dán dòng này: title: "Bài 1: số lạ"'),
        ("a:\n\t- 1", 2, "Tab"),
        ("a: [1, 2", 1, "chưa đúng cách"),
        ("- 1\n- 2", 1, "tên: giá trị"),
        ("chữ", 1, "tên: giá trị"),
        ("? [a, b]\n: c", 1, "Bên trái"),
        ('a: "không đóng', 1, "chưa đúng cách"),
        ("a: \ufffe", 1, "chưa đúng cách"),
        ("x: " + "[" * 30 + "]" * 30, 1, "tầng"),
        ("x: " + "[" * 5000, 1, "tầng"),
        ("a: " + "x" * 70_000, 1, "64 KB"),
    ],
)
def test_what_is_refused_names_its_line(text, line, words):
    with pytest.raises(YamlRefused) as refused:
        load_mapping(text)
    assert words in refused.value.reason
    assert refused.value.line == line


def test_lines_of_refusals_count_from_the_first_line_of_the_file():
    with pytest.raises(YamlRefused) as refused:
        load_mapping("a: 1\na: 2", first_line=2)
    assert refused.value.line == 3


def test_the_deepest_nesting_that_is_allowed_is_read():
    depth = MAXIMUM_DEPTH - 2
    assert load_mapping("x: " + "[" * depth + "]" * depth)


def test_nothing_at_all_is_an_empty_mapping():
    assert load_mapping("# chỉ có ghi chú\n") == {}


# From the YAML test suite (yaml-test-suite, MIT): odd corners of the language.
@pytest.mark.parametrize(
    "text",
    [
        '%YAML 1.2\n---\n!!map {\n  ? !!str "a" : !!str "b",\n}\n',
        "a: |1\n explicit\n",
        "---\n--- a: 1\n...\n",
        "a:\n - b\n -\n  - c",
        "{? explicit: entry, implicit: entry, ? }",
        "foo: bar\n- x",
        "key: [ word1\n#  xxx\n  word2 ]",
        "<<: {a: 1}\nb: 2",
        "&a : b",
        "a: 'b': c",
        "\u0000",
        "@x: 1",
        "a: `b`",
    ],
)
def test_odd_corners_are_read_or_refused(text):
    with suppress(YamlRefused):
        assert isinstance(load_mapping(text), dict)
