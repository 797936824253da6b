"""A learner in the middle of a quiz when its second version comes; 43 questions of a file, three of them broken."""

from playwright.sync_api import expect

from tests.browser.conftest import NewStory
from tests.browser.site import Site
from tests.browser.trainer import Trainer
from tests.integration.authoring.gift_file import make_gift

LESSON = "Bác nhận tin nhắn lạ.\n\n> **Nhớ:** không bấm.\n"
QUIZ = """## Ai được hỏi mã OTP của bác?
<!-- key: q-ma -->

- [ ] Công an
  > Không ai được hỏi cả.
- [x] Không ai cả
  > Đúng: mã chỉ của bác.

## Số của Công an?
<!-- key: q-so -->

- = 113
"""


def make_course(trainer: Trainer, title: str) -> None:
    trainer.start("Trống", title, f"Học {title}")
    trainer.press("Bài đầu tiên")
    trainer.write(LESSON)
    trainer.back_to_course(title)
    trainer.add("Bài kiểm tra", "Kiểm tra")


def test_a_learner_in_the_middle_goes_on_with_the_questions_begun(site: Site, new_story: NewStory) -> None:
    trainer, title = Trainer(site, new_story(site, "desktop")), "Mã dùng một lần"
    make_course(trainer, title)
    trainer.press("Viết dạng chữ")
    trainer.write(QUIZ)
    quiz_editor = trainer.story.path
    trainer.back_to_course(title)
    trainer.publish()

    learner = new_story(site, "phone")
    learner.open("/courses/ma-dung-mot-lan/bai-dau")
    learner.press("Đã hiểu")
    learner.open("/courses/ma-dung-mot-lan/kiem-tra")
    learner.press("Bắt đầu làm bài")

    trainer.story.open(f"{quiz_editor}?as=text")
    trainer.write(QUIZ.replace("Ai được hỏi mã OTP của bác?", "Ai được biết mã OTP?").replace("113", "114"))
    trainer.back_to_course(title)
    trainer.press("Xem lại và xuất bản")
    trainer.story.sees("đang học dở")
    trainer.press("Xuất bản ngay")

    for _number in (1, 2):
        learner.does_not_see("Ai được biết mã OTP?")
        if learner.page.locator("input[type=radio]").count():
            learner.choose("Không ai cả")
        else:
            learner.fill("Câu trả lời của bác", "113")
        learner.press("Trả lời")
        learner.press(next(label for label in ("Câu tiếp theo", "Xem kết quả") if learner.has(label)))
    learner.sees("Bác đúng 2 trong 2 câu")


def test_forty_questions_of_a_file_come_in_and_three_faults_are_told(site: Site, new_story: NewStory) -> None:
    trainer = Trainer(site, new_story(site, "desktop"))
    make_course(trainer, "Bốn mươi câu")
    expect(trainer.page.locator(".quiz-builder.is-ready")).to_be_visible()
    trainer.press("Nhập từ Word, Excel, Moodle")
    gift = {"name": "cau-hoi.gift", "mimeType": "text/plain", "buffer": make_gift()}
    trainer.page.set_input_files("#import-file", gift)
    trainer.press("Đọc thử")
    trainer.story.sees("Đọc được 40 câu, 3 phần có lỗi.")
    expect(trainer.page.locator(".import-faults > li")).to_have_count(3)
    trainer.press("Thêm 40 câu này")
    expect(trainer.page.locator(".quiz-card")).to_have_count(40)
    trainer.back_to_course("Bốn mươi câu")
    trainer.story.sees("Không có lỗi nào")
