"""What tests of releases share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from booklet import editions, outside
from booklet.diagnostics import failure
from booklet.release import judges
from booklet.shelf import sbom
from tests.release.tiny import ADDRESS, PICTURE


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    """No pages, no judges, and a network of one picture: what other tests are about. The fixture is the network."""
    network = {ADDRESS: PICTURE}

    def fetch(address: str) -> bytes:
        if address not in network:
            raise outside.Unreachable("it is gone")
        return network[address]

    def bare(*_: object) -> bytes:
        raise failure("fonts/missing", "no pages in this test")

    monkeypatch.setattr(outside, "fetch", fetch)
    monkeypatch.setattr(editions, "cover", bare)
    installed = sbom.packages()
    monkeypatch.setattr(sbom, "packages", lambda: installed)
    monkeypatch.setattr(os, "fsync", lambda file: None)
    monkeypatch.setattr(judges, "judged", lambda artifacts: ())
    yield network
