"""Questions that stood in lessons go into the bank of their course; attempts that were made point at what they asked."""

import json
import uuid

from django.db import connection, migrations

STEP = 4  # letters of a page's path for each level


def parsed(value):
    return json.loads(value) if isinstance(value, str) else value


def children(raw):
    """The items of a list in a block, as (id, value)."""
    return [(one["id"], one["value"]) for one in raw or [] if isinstance(one, dict) and "value" in one]


class Moving:
    def __init__(self, apps):
        self.apps = apps
        self.pages = apps.get_model("courses", "LessonPage")
        self.quizzes = {}  # lesson -> quiz
        self.versions = {}  # lesson -> {question: version}

    def old_quiz(self, body):
        return next(
            (b for b in body or [] if b.get("type") == "quiz" and isinstance(b.get("value"), dict)), None
        )

    def run(self):
        rows = list(
            self.pages.objects.order_by("path").values_list(
                "pk", "translation_key", "path", "slug", "title", "locale__language_code"
            )
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT page_ptr_id, body FROM courses_lessonpage")
            bodies = {pk: parsed(body) for pk, body in cursor.fetchall()}
        rows.sort(key=lambda row: row[5] != "vi")
        self.english = {
            row[1]: dict(children(block["value"].get("questions")))
            for row in rows
            if row[5] == "en" and (block := self.old_quiz(bodies.get(row[0])))
        }
        for pk, key, path, slug, title, _language in rows:
            body = bodies.get(pk)
            if self.replace(body, key, path, slug, title):
                with connection.cursor() as cursor:
                    cursor.execute(
                        "UPDATE courses_lessonpage SET body = %s WHERE page_ptr_id = %s", [json.dumps(body), pk]
                    )
        self.revisions({str(row[0]): row for row in rows})
        self.attempts()

    def revisions(self, rows):
        types = self.apps.get_model("contenttypes", "ContentType").objects.filter(app_label="courses", model="lessonpage")
        for revision in self.apps.get_model("wagtailcore", "Revision").objects.filter(content_type__in=types):
            row = rows.get(revision.object_id)
            body = parsed(revision.content.get("body") or "[]")
            if row and self.replace(body, row[1], row[2], row[3], row[4]):
                revision.content["body"] = json.dumps(body)
                revision.save(update_fields=["content"])

    def replace(self, body, key, path, slug, title):
        block = self.old_quiz(body)
        if block is None:
            return False
        if key not in self.quizzes:
            self.make(key, path, slug, title, block["value"])
        block["value"] = self.quizzes[key].pk
        return True

    def course_of(self, path):
        page = self.apps.get_model("courses", "CoursePage").objects.filter(path=path[: -2 * STEP]).first()
        key = page.translation_key if page else uuid.uuid4()
        return self.apps.get_model("courses", "Course").objects.get_or_create(key=key)[0]

    def make(self, key, path, slug, title, value):
        course = self.course_of(path)
        tag = slug[:40].strip("-")
        quiz = self.apps.get_model("courses", "Quiz").objects.create(
            course=course, title_vi=title[:200], pass_mark=value.get("pass_mark") or 50
        )
        self.apps.get_model("courses", "QuizDraw").objects.create(quiz=quiz, tag=tag, sort_order=0)
        self.quizzes[key], self.versions[key] = quiz, {}
        items, versions = self.apps.get_model("courses", "QuizItem"), self.apps.get_model("courses", "ItemVersion")
        english = self.english.get(key, {})
        for number, (question, written) in enumerate(children(value.get("questions")), start=1):
            name, again = f"{slug[:70]}-{number}", 1
            while items.objects.filter(course=course, key=name).exists():
                again += 1
                name = f"{slug[:60]}-{number}-{again}"
            item = items.objects.create(course=course, key=name, tags=f" {tag} ", search_text=written["question"].lower())
            there = english.get(question, {})
            translated = {option: one.get("text", "") for option, one in children(there.get("options"))}
            options = children(written.get("options"))
            version = versions.objects.create(
                item=item,
                number=1,
                kind="several" if written.get("kind") == "multiple" else "one",
                text_vi=written["question"],
                text_en=there.get("question", ""),
                asked={
                    "options": [
                        {"id": option, "vi": one["text"], "en": translated.get(option, "")} for option, one in options
                    ]
                },
                key={"right": [option for option, one in options if one.get("correct")]},
                explanation_vi=written.get("explanation") or "",
                explanation_en=there.get("explanation") or "",
            )
            item.current = version
            item.save(update_fields=["current"])
            self.versions[key][question] = version

    def attempts(self):
        responses = self.apps.get_model("courses", "QuizResponse")
        numbers = {}
        for attempt in self.apps.get_model("courses", "QuizAttempt").objects.order_by("submitted_at"):
            place = (attempt.enrolment_id, attempt.lesson_key)
            numbers[place] = numbers.get(place, 0) + 1
            attempt.number = numbers[place]
            attempt.started_at = attempt.submitted_at
            attempt.passed = attempt.points * 100 >= attempt.pass_mark * attempt.max_points
            attempt.quiz = self.quizzes.get(attempt.lesson_key) or self.forgotten(attempt)
            attempt.save()
            versions = self.versions.get(attempt.lesson_key, {})
            asked = [(one["id"], set(one["right"])) for one in attempt.items]
            # Only where what was asked is still what stands there: else points alone are kept.
            if any(i not in versions or set(versions[i].key["right"]) != right for i, right in asked):
                continue
            responses.objects.bulk_create(
                responses(
                    attempt=attempt,
                    position=position,
                    version=versions[question],
                    order=[option["id"] for option in versions[question].asked["options"]],
                    answer=attempt.answers.get(question) or None,
                    answered_at=attempt.submitted_at,
                    points=int(set(attempt.answers.get(question, [])) == right),
                )
                for position, (question, right) in enumerate(asked, start=1)
            )

    def forgotten(self, attempt):
        """The lesson of this attempt asks nothing any more."""
        quiz = self.apps.get_model("courses", "Quiz").objects.create(
            course=attempt.enrolment.course, title_vi=f"(bài {str(attempt.lesson_key)[:8]})", pass_mark=attempt.pass_mark
        )
        self.quizzes[attempt.lesson_key] = quiz
        return quiz


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0014_quizzes"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(lambda apps, editor: Moving(apps).run(), migrations.RunPython.noop),
    ]
