"""From an address to a page in two queries, however deep it lies. Wagtail itself asks two for each level."""

from django.http import Http404, HttpRequest
from wagtail.models import Page
from wagtail.url_routing import RouteResult

# Wagtail's own function of that name may be wrapped; what counts is whether a page type has written its own.
PLAIN_ROUTE = Page.route


def route(home: Page, request: HttpRequest, components: list[str]) -> RouteResult:
    """The page at that address below `home`, or Http404.

    One query finds the page and all above it, one more its own fields. A page below an unpublished one is not shown.
    A page type with routes of its own gets the rest of the address.
    """
    addresses, address = [], home.url_path
    for component in components:
        address = f"{address}{component}/"
        addresses.append(address)
    found = (
        {page.url_path: page for page in Page.objects.filter(url_path__in=addresses, path__startswith=home.path)}
        if addresses
        else {}
    )
    chain = [home]
    for address in addresses:
        if address not in found:
            break
        page = found[address]
        page._cached_parent_obj = chain[-1]
        chain.append(page)
    for depth, page in enumerate(chain[1:], start=1):
        model = page.specific_class
        if model is not None and model.route is not PLAIN_ROUTE:
            return own_fields_of(page, chain[:depth]).route(request, components[depth:])
    if len(chain) <= len(components) or not all(page.live for page in chain):
        raise Http404
    return RouteResult(own_fields_of(chain[-1], chain[:-1]))


def own_fields_of(page: Page, above: list[Page]) -> Page:
    specific = page.specific
    if above:
        specific._cached_parent_obj = above[-1]
    specific.trail = above
    return specific


def find(request: HttpRequest, home: Page, path: str) -> RouteResult | None:
    """As Wagtail's Page.route_for_request, and remembered in the same place."""
    if not hasattr(request, "_wagtail_route_for_request"):
        try:
            request._wagtail_route_for_request = route(home, request, [step for step in path.split("/") if step])
        except Http404:
            request._wagtail_route_for_request = None
    return request._wagtail_route_for_request
