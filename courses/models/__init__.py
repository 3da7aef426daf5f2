from courses.models.course import Course, CourseNotOpen, EnrolmentRefused, Wanted
from courses.models.discussion import Complaint, Enquiry, Reply
from courses.models.enrolment import Enrolment, Receipt
from courses.models.enrolment_list import EnrolmentList
from courses.models.evaluation import Evaluation, EvaluationMark
from courses.models.note import Note
from courses.models.outline import OutlineItem
from courses.models.path import Path, PathEnrolment, PathItem, PathNotOpen
from courses.models.planned import PlannedNumber
from courses.models.practical import Submission
from courses.models.progress import LearningEvent, LessonProgress
from courses.models.quiz import (
    NoAttemptLeft,
    NothingToAsk,
    Quiz,
    QuizAllowance,
    QuizAttempt,
    QuizDraw,
    QuizResponse,
    Regrade,
    Saved,
)
from courses.models.quiz_bank import ItemVersion, QuizItem
from courses.models.reminder import NoReminders, Reminder
from courses.pages import CourseIndexPage, CoursePage, LessonPage, SectionPage
from courses.path_pages import PathPage

__all__ = [
    "Complaint",
    "Course",
    "CourseIndexPage",
    "CourseNotOpen",
    "CoursePage",
    "Enquiry",
    "Enrolment",
    "EnrolmentList",
    "EnrolmentRefused",
    "Evaluation",
    "EvaluationMark",
    "ItemVersion",
    "LearningEvent",
    "LessonPage",
    "LessonProgress",
    "NoAttemptLeft",
    "NoReminders",
    "Note",
    "NothingToAsk",
    "OutlineItem",
    "Path",
    "PathEnrolment",
    "PathItem",
    "PathNotOpen",
    "PathPage",
    "PlannedNumber",
    "Quiz",
    "QuizAllowance",
    "QuizAttempt",
    "QuizDraw",
    "QuizItem",
    "QuizResponse",
    "Receipt",
    "Regrade",
    "Reminder",
    "Reply",
    "Saved",
    "SectionPage",
    "Submission",
    "Wanted",
]
