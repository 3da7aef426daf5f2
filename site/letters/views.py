"""The development mailbox: what the site would have sent, on this machine only."""

import base64

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.csp import CSP
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from letters.models import Letter
from letters.render import Rendered, pictures
from letters.render import render as words_of
from people.development import on_this_machine

# A letter carries its own styles and its pictures; nothing in it may run or be sent.
LETTER_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "img-src": ["data:"],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
}


def only_here(view):
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not on_this_machine(request):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@only_here
def mailbox(request: HttpRequest) -> HttpResponse:
    letters = Letter.objects.select_related("about_type").defer("html", "text")
    if words := request.GET.get("q", ""):
        letters = letters.matching(words)
    page = Paginator(letters, 30).get_page(request.GET.get("page"))
    return render(request, "letters/mailbox.html", {"page": page, "words": words})


@only_here
def read(request: HttpRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(Letter, pk=pk)
    rendered = words_of(letter)
    return render(
        request, "letters/read.html", {"letter": letter, "rendered": rendered, "attachments": list(named(rendered))}
    )


@only_here
@xframe_options_sameorigin
@csp_override(LETTER_CSP)
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML part as a mail client shows it, for the sandboxed frame."""
    letter = get_object_or_404(Letter, pk=pk)
    rendered = words_of(letter)
    html = rendered.html
    for part in parts(rendered):
        if len(part) == 4:
            html = html.replace(f"cid:{part[3]}", f"data:{part[2]};base64,{base64.b64encode(part[1]).decode()}")
    return HttpResponse(html)


@only_here
def attachment(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    letter = get_object_or_404(Letter, pk=pk)
    found = parts(words_of(letter))
    if number >= len(found):
        raise Http404
    name, content, mimetype = found[number][:3]
    response = HttpResponse(content, content_type=mimetype)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def parts(rendered: Rendered):
    return [*rendered.attachments, *pictures(rendered)]


def named(rendered: Rendered):
    """Attachments somebody would open; pictures inside the letter are not listed."""
    for number, part in enumerate(parts(rendered)):
        if len(part) == 3:
            yield {"number": number, "name": part[0], "size": len(part[1])}
