"""The parts every page is made of, as template tags and filters. They are builtins: no template loads them.

Dates, times and amounts are said the way the reader's language says them, in local time.
"""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, MultiWidget, RadioSelect
from django.forms.boundfield import BoundWidget
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

register = template.Library()

ENGLISH_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
ENGLISH_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
VIETNAMESE_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")

# What a browser can fill in by itself (WCAG 1.3.5), where the form does not say so.
AUTOCOMPLETE = {
    "email": "email",
    "full_name": "name",
    "name": "name",
    "phone": "tel",
    "workplace": "organization",
    "organisation": "organization",
    "organization": "organization",
    "position": "organization-title",
    "job_title": "organization-title",
    "code": "one-time-code",
    "login": "username",
}
NOTICE_ICONS = {"": "info", "good": "check", "warn": "alert", "bad": "alert"}


# ---------------------------------------------------------------- pictures and small parts


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One drawing of the sprite: silent beside words, or with a label of its own."""
    href = f"{static('img/icons.svg')}#i-{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.simple_tag
def sample(text: str = "") -> SafeString:
    """Says that what stands beside it is made up: `{% sample %}` a label, `{% sample "short" %}` a word in brackets."""
    if text == "short":
        return format_html('<span class="sample">({})</span>', gettext("sample"))
    return format_html('<span class="tag">{}</span>', text or gettext("Sample data"))


@register.simple_block_tag
def notice(content: str, kind: str = "", role: str = "") -> SafeString:
    """`{% notice "warn" %}<p>…</p>{% endnotice %}`: a boxed message; kinds are good, warn, bad or none."""
    return render_to_string(
        "kit/notice.html",
        {"content": content, "kind": kind, "icon": NOTICE_ICONS.get(kind, "info"), "role": role},
    )


@register.simple_tag(takes_context=True)
def pager(context: dict, page: Any, parameter: str = "page") -> SafeString:
    """Before and after, for a page of a Django Paginator; the other words of the address stay."""
    if not page or not page.has_other_pages():
        return SafeString()
    request = context.get("request")

    def address(number: int) -> str:
        words = request.GET.copy() if request else None
        if words is None:
            return f"?{parameter}={number}"
        words[parameter] = str(number)
        return f"?{words.urlencode()}"

    return render_to_string(
        "kit/pager.html",
        {
            "page": page,
            "before": address(page.previous_page_number()) if page.has_previous() else "",
            "after": address(page.next_page_number()) if page.has_next() else "",
        },
    )


@register.simple_tag(takes_context=True)
def langswitch(context: dict) -> SafeString:
    """The link to the same page in the other language, named in that language."""
    switch = (context.get("frame") or {}).get("switch")
    if not switch:
        return SafeString()
    return format_html(
        '<a href="{0}" lang="{1}" hreflang="{1}"><span class="vh">{2}</span><span aria-hidden="true">{3}</span></a>',
        switch["url"],
        switch["lang"],
        switch["label"],
        switch["lang"].upper(),
    )


# ---------------------------------------------------------------- forms


def _shape(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "tick"
    if isinstance(widget, MultiWidget):
        return "group"
    return "line"


def _attributes(bound: BoundField, described_by: Iterable[str]) -> dict[str, str | bool]:
    given = bound.field.widget.attrs
    attrs: dict[str, str | bool] = {}
    if ids := " ".join(described_by):
        attrs["aria-describedby"] = ids
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if "autocomplete" not in given and (guess := AUTOCOMPLETE.get(bound.name)):
        attrs["autocomplete"] = guess
    if "inputmode" not in given:
        kind = getattr(bound.field.widget, "input_type", "")
        if mode := {"email": "email", "tel": "tel", "url": "url"}.get(kind):
            attrs["inputmode"] = mode
    if "one-time-code" in (given.get("autocomplete"), attrs.get("autocomplete")):
        attrs["class"] = f"{given.get('class', '')} code".strip()
        attrs.setdefault("inputmode", "numeric")
    return attrs


OPTION = '<label class="tick" for="{}"><input{}><span>{}</span></label>\n'


def _option(option: BoundWidget) -> tuple[str, SafeString, str]:
    """One box of several, without the two templates that Django would draw for each."""
    data = option.data
    value = {} if data["value"] is None else {"value": str(data["value"])}
    attrs = {"type": data["type"], "name": data["name"]} | value | data["attrs"]
    return option.id_for_label, flatatt(attrs), option.choice_label


@register.simple_tag
def field(bound: BoundField, label: str = "", hint: str = "", optional: bool = True) -> SafeString:
    """One field of a form: label, hint, control, and its error beside it.

    A text field may offer suggestions: `form.fields["unit"].suggestions = [...]` becomes a datalist.
    """
    if bound.is_hidden:
        return bound.as_hidden()
    base = bound.auto_id or bound.html_name
    hint = hint or str(bound.help_text)
    shape = _shape(bound)
    described = [f"{base}-hint"] * bool(hint) + [f"{base}-error"] * bool(bound.errors)
    attrs = _attributes(bound, described)
    suggestions = getattr(bound.field, "suggestions", None) or getattr(bound.field.widget, "suggestions", None)
    if suggestions:
        attrs["list"] = f"{base}-list"
    context = {
        "bound": bound,
        "shape": shape,
        "base": base,
        "label": label or bound.label,
        "hint": hint,
        "errors": list(bound.errors),
        "described": " ".join(described),
        "optional": optional and not bound.field.required,
        # Dozens of names on every form: joined in one go rather than formatted one by one.
        "suggestions": SafeString("".join(f'<option value="{escape(word)}"></option>' for word in suggestions or ())),
    }
    if shape == "choices":
        context["options"] = format_html_join("", OPTION, map(_option, bound))
    else:
        context["control"] = bound.as_widget(attrs=attrs)
    return render_to_string("kit/field.html", context)


@register.simple_tag
def error_summary(form: Any, *more: Any) -> SafeString:
    """What is wrong, on top, each sentence a link to its field. Takes one form, a formset, or several."""
    rows: list[tuple[str, str]] = []
    for one in (form, *more):
        if one is None or not one.is_bound:
            continue
        members = [one]
        if hasattr(one, "management_form"):  # a formset
            rows += [("", text) for text in one.non_form_errors()]
            members = list(one.forms)
        for member in members:
            rows += [("", text) for text in member.non_field_errors()]
            for bound in member:
                target = bound.id_for_label or bound.auto_id
                if _shape(bound) == "choices":
                    target = f"{bound.auto_id}_0"
                rows += [("" if bound.is_hidden else target, text) for text in bound.errors]
    if not rows:
        return SafeString()
    return render_to_string("kit/error_summary.html", {"rows": rows})


# ---------------------------------------------------------------- dates, times, amounts

Moment = datetime.datetime | datetime.date | datetime.time | None


def _local(moment: Moment) -> Moment:
    if isinstance(moment, datetime.datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def _english() -> bool:
    return (get_language() or "vi").startswith("en")


@register.filter
def vn_number(number: int) -> str:
    """1.500.000; in English 1,500,000."""
    return f"{number:,}" if _english() else f"{number:,}".replace(",", ".")


@register.filter
def vn_date(moment: Moment) -> str:
    """10/9/2025; in English 10 September 2025."""
    day = _local(moment)
    if not isinstance(day, datetime.date):
        return ""
    if _english():
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day}/{day.month}/{day.year}"


@register.filter
def vn_day(moment: Moment) -> str:
    """10/9; in English 10 September: the year is known from what stands around it."""
    day = _local(moment)
    if not isinstance(day, datetime.date):
        return ""
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]}" if _english() else f"{day.day}/{day.month}"


@register.filter
def vn_weekday(moment: Moment) -> str:
    """Thứ Tư; in English Wednesday."""
    day = _local(moment)
    if not isinstance(day, datetime.date):
        return ""
    return (ENGLISH_WEEKDAYS if _english() else VIETNAMESE_WEEKDAYS)[day.weekday()]


@register.filter
def vn_weekday_date(moment: Moment) -> str:
    """Thứ Tư, 10/9/2025; in English Wednesday, 10 September 2025."""
    day = _local(moment)
    return f"{vn_weekday(day)}, {vn_date(day)}" if isinstance(day, datetime.date) else ""


@register.filter
def vn_time(moment: Moment) -> str:
    """08:00, in Hạ Long."""
    clock = _local(moment)
    return f"{clock:%H:%M}" if isinstance(clock, datetime.datetime | datetime.time) else ""


@register.filter
def vn_datetime(moment: Moment) -> str:
    """08:00 ngày 10/9/2025; in English 08:00 on 10 September 2025."""
    if not isinstance(moment, datetime.datetime):
        return ""
    return gettext("%(time)s on %(date)s") % {"time": vn_time(moment), "date": vn_date(moment)}


# ISO 4217: how many decimals an amount has whose smallest unit is counted; two where nothing stands here.
NO_DECIMALS = {
    "vnd",
    "jpy",
    "krw",
    "clp",
    "xaf",
    "xof",
    "xpf",
    "bif",
    "djf",
    "gnf",
    "kmf",
    "mga",
    "pyg",
    "rwf",
    "ugx",
    "vuv",
}


@register.filter
def money(amount: int | Decimal | None, currency: str = "vnd") -> str:
    """1.500.000 ₫; in English 1,500,000 ₫. Nothing to pay is said in a word.

    Another currency is counted in its smallest unit, as everywhere: 1250 US cents are 12,50 USD, in English 12.50 USD.
    """
    if amount in (None, ""):
        return ""
    if int(amount) == 0:
        return gettext("Free")
    if currency in NO_DECIMALS:
        figures = f"{int(amount):,}"
    else:
        units, rest = divmod(abs(int(amount)), 100)
        figures = f"{'-' if int(amount) < 0 else ''}{units:,}.{rest:02}"
    if not _english():
        figures = figures.translate(str.maketrans(",.", ".,"))
    return f"{figures}\N{NO-BREAK SPACE}{'₫' if currency == 'vnd' else currency.upper()}"


@register.filter
def filesize_vn(size: int | None) -> str:
    """9 MB: whole figures from ten up, one decimal below, never bytes."""
    if size is None or size == "":
        return ""
    value, unit = float(size) / 1000, "kB"
    for unit_above in ("MB", "GB"):
        if value < 1000:
            break
        value, unit = value / 1000, unit_above
    if unit == "kB":
        value = max(1.0, round(value))
    figures = number_format(round(value, 1 if value < 10 and unit != "kB" else 0), decimal_pos=None)
    figures = figures.removesuffix(",0").removesuffix(".0")
    return f"{figures}\N{NO-BREAK SPACE}{unit}"


@register.filter
def spent(seconds: int | None) -> str:
    """1 giờ 20 phút: how long something took, to the minute."""
    minutes = (seconds or 0) // 60
    if not minutes:
        return gettext("less than a minute")
    hours, minutes = divmod(minutes, 60)
    parts = [gettext("%(number)s h") % {"number": hours}] if hours else []
    return " ".join([*parts, gettext("%(number)s min") % {"number": minutes}] if minutes else parts)


# The same words as tags, for places where a tag reads better: {% vn_date event.starts_at %}.
for _said in (vn_date, vn_day, vn_weekday, vn_weekday_date, vn_time, vn_datetime, money, filesize_vn):
    register.simple_tag(_said, name=_said.__name__)
