"""What Stripe's own Python types say about parameters and fields, so that neither we nor our fake drift from it."""

from __future__ import annotations

import functools
import sys
import types
import typing
from collections.abc import Iterator
from typing import Any


def _name(hint: Any) -> str:
    return str(typing.get_origin(hint))


@functools.cache
def _options() -> frozenset[str]:
    from stripe._request_options import RequestOptions

    return frozenset(RequestOptions.__annotations__)


def _hints(hint: Any) -> dict[str, Any]:
    # Names that only type checkers import.
    names = {**vars(typing), **vars(sys.modules[hint.__module__]), "StripeContext": object}
    found = typing.get_type_hints(hint, names, include_extras=True)
    return {key: value for key, value in found.items() if key not in _options()}


def complaints(value: Any, hint: Any, path: str = "params", *, typed: bool = True) -> Iterator[str]:
    """What is unknown, missing or not one of the known words. `typed=False`: everything came over the wire as text."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if _name(hint).endswith("NotRequired"):
        yield from complaints(value, args[0], path, typed=typed)
    elif origin in (typing.Union, types.UnionType):
        words = [word for arg in args if _name(arg).endswith("Literal") for word in typing.get_args(arg)]
        if words and isinstance(value, str):
            if value not in words:
                yield f"{path}: unknown value {value!r}"
            return
        for arg in args:
            of_dict = isinstance(value, dict) and hasattr(arg, "__required_keys__")
            of_list = isinstance(value, list) and typing.get_origin(arg) is list
            if of_dict or of_list:
                yield from complaints(value, arg, path, typed=typed)
    elif origin is list:
        for number, item in enumerate(value):
            yield from complaints(item, args[0], f"{path}[{number}]", typed=typed)
    elif isinstance(value, dict) and hasattr(hint, "__required_keys__"):
        hints = _hints(hint)
        for key in value.keys() - hints.keys():
            yield f"{path}.{key}: unknown"
        for key, inner in hints.items():
            if key in value:
                yield from complaints(value[key], inner, f"{path}.{key}", typed=typed)
            elif not _name(inner).endswith("NotRequired") and typed:
                yield f"{path}.{key}: missing"


def unknown_parameters(of: str, params: dict[str, Any]) -> list[str]:
    from stripe.params import ChargeListParams, DisputeListParams, RefundCreateParams, RefundListParams
    from stripe.params.checkout import SessionCreateParams, SessionListParams

    hint = {
        "session": SessionCreateParams,
        "refund": RefundCreateParams,
        "list of sessions": SessionListParams,
        "list of refunds": RefundListParams,
        "list of charges": ChargeListParams,
        "list of disputes": DisputeListParams,
    }[of]
    return list(complaints(params, hint, typed=False))


def fields(model: Any) -> set[str]:
    """Every field that the library says an object has."""
    return {name for parent in model.__mro__ for name in getattr(parent, "__annotations__", {})}
