"""A small HTTP client: one kept connection, cookies, and reading of forms. Nothing but the standard library."""

import http.client
import re
from html.parser import HTMLParser
from urllib.parse import urlencode


class Form(HTMLParser):
    """The fields of the page's form with that action or id, as the browser would send them."""

    def __init__(self, page: str, having: str):
        super().__init__()
        self.having, self.fields, self.current, self.found = having, {}, None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "form":
            self.current = {}
        elif tag == "input" and self.current is not None and (name := attributes.get("name")):
            kind = attributes.get("type", "text")
            if kind in ("radio", "checkbox") and ("checked" not in attributes or "disabled" in attributes):
                return
            self.current[name] = attributes.get("value", "on" if kind == "checkbox" else "")

    def handle_endtag(self, tag):
        if tag == "form" and self.current is not None:
            if self.having in self.current and self.found is None:
                self.found = self.current
            self.current = None


class Client:
    def __init__(self, port: int, **cookies: str):
        self.port, self.cookies = port, dict(cookies)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def send(self, method: str, path: str, data: dict | None = None, headers: dict | None = None):
        body = urlencode(data, doseq=True) if data is not None else None
        sent = {"Host": f"127.0.0.1:{self.port}", "Accept-Encoding": "gzip"} | (headers or {})
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        for attempt in (1, 2):
            try:
                self.connection.request(method, path, body=body, headers=sent)
                response = self.connection.getresponse()
                break
            except (http.client.RemoteDisconnected, ConnectionError):
                # A worker may close a kept connection; only reading is repeated.
                self.connection.close()
                if attempt == 2 or method == "POST":
                    raise
        content = response.read()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            if match := re.match(r"([^=]+)=([^;]*)", cookie):
                self.cookies[match[1]] = match[2]
        return response.status, response.headers, content

    def get(self, path: str):
        return self.send("GET", path)

    def post(self, path: str, data: dict):
        return self.send(
            "POST",
            path,
            data | ({"csrfmiddlewaretoken": self.cookies["csrftoken"]} if "csrftoken" in self.cookies else {}),
        )
