"""What a learner does on the learning pages, in the words of the buttons."""

from app.content.compile.quiz import Question
from app.content.queries import find_course, get_version
from tests.browser.story import Story

RESIDENT_COURSE = "nhan-biet-va-tranh-lua-dao-qua-mang"
FIRST_GOAL = "Tránh bị lừa qua điện thoại"


def start_course(story: Story, goal: str = FIRST_GOAL) -> None:
    """From the first page to the first lesson: one tap on what one wants to do, one to begin."""
    story.press(goal)
    story.press("Bắt đầu học")


def understand_lesson(story: Story) -> None:
    story.press("Đã hiểu")


def read_lessons(story: Story) -> None:
    """Read on to the quiz; whatever is asked in between is put off."""
    while not story.has("Bắt đầu làm bài"):
        story.press(next(label for label in ("Để sau", "Đã giữ mã, học tiếp", "Đã hiểu") if story.has(label)))


def take_quiz(story: Story, slug: str = RESIDENT_COURSE, *, right: bool = True) -> None:
    """Answer every question of the quiz, looking up what is right."""
    story.press("Bắt đầu làm bài")
    questions = questions_of(story, slug)
    while story.has("Trả lời"):
        answer_question(story, questions, right=right)
        onward = next(label for label in ("Câu tiếp theo", "Xem kết quả") if story.has(label))
        story.press(onward)


def answer_question(story: Story, questions: list[Question], *, right: bool = True) -> None:
    question = question_on_page(story, questions)
    if question.type == "text":
        story.fill("Câu trả lời của bác", question.accepted[0] if right else "hoàn toàn sai")
    else:
        chosen = [option for option in question.options if option.is_right is right]
        for option in chosen if question.type == "multiple" and right else chosen[:1]:
            story.choose_value(option.key)
    story.press("Trả lời")


def question_on_page(story: Story, questions: list[Question]) -> Question:
    """The question whose words stand on the page."""
    stem = story.page.locator("#stem").inner_text()
    squeezed = " ".join(stem.split())
    return next(question for question in questions if " ".join(question.stem_text.split()) in squeezed)


def questions_of(story: Story, slug: str) -> list[Question]:
    with story.site.stored():
        head = find_course(slug)
        assert head is not None
        version = get_version(head.current_version_id)
        return [question for item in version.items if item.quiz for question in item.quiz.questions]
