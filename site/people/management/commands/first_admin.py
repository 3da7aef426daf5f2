from django.core.management.base import BaseCommand, CommandParser
from django.core.validators import validate_email

from people import first
from people.models import AuditEntry, User
from people.text import nfc


class Command(BaseCommand):
    help = "Tạo quản trị viên, in liên kết đăng nhập dùng một lần. / Makes an administrator, prints a one-time link."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="họ và tên / full name")

    def handle(self, *args, email: str, name: str, **options) -> None:
        email = nfc(email).strip().lower()
        validate_email(email)
        person = User.objects.filter(email=email).first() or User.objects.create_superuser(email, name)
        if not person.is_superuser or not person.is_active:
            person.is_superuser = person.is_active = True
        if name:
            person.full_name = name
        person.save()
        AuditEntry.objects.record(None, "person.first_link_made", person)
        self.stdout.write(f"Quản trị viên / Administrator: {person.email}")
        self.stdout.write("Mở liên kết này một lần, trong 30 phút / Open this link once, within 30 minutes:")
        self.stdout.write(first.link(person))
