"""A numbered paper about a person. It knows who and what stands on it, never the event or the course it came from."""

import base64
import re
import secrets
import unicodedata
from datetime import date, datetime
from typing import Any, Literal, NoReturn, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import AuditEntry
from people.text import having_words, nfc, search_text

DEFAULT_PREFIX = "GCN"
PREFIX = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,18}[A-Z0-9])?")
CURRENT_TEMPLATE = "1"
# Longest text of one word of the snapshot; the paper has no room for more.
LONGEST_TEXT = 400


class NeverEdited(Exception):
    """A certificate is not changed or deleted. Revoke it, or supersede it by a new one."""


def new_token() -> str:
    """130 random bits as 26 capital letters and digits that a QR code stores compactly."""
    return base64.b32encode(secrets.token_bytes(17)).decode()[:26]


def settled(value: Any, where: str = "snapshot") -> Any:
    """The snapshot as it is stored: NFC everywhere, dates as ISO text, nothing unprintable, nothing endless."""
    if isinstance(value, dict):
        return {str(key): settled(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [settled(item, where) for item in value]
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, str) or hasattr(value, "__html__"):
        text = nfc(str(value)).strip().replace("\r\n", "\n")  # as a browser sends the lines of a text box
        if any(unicodedata.category(letter) in ("Cc", "Cs") and letter != "\n" for letter in text):
            raise ValueError(f"{where} holds a control character")
        if len(text) > LONGEST_TEXT:
            raise ValueError(f"{where} is longer than {LONGEST_TEXT} characters")
        return text
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return settled(str(value), where)  # lazy translations and decimals


class SerialCounter(models.Model):
    """The last number given out under one prefix. Its row is the lock: numbers have no gaps and no doubles."""

    prefix = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("serial counter")
        verbose_name_plural = _("serial counters")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.prefix}-{self.last:06d}"

    @classmethod
    def lock(cls, prefix: str) -> Self:
        if not PREFIX.fullmatch(prefix):
            raise ValueError(f"a serial prefix is capital letters, digits and hyphens, not {prefix!r}")
        cls.objects.get_or_create(prefix=prefix)
        return cls.objects.select_for_update().get(prefix=prefix)

    def take(self) -> str:
        """The next serial, e.g. `QN7-000123`; call on a locked row."""
        self.last += 1
        self.save(update_fields=["last"])
        return f"{self.prefix}-{self.last:06d}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def valid(self) -> Self:
        return self.filter(revoked_at=None, superseded_by=None)

    def held_by(self, person) -> Self:
        """The papers a person can use today, newest first."""
        return self.valid().filter(holder=person).order_by("-issued_at", "-pk")

    def matching(self, text: str) -> Self:
        """Every word of `text` occurs, accents and case aside."""
        return having_words(self, text)

    def delete(self) -> NoReturn:
        raise NeverEdited

    def issue(
        self,
        *,
        reason: str,
        kind: Literal["attendance", "completion"],
        holder,
        snapshot: dict[str, Any],
        language: str = "vi",
        prefix: str = "",
        at: datetime | None = None,
    ) -> "Certificate":
        """The one door through which a certificate is born. Asking twice for one reason gives the same paper.

        `reason` says what it is for (`enrolment:<uuid>`); `prefix` (or snapshot["prefix"]) begins its serial. If the
        paper was superseded meanwhile, the successor is given; if it was revoked, the revoked one: no tick undoes that.
        """
        if found := self._for(reason):
            return found
        words = settled(snapshot)
        words["prefix"] = prefix or words.get("prefix") or DEFAULT_PREFIX
        try:
            with transaction.atomic():
                counter = SerialCounter.lock(words["prefix"])
                if found := self._for(reason):  # somebody was faster while we waited for the counter
                    return found
                return self._write(
                    counter,
                    reason=reason,
                    kind=kind,
                    holder=holder,
                    snapshot=words,
                    language=language,
                    at=at,
                    edition=1,
                )
        except IntegrityError:
            if found := self._for(reason):  # the same reason under another prefix, at the same moment
                return found
            raise

    def _for(self, reason: str) -> "Certificate | None":
        return self.model.objects.filter(reason=reason).order_by("-edition").first()

    def _write(
        self, counter: SerialCounter, *, snapshot: dict[str, Any], at: datetime | None, **fields
    ) -> "Certificate":
        for needed in ("name", "title_vi"):
            if not snapshot.get(needed):
                raise ValueError(f"a certificate needs snapshot[{needed!r}]")
        return self.create(
            token=new_token(),
            serial=counter.take(),
            snapshot=snapshot,
            template_version=CURRENT_TEMPLATE,
            issued_at=at or timezone.now(),
            **fields,
        )


class Certificate(models.Model):
    """One paper. Every word on it stands in `snapshot`; nothing is read live from the event, course or account."""

    class Kind(models.TextChoices):
        ATTENDANCE = "attendance", _("Attendance")
        COMPLETION = "completion", _("Course completion")

    token = models.CharField(_("verification code"), max_length=26, unique=True, editable=False)
    serial = models.CharField(_("serial number"), max_length=32, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, editable=False)
    # What it was issued for, in the words of the app that asked; a successor has the same reason and the next edition.
    reason = models.CharField(_("issued for"), max_length=120, editable=False)
    edition = models.PositiveSmallIntegerField(pgettext_lazy("certificate", "edition"), default=1, editable=False)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("holder's account"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="certificates",
    )
    snapshot = models.JSONField(_("words on the paper"), editable=False)
    language = models.CharField(_("language"), max_length=8, default="vi", choices=settings.LANGUAGES, editable=False)
    template_version = models.CharField(_("design"), max_length=8, default=CURRENT_TEMPLATE, editable=False)
    issued_at = models.DateTimeField(_("issued"), editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    reason_revoked = models.CharField(_("reason for revoking"), max_length=300, blank=True, editable=False)
    superseded_by = models.OneToOneField(
        "self",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="supersedes",
    )
    search_text = models.TextField(blank=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at", "-pk"]
        default_permissions = ["view"]
        permissions = [("revoke_certificate", _("Can revoke a certificate"))]
        constraints = [
            models.UniqueConstraint(fields=["reason", "edition"], name="certificate_once_for_a_reason"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, reason_revoked="") | (Q(revoked_at__isnull=False) & ~Q(reason_revoked="")),
                name="certificate_revoked_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(superseded_by=None) | ~Q(superseded_by=F("id")), name="certificate_not_its_own_successor"
            ),
        ]
        indexes = [models.Index(fields=["-issued_at", "-id"], name="certificate_newest")]

    def __str__(self) -> str:
        return self.serial

    # ------------------------------------------------------------ born once, never edited
    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise NeverEdited
        self.search_text = search_text(
            self.serial, self.name, self.snapshot.get("title_vi", ""), self.snapshot.get("title_en", "")
        )
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("certificates:verify", args=[self.token])

    def delete(self, *args, **kwargs) -> NoReturn:
        raise NeverEdited

    def get_pdf_url(self) -> str:
        return reverse("certificates:pdf", args=[self.token])

    def revoke(self, reason: str, by=None, at: datetime | None = None) -> None:
        """Take the paper back. The first revocation stands; a second changes nothing."""
        if not (reason := nfc(reason).strip()):
            raise ValueError("revoking needs a reason")
        with transaction.atomic():
            changed = Certificate.objects.filter(pk=self.pk, revoked_at=None).update(
                revoked_at=at or timezone.now(), reason_revoked=reason[:300]
            )
            if changed:
                AuditEntry.objects.record(by, "certificate.revoke", self, serial=self.serial, reason=reason)
        self.refresh_from_db()

    def supersede(
        self, snapshot: dict[str, Any], by=None, at: datetime | None = None, reason: str = ""
    ) -> "Certificate":
        """A corrected paper in the place of this one, which from now on says that it was replaced.

        `snapshot` holds the words that change; the rest stays. A second call gives the successor made by the first.
        """
        with transaction.atomic():
            prefix = self.snapshot.get("prefix") or DEFAULT_PREFIX
            counter = SerialCounter.lock(prefix)
            self.refresh_from_db()
            if self.superseded_by is not None:
                return self.superseded_by
            successor = Certificate.objects.all()._write(
                counter,
                snapshot=self.snapshot | settled(snapshot) | {"prefix": prefix},
                at=at,
                reason=self.reason,
                edition=self.edition + 1,
                kind=self.kind,
                holder=self.holder,
                language=self.language,
            )
            Certificate.objects.filter(pk=self.pk).update(superseded_by=successor)
            said = {"reason": nfc(reason).strip()} if reason else {}
            AuditEntry.objects.record(
                by, "certificate.supersede", self, serial=self.serial, successor=successor.serial, **said
            )
        self.refresh_from_db()
        return successor

    # ------------------------------------------------------------ what it says
    @property
    def name(self) -> str:
        return self.snapshot.get("name", "")

    @property
    def title(self) -> str:
        """What it is about, in the language being spoken, else in Vietnamese."""
        return self.word("title")

    @property
    def kind_name(self) -> str:
        """`Certificate of attendance`, or what the paper itself calls its kind."""
        from certificates import design

        return design.kind_name(self)

    @property
    def issuer(self) -> str:
        return self.word("issuer")

    @property
    def facts(self) -> str:
        """Day, place, hours and result in one line, as far as they are known."""
        from certificates import design

        return " · ".join(design.facts(self))

    @property
    def is_sample(self) -> bool:
        return bool(self.snapshot.get("sample"))

    @property
    def status(self) -> Literal["valid", "revoked", "superseded"]:
        if self.superseded_by_id:
            return "superseded"
        return "revoked" if self.revoked_at else "valid"

    @property
    def is_valid(self) -> bool:
        return self.status == "valid"

    @property
    def current(self) -> "Certificate":
        """The paper that stands in the place of this one today; itself when it was not replaced."""
        return self.superseded_by.current if self.superseded_by else self

    def word(self, key: str) -> str:
        """A text of the snapshot in the language being spoken (`<key>_en`); else the plain key; else Vietnamese."""
        spoken = (translation.get_language() or "vi")[:2]
        return str(
            self.snapshot.get(f"{key}_{spoken}") or self.snapshot.get(key) or self.snapshot.get(f"{key}_vi") or ""
        )

    # ------------------------------------------------------------ on paper
    def pdf(self) -> bytes:
        """The paper as PDF/A-3a and PDF/UA-1. Made anew each time; equal words give equal bytes."""
        from certificates import design

        return design.certificate_pdf(self)
