"""Who somebody is: people, the offices they belong to, what they agreed to, and who did what."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, BaseUserManager, Group, PermissionsMixin
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from people.text import Bilingual, having_words, name_key, nfc, search_text, sort_key


class Searchable[Row: models.Model](models.QuerySet[Row]):
    """Rows with a folded `search_text` column."""

    def matching(self, text: str):
        """Every row that holds all the words, typed with or without accents."""
        return having_words(self, text)


class UserQuerySet(Searchable["User"]):
    def in_units(self, units: Iterable[int], day: datetime.date):
        """Who works at one of them on that day."""
        there = UnitMembership.objects.on(day).filter(person=models.OuterRef("pk"), unit__in=units)
        return self.filter(models.Exists(there))

    def visible_to(self, user: "User"):
        """Whom a training manager may look up, enrol and let in: those of their units; every unit's, where they may."""
        if user.is_active and user.has_perm(EVERY_UNIT):
            return self
        return self.in_units(Unit.objects.managed_by(user), timezone.localdate())

    def without_mailbox(self):
        """Active people whom no letter reaches."""
        return self.filter(email=None, is_active=True)

    def by_identity(self, typed: str):
        """By an address of theirs, also one that came with a double, by the code of staff, or by "#" and the number."""
        typed = nfc(typed).strip()
        if typed.startswith("#") and typed[1:].isdecimal() and len(typed) < 12:
            return self.filter(pk=int(typed[1:]))
        mine = self.filter(emailaddress__verified=True, emailaddress__email__iexact=typed).values("pk")
        code = staff_code(typed)
        return self.filter(
            models.Q(email=typed.lower())
            | models.Q(pk__in=mine)
            | (models.Q(staff_code=code) if code else models.Q(pk=None))
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email: str | None, full_name: str = "", **fields) -> "User":
        """A person without a password: codes by e-mail, passkeys or single sign-on let them in.

        An official without a mailbox (None) comes in by a printed slip (people.slips), and must have a name.
        """
        if not email and (email is not None or not full_name):
            raise ValueError("A person needs an e-mail address, or None and a name")
        fields.pop("password", None)
        person = self.model(email=email, full_name=full_name, **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    def create_many(self, people: Iterable["User"]) -> list["User"]:
        """The same for everybody of a list, who were looked at before."""
        people = list(people)
        for person in people:
            person.set_unusable_password()
            person.derive()
        return self.bulk_create(people, batch_size=1_000)

    def create_superuser(self, email: str, full_name: str = "", **fields) -> "User":
        return self.create_user(email, full_name, **fields | {"is_superuser": True})


def staff_code(typed: str) -> str:
    """As it is kept: "cb 0012" is "CB0012"."""
    return "".join(nfc(typed).split()).upper()[:30]


class User(AbstractBaseUser, PermissionsMixin):
    """A person, most with one mailbox. The name is one field, written as it should stand on paper."""

    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    staff_code = models.CharField(
        _("staff code"),
        max_length=30,
        blank=True,
        default="",
        help_text=_("The number under which the agency keeps this person; lists are matched by it."),
    )
    full_name = models.CharField(_("full name"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=16, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="vi")
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(pgettext_lazy("people", "joined"), default=timezone.now, editable=False)
    search_text = models.CharField(max_length=500, blank=True, editable=False)
    name_sort = models.CharField(max_length=260, blank=True, editable=False, db_index=True)
    # A second account of the same person points to the one that took everything over (people.merging).
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="doubles",
        verbose_name=_("united with"),
    )

    objects = UserManager()

    is_about_a_person = True
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name_sort", "email"]
        permissions = [("unite_people", _("Can unite two accounts of one person"))]
        constraints = [
            models.UniqueConstraint(
                fields=["staff_code"], condition=~models.Q(staff_code=""), name="one_person_a_staff_code"
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(is_active=False), name="a_double_is_not_active"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email or self.staff_code or f"#{self.pk}"

    def derive(self) -> None:
        """Bring every column into the form we keep; save() does it, who inserts many at once asks for it."""
        self.email = nfc(self.email).strip().lower() if self.email else None
        self.full_name = " ".join(nfc(self.full_name).split())
        self.staff_code = staff_code(self.staff_code)
        self.search_text = search_text(self.full_name, self.email or "", self.phone, self.staff_code)[:500]
        self.name_sort = name_key(self.full_name)[:260]

    def save(self, *args, **kwargs):
        self.derive()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_text", "name_sort"}
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.rpartition(" ")[2] or str(self)

    @property
    def is_staff_member(self) -> bool:
        """Has work in the back office."""
        return self.is_superuser or self.groups.exists()

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


class LoginSession(AbstractBaseSession):
    """A browser's session, and whose it is once somebody has signed in; kept by people.sessions."""

    # No constraint: the row is written at the end of a request, which may be the one that deleted the account.
    person = models.ForeignKey(
        User, on_delete=models.CASCADE, db_constraint=False, null=True, related_name="+", verbose_name=_("person")
    )

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()


class UnitQuerySet(Searchable["Unit"]):
    def offices(self):
        """Everything somebody can belong to; the province itself is only the root."""
        return self.exclude(kind=Unit.Kind.PROVINCE)

    def managed_by(self, user: "User") -> list[int]:
        """Keys of the units whose training this person manages today, with everything below them. One query."""
        if not user.is_active:
            return []
        mine = UnitManager.objects.on(timezone.localdate()).filter(person=user.pk).values("unit")
        rows = self.annotate(mine=models.Exists(mine.filter(unit=models.OuterRef("pk"))))
        return below(rows.values_list("pk", "parent", "mine"))

    def under(self, units: Iterable[int]) -> list[int]:
        """Keys of these units and of all below them. One query."""
        wanted = set(units)
        return below((pk, parent, pk in wanted) for pk, parent in self.values_list("pk", "parent"))

    def full_names(self) -> list[str]:
        """The names alone, in the language being spoken: for suggestions, where rows would be made for nothing."""
        english = get_language() == "en"
        return [en if english and en else vi for vi, en in self.values_list("full_name_vi", "full_name_en")]


def below(tree: Iterable[tuple[int, int | None, bool]]) -> list[int]:
    """Of (key, key above, wanted) the keys that are wanted, and those under one that is."""
    rows = list(tree)
    above = {pk: parent for pk, parent, _wanted in rows}
    wanted = {pk for pk, _parent, is_wanted in rows if is_wanted}

    def is_under(pk: int | None) -> bool:
        seen = set()
        while pk is not None and pk not in seen:
            if pk in wanted:
                return True
            seen.add(pk)
            pk = above.get(pk)
        return False

    return [pk for pk in above if is_under(pk)]


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


class DatedQuerySet[Row: models.Model](models.QuerySet[Row]):
    def on(self, day: datetime.date):
        """The rows in force on that day."""
        return self.filter(models.Q(until=None) | models.Q(until__gte=day), since__lte=day)


class UnitMembership(models.Model):
    """A person works at a unit from one day to another. Rows are ended, not overwritten: reports look at past days."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person"))
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="memberships", verbose_name=pgettext_lazy("office", "unit")
    )
    position = models.CharField(pgettext_lazy("job", "position"), max_length=160, blank=True)
    since = models.DateField(pgettext_lazy("people", "from"))
    until = models.DateField(pgettext_lazy("people", "until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

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


EVERY_UNIT = "people.manage_every_unit"
UNIT_MANAGERS = "Quản lý đào tạo đơn vị"  # the role that comes and goes with the rows below


class UnitManagerQuerySet(DatedQuerySet["UnitManager"]):
    def appoint(
        self, person: User, unit: Unit, since: datetime.date, by: User, until: datetime.date | None = None
    ) -> "UnitManager":
        """From that day on this person looks after the training of the unit. Asking twice changes nothing more."""
        with transaction.atomic():
            row, made = self.update_or_create(person=person, unit=unit, defaults={"since": since, "until": until})
            person.groups.add(Group.objects.get_or_create(name=UNIT_MANAGERS)[0])
            AuditEntry.objects.record(
                by, "unit_manager.appointed" if made else "unit_manager.changed", person, unit=unit.full_name_vi
            )
        return row

    def relieve(self, day: datetime.date) -> int:
        """Take the role from those whose last day is over: it opens the back office's door."""
        over = User.objects.filter(groups__name=UNIT_MANAGERS).exclude(
            pk__in=self.filter(models.Q(until=None) | models.Q(until__gte=day)).values("person")
        )
        number = 0
        for person in over:
            person.groups.remove(Group.objects.get(name=UNIT_MANAGERS))
            AuditEntry.objects.record(None, "unit_manager.relieved", person)
            number += 1
        return number


class UnitManager(models.Model):
    """A person looks after the training of a unit and of all below it, from one day to another."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="managing", verbose_name=_("person"))
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="managers", verbose_name=pgettext_lazy("office", "unit")
    )
    since = models.DateField(pgettext_lazy("people", "from"))
    until = models.DateField(pgettext_lazy("people", "until"), null=True, blank=True)

    objects = UnitManagerQuerySet.as_manager()

    class Meta:
        verbose_name = _("training manager of a unit")
        verbose_name_plural = _("training managers of units")
        ordering = ["unit__name_sort", "person__name_sort"]
        permissions = [("manage_every_unit", _("Can manage the training of every unit"))]
        constraints = [
            models.UniqueConstraint(fields=["person", "unit"], name="one_row_a_manager_and_unit"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="unit_manager_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.unit}"


class SignInSlip(models.Model):
    """A printed code that lets one person in once, until it runs out. Only its hash is kept (people.slips)."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="slips", verbose_name=_("person"))
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=pgettext_lazy("slip", "printed by")
    )
    made_at = models.DateTimeField(pgettext_lazy("slip", "printed"))
    expires_at = models.DateTimeField(pgettext_lazy("slip", "valid until"))
    used_at = models.DateTimeField(pgettext_lazy("slip", "used"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(pgettext_lazy("slip", "withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("sign-in slip")
        verbose_name_plural = _("sign-in slips")
        ordering = ["-made_at", "-pk"]
        default_permissions = ("add",)

    def __str__(self) -> str:
        return f"{self.person} {self.made_at:%Y-%m-%d}"


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


PERSONAL_DATA_VERBS = ("personal_data.exported", "personal_data.erased", "retention.carried_out")


def names_a_person(record: models.Model | type[models.Model]) -> bool:
    """Do the words of this record say who somebody is? Its class says so with `is_about_a_person`."""
    return getattr(record, "is_about_a_person", False)


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
            # A person is named by number, so that whoever is erased is in no log either.
            subject_name=str(subject)[:200] if subject is not None and not names_a_person(subject) else "",
            data=data,
        )

    def viewed(self, viewer: User | AnonymousUser, subject: models.Model | type[models.Model]) -> None:
        """Somebody of the staff opened what we keep about a person, or (a class) a list of people: one entry a day,
        however often it was opened.
        """
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        whose = subject if isinstance(subject, models.Model) else None
        verb = f"{subject._meta.label_lower}.{'view' if whose is not None else 'list'}"
        seen = self.filter(actor=viewer.pk, verb=verb, subject_id="" if whose is None else str(whose.pk), at__gte=today)
        if not seen.exists():
            self.record(viewer, verb, whose)

    def about_personal_data(self) -> "AuditQuerySet":
        """Who looked at, took away, exported or erased what we keep about people."""
        told = models.Q(verb__in=PERSONAL_DATA_VERBS)
        for looked in (".view", ".list", ".export"):
            told |= models.Q(verb__endswith=looked)
        return self.filter(told)

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
