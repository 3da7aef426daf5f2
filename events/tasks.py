"""Background work of the forum. Each task may run twice."""

from django.tasks import task
from django.utils import timezone

from events import importing
from events.models import BulkRun, Event, EventChange, ImportRun, Registration
from people import limits

BEFORE_LETTERS = 5  # of many people, and after everything prompt: a worker takes what is higher first
BATCHES = 5


@task(backend="background", queue_name="bulk", priority=5)
def carry_out(key: int) -> None:
    """What an organiser said about many registrations; begun again, it goes on where it was."""
    BulkRun.objects.get(pk=key).carry_out()


def ask_for_links(event: Event, email: str) -> None:
    """Have the links of an address's registrations sent to it.

    Whatever the address, one look-up and one task: the time tells nothing. The task's row keeps numbers only; an
    address that is not registered is written nowhere.
    """
    mine = event.registrations.live().of_address(email)
    send_links.enqueue(list(mine.order_by("pk").values_list("pk", flat=True)))


@task(backend="background", queue_name="bulk", priority=BEFORE_LETTERS)
def tell_change(key: int) -> None:
    """Write to everybody that an event has changed. The rest is another task; begun again, it goes on where it was."""
    change = EventChange.objects.get(pk=key)
    for _batch in range(BATCHES):
        if not change.write_letters(timezone.now()):
            return
    tell_change.enqueue(key)


@task(backend="background", queue_name="prompt")
def send_links(keys: list[int]) -> int:
    """Send the links of one address's registrations to that address.

    Asked for by anybody, so limited, and nobody sees the outcome.
    """
    sent = 0
    for registration in Registration.objects.filter(pk__in=keys).live().order_by("pk"):
        # Whoever shares a mailbox is found on the page of each of the others, so a few letters are enough.
        if not limits.may_write_to(registration.email):
            break
        registration.send_link()
        sent += 1
    return sent


@task(backend="background", queue_name="bulk", priority=BEFORE_LETTERS)
def check_list(key: int) -> None:
    """Read a list that was handed in and say what would become of it."""
    ImportRun.objects.get(pk=key).look_over(timezone.now())


@task(backend="background", queue_name="bulk", priority=BEFORE_LETTERS)
def import_list(key: int) -> None:
    """Register everybody of a list that was looked over."""
    ImportRun.objects.get(pk=key).carry_out(timezone.now())


@task(backend="background", queue_name="bulk", priority=BEFORE_LETTERS)
def write_letters(after: int) -> None:
    """The tickets of imported people. The rest is another task, so that codes and single tickets go between."""
    for _batch in range(BATCHES):
        after = importing.write_letters(timezone.now(), after)
        if not after:
            return
    write_letters.enqueue(after)
