"""Transfers in the back office: accounts, statements of the bank, what waits for a person, confirmations of payment."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from content.templatetags.kit import money, vn_date
from events.eligibility import Busy
from events.models import BankAccount, BankLine, Confirmation, Event, LeftOutNumbers, Order, Payer, Refund, Statement
from events.office import OfficeView, RecordViewSet, moment
from events.payment_views import PayerForm
from events.payments import bank, refunding, statement
from events.payments.bank import CannotMatch
from events.payments.confirming import REFUNDED, CannotConfirm, confirmation_pdf
from events.registration_actions import BUSY
from events.transfer_views import pdf
from people.formfields import TextField
from people.models import AuditEntry, person_of
from people.office import PlainInspect, WordSearch
from people.sheets import MAX_FILE, Unreadable
from people.spreadsheet import as_file, text_cells

HANDLE, SETTLE = "events.handle_bankline", "events.settle_payment"
TRIAL_AMOUNT, TRIAL_TEXT = 2_000, "KIEM TRA"


# ---------------------------------------------------------------- accounts


class AccountInspect(PlainInspect):
    """With a code to try out before any payer does."""

    def get_context_data(self, **kwargs):
        trial = self.object.transfer(TRIAL_AMOUNT, TRIAL_TEXT)
        return super().get_context_data(**kwargs) | {
            "qr": trial.svg(gettext("VietQR code for a trial")),
            "trial_amount": TRIAL_AMOUNT,
            "trial_text": TRIAL_TEXT,
        }


class BankAccountViewSet(RecordViewSet):
    model = BankAccount
    name = "events_bankaccount"
    url_prefix = "tai-khoan-ngan-hang"
    icon = "home"
    menu_label = _("Bank accounts")
    list_display = ["bank_name", "account", "holder", "is_default"]
    inspect_view_enabled = True
    inspect_view_class = AccountInspect
    inspect_template_name = "events/admin/bank_account.html"
    inspect_view_fields = ["bank_name", "bank_bin", "account", "holder", "is_default", "keep_days"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("bank_name"), FieldPanel("bank_bin")]),
                FieldRowPanel([FieldPanel("account"), FieldPanel("holder")]),
                FieldPanel("is_default"),
            ],
            _("Account"),
        ),
        FieldPanel("keep_days"),
    ]


# ---------------------------------------------------------------- statements


class StatementForm(forms.Form):
    account = forms.ModelChoiceField(label=_("Bank account"), queryset=BankAccount.objects.all())
    file = forms.FileField(
        label=_("Statement (Excel or CSV)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        error_messages={"empty": _("The file is empty.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE:
            raise forms.ValidationError(
                gettext("The file is too large. Please keep only the list in it, without pictures.")
            )
        return file

    def clean(self):
        said = super().clean()
        if "file" in said and "account" in said:
            try:
                statement.read(said["file"].name, said["file"], said["account"].columns)
            except Unreadable as error:
                self.add_error("file", str(error))
        return said


class ColumnsForm(forms.Form):
    """Which column of the statement is what."""

    def __init__(self, *args, read: statement.Statement, **kwargs):
        super().__init__(*args, **kwargs)
        columns = [
            ("", gettext("– not in the list –")),
            *(
                (str(n), f"{get_column_letter(n + 1)} ({heading[:60]})" if heading else get_column_letter(n + 1))
                for n, heading in enumerate(read.headings)
            ),
        ]
        for key in statement.COLUMNS:
            self.fields[key] = forms.TypedChoiceField(
                label=statement.label(key),
                choices=columns,
                required=key in statement.NEEDED,
                coerce=int,
                empty_value=None,
                initial=read.columns.get(key, ""),
            )

    def clean(self):
        said = super().clean()
        chosen = [column for column in said.values() if column is not None]
        if len(chosen) != len(set(chosen)):
            raise forms.ValidationError(gettext("Please choose each column once."))
        if not self.errors and said.get("credit") is None and said.get("amount") is None:
            raise forms.ValidationError(gettext("Please say in which column the money that came in stands."))
        return said

    def columns(self) -> dict[str, int]:
        return {key: column for key, column in self.cleaned_data.items() if column is not None}


def read_again(run: Statement) -> statement.Statement:
    """What stands in the file that was handed in."""
    return statement.read(run.file_name, io.BytesIO(bytes(run.content or b"")), run.account.columns, run.columns)


@require_http_methods(["GET", "HEAD", "POST"])
def statements(request: HttpRequest) -> HttpResponse:
    """Hand a statement in, and those of before."""
    if not request.user.has_perm(HANDLE):
        return permission_denied(request)
    form = StatementForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        file.seek(0)
        run = Statement.objects.create(
            account=form.cleaned_data["account"],
            by=person_of(request),
            at=timezone.now(),
            file_name=file.name[-200:],
            content=file.read(),
        )
        return redirect("events_statement:run", run.pk)
    return render(
        request,
        "events/admin/statements.html",
        {
            "page_title": gettext("Bank statements"),
            "form": form,
            "runs": Statement.objects.visible_to(person_of(request))
            .select_related("account", "by")
            .defer("content")[:20],
            "waiting": BankLine.objects.waiting().count(),
        },
        status=422 if form.errors else 200,
    )


def one_statement(request: HttpRequest, pk: int) -> Statement:
    return get_object_or_404(Statement.objects.visible_to(person_of(request)).select_related("account", "by"), pk=pk)


@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """What an import would do, before anything is written; afterwards, what it has done."""
    found = one_statement(request, pk)
    return run_page(request, found)


def run_page(request: HttpRequest, found: Statement, form: ColumnsForm | None = None) -> HttpResponse:
    context: dict[str, Any] = {"page_title": gettext("Bank statement"), "run": found}
    if found.state == Statement.State.READ:
        read = read_again(found)
        judged = bank.judge(found.account, read.lines)
        context |= {
            "read": read,
            "form": form or ColumnsForm(read=read),
            "missing": [statement.label(key) for key in read.missing],
            "fits": [one for one in judged if one.fits],
            "unclear": [one for one in judged if one.is_unclear],
            "unknown": [one for one in judged if one.order is None and not one.reason and not one.is_known],
            "known": sum(one.is_known for one in judged),
        }
        context["new"] = len(judged) - context["known"]
    else:
        lines = found.lines.select_related("order").order_by("pk")
        context |= {
            "counted": [line for line in lines if line.state == BankLine.State.COUNTED],
            "waiting": [line for line in lines if line.is_waiting],
            "at_work": any(line.state == BankLine.State.NEW for line in lines),
        }
    return render(request, "events/admin/statement.html", context, status=422 if form is not None else 200)


@require_POST
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column is what; the next statement with these headings is read like that by itself."""
    found = one_statement(request, pk)
    if found.state != Statement.State.READ:
        return redirect("events_statement:run", pk)
    form = ColumnsForm(request.POST, read=read_again(found))
    if not form.is_valid():
        return run_page(request, found, form)
    found.columns = form.columns()
    with transaction.atomic():
        found.save(update_fields=["columns"])
        found.account.columns = read_again(found).remember()
        found.account.save(update_fields=["columns"])
    return redirect("events_statement:run", pk)


@require_POST
def bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = one_statement(request, pk), person_of(request)
    if found.state == Statement.State.READ:
        read = read_again(found)
        bank.take_in(found, read.lines, at=timezone.now(), by=by, only_named="only_named" in request.POST)
    return redirect("events_statement:run", pk)


class StatementViewSet(OfficeView):
    permission = HANDLE
    name = "events_statement"
    url_prefix = "sao-ke"
    icon = "upload"
    menu_label = _("Bank statements")

    def get_urlpatterns(self):
        return [
            path("", statements, name="index"),
            path("<int:pk>/", run, name="run"),
            path("<int:pk>/cot/", columns, name="columns"),
            path("<int:pk>/nhap/", bring_in, name="import"),
        ]


# ---------------------------------------------------------------- transfers


@require_safe
def transfers(request: HttpRequest) -> HttpResponse:
    """What waits for a person; on request, all."""
    if not request.user.has_perm(HANDLE):
        return permission_denied(request)
    rows = BankLine.objects.visible_to(person_of(request)).select_related("account", "order")
    everything = "tat-ca" in request.GET
    if not everything:
        rows = rows.waiting()
    if wanted := request.GET.get("q", "").strip()[:100]:
        rows = rows.filter(Q(text__icontains=wanted) | Q(reference__icontains=wanted) | Q(name__icontains=wanted))
    return render(
        request,
        "events/admin/bank_lines.html",
        {
            "page_title": gettext("Transfers received"),
            "page": Paginator(rows, 50).get_page(request.GET.get("p")),
            "everything": everything,
            "q": wanted,
        },
    )


class CountForm(forms.Form):
    code = TextField(label=_("Code of the order"), max_length=30)
    why = TextField(label=_("Why it is for this order"), max_length=250)

    order: Order | None = None

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip().upper()
        self.order = Order.objects.filter(code=code).select_related("event").first()
        if self.order is None:
            raise forms.ValidationError(gettext("There is no order with this code."))
        return code


class AsideForm(forms.Form):
    why = TextField(
        label=_("What this money is"), max_length=250, help_text=_("For example: rent of the hall, counted by hand.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """One transfer: what the bank says, which orders it may be for, and what a person decides."""
    if not request.user.has_perm(HANDLE):
        return permission_denied(request)
    by, at = person_of(request), timezone.now()
    found = get_object_or_404(
        BankLine.objects.visible_to(by).select_related("account", "order", "entry", "decided_by", "statement"), pk=pk
    )
    may_count = request.user.has_perm(SETTLE)
    act = request.POST.get("act", "")
    count_form = CountForm(request.POST if act == "count" else None, initial={"code": request.GET.get("don", "")[:30]})
    aside_form = AsideForm(request.POST if act == "aside" else None, prefix="aside")
    if act == "count" and may_count and count_form.is_valid() and count_form.order is not None:
        try:
            found.count_for(count_form.order, at=at, by=by, why=count_form.cleaned_data["why"])
        except CannotMatch:
            count_form.add_error(None, gettext("This was decided meanwhile. Please look at it again."))
        except Busy:
            count_form.add_error(None, str(BUSY))
        else:
            messages.success(request, gettext("Counted for this order. What follows from it stands below."))
            return redirect("events_order:inspect", count_form.order.pk)
    if act == "aside" and aside_form.is_valid():
        if found.set_aside(at=at, by=by, why=aside_form.cleaned_data["why"]):
            messages.success(request, gettext("Set aside."))
        return redirect("events_bankline:index")
    if act == "again":
        found.take_up_again(at=at, by=by)
        return redirect(found)
    AuditEntry.objects.viewed(request.user, found)
    return render(
        request,
        "events/admin/bank_line.html",
        {
            "page_title": gettext("Transfer received"),
            "line": found,
            "count_form": count_form,
            "aside_form": aside_form,
            "suggestions": bank.suggestions(found, at=at) if found.is_waiting else [],
            "may_count": may_count,
        },
        status=422 if count_form.errors or aside_form.errors else 200,
    )


class BankLineViewSet(OfficeView):
    permission = HANDLE
    name = "events_bankline"
    url_prefix = "chuyen-den"
    icon = "download"
    menu_label = _("Transfers received")

    def get_urlpatterns(self):
        return [path("", transfers, name="index"), path("<int:pk>/", line, name="line")]


# ---------------------------------------------------------------- confirmations


class ConfirmationFilters(WagtailFilterSet):
    event = django_filters.ModelChoiceFilter(field_name="order__event", queryset=Event.objects.all(), label=_("Event"))
    kind = django_filters.ChoiceFilter(choices=Confirmation.Kind.choices, label=_("Kind"), widget=forms.RadioSelect)

    class Meta:
        model = Confirmation
        fields = ["event", "kind"]


class ConfirmationIndex(WordSearch, generic.IndexView):
    def get_base_queryset(self):
        return Confirmation.objects.visible_to(person_of(self.request)).select_related("order", "cancels")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"left_out": LeftOutNumbers.objects.all()}

    @cached_property
    def columns(self):
        return [
            TitleColumn("number", label=pgettext_lazy("paper", "No."), accessor=str, get_url=self.get_inspect_url),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("order", label=pgettext_lazy("order", "Code"), accessor="order.code"),
            Column("payer_name", label=_("Payer")),
            Column("amount", label=_("Amount"), accessor=lambda row: money(row.amount, row.currency)),
            moment("issued_at", _("Issued")),
            moment("cancelled_at", _("Cancelled")),
        ]


class ConfirmationInspect(PlainInspect):
    def get_object(self, queryset=None):
        rows = Confirmation.objects.visible_to(person_of(self.request)).select_related("order__event", "cancels", "by")
        return get_object_or_404(rows, pk=self.pk)

    def get_context_data(self, **kwargs):
        paper: Confirmation = self.object
        return super().get_context_data(**kwargs) | {
            "paper": paper,
            "cancelled_by": Confirmation.objects.filter(cancels=paper).first(),
            "may_correct": paper.is_valid and self.request.user.has_perm(SETTLE),
        }


class PeriodForm(forms.Form):
    """For the accountants: what was issued from day to day."""

    tu = forms.DateField(label=_("Issued from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    den = forms.DateField(label=_("to"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    event = forms.ModelChoiceField(label=_("Event"), queryset=Event.objects.all(), required=False, empty_label=_("All"))

    def clean(self):
        said = super().clean()
        if "tu" in said and "den" in said and said["den"] < said["tu"]:
            self.add_error("den", gettext("The last day comes before the first."))
        return said


def first_of_year() -> date:
    return timezone.localdate().replace(month=1, day=1)


HEADINGS = (
    pgettext_lazy("paper", "No."),
    _("Kind"),
    _("Cancels"),
    _("Issued"),
    pgettext_lazy("money", "Order"),
    _("Event"),
    _("Buyer"),
    _("Address"),
    _("Tax code"),
    _("E-mail"),
    _("What it is for"),
    _("Name"),
    _("Price"),
    _("Discount"),
    _("Amount"),
    _("Received for the order"),
    _("Currency"),
    _("Way"),
    _("Paid at"),
    _("Provider's reference"),
    _("Note"),
)
RETURNED = (
    _("Returned at"),
    pgettext_lazy("money", "Order"),
    _("Event"),
    _("Payer"),
    _("Amount"),
    _("Of it to be taken off sheet 1"),
    _("Currency"),
    _("Way"),
    _("Reason"),
    _("Provider's reference"),
)
# The one rule of the workbook; it stands on its last sheet.
RULE = (
    _("Sheet 1 says what came and was confirmed; sheet 2 says what went back. Nothing stands on both."),
    _("A confirmation that was issued anew counts once: the former and its cancellation make zero."),
    _(
        "A confirmation that was cancelled because the money went back stays on sheet 1 with its amount, and its"
        " cancellation counts zero there: the money is taken off on sheet 2, in full or in part alike."
    ),
    _(
        "What is kept = the sum of “Received for the order” on sheet 1 less the sum of “Of it to be taken off sheet 1”"
        " on sheet 2. Money that was never confirmed (too much, twice) went back without being taken off."
    ),
)


@require_safe
def accountants_list(request: HttpRequest) -> HttpResponse:
    """A row for each item of each paper, with what a tax invoice elsewhere needs; returned money on a second sheet, and
    on the last by what rule both are added up.
    """
    if not request.user.has_perm(SETTLE):
        return permission_denied(request)
    form = PeriodForm(
        request.GET if "tu" in request.GET else None, initial={"tu": first_of_year(), "den": timezone.localdate()}
    )
    if not form.is_valid():
        return render(
            request,
            "events/admin/accountants_list.html",
            {"page_title": gettext("List for the accountants"), "form": form},
            status=422 if form.errors else 200,
        )
    said = form.cleaned_data
    begins = timezone.make_aware(datetime.combine(said["tu"], datetime.min.time()))
    ends = timezone.make_aware(datetime.combine(said["den"], datetime.min.time())) + timedelta(days=1)
    papers = Confirmation.objects.visible_to(person_of(request)).filter(issued_at__gte=begins, issued_at__lt=ends)
    refunds = Refund.objects.filter(state=Refund.State.DONE, done_at__gte=begins, done_at__lt=ends)
    if said["event"]:
        papers = papers.filter(order__event=said["event"])
        refunds = refunds.filter(payment__order__event=said["event"])
    book = Workbook(write_only=True)
    number = write_papers(book, papers)
    write_refunds(book, refunds)
    write_rule(book, LeftOutNumbers.objects.filter(year__gte=said["tu"].year, year__lte=said["den"].year))
    AuditEntry.objects.record(
        request.user,
        "confirmation.export",
        said["event"],
        rows=number,
        since=said["tu"].isoformat(),
        until=said["den"].isoformat(),
    )
    return as_file(book, f"xac-nhan-thanh-toan-{said['tu']:%Y%m%d}-{said['den']:%Y%m%d}")


def cells(sheet, values) -> list[Any]:
    """Texts stay what they are; amounts are numbers, for they are summed."""
    made = list(text_cells(sheet, values))
    for place, value in enumerate(values):
        if isinstance(value, int):
            made[place] = WriteOnlyCell(sheet, value)
            made[place].number_format = "#,##0"
    return made


def write_papers(book: Workbook, papers) -> int:
    sheet = book.create_sheet(gettext("Confirmations"))
    sheet.freeze_panes = "A2"
    for place in range(1, len(HEADINGS) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 18
    sheet.append(list(text_cells(sheet, HEADINGS)))
    number = 0
    for paper in papers.select_related("order", "cancels").order_by("year", "number"):
        cancels = paper.kind == Confirmation.Kind.CANCELLED
        went_back = cancels and paper.reason == REFUNDED
        sign = 0 if went_back else -1 if cancels else 1
        for place, item in enumerate(paper.snapshot["lines"]):
            sheet.append(
                cells(
                    sheet,
                    (
                        str(paper),
                        paper.get_kind_display(),
                        paper.snapshot.get("cancels", ""),
                        vn_date(paper.issued_at),
                        paper.snapshot["order"],
                        paper.snapshot["event_vi"],
                        paper.payer_name,
                        paper.payer_address,
                        paper.payer_tax_code,
                        paper.payer_email,
                        item["what_vi"],
                        item["name"],
                        item["price"],
                        item["price"] - item["amount"],
                        sign * item["amount"],
                        # Once for each paper, so that the column can be summed.
                        "" if place else sign * paper.amount,
                        paper.currency.upper(),
                        paper.get_method_display(),
                        paper.paid_at,
                        "; ".join(paper.snapshot["references"]),
                        gettext("the money stands on sheet 2") if went_back else "",
                    ),
                )
            )
            number += 1
    return number


def write_refunds(book: Workbook, refunds) -> None:
    sheet = book.create_sheet(gettext("Money returned"))
    sheet.append(list(text_cells(sheet, RETURNED)))
    rows = list(refunds.select_related("payment__order__event").order_by("done_at", "pk"))
    taken_off = refunding.taken_off([refund.payment_id for refund in rows])
    for refund in rows:
        order = refund.payment.order
        sheet.append(
            cells(
                sheet,
                (
                    refund.done_at,
                    order.code,
                    order.event.name_vi,
                    order.payer_name,
                    refund.amount,
                    taken_off.get(refund.provider_id or "", 0),
                    refund.payment.currency.upper(),
                    refund.get_way_display(),
                    gettext(refund.reason),
                    refund.provider_id or "",
                ),
            )
        )


def write_rule(book: Workbook, left_out) -> None:
    sheet = book.create_sheet(gettext("How to read it"))
    sheet.column_dimensions["A"].width = 120
    for sentence in (*RULE, *(gap.sentence for gap in left_out)):
        sheet.append(list(text_cells(sheet, [sentence])))


def one_paper(request: HttpRequest, pk: int) -> Confirmation:
    return get_object_or_404(
        Confirmation.objects.visible_to(person_of(request)).select_related("order__event", "order__paid_by"), pk=pk
    )


@require_safe
def paper_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    found = one_paper(request, pk)
    AuditEntry.objects.viewed(request.user, found)
    return pdf(confirmation_pdf(found), found.file_name)


class CorrectForm(PayerForm):
    reason = TextField(label=_("Reason"), max_length=250, help_text=_("Stands on the paper that cancels the former."))


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is edited: the paper is cancelled by another one, and issued anew with what stands in the form."""
    if not request.user.has_perm(SETTLE):
        return permission_denied(request)
    found, by = one_paper(request, pk), person_of(request)
    form = CorrectForm.of(found.order, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        payer = Payer(name=said["name"], email=said["email"], address=said["address"], tax_code=said["tax_code"])
        try:
            new = found.correct(payer, reason=said["reason"], at=timezone.now(), by=by)
        except CannotConfirm:
            form.add_error(None, gettext("This was decided meanwhile. Please look at it again."))
        except Busy:
            form.add_error(None, str(BUSY))
        else:
            messages.success(request, gettext("Issued anew as %(number)s; a letter brings it.") % {"number": new})
            return redirect("events_confirmation:inspect", new.pk)
    return render(
        request,
        "events/admin/order_act.html",
        {
            "page_title": gettext("Issue the confirmation anew"),
            "order": found.order,
            "form": form,
            "sentence": gettext("%(number)s is cancelled by a paper of its own, and a new one is issued and sent.")
            % {"number": found},
            "button": gettext("Issue it anew"),
            "is_serious": True,
        },
        status=422 if form.errors else 200,
    )


class ConfirmationViewSet(ModelViewSet):
    """Looked at here; issued with the money, cancelled by a verb."""

    model = Confirmation
    name = "events_confirmation"
    url_prefix = "xac-nhan-thanh-toan"
    icon = "doc-full"
    menu_label = _("Confirmations of payment")
    form_fields = ["payer_name"]
    list_per_page = 50
    index_view_class = ConfirmationIndex
    index_template_name = "events/admin/confirmations.html"
    inspect_view_class = ConfirmationInspect
    inspect_view_enabled = True
    inspect_template_name = "events/admin/confirmation.html"
    inspect_view_fields = [
        "kind",
        "payer_name",
        "payer_address",
        "payer_tax_code",
        "payer_email",
        "issued_at",
        "paid_at",
        "reason",
    ]
    filterset_class = ConfirmationFilters
    search_fields = ["search_text"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False


urls = [
    path("bang-ke-ke-toan/", accountants_list, name="events_accountants_list"),
    path("xac-nhan-thanh-toan/<int:pk>/xac-nhan.pdf", paper_pdf, name="events_confirmation_pdf"),
    path("xac-nhan-thanh-toan/<int:pk>/cap-lai/", correct, name="events_confirmation_correct"),
]

ITEMS = (BankLineViewSet, StatementViewSet, ConfirmationViewSet, BankAccountViewSet)
