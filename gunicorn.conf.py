# Run: gunicorn (reads this file). Two to four workers of four threads suit one modest server.
import gc
import os

pythonpath = "site"
wsgi_app = "config.wsgi"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True  # it would else be made in the user's runtime or home folder

# The application is imported once, before the workers are forked: they share its memory (copy on write). New code
# therefore needs a restart, not a reload; nginx serves public pages meanwhile.
preload_app = True


def when_ready(server):
    """Load what every worker would load for itself with its first page and its first paper, some 50 MB.

    What is loaded now lives as long as the workers: the collector need not look at it, nor unshare its pages.
    """
    from django.conf import settings
    from django.urls import reverse
    from django.utils import translation

    from certificates import pdf

    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            reverse("wagtailadmin_home")  # reads every address, and the way back from its name in this language
    pdf.load_engine()
    gc.collect()
    gc.freeze()
