"""The door to the network, tried on a server of this machine."""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from booklet.outside import Limits, Unreachable, fetch, today

OPEN = Limits(seconds=1, size=1000, redirects=3, private=True)


class Server(BaseHTTPRequestHandler):
    """Answers by path."""

    def do_GET(self) -> None:
        where = {"/once": "/picture", "/round": "/round", "/out": "file:///etc/hostname", "/ftp": "ftp://example.org/"}
        if self.path in where:
            self.send_response(302)
            self.send_header("Location", where[self.path])
            self.end_headers()
        elif self.path in ("/picture", "/large", "/%E5%9B%BE%20%E4%B8%80.png"):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(bytes(5000) if self.path == "/large" else b"picture")
        elif self.path == "/drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(40):
                self.wfile.write(b".")
                self.wfile.flush()
                time.sleep(0.2)
        else:
            self.send_error(404, "Not Found")

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    running.daemon_threads = True
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()


@pytest.mark.parametrize("path", ["/picture", "/once", "/图 一.png"])
def test_a_picture_arrives(server: str, path: str) -> None:
    assert fetch(server + path, OPEN) == b"picture"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/large", "larger than"),
        ("/nowhere", "404 Not Found"),
        ("/round", "redirect"),
        ("/out", "not allowed"),
        ("/ftp", "ftp is no web address"),
        ("/drip", "longer than 1 s"),
    ],
)
def test_what_cannot_be_had_is_said_in_a_sentence(server: str, path: str, said: str) -> None:
    with pytest.raises(Unreachable, match=said):
        fetch(server + path, OPEN)


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "/etc/hostname", "data:,x", "gopher://example.org/", "http://"]
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(Unreachable, match="no web address"):
        fetch(url, OPEN)


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost", "10.0.0.1", "169.254.169.254", "0.0.0.0"])
def test_addresses_inside_this_network_are_refused(host: str) -> None:
    with pytest.raises(Unreachable, match="inside this network"):
        fetch(f"http://{host}/")


def test_nobody_listens(server: str) -> None:
    with pytest.raises(Unreachable):
        fetch("http://127.0.0.1:9/", OPEN)


def test_the_day_is_the_epochs_where_one_is_given() -> None:
    assert today({"SOURCE_DATE_EPOCH": "86400"}) == datetime.date(1970, 1, 2)
