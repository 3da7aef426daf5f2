"""The stage of the journeys: a real browser, a real server, and the demo story before, during or after the forum.

Every window that a journey opens is watched: an error on the console, a file from another host or an unexpected 4xx or
5xx fails the test.
"""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.utils import translation

from tests.journeys.stages import lay_down
from tests.journeys.walk import LOCALES, SIZES, Watch, sign_in

# ---------------------------------------------------------------- the demo story


@pytest.fixture(scope="session")
def media_folder(tmp_path_factory) -> Path:
    """Pictures and videos of the demo lie on disk, where the test server can send them from."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture
def tell(transactional_db, settings, media_folder) -> Callable[[str], None]:
    """`tell("before")` brings the database to that stage of the demo story."""
    from home import demo

    settings.MEDIA_ROOT = str(media_folder)
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}

    # A request by Django's test client leaves its language behind, and addresses follow it.
    translation.activate(settings.LANGUAGE_CODE)

    def put_on(stage: str) -> None:
        if stage != "before":
            put_on("before")  # later stages follow on what is there, which is quicker than telling all of it again
        lay_down(stage, lambda: demo.build(stage))

    return put_on


@pytest.fixture
def before(tell) -> None:
    """Registration is open."""
    tell("before")


@pytest.fixture
def during(tell) -> None:
    """The doors are open."""
    tell("during")


@pytest.fixture
def after(tell) -> None:
    """The forum is over."""
    tell("after")


@pytest.fixture
def forum(transactional_db):
    """The demo's event; ask for a stage first."""
    from events.models import Event

    return Event.objects.get(sample=True)


@pytest.fixture(scope="session", autouse=True)
def one_request_at_a_time() -> Iterator[None]:
    """On SQLite the threads of the test server share one connection, so their transactions would get mixed up."""
    gate, answer = threading.RLock(), WSGIHandler.get_response

    def wait_and_answer(self, request):
        with gate:
            return answer(self, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIHandler, "get_response", wait_and_answer)
        yield


@pytest.fixture
def window(new_context, live_server) -> Iterator[Callable]:
    """`window("vi", 360)` opens a page on the test server as one visitor has it, and watches it to the end.

    Answers that a journey provokes on purpose (a form with errors is 422) are named in `expects`.
    """
    watches: list[Watch] = []

    def open_window(
        language: str = "vi",
        width: int = 360,
        *,
        expects: tuple[int, ...] = (),
        user=None,
        admin: bool = False,
        **options,
    ):
        context = new_context(
            base_url=live_server.url,
            viewport=SIZES[width],
            locale=LOCALES[language],
            timezone_id="Asia/Ho_Chi_Minh",
            accept_downloads=True,
            **options,
        )
        context.set_default_timeout(10_000)
        if user is not None:
            sign_in(context, user, live_server.url)
        page = context.new_page()
        # The back office asks for previews and notices that may be missing; journeys there judge what people see.
        watch = Watch(urlsplit(live_server.url).netloc, expected=set(expects))
        watch.on(page)
        watches.append(watch)
        page.watch = watch
        return page

    yield open_window
    complaints = [complaint for watch in watches for complaint in watch.complaints]
    assert complaints == []
