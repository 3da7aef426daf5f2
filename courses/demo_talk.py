"""Questions under lessons in the demo story: one answered and pinned, one that waits; and a note of Bình's own."""

from datetime import datetime, timedelta

from courses.models import Course, Enquiry, LessonPage, Note
from people.models import User

ANSWERED = (
    "Làm sao biết một trang tin có phải là trang của cơ quan nhà nước không ạ?",
    "Anh/chị xem tên miền có kết thúc bằng .gov.vn không, rồi mở trang ấy từ trang chủ của cơ quan, "
    "không mở từ đường dẫn trong tin nhắn.",
)
WAITING = ("Tôi học bằng điện thoại, in bài ra giấy rồi quét mã thì có được tính như học trên máy không?",)
NOTE = "Hỏi lại tổ công nghệ số của phường về cách tra cứu."


def talk(course: Course, tutor_email: str, host: str, at: datetime) -> None:
    """Through the doors that people use. Done once: a second time changes nothing."""
    tutor = User.objects.filter(email=tutor_email).first()
    lesson = course.outline.open().in_order().first()
    if lesson is None or tutor is None or Enquiry.objects.exists():
        return
    page = LessonPage.objects.filter(translation_key=lesson.lesson_key).first()
    if page is None:
        return
    others = (
        course.enrolments.exclude(person__email=f"binh@{host}").select_related("person").order_by("started_at", "pk")
    )
    for enrolment, (text, *answer) in zip(others[:2], (ANSWERED, WAITING), strict=False):
        enquiry = Enquiry.objects.ask(enrolment, lesson.lesson_key, text, at - timedelta(days=3))
        for words in answer:
            enquiry.answer(words, tutor, at - timedelta(days=2), share=True).pin(True, at - timedelta(days=2))
    binh = User.objects.filter(email=f"binh@{host}").first()
    if binh is not None and course.enrolments.filter(person=binh).exists():
        Note.objects.write(binh, course, lesson.lesson_key, NOTE, at - timedelta(days=1))
        Note.objects.mark(binh, course, lesson.lesson_key, True, at - timedelta(days=1))
