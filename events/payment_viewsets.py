"""Money in the back office: orders with their payments, refunds to approve and to send, messages, the day's balance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from content.templatetags.kit import money
from events import bank_viewsets
from events.eligibility import Busy
from events.models import Event, Order, State
from events.models.payment import Dispute, LedgerEntry, Payment, Provider, ProviderEvent, Refund
from events.models.price import Discount, GroupPrice, PriceStep
from events.office import OfficeView, RecordViewSet, moment
from events.payments import bank, inbox, refunding, settling, stripe
from events.payments.ordering import CannotAsk
from events.payments.refunding import CannotRefund
from events.registration_actions import BUSY
from letters.models import Letter
from people.formfields import TextField
from people.models import AuditEntry, person_of
from people.office import PlainInspect, WordSearch
from people.spreadsheet import TextExport

VIEW, SETTLE, APPROVE = "events.view_order", "events.settle_payment", "events.approve_refund"


# ---------------------------------------------------------------- orders


class OrderFilters(WagtailFilterSet):
    event = django_filters.ModelChoiceFilter(queryset=Event.objects.all(), label=_("Event"))
    state = django_filters.MultipleChoiceFilter(
        choices=Order.State.choices, label=_("State"), widget=forms.CheckboxSelectMultiple, distinct=False
    )
    way = django_filters.MultipleChoiceFilter(
        choices=Provider.choices, label=_("Way"), method="by_way", widget=forms.CheckboxSelectMultiple
    )
    decision = django_filters.ChoiceFilter(
        label=_("Needs a decision"),
        choices=[("1", _("Yes"))],
        method="undecided",
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Order
        fields = ["event", "state", "way", "decision"]

    def by_way(self, queryset, name, value):
        return queryset.filter(pk__in=Payment.objects.filter(provider__in=value).values("order")) if value else queryset

    def undecided(self, queryset, name, value):
        return queryset.filter(pk__in=Payment.objects.for_a_person().values("order")) if value else queryset


class OrderIndex(WordSearch, TextExport, generic.IndexView):
    list_export = ["code", "event", "state", "payer_name", "payer_email", "payer_tax_code", "total", "paid_at"]

    def get_base_queryset(self):
        rows = Order.objects.visible_to(person_of(self.request)).select_related("event", "paid_by")
        return rows.annotate(tickets=Count("lines", distinct=True))

    @cached_property
    def columns(self):
        return [
            TitleColumn("code", label=pgettext_lazy("order", "Code"), get_url=self.get_inspect_url, sort_key="code"),
            Column("payer_name", label=_("Payer"), sort_key="payer_name"),
            Column("tickets", label=_("Tickets")),
            Column("total", label=_("Amount"), accessor=lambda row: money(row.total, row.currency), sort_key="total"),
            Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
            Column(
                "way", label=_("Way"), accessor=lambda row: row.paid_by.get_provider_display() if row.paid_by else ""
            ),
            moment("created_at", _("Asked")),
            moment("paid_at", _("Paid")),
        ]


class OrderInspect(PlainInspect):
    def get_object(self, queryset=None):
        rows = Order.objects.visible_to(person_of(self.request)).select_related("event", "replaced_by", "paid_by")
        return get_object_or_404(rows, pk=self.pk)

    def get_context_data(self, **kwargs):
        order: Order = self.object
        payments = order.payments.order_by("pk").prefetch_related("entries", "refunds", "changes__by", "disputes")
        settles = self.request.user.has_perm(SETTLE)
        return super().get_context_data(**kwargs) | {
            "order": order,
            "lines": order.lines.select_related("registration", "discount").order_by("pk"),
            "payments": payments,
            "letters": Letter.objects.about(order).order_by("created_at"),
            "may_settle": settles,
            "papers": order.confirmations.order_by("year", "number"),
            "may_approve": self.request.user.has_perm(APPROVE),
            "may_admit": settles and order.late_lines().exists(),
        }


class OrderViewSet(ModelViewSet):
    """Looked at here; money is settled by verbs alone."""

    model = Order
    name = "events_order"
    url_prefix = "don-thanh-toan"
    icon = "clipboard-list"
    menu_label = _("Orders")
    form_fields = ["payer_name"]
    list_per_page = 50
    index_view_class = OrderIndex
    inspect_view_class = OrderInspect
    inspect_view_enabled = True
    inspect_template_name = "events/admin/order.html"
    inspect_view_fields = [
        "event",
        "state",
        "payer_name",
        "payer_email",
        "payer_address",
        "payer_tax_code",
        "free_because",
        "created_at",
        "paid_at",
    ]
    filterset_class = OrderFilters
    search_fields = ["search_text"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False


# ---------------------------------------------------------------- what a person does about money


class ReceiveForm(forms.Form):
    amount = forms.IntegerField(label=_("Amount received"), min_value=1, help_text=_("Whole đồng."))
    reference = TextField(
        label=_("Number of the receipt or statement line"),
        max_length=100,
        help_text=_("The same number is counted once only."),
    )
    note = TextField(label=_("Note"), max_length=250, required=False)


class FreeForm(forms.Form):
    reason = TextField(label=_("Why nothing is to be paid"), max_length=250)


class AcceptForm(forms.Form):
    note = TextField(label=_("Why the amount is right as it is"), max_length=250)


class RefundForm(forms.Form):
    amount = forms.IntegerField(label=_("Amount to return"), min_value=1, help_text=_("Whole đồng."))
    reason = TextField(label=_("Reason"), max_length=250, help_text=_("Stands in the letter to the payer."))
    release = forms.BooleanField(
        label=_("Give the seats back too, when everything has been returned"), required=False, initial=True
    )


class SentForm(forms.Form):
    reference = TextField(label=_("The bank's number of the transfer"), max_length=100)


def acting(verb: Callable[[], Any], request: HttpRequest, done: str, form: forms.Form | None = None) -> bool:
    """Say a verb; what is in its way stands in the form, or above the page."""
    try:
        verb()
    except (CannotAsk, CannotRefund) as cannot:
        sentence = cannot.sentence
    except Busy:
        sentence = str(BUSY)
    except stripe.Away:
        sentence = gettext("Stripe does not answer at the moment. It is tried again by itself.")
    else:
        messages.success(request, done)
        return True
    if form is not None:
        form.add_error(None, sentence)
    else:
        messages.error(request, sentence)
    return False


def seen(order: Order) -> HttpResponse:
    return redirect("events_order:inspect", order.pk)


def ask(request: HttpRequest, order: Order, form: forms.Form, **words: Any) -> HttpResponse:
    context = {"order": order, "form": form} | words
    return render(request, "events/admin/order_act.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Money that somebody has counted or seen on a statement."""
    if not request.user.has_perm(SETTLE):
        return permission_denied(request)
    order = get_object_or_404(Order.objects.select_related("event"), pk=pk)
    form = ReceiveForm(request.POST or None, initial={"amount": order.total})
    if request.method == "POST" and form.is_valid():
        said, by = form.cleaned_data, person_of(request)

        def verb() -> None:
            terms = {"reference": said["reference"], "note": said["note"]}
            order.receive(said["amount"], at=timezone.now(), by=by, **terms)

        if acting(verb, request, gettext("Noted. What follows from it stands below."), form):
            AuditEntry.objects.record(by, "payment.received", order, amount=said["amount"])
            return seen(order)
    return ask(
        request,
        order,
        form,
        page_title=gettext("Note money received"),
        sentence=gettext("If it is the amount asked for, the seats are confirmed and the tickets are sent."),
        button=gettext("The money has come"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Complimentary tickets: everybody of the order who still has to pay need not."""
    if not request.user.has_perm(SETTLE):
        return permission_denied(request)
    order = get_object_or_404(Order.objects.select_related("event"), pk=pk)
    form, by = FreeForm(request.POST or None), person_of(request)
    if request.method == "POST" and form.is_valid():
        lines = order.lines.filter(registration__state=State.UNPAID).select_related("registration")
        rows, reason, made = [line.registration for line in lines], form.cleaned_data["reason"], []

        def verb() -> None:
            made.append(Order.objects.ask(rows, at=timezone.now(), by=by, free=reason))

        if acting(verb, request, gettext("Free of charge. The tickets are on their way."), form):
            AuditEntry.objects.record(by, "payment.waived", made[0], instead_of=order.code)
            return seen(made[0])
    return ask(
        request,
        order,
        form,
        page_title=gettext("Free of charge"),
        sentence=gettext("The seats are confirmed without money, and this order is void."),
        button=gettext("Free of charge"),
        is_serious=True,
    )


def one_payment(request: HttpRequest, pk: int) -> Payment | None:
    if not request.user.has_perm(SETTLE):
        return None
    return get_object_or_404(Payment.objects.select_related("order__event"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    if (payment := one_payment(request, pk)) is None:
        return permission_denied(request)
    form, by = AcceptForm(request.POST or None), person_of(request)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]

        def verb() -> None:
            settling.accept(payment, at=timezone.now(), by=by, note=note)

        if acting(verb, request, gettext("Accepted. The seats are confirmed as far as there are any."), form):
            AuditEntry.objects.record(by, "payment.accepted", payment.order, note=note)
            return seen(payment.order)
    return ask(
        request,
        payment.order,
        form,
        page_title=gettext("Accept the amount as it came"),
        sentence=gettext("%(received)s came, %(amount)s were asked for. The order counts as paid from now on.")
        % {
            "received": money(payment.balance, payment.currency),
            "amount": money(payment.amount, payment.currency),
        },
        button=gettext("Accept the amount as it came"),
    )


@require_POST
def admit(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm(SETTLE):
        return permission_denied(request)
    order, by = get_object_or_404(Order, pk=pk), person_of(request)
    try:
        late = settling.admit(order, at=timezone.now(), by=by)
    except Busy:
        messages.error(request, str(BUSY))
        return seen(order)
    AuditEntry.objects.record(by, "payment.admitted", order, late=late)
    if late:
        messages.warning(request, gettext("No seat is free yet. Make a quota larger first, or return the money."))
    else:
        messages.success(request, gettext("Everybody of this order has a seat now; the tickets are on their way."))
    return seen(order)


@require_http_methods(["GET", "HEAD", "POST"])
def refund(request: HttpRequest, pk: int) -> HttpResponse:
    if (payment := one_payment(request, pk)) is None:
        return permission_denied(request)
    form, by = RefundForm(request.POST or None, initial={"amount": payment.returnable()}), person_of(request)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def verb() -> None:
            terms = {"reason": said["reason"], "release": said["release"]}
            payment.ask_back(said["amount"], at=timezone.now(), by=by, **terms)

        if acting(verb, request, gettext("Noted. What happens next stands below."), form):
            AuditEntry.objects.record(by, "refund.asked", payment.order, amount=said["amount"])
            return seen(payment.order)
    limit = money(settings.REFUND_SECOND_PERSON_ABOVE, payment.currency)
    return ask(
        request,
        payment.order,
        form,
        page_title=gettext("Return money"),
        sentence=gettext("At most %(amount)s. Above %(limit)s a second person has to approve.")
        % {"amount": money(payment.returnable(), payment.currency), "limit": limit},
        button=gettext("Return money"),
        is_serious=True,
    )


@require_POST
def approve_refund(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm(APPROVE):
        return permission_denied(request)
    found, by = get_object_or_404(Refund.objects.select_related("payment__order"), pk=pk), person_of(request)
    done = gettext("Approved.")
    if acting(lambda: refunding.approve(found, at=timezone.now(), by=by), request, done):
        AuditEntry.objects.record(by, "refund.approved", found.payment.order, amount=found.amount)
    return back(request, found)


@require_POST
def decline_refund(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm(SETTLE):
        return permission_denied(request)
    found, by = get_object_or_404(Refund.objects.select_related("payment__order"), pk=pk), person_of(request)
    done = gettext("Nothing is returned.")
    if acting(lambda: refunding.decline(found, at=timezone.now(), by=by), request, done):
        AuditEntry.objects.record(by, "refund.declined", found.payment.order, amount=found.amount)
    return back(request, found)


@require_POST
def refund_by_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """What Stripe cannot send back is sent by a person."""
    if not request.user.has_perm(SETTLE):
        return permission_denied(request)
    found, by = get_object_or_404(Refund.objects.select_related("payment__order"), pk=pk), person_of(request)
    done = gettext("Noted. What happens next stands below.")
    if acting(lambda: refunding.by_transfer(found, at=timezone.now(), by=by), request, done):
        AuditEntry.objects.record(by, "refund.by_transfer", found.payment.order, amount=found.amount)
    return back(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
def sent_refund(request: HttpRequest, pk: int) -> HttpResponse:
    """A transfer back that somebody has made at the bank."""
    if not request.user.has_perm(SETTLE):
        return permission_denied(request)
    found, by = get_object_or_404(Refund.objects.select_related("payment__order__event"), pk=pk), person_of(request)
    form = SentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def verb() -> None:
            refunding.sent_by_hand(found, reference=form.cleaned_data["reference"], at=timezone.now(), by=by)

        if acting(verb, request, gettext("Noted: the money has gone back. A letter tells the payer."), form):
            AuditEntry.objects.record(by, "refund.sent", found.payment.order, amount=found.amount)
            return seen(found.payment.order)
    return ask(
        request,
        found.payment.order,
        form,
        page_title=gettext("The transfer was made"),
        sentence=gettext("%(amount)s went back to the payer by bank transfer.")
        % {"amount": money(found.amount, found.payment.currency)},
        button=gettext("The transfer was made"),
    )


def back(request: HttpRequest, found: Refund) -> HttpResponse:
    return redirect("events_refunds:index") if "list" in request.POST else seen(found.payment.order)


order_urls = [
    path("don-thanh-toan/<int:pk>/da-nhan/", receive, name="events_order_receive"),
    path("don-thanh-toan/<int:pk>/mien-phi/", give, name="events_order_give"),
    path("don-thanh-toan/<int:pk>/xep-cho/", admit, name="events_order_admit"),
    path("thanh-toan/<int:pk>/chap-nhan/", accept, name="events_payment_accept"),
    path("thanh-toan/<int:pk>/hoan-tien/", refund, name="events_payment_refund"),
    path("hoan-tien/<int:pk>/duyet/", approve_refund, name="events_refund_approve"),
    path("hoan-tien/<int:pk>/bo/", decline_refund, name="events_refund_decline"),
    path("hoan-tien/<int:pk>/chuyen-khoan/", refund_by_transfer, name="events_refund_by_transfer"),
    path("hoan-tien/<int:pk>/da-chuyen/", sent_refund, name="events_refund_sent"),
]


# ---------------------------------------------------------------- lists of their own


@require_safe
def refunds(request: HttpRequest) -> HttpResponse:
    """What is to be approved, to be sent by hand, on its way, or went wrong; below it what was returned lately."""
    if not request.user.has_perm(VIEW):
        return permission_denied(request)
    states = Refund.State
    rows = Refund.objects.select_related("payment__order__event", "asked_by", "approved_by")
    open_ones = rows.filter(state__in=[states.ASKED, states.APPROVED, states.SENT, states.FAILED]).order_by("asked_at")
    return render(
        request,
        "events/admin/refunds.html",
        {
            "page_title": gettext("Refunds"),
            "open": open_ones[:200],
            "done": rows.filter(state__in=[states.DONE, states.CANCELLED])[:50],
            "disputes": Dispute.objects.filter(closed_at=None).select_related("payment__order"),
            "may_settle": request.user.has_perm(SETTLE),
            "may_approve": request.user.has_perm(APPROVE),
        },
    )


class RefundsViewSet(OfficeView):
    permission = VIEW
    name = "events_refunds"
    url_prefix = "hoan-tien"
    icon = "undo"
    menu_label = _("Refunds")

    def get_urlpatterns(self):
        return [path("", refunds, name="index")]


@require_safe
def messages_of_providers(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(SETTLE):
        return permission_denied(request)
    rows = ProviderEvent.objects.order_by("-received_at", "-pk")
    if request.GET.get("chua-xong"):
        rows = rows.filter(done_at=None)
    page = Paginator(rows, 50).get_page(request.GET.get("p"))
    return render(
        request,
        "events/admin/provider_events.html",
        {"page_title": gettext("Messages of providers"), "page": page, "only_open": "chua-xong" in request.GET},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def provider_event(request: HttpRequest, pk: int) -> HttpResponse:
    """One message, word for word; acting on it again is harmless."""
    if not request.user.has_perm(SETTLE):
        return permission_denied(request)
    found = get_object_or_404(ProviderEvent, pk=pk)
    if request.method == "POST":
        AuditEntry.objects.record(request.user, "provider_event.replayed", found)
        if inbox.act(found, timezone.now()):
            messages.success(request, gettext("Acted upon."))
        else:
            found.refresh_from_db()
            messages.error(request, gettext("It did not work: %(error)s") % {"error": found.error})
        return redirect(found)
    AuditEntry.objects.viewed(request.user, found)
    return render(
        request, "events/admin/provider_event.html", {"page_title": gettext("Message of a provider"), "event": found}
    )


class InboxViewSet(OfficeView):
    permission = SETTLE
    name = "events_inbox"
    url_prefix = "thong-bao-thanh-toan"
    icon = "mail"
    menu_label = _("Messages of providers")

    def get_urlpatterns(self):
        return [path("", messages_of_providers, name="index")]


def day_of(text: str | None) -> date:
    try:
        return (parse_date(text) if text else None) or timezone.localdate()
    except ValueError:
        return timezone.localdate()


def balance(day: date) -> dict[str, Any]:
    """What our books say of one day in Vietnam, way by way."""
    begins = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    entries = LedgerEntry.objects.filter(occurred_at__gte=begins, occurred_at__lt=begins + timedelta(days=1))
    kinds = LedgerEntry.Kind
    sums = {
        row["provider"]: row
        for row in entries.order_by()
        .values("provider")
        .annotate(
            came=Sum("amount", filter=Q(kind=kinds.IN), default=0),
            went=Sum("amount", filter=Q(kind=kinds.REFUND), default=0),
            disputed=Sum("amount", filter=Q(kind=kinds.DISPUTE), default=0),
            number=Count("pk"),
        )
    }
    ways = [
        {"label": label, "came": 0, "went": 0, "disputed": 0, "number": 0} | sums.get(way, {"provider": way})
        for way, label in Provider.choices
    ]
    return {"begins": begins, "ways": ways, "entries": entries.select_related("payment__order").order_by("occurred_at")}


@require_safe
def reconciliation(request: HttpRequest) -> HttpResponse:
    """Stripe says, the bank says, we say: one day, three columns, and what only one side knows."""
    if not request.user.has_perm(SETTLE):
        return permission_denied(request)
    day = day_of(request.GET.get("ngay"))
    ours = balance(day)
    theirs: dict[str, Any] | None = None
    if stripe.is_on() and "stripe" in request.GET:
        try:
            theirs = stripe.day(ours["begins"], ours["begins"] + timedelta(days=1))
        except stripe.Away:
            messages.error(request, gettext("Stripe does not answer at the moment."))
    return render(
        request,
        "events/admin/reconciliation.html",
        {
            "page_title": gettext("Daily balance"),
            "day": day,
            "before": day - timedelta(days=1),
            "after": day + timedelta(days=1),
            "ours": ours,
            "stripe": theirs,
            "asks_stripe": stripe.is_on(),
            "bank": bank.bank_day(ours["begins"]) if request.user.has_perm(bank_viewsets.HANDLE) else None,
            "given_up": ProviderEvent.objects.given_up().order_by("received_at")[:100],
            "undecided": Payment.objects.for_a_person().select_related("order")[:100],
            "currency": settings.CURRENCY,
        },
    )


class ReconciliationViewSet(OfficeView):
    permission = SETTLE
    name = "events_reconciliation"
    url_prefix = "doi-soat"
    icon = "tasks"
    menu_label = _("Daily balance")

    def get_urlpatterns(self):
        return [path("", reconciliation, name="index")]


order_urls.append(path("thong-bao-thanh-toan/<int:pk>/", provider_event, name="events_provider_event"))


# ---------------------------------------------------------------- prices


class DiscountViewSet(RecordViewSet):
    model = Discount
    name = "events_discount"
    url_prefix = "ma-giam-gia"
    icon = "tag"
    menu_label = _("Discount codes")
    list_filter = ["event"]
    edit_handler = ObjectList(
        [
            FieldPanel("event"),
            FieldRowPanel([FieldPanel("code"), FieldPanel("note")]),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("value")]),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
            FieldPanel("max_uses"),
            FieldPanel("ticket_types", widget=forms.CheckboxSelectMultiple),
        ]
    )

    class Index(generic.IndexView):
        def get_base_queryset(self):
            return Discount.objects.select_related("event").counted()

        @cached_property
        def columns(self):
            return [
                self._get_title_column("code"),
                Column("event", label=_("Event")),
                Column(
                    "value",
                    label=pgettext_lazy("discount", "how much"),
                    accessor=lambda row: f"{row.value} %" if row.kind == Discount.Kind.PERCENT else money(row.value),
                ),
                Column(
                    "used",
                    label=_("used"),
                    accessor=lambda row: f"{row.used} / {'∞' if row.max_uses is None else row.max_uses}",
                ),
                moment("valid_until", _("Valid until")),
                Column("note", label=_("For whom")),
            ]

    index_view_class = Index


class PriceStepViewSet(RecordViewSet):
    model = PriceStep
    name = "events_pricestep"
    url_prefix = "gia-theo-ngay"
    icon = "date"
    menu_label = _("Prices until a date")
    list_display = ["ticket_type", "until", "price"]
    panels = [FieldPanel("ticket_type"), FieldRowPanel([FieldPanel("until"), FieldPanel("price")])]


class GroupPriceViewSet(RecordViewSet):
    model = GroupPrice
    name = "events_groupprice"
    url_prefix = "gia-nhom"
    icon = "group"
    menu_label = _("Group prices")
    list_display = ["ticket_type", "people", "price"]
    panels = [FieldPanel("ticket_type"), FieldRowPanel([FieldPanel("people"), FieldPanel("price")])]


class PaymentGroup(ModelViewSetGroup):
    menu_label = _("Payments")
    menu_icon = "clipboard-list"
    menu_order = 205
    items = (
        OrderViewSet,
        RefundsViewSet,
        *bank_viewsets.ITEMS,
        ReconciliationViewSet,
        InboxViewSet,
        DiscountViewSet,
        PriceStepViewSet,
        GroupPriceViewSet,
    )
