"""A course folder → one compiled course, or every fault in it. Pure: no database, no clock, no files."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.content.compile import course_file
from app.content.compile.course_file import CourseHeader, read_course_file
from app.content.compile.faults import MEANT, CourseRefused, Fault, Faults
from app.content.compile.fields import Fields
from app.content.compile.item import (
    NOTHING_KNOWN,
    CompiledItem,
    ItemMemory,
    KnownItems,
    Sources,
    check_item_name,
    read_item,
    slug_of_file,
)
from app.content.compile.normal_form import ITEM_NAME, hash_files, normalised_files
from app.content.compile.pictures import Examine, Picture, picture_extension, read_pictures
from app.content.compile.quiz_rules import check_quizzes
from app.content.compile.render import Reference, Render, Renderer
from app.content.compile.sounds import Sound, read_sounds, sound_extension
from app.content.compile.text import UnreadableText, is_key, nearest, normalise, normalise_path, suggested_key

MAXIMUM_TEXT = 200 * 1024
MAXIMUM_ITEMS = 100
NO_REFERENCE = Reference()


@dataclass(frozen=True, slots=True)
class CompiledCourse:
    header: CourseHeader
    items: tuple[CompiledItem, ...]
    required_items: tuple[str, ...]
    files: dict[str, str]
    """The normalised folder: text, or "media:SHA256.ext" for a picture or sound."""
    pictures: tuple[Picture, ...]
    sounds: tuple[Sound, ...]
    content_hash: str
    warnings: tuple[Fault, ...] = field(default=())


def compile_course(
    folder: Mapping[str, bytes],
    slug: str,
    render: Render,
    examine: Examine,
    reference: Reference = NO_REFERENCE,
    known: KnownItems = NOTHING_KNOWN,
    memory: ItemMemory | None = None,
) -> CompiledCourse:
    """Compile the files of a folder (path → bytes, paths with "/", photos in their normal form).

    Items that stand in `known` with the hash of what they are compiled from are taken from there, not rendered again;
    what stands in `memory` comes with the faults that were found in it, and what is compiled is put there.

    Raises:
        CourseRefused: with every fault that was found.
    """
    faults = Faults()
    named = _readable_names(folder, faults)
    texts = _read_texts(named, faults)
    sounds = read_sounds(named, faults)
    header, fields = _read_header(texts, slug, faults)
    renderer = Renderer(
        render,
        read_pictures(named, faults, examine),
        sounds,
        reference,
        {name: f"/courses/{slug}/{slug_of_file(name)}" for name in texts if name != course_file.NAME},
        header.terms,
    )
    renderer.check_skills(header.meta["skills"], fields.line_of("skills"), faults.of(course_file.NAME))
    items = _read_items(texts, Sources(slug, header, renderer), known, memory, faults)
    items = _with_pass_marks(header, fields, items, faults)
    _check_course(header, fields, items, faults)
    check_quizzes(items, texts, faults)
    for path in sorted({*renderer.pictures, *renderer.sounds} - renderer.used):
        faults.warn(path, 1, "Hình hoặc âm thanh này không được dùng trong bài nào.", "unused", path)
    if faults.serious:
        raise CourseRefused(faults.all)
    files = normalised_files(named)
    return CompiledCourse(
        header=header,
        items=tuple(items),
        required_items=header.completion or tuple(item.key for item in items),
        files=files,
        pictures=tuple(renderer.pictures.values()),
        sounds=tuple(sounds.values()),
        content_hash=hash_files(files),
        warnings=tuple(sorted(faults.all)),
    )


def _readable_names(folder: Mapping[str, bytes], faults: Faults) -> dict[str, bytes]:
    """The files by their names in normal form; names that cannot be shown or told apart are faults."""
    named: dict[str, bytes] = {}
    for path, content in folder.items():
        name = normalise_path(path)
        if not name.isprintable():
            faults.add(ascii(name)[1:-1], 1, "Tên tệp có ký tự lạ. Đổi tên tệp.")
        elif name in named:
            faults.add(name, 1, "Hai tệp trùng tên (khác cách gõ dấu). Đổi tên một tệp.")
        else:
            named[name] = content
    return named


def _read_texts(folder: Mapping[str, bytes], faults: Faults) -> dict[str, str]:
    """Normalised course.yml and item files; faults for files that are neither these nor pictures."""
    texts: dict[str, str] = {}
    for name, content in folder.items():
        if name != course_file.NAME and not ITEM_NAME.fullmatch(name):
            _judge_stranger(name, faults)
            continue
        if len(content) > MAXIMUM_TEXT:
            faults.add(name, 1, f"Tệp dài quá {MAXIMUM_TEXT // 1024} KB. Chia thành nhiều bài.")
            continue
        try:
            texts[name] = normalise(content)
        except UnreadableText as error:
            faults.add(name, error.line, str(error))
    return texts


def _judge_stranger(name: str, faults: Faults) -> None:
    if picture_extension(name) or sound_extension(name):
        return
    if name.lower().endswith(".md"):
        stem = suggested_key(name.rpartition("/")[2].removesuffix(".md"))
        reason = "Tên tệp bài bắt đầu bằng số thứ tự và nằm ngay trong thư mục khóa học"
        faults.add(name, 1, f"{reason}, ví dụ: 01-{stem}.md")
    elif name.lower() in ("course.yaml", "khoa-hoc.yml"):
        faults.add(name, 1, f"Đổi tên tệp này thành {course_file.NAME}")
    else:
        used = ".md, .svg, .png, .jpg, .webp, .mp3, .opus"
        faults.warn(name, 1, f"Tệp này không thuộc khóa học (chỉ dùng {used}) và bị bỏ qua.")


def _read_header(texts: Mapping[str, str], slug: str, faults: Faults) -> tuple[CourseHeader, Fields]:
    file_faults = faults.of(course_file.NAME)
    if course_file.NAME not in texts:
        if not any(fault.file == course_file.NAME for fault in faults.all):
            file_faults.add(1, f"Thư mục thiếu tệp {course_file.NAME}, nơi ghi tên và người học của khóa.")
        return read_course_file("", slug, Faults().of(course_file.NAME))
    return read_course_file(texts[course_file.NAME], slug, file_faults)


def _read_items(
    texts: Mapping[str, str],
    sources: Sources,
    known: KnownItems,
    memory: ItemMemory | None,
    faults: Faults,
) -> list[CompiledItem]:
    names = [name for name in texts if name != course_file.NAME]
    names.sort(key=lambda name: (int(name.split("-")[0]), name))
    if not names and not faults.serious:
        faults.add(course_file.NAME, 1, "Khóa học chưa có bài nào. Thêm tệp đầu tiên, ví dụ: 01-bai-dau.md")
    if len(names) > MAXIMUM_ITEMS:
        reason = f"Khóa học có {len(names)} mục, nhiều nhất {MAXIMUM_ITEMS}. Chia thành nhiều khóa."
        faults.add(course_file.NAME, 1, reason)
        return []
    items = []
    for position, name in enumerate(names, 1):
        check_item_name(name, faults)
        item = known.get(sources.hash_of(texts[name])) if known else None
        if item is None:
            item = _compiled(name, position, texts[name], sources, memory, faults)
        else:
            sources.note_use(texts[name])
        items.append(replace(item, file=name, position=position, slug=slug_of_file(name)))
    for attribute, word in (("key", "Khóa"), ("slug", "Tên địa chỉ")):
        _refuse_repeated(names, [getattr(item, attribute) for item in items], word, faults)
    return items


def _compiled(
    name: str,
    position: int,
    text: str,
    sources: Sources,
    memory: ItemMemory | None,
    faults: Faults,
    *,
    is_alone: bool = False,
) -> CompiledItem:
    """The item compiled anew, or as it is remembered, with its faults.

    An item that `is_alone` does not know all that is in its folder, so it may not say for others what was meant.
    """
    source_hash = sources.hash_of(text)
    remembered = memory.find(slug_of_file(name), source_hash) if memory else None
    if remembered is not None:
        item, found = remembered
        sources.note_use(text)
        faults.all += [replace(fault, file=name) for fault in found]
        return item
    own = Faults()
    item = replace(read_item(name, position, text, sources.renderer, own), source_hash=source_hash)
    faults.all += own.all
    is_unsure = is_alone and any(fault.code == MEANT and not fault.meant for fault in own.all)
    if memory is not None and not is_unsure:
        memory.keep(item, own.all)
    return item


def compile_one_item(
    folder: Mapping[str, bytes],
    name: str,
    slug: str,
    render: Render,
    examine: Examine,
    reference: Reference = NO_REFERENCE,
    memory: ItemMemory | None = None,
) -> tuple[CompiledItem, CourseHeader, list[Fault]]:
    """One item of a folder, with what is wrong in it; of the other files only course.yml, names and pictures matter.

    For previews: pictures that the item does not mention may be left out of `folder`, and other items be empty.
    """
    faults, others = Faults(), Faults()
    named = _readable_names(folder, others)
    pictures = read_pictures(named, others, examine)
    sounds = read_sounds(named, others)
    wanted = {path: content for path, content in named.items() if path in (course_file.NAME, name)}
    texts = _read_texts(wanted, faults)
    header, _ = _read_header(texts, slug, others)
    addresses = {path: f"/courses/{slug}/{slug_of_file(path)}" for path in named if ITEM_NAME.fullmatch(path)}
    renderer = Renderer(render, pictures, sounds, reference, addresses, header.terms)
    sources = Sources(slug, header, renderer)
    check_item_name(name, faults)
    item = _compiled(name, 1, texts.get(name, ""), sources, memory, faults, is_alone=True)
    mentioned = [fault for fault in others.all if fault.file in renderer.used]
    return item, header, [fault for fault in faults.all if fault.file == name] + mentioned


def _refuse_repeated(names: list[str], values: list[str], word: str, faults: Faults) -> None:
    seen: dict[str, str] = {}
    for name, value in zip(names, values, strict=True):
        if value and value in seen:
            faults.add(name, 1, f"{word} `{value}` đã dùng trong {seen[value]}. Mỗi mục một tên riêng.")
        seen.setdefault(value, name)


def _with_pass_marks(
    header: CourseHeader, fields: Fields, items: list[CompiledItem], faults: Faults
) -> list[CompiledItem]:
    """The quizzes with the marks that `completion:` asks of them."""
    quizzes = {item.key: item.quiz for item in items if item.quiz}
    for key in header.pass_marks:
        if key in [item.key for item in items] and key not in quizzes:
            reason = f"`{key}` không phải là bài kiểm tra nên không có mức phần trăm."
            faults.add(course_file.NAME, fields.line_of("completion"), reason)
    return [
        replace(item, quiz=replace(item.quiz, pass_mark=header.pass_marks[item.key]))
        if item.quiz and item.key in header.pass_marks
        else item
        for item in items
    ]


def _check_course(header: CourseHeader, fields: Fields, items: list[CompiledItem], faults: Faults) -> None:
    """What only the whole course can tell: required items that are there, minutes that add up."""
    keys = [item.key for item in items]
    for key in header.completion:
        if is_key(key) and key not in keys:
            meant = nearest(key, keys)
            advice = f" Có phải là `{meant}`?" if meant else ""
            faults.add(
                course_file.NAME,
                fields.line_of("completion"),
                f"Không có mục nào mang khóa `{key}`.{advice}",
                MEANT,
                key,
                meant or "",
            )
    total = sum(item.minutes for item in items)
    if not faults.serious and header.minutes != total:
        reason = f"Các mục cộng lại {total} phút. Viết: minutes: {total}"
        faults.warn(course_file.NAME, fields.line_of("minutes"), reason, "minutes", str(header.minutes), str(total))
