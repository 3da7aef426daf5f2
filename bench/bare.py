"""Three bare Django views to measure against: the machine's own price of an answer. No middleware, no CMS.

const   a constant answer
page    60 rows rendered into a page of about 20 kB
tx      one SELECT and one INSERT in a transaction (about 1.6 ms of CPU on a machine like the one in README)
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
from django.db import connection, transaction  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import path  # noqa: E402

PAGE = engines["django"].from_string(
    "<!doctype html><html lang=vi><title>{{ title }}</title><table>{% for row in rows %}<tr class='row {% cycle 'a' 'b' %}'>"
    "<td>{{ row.id }}<td><a href='/x/{{ row.id }}/'>{{ row.name }}</a><td>{{ row.text }}<td>{{ row.when|date:'d/m/Y H:i' }}"
    "{% if row.id %}<td>{{ row.name|upper }}{% endif %}</tr>{% endfor %}</table></html>"
)


def const(request):
    return HttpResponse("xin chào")


def page(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name, text, at FROM bench_rows ORDER BY id LIMIT 60")
        rows = [{"id": r[0], "name": r[1], "text": r[2], "when": r[3]} for r in cursor.fetchall()]
    return HttpResponse(PAGE.render({"title": "Sáu mươi hàng", "rows": rows}))


def tx(request):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM bench_rows WHERE id = %s", [7])
        cursor.fetchone()
        cursor.execute("INSERT INTO bench_log (text, at) VALUES (%s, now())", ["một dòng"])
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
            "INSERT INTO bench_rows SELECT n, 'Nguyễn Thị Hàng ' || n, repeat('Một dòng chữ tiếng Việt vừa phải. ', 4), now() "
            "FROM generate_series(1, 60) n ON CONFLICT DO NOTHING"
        )


if __name__ == "__main__":
    prepare()
