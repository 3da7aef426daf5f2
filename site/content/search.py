"""Search that finds "khởi nghiệp" when people type "khoi nghiep".

Every text field of a page goes into the index twice: as written and without its marks. With marks typed, marks must
match; without them everything matches. Works alike on SQLite and PostgreSQL.
"""

from wagtail.search import index

from people.text import fold, nfc


class _Folded:
    """A twin of a search field whose value is folded: "Đổi mới" is indexed as "Doi moi"."""

    def get_value(self, obj):
        value = super().get_value(obj)
        if isinstance(value, str):
            return fold(value)
        if isinstance(value, (list, tuple)):
            return [fold(str(part)) for part in value]
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
    """Pages of the queryset that match the text; when nothing does, it is tried again without its marks (a wrong tone)."""
    text = " ".join(nfc(text).split())
    if not text:
        return []
    return list(queryset.search(text)[:limit]) or list(queryset.search(fold(text))[:limit])
