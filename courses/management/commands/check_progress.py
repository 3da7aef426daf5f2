import json
from uuid import UUID

from django.core.management.base import BaseCommand

from courses.checking import differences, put_right
from courses.models import Course, Enrolment


class Command(BaseCommand):
    help = (
        "Works out all progress again from outline and events and reports what differs. Exit code 1 when anything does."
    )

    def add_arguments(self, parser):
        parser.add_argument("--course", type=UUID, help="only this course (its key)")
        parser.add_argument("--sample", type=int, help="only so many enrolments of each course")
        parser.add_argument("--fix", action="store_true", help="write roll-ups again; never events, never the outline")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, course=None, sample=None, fix=False, **options):
        courses = Course.objects.filter(pk=course) if course else None
        found = list(differences(courses, sample))
        if fix:
            for key in sorted({d.enrolment for d in found if d.enrolment}):
                put_right(Enrolment.objects.get(pk=key))
            fixed, found = len(found), list(differences(courses, sample))
            self.stderr.write(f"{fixed - len(found)} put right")
        if options["json"]:
            self.stdout.write(
                json.dumps([{"subject": d.subject, "sentence": d.sentence} for d in found], ensure_ascii=False)
            )
        else:
            for difference in found:
                self.stdout.write(str(difference))
            self.stdout.write(f"{len(found)} differences")
        if found:
            raise SystemExit(1)
