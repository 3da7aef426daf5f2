"""Who somebody is: people, the offices they belong to, what they agreed to, and who did what."""

import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, BaseUserManager, PermissionsMixin
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from people.text import Bilingual, name_key, nfc, search_text, sort_key


class Searchable[Row: models.Model](models.QuerySet[Row]):
    """Rows with a folded `search_text` column."""

    def matching(self, text: str):
        """Every row that holds all the words, typed with or without accents."""
        found = self
        for word in search_text(text).split():
            found = found.filter(search_text__contains=word)
        return found


class UserManager(BaseUserManager.from_queryset(Searchable)):
    def create_user(self, email: str, full_name: str = "", **fields) -> "User":
        """A person without a password: codes by e-mail, passkeys or single sign-on let them in."""
        if not email:
            raise ValueError("A person needs an e-mail address")
        fields.pop("password", None)
        person = self.model(email=nfc(email).strip().lower(), full_name=full_name, **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, full_name: str = "", **fields) -> "User":
        return self.create_user(email, full_name, **fields | {"is_superuser": True})


class User(AbstractBaseUser, PermissionsMixin):
    """A person with one mailbox. The name is one field, written as it should stand on paper."""

    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("full name"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=16, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="vi")
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(pgettext_lazy("people", "joined"), default=timezone.now, editable=False)
    search_text = models.CharField(max_length=500, blank=True, editable=False)
    name_sort = models.CharField(max_length=260, blank=True, editable=False, db_index=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name_sort", "email"]

    def __str__(self) -> str:
        return self.full_name or self.email

    def save(self, *args, **kwargs):
        self.email = nfc(self.email).strip().lower()
        self.full_name = " ".join(nfc(self.full_name).split())
        self.search_text = search_text(self.full_name, self.email, self.phone)[:500]
        self.name_sort = name_key(self.full_name)[:260]
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_text", "name_sort"}
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.rpartition(" ")[2] or self.email

    def membership_on(self, day: datetime.date) -> "UnitMembership | None":
        """Where the person worked on that day. Looks at prefetched rows when there are some."""
        rows = [row for row in self.memberships.all() if row.since <= day and (row.until is None or row.until >= day)]
        return max(rows, key=lambda row: (row.since, row.pk), default=None)

    @property
    def membership(self) -> "UnitMembership | None":
        return self.membership_on(timezone.localdate())

    @property
    def unit(self) -> "Unit | None":
        """The office the person belongs to today; prefetch `memberships__unit` for lists."""
        return row.unit if (row := self.membership) else None

    @property
    def position(self) -> str:
        return row.position if (row := self.membership) else ""

    def join(self, unit: "Unit | None", position: str, day: datetime.date) -> "UnitMembership | None":
        """From that day on the person works there: the former row ends the day before, or is corrected the same day."""
        current = self.membership_on(day)
        if current and current.unit == unit and current.position == position:
            return current
        if current and current.since == day:
            current.delete()
        elif current:
            current.until = day - datetime.timedelta(days=1)
            current.save(update_fields=["until"])
        self._prefetched_objects_cache = {}
        return UnitMembership.objects.create(person=self, unit=unit, position=position, since=day) if unit else None


def person_of(request: HttpRequest) -> User:
    """Whoever asks, in views that have let in nobody without an account."""
    assert isinstance(request.user, User)
    return request.user


class UnitQuerySet(Searchable["Unit"]):
    def offices(self):
        """Everything somebody can belong to; the province itself is only the root."""
        return self.exclude(kind=Unit.Kind.PROVINCE)

    def full_names(self) -> list[str]:
        """The names alone, in the language being spoken: for suggestions, where rows would be made for nothing."""
        english = get_language() == "en"
        return [en if english and en else vi for vi, en in self.values_list("full_name_vi", "full_name_en")]


class Unit(models.Model):
    """An office of the province's administration. The slug is its key: codes differ between datasets."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Province")
        DEPARTMENT = "department", _("Provincial agency")
        WARD = "ward", _("Ward")
        COMMUNE = "commune", _("Commune")
        SPECIAL_ZONE = "special_zone", _("Special zone")

    slug = models.SlugField(_("key"), max_length=80, unique=True)
    kind = models.CharField(pgettext_lazy("people", "kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("short name"), max_length=120)
    full_name_vi = models.CharField(_("name in Vietnamese"), max_length=160)
    full_name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    full_name = Bilingual()
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=pgettext_lazy("people", "belongs to"),
    )
    aliases = models.JSONField(_("former names"), default=list, blank=True)
    code = models.CharField(pgettext_lazy("people", "code"), max_length=10, blank=True)
    search_text = models.TextField(blank=True, editable=False)
    name_sort = models.CharField(max_length=400, blank=True, editable=False, db_index=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("office", "unit")
        verbose_name_plural = pgettext_lazy("office", "units")
        ordering = ["name_sort", "slug"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args, **kwargs):
        self.search_text = search_text(self.full_name_vi, self.full_name_en, *self.aliases, self.code)
        self.name_sort = sort_key(self.full_name_vi)[:400]
        super().save(*args, **kwargs)


class UnitMembership(models.Model):
    """A person works at a unit from one day to another. Rows are ended, not overwritten: reports look at past days."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person"))
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="memberships", verbose_name=pgettext_lazy("office", "unit")
    )
    position = models.CharField(pgettext_lazy("job", "position"), max_length=160, blank=True)
    since = models.DateField(pgettext_lazy("people", "from"))
    until = models.DateField(pgettext_lazy("people", "until"), null=True, blank=True)

    class Meta:
        verbose_name = _("unit membership")
        verbose_name_plural = _("unit memberships")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until=None), name="one_current_unit_a_person"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="unit_membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.unit}"


class Consent(models.Model):
    """Proof that somebody agreed to a text (people.consent keeps the texts). Withdrawn, never deleted."""

    purpose = models.CharField(_("purpose"), max_length=60)
    text_version = models.CharField(_("version of the text"), max_length=60)
    person = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="consents", verbose_name=_("person")
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    given_at = models.DateTimeField(pgettext_lazy("people", "given"))
    withdrawn_at = models.DateTimeField(pgettext_lazy("people", "withdrawn"), null=True, blank=True)
    source = models.CharField(_("given on page"), max_length=300, blank=True)
    actor = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at"]
        indexes = [models.Index(fields=["email", "purpose"], name="consent_email_purpose")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.given_at:%Y-%m-%d}"


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def record(
        self, actor: User | AnonymousUser | None, verb: str, subject: models.Model | None = None, **data
    ) -> "AuditEntry":
        """Write down who did what to which record; `data` is small and holds no secrets."""
        return self.create(
            actor=actor if actor is not None and actor.pk else None,
            verb=verb,
            subject_type=ContentType.objects.get_for_model(subject) if subject is not None else None,
            subject_id=str(subject.pk) if subject is not None else "",
            subject_name=str(subject)[:200] if subject is not None and not isinstance(subject, User) else "",
            data=data,
        )

    def update(self, **kwargs):
        raise TypeError("Audit entries are never changed")

    def delete(self):
        raise TypeError("Audit entries are never deleted")


class AuditEntry(models.Model):
    """Who did what, when, to what. Only added to."""

    at = models.DateTimeField(pgettext_lazy("people", "when"), default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        User,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("people", "who"),
    )
    verb = models.CharField(pgettext_lazy("people", "what"), max_length=80)
    subject_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("kind of record")
    )
    subject_id = models.CharField(pgettext_lazy("people", "record"), max_length=64, blank=True)
    subject_name = models.CharField(_("record's name"), max_length=200, blank=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    data = models.JSONField(pgettext_lazy("people", "details"), default=dict, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("Audit entries are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Audit entries are never deleted")


class RateLimit(models.Model):
    """A bucket of tokens (people.limits): the key is a hash, so the table names nobody."""

    key = models.CharField(max_length=64, primary_key=True)
    tokens = models.FloatField()
    updated_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("rate limit")
        verbose_name_plural = _("rate limits")
        default_permissions = ()
