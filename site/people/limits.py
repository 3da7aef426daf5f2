"""How often somebody may do something, kept in the database so that every process counts the same.

Keys are an e-mail address or an account. A hall of 200 people is one network address: a bare one is a key only where
nothing else holds a flood (feedback, checking papers), with a limit far above what people do.
"""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from people.models import RateLimit


def visitor(request: HttpRequest) -> str:
    """The network address, seen through as many proxies as are ours (TRUSTED_PROXIES)."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    ours = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    return hops[-ours] if ours and len(hops) >= ours else request.META.get("REMOTE_ADDR", "")


def bucket_key(action: str, key: str) -> str:
    """A keyed hash: the table tells nobody's address."""
    return salted_hmac("people.limits", f"{action}\0{key.strip().lower()}", algorithm="sha256").hexdigest()


def allow(action: str, key: str, limit: int, seconds: int) -> bool:
    """Take one token from the bucket of `limit` tokens that refills evenly over `seconds`; False when it is empty."""
    now = timezone.now()
    hashed = bucket_key(action, key)
    try:
        with transaction.atomic():
            RateLimit.objects.create(key=hashed, tokens=limit - 1, updated_at=now)
            return True
    except IntegrityError:
        pass
    with transaction.atomic():
        bucket = RateLimit.objects.select_for_update().get(key=hashed)
        passed = max((now - bucket.updated_at).total_seconds(), 0)
        tokens = min(limit, bucket.tokens + passed * limit / seconds)
        allowed = tokens >= 1
        bucket.tokens = tokens - 1 if allowed else tokens
        bucket.updated_at = now
        bucket.save(update_fields=["tokens", "updated_at"])
    return allowed


def forget(action: str, key: str) -> None:
    """Fill the bucket again: what a helper does for somebody who locked themselves out."""
    RateLimit.objects.filter(key=bucket_key(action, key)).delete()


def sweep(at) -> int:
    """Buckets that nobody touched for two days are full again and may go."""
    return RateLimit.objects.filter(updated_at__lt=at - timedelta(days=2)).delete()[0]
