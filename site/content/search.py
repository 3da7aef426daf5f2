"""Search that finds "khởi nghiệp" when people type "khoi nghiep".

Every text field of a page goes into the index twice: as written and without its marks. With marks typed, marks must
match; without them everything matches. Works alike on SQLite and PostgreSQL.
"""

import re

from django.db import connection
from wagtail.search import index

from people.text import fold, nfc

LONGEST_QUERY = 100


def plain(text: str) -> str:
    """Folded, the parts of a number as words: PostgreSQL takes "757/QD-BKHCN" for a path and finds no part of it."""
    return re.sub(r"(?<=\w)[/–-](?=\w)", " ", fold(text))


class _Folded:
    """A twin of a search field whose value is folded: "Đổi mới" is indexed as "Doi moi"."""

    def get_value(self, obj):
        value = super().get_value(obj)
        if isinstance(value, str):
            return plain(value)
        if isinstance(value, (list, tuple)):
            return [plain(str(part)) for part in value]
        return value


class FoldedSearchField(_Folded, index.SearchField):
    pass


class FoldedAutocompleteField(_Folded, index.AutocompleteField):
    pass


def folded(fields: list) -> list:
    """The given search fields, and after each text field its folded twin.

    Fields that already have a twin (those inherited from SitePage) keep it, so a subclass may say
    `search_fields = folded(SitePage.search_fields + [index.SearchField("body")])`.
    """
    twins = {(type(field), field.field_name) for field in fields if isinstance(field, _Folded)}
    result = []
    for field in fields:
        result.append(field)
        if isinstance(field, _Folded) or not isinstance(field, (index.SearchField, index.AutocompleteField)):
            continue
        twin = FoldedAutocompleteField if isinstance(field, index.AutocompleteField) else FoldedSearchField
        if (twin, field.field_name) not in twins:
            result.append(twin(field.field_name, **field.kwargs))
    return result


def found(queryset, text: str, limit: int | None = None) -> list:
    """Pages that match the text; when none does, it is tried again without its marks (a wrong tone)."""
    text = as_typed(text)
    if not text:
        return []
    bare = plain(text)
    results = list(queryset.search(text)[:limit])
    if bare != text and connection.vendor == "sqlite":
        results = _with_marks(results, text)
    return results or list(queryset.search(bare)[:limit])


def as_typed(text: str) -> str:
    """The words of a query. Quotation marks would end SQLite's own quotation of them."""
    return " ".join(re.sub(r'["\0-\x1f]', " ", nfc(text)).split())[:LONGEST_QUERY]


def _with_marks(pages: list, text: str) -> list:
    """Only pages whose text holds each word as typed: SQLite's index leaves most marks away (PostgreSQL's does not)."""
    from wagtail.search.models import IndexEntry  # models, while this module is read by models

    words = text.casefold().split()
    entries = IndexEntry.objects.filter(object_id__in=[str(page.pk) for page in pages])
    texts = {
        (content_type, object_id): f"{title} {body}".casefold()
        for content_type, object_id, title, body in entries.values_list("content_type_id", "object_id", "title", "body")
    }
    own = {page: texts.get((page.content_type_id, str(page.pk)), "") for page in pages}
    return [page for page in pages if all(word in own[page] for word in words)]
