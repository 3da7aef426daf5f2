import json
import logging

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from home import demo


class Command(BaseCommand):
    help = "Build the demo story at a stage, through the real verbs; may be repeated. / Dựng dữ liệu mẫu."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--stage", choices=demo.STAGES, default="before", help="before the event, while it runs, after it"
        )
        parser.add_argument("--json", action="store_true", help="print addresses and logins as JSON")

    def handle(self, *args, stage: str, **options) -> None:
        logging.disable(logging.INFO)  # each page says that it was made; standard output is the answer
        call_command("createcachetable", verbosity=0)
        try:
            story = demo.build(stage)
        except demo.RealData:
            raise CommandError(
                "There are registrations for an event that the demo did not make: nothing was changed."
            ) from None
        if options["json"]:
            self.stdout.write(json.dumps(story, ensure_ascii=False, indent=1, default=str))
            return
        self.stdout.write(f"Dữ liệu mẫu / demo: {stage}")
        for name, url in story["urls"].items():
            self.stdout.write(f"  {name:<24}{url}")
        self.stdout.write(
            "Đăng nhập bằng mã; khi chạy thử mã hiện ngay trên trang. / Log in by a code, shown on the page here:"
        )
        for login in story["logins"]:
            self.stdout.write(f"  {login['email']:<24}{login['name']}, {login['role']}")
