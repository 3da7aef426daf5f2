"""What a browser keeps of somebody: under which key, and whether it may keep anything."""

from django.utils.crypto import salted_hmac

SHARED = "shared_computer"  # in the session: it ends with the browser, and nothing of it stays on this machine


def browser_key(user) -> str:
    """Whose work a browser holds: tells people apart, and says nothing else about them. Nothing for nobody."""
    return salted_hmac("people.browser", str(user.pk), algorithm="sha256").hexdigest()[:24] if user.pk else ""


def browser_keys(user) -> list[str]:
    """Theirs, and those of accounts that became part of theirs: a browser may hold what was done with one of them."""
    doubles = user.doubles.all() if user.pk else ()
    return [browser_key(one) for one in (user, *doubles)]
