"""What `manage.py tick` does every minute. Each app lists its own in `tick.py` as `JOBS`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Job:
    """Work that comes round: safe to run twice, told the time as an argument."""

    name: str
    every_seconds: int
    function: Callable[[datetime], object]
