"""Several at the same moment, for tests with real locks."""

import threading
from collections.abc import Callable

from django.db import connection


def together(*works: Callable) -> list:
    """Each in a thread and a connection of its own, begun at one moment; what each gave, or the exception it met."""
    results: list = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(number: int) -> None:
        try:
            start.wait()
            results[number] = works[number]()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def refused(results: list) -> list[Exception]:
    """The exceptions among them."""
    return [result for result in results if isinstance(result, Exception)]
