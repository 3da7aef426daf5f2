from courses.models.course import Course, CourseNotOpen, Wanted
from courses.models.enrolment import Enrolment, Receipt
from courses.models.outline import OutlineItem
from courses.models.progress import LearningEvent, LessonProgress
from courses.models.quiz import QuizAttempt
from courses.pages import CourseIndexPage, CoursePage, LessonPage, SectionPage

__all__ = [
    "Course",
    "CourseIndexPage",
    "CourseNotOpen",
    "CoursePage",
    "Enrolment",
    "LearningEvent",
    "LessonPage",
    "LessonProgress",
    "OutlineItem",
    "QuizAttempt",
    "Receipt",
    "SectionPage",
    "Wanted",
]
