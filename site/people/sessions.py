"""The session engine: a session comes with the person it belongs to, in one query instead of two.

Who is logged in is still what the signed session says; django.contrib.auth checks it as ever. The person beside it only
saves the second question (people.backends).
"""

from typing import TYPE_CHECKING

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

if TYPE_CHECKING:
    from people.models import LoginSession, User

WITH_PERSON = """
    SELECT people_user.*, session_data FROM people_loginsession LEFT JOIN people_user ON people_user.id = person_id
    WHERE session_key = %s AND expire_date > %s
"""


class SessionStore(db.SessionStore):
    _person: "User | None" = None

    @classmethod
    def get_model_class(cls) -> "type[LoginSession]":
        from people.models import LoginSession

        return LoginSession

    def load(self) -> dict:
        from people.models import User

        now = connection.ops.adapt_datetimefield_value(timezone.now())
        # Written out: see docs/decisions/0010.
        for person in User.objects.raw(WITH_PERSON, [self.session_key, now]):
            data = self.decode(person.__dict__.pop("session_data"))
            self._person = person if person.pk else None
            return data
        self._session_key = None
        return {}

    def take_person(self, pk: int) -> "User | None":
        """The person that came with the session. Once: whoever asks again asks the database."""
        person, self._person = self._person, None
        return person if person is not None and person.pk == pk else None

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.person_id = data.get(SESSION_KEY)
        return row
