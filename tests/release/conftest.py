"""What tests of releases share."""

from __future__ import annotations

import os

import pytest

from booklet import editions, outside
from booklet.diagnostics import failure
from booklet.release import judges
from booklet.shelf import sbom
from tests.release.tiny import ADDRESS, PICTURE

WHOLE = os.environ.get("YEAR") == "whole"
"""Does the year have its PDFs, and real judges? `make year` says so."""


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """All that can be fetched: one picture."""
    there = {ADDRESS: PICTURE}

    def fetch(address: str) -> bytes:
        if address not in there:
            raise outside.Unreachable("it is gone")
        return there[address]

    monkeypatch.setattr(outside, "fetch", fetch)
    return there


@pytest.fixture
def light(network: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """No pages, no judges, no waiting for the disk: what other tests are about. The fixture is the network."""

    def bare(*_: object) -> bytes:
        raise failure("fonts/missing", "no pages in this test")

    installed = sbom.packages()
    monkeypatch.setattr(editions, "cover", bare)
    monkeypatch.setattr(sbom, "packages", lambda: installed)
    monkeypatch.setattr(os, "fsync", lambda file: None)
    monkeypatch.setattr(judges, "judged", lambda artifacts: ())
    return network
