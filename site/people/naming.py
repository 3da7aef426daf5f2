"""What waits for somebody's name: apps above register it, because a paper needs one and an account does not."""

from collections.abc import Callable
from datetime import datetime

from people.models import User

type Waiting = Callable[[User, datetime], object]

_waiting: list[Waiting] = []


def register(function: Waiting) -> None:
    if function not in _waiting:
        _waiting.append(function)


def named(person: User, at: datetime) -> None:
    """The name was given or corrected: what was due to wait for it is done now, in the same transaction."""
    if person.full_name:
        for function in _waiting:
            function(person, at)
