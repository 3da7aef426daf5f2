"""Background work of the forum. Each task may run twice."""

from django.tasks import task

from events.models import Event, Registration
from people import limits

LINKS_PER_HOUR = 3


def ask_for_links(event: Event, email: str) -> None:
    """Have the links of an address's registrations sent to it.

    Whatever the address, one look-up and one task: the time tells nothing. The task's row keeps numbers only; an
    address that is not registered is written nowhere.
    """
    mine = event.registrations.live().of_address(email)
    send_links.enqueue(list(mine.order_by("pk").values_list("pk", flat=True)))


@task(backend="background", queue_name="prompt")
def send_links(keys: list[int]) -> int:
    """Send the links of one address's registrations to that address.

    Asked for by anybody, so limited, and nobody sees the outcome.
    """
    registrations = list(Registration.objects.filter(pk__in=keys).live().order_by("pk"))
    if not registrations or not limits.allow("events.link", registrations[0].email, LINKS_PER_HOUR, 3600):
        return 0
    for registration in registrations:
        registration.send_link()
    return len(registrations)
