"""Three bare Django views to measure against: the machine's own price of an answer. No middleware, no CMS.

const   a constant answer
page    60 rows rendered into a page of about 20 kB
tx      one SELECT and one INSERT in a transaction
"""

import os
from urllib.parse import urlsplit

import django
from django.conf import settings

url = urlsplit(os.environ["DATABASE_URL"])
settings.configure(
    SECRET_KEY="b" * 50,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="bench.bare",
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path.lstrip("/"),
            "USER": url.username,
            "PASSWORD": url.password or "",
            "HOST": url.hostname,
            "PORT": url.port or 5432,
            "CONN_MAX_AGE": None,
        }
    },
    INSTALLED_APPS=[],
    MIDDLEWARE=[],
    USE_TZ=True,
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402

PAGE = engines["django"].from_string(
    "<!doctype html><html lang=vi><title>{{ title }}</title><table>"
    "{% for row in rows %}<tr class='row {% cycle 'a' 'b' %}'>"
    "<td>{{ row.id }}<td><a href='/x/{{ row.id }}/'>{{ row.name }}</a><td>"
    "{{ row.text }}<td>{{ row.at|date:'d/m/Y H:i' }}"
    "{% if row.id %}<td>{{ row.name|upper }}{% endif %}</tr>{% endfor %}</table></html>"
)


class Row(models.Model):
    name = models.TextField()
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        app_label = "bare"
        db_table = "bench_rows"


class Entry(models.Model):
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        app_label = "bare"
        db_table = "bench_log"


def const(request):
    return HttpResponse("xin chào")


def page(request):
    return HttpResponse(PAGE.render({"title": "Sáu mươi hàng", "rows": Row.objects.order_by("id")[:60]}))


def tx(request):
    with transaction.atomic():
        row = Row.objects.get(pk=7)
        Entry.objects.create(text=row.name, at=timezone.now())
    return HttpResponse("ok")


urlpatterns = [path("const", const), path("page", page), path("tx", tx)]
application = WSGIHandler()


def prepare() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bench_rows (id int PRIMARY KEY, name text, text text, at timestamptz)"
        )
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_log (id bigserial PRIMARY KEY, text text, at timestamptz)")
        cursor.execute(
            "INSERT INTO bench_rows SELECT n, 'Nguyễn Thị Hàng ' || n, "
            "repeat('Một dòng chữ tiếng Việt vừa phải. ', 4), now() "
            "FROM generate_series(1, 60) n ON CONFLICT DO NOTHING"
        )


if __name__ == "__main__":
    prepare()
