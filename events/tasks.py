"""Background work of the forum. Each task may run twice."""

from django.tasks import task

from events.models import Registration
from people import limits

LINKS_PER_HOUR = 3


@task(backend="background", queue_name="prompt")
def send_links(event_id: int, email: str) -> int:
    """Send the links of an address's registrations to that address.

    Asked for by anybody, so limited, and nobody sees the outcome.
    """
    if not limits.allow("events.link", email, LINKS_PER_HOUR, 3600):
        return 0
    registrations = Registration.objects.filter(event_id=event_id).live().of_address(email)
    for registration in registrations:
        registration.send_link()
    return len(registrations)
