"""How often somebody may do something, kept in the database so that every process counts the same.

Keys are an e-mail address or an account. A hall of 200 people is one network address: a bare one is a key only where
nothing else holds a flood (feedback, checking papers), with a limit far above what people do.
"""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from people.models import RateLimit


def visitor(request: HttpRequest) -> str:
    """The network address, seen through as many proxies as are ours (TRUSTED_PROXIES)."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    ours = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    return hops[-ours] if ours and len(hops) >= ours else request.META.get("REMOTE_ADDR", "")


FIRST = "INSERT INTO people_ratelimit (key, tokens, updated_at) VALUES (%s, %s, %s) ON CONFLICT (key) DO NOTHING"


def bucket_key(action: str, key: str) -> str:
    """A keyed hash: the table tells nobody's address."""
    return salted_hmac("people.limits", f"{action}\0{key.strip().lower()}", algorithm="sha256").hexdigest()


def allow(action: str, key: str, limit: int, seconds: int) -> bool:
    """Take one token from the bucket of `limit` tokens that refills evenly over `seconds`; False when it is empty."""
    return _take(action, key, limit, seconds) >= 0


def left(action: str, key: str, limit: int, seconds: int) -> float:
    """The tokens in the bucket now; none is taken."""
    bucket = RateLimit.objects.filter(key=bucket_key(action, key)).first()
    if bucket is None:
        return limit
    passed = max((timezone.now() - bucket.updated_at).total_seconds(), 0)
    return min(limit, bucket.tokens + passed * limit / seconds)


def _take(action: str, key: str, limit: int, seconds: int, *, on_credit: bool = False) -> float:
    """The tokens left after taking one. Below zero: there was none; on credit it is owed, else it was not taken."""
    now = timezone.now()
    hashed = bucket_key(action, key)
    # The first of its kind, which is nearly every one: one plain statement, and no savepoint to fall back to.
    with connection.cursor() as cursor:
        moment = connection.ops.adapt_datetimefield_value(now)
        cursor.execute(FIRST, [hashed, limit - 1, moment])
        if cursor.rowcount == 1:
            return limit - 1
    with transaction.atomic():
        bucket = RateLimit.objects.select_for_update().get(key=hashed)
        passed = max((now - bucket.updated_at).total_seconds(), 0)
        tokens = min(limit, bucket.tokens + passed * limit / seconds)
        left = tokens - 1
        bucket.tokens = left if left >= 0 or on_credit else tokens
        bucket.updated_at = now
        bucket.save(update_fields=["tokens", "updated_at"])
    return left


# One bucket for every path on which a stranger can make a letter go to an address again and again. Login codes have
# their own (people.forms), and a letter about a change of state is never dropped: at most it waits (`pause_before`).
LETTERS, LETTERS_PER_HOUR = "letters a stranger can cause", 3


def may_write_to(email: str) -> bool:
    """Count one more such letter to the address; False when it had enough within the hour."""
    return allow(LETTERS, email, LETTERS_PER_HOUR, 3600)


def pause_before(email: str) -> timedelta:
    """How long such a letter waits that must not be dropped: it is counted, if need be ahead of its time."""
    left = _take(LETTERS, email, LETTERS_PER_HOUR, 3600, on_credit=True)
    return timedelta(seconds=max(0.0, -left) * 3600 / LETTERS_PER_HOUR)


def forget(action: str, key: str) -> None:
    """Fill the bucket again: what a helper does for somebody who locked themselves out."""
    RateLimit.objects.filter(key=bucket_key(action, key)).delete()


def sweep(at) -> int:
    """Buckets that nobody touched for two days are full again and may go."""
    return RateLimit.objects.filter(updated_at__lt=at - timedelta(days=2)).delete()[0]
