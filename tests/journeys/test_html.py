"""Every public page is valid HTML, by the checker of the W3C (vnu), in both languages."""

import json
import re
import subprocess

import pytest
from django.test import Client

from tests.conftest import JAVA, VNU
from tests.journeys.places import places, places_before
from tests.journeys.walk import person

pytestmark = [pytest.mark.vnu, pytest.mark.django_db(transaction=True)]


def fetch(place, language: str) -> str:
    """The page as the server sends it; forms with errors by sending them empty."""
    client = Client()
    if place.who:
        client.force_login(person(place.who))
    address = place.address(language)
    if place.step == "payer":
        address += "nguoi-tra/"
    answer = client.post(address, {}) if place.step in ("send", "payer") else client.get(address)
    assert answer.status_code in (place.status, 422), f"{place.name}: {answer.status_code}"
    return answer.content.decode()


def test_every_public_page_is_valid(tell, request, tmp_path):
    for stage, listed in (("before", places_before), ("after", places)):
        tell(stage)
        for place in listed(request.getfixturevalue("forum")):
            for language in ("vi", "en") if place.both else ("vi",):
                (tmp_path / f"{place.name}-{language}.html").write_text(fetch(place, language), encoding="utf-8")
    command = [JAVA, "-jar", str(VNU), "--errors-only", "--format", "json", "--stdout", "--exit-zero-always"]
    pages = sorted(map(str, tmp_path.glob("*.html")))
    assert len(pages) > 80
    done = subprocess.run([*command, *pages], check=True, capture_output=True, text=True, timeout=120)
    found = {
        f"{re.sub(r'.*/', '', message.get('url', ''))}:{message.get('lastLine')}: {message['message']}"
        f" ({message.get('extract', '').strip()[:120]})"
        for message in json.loads(done.stdout)["messages"]
    }
    assert found == set(), "\n" + "\n".join(sorted(found))
