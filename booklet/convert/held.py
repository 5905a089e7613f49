"""Bodies of chapters where they lie: in memory, in the cache's store, and as binding changes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from booklet.cache import Store, key
from booklet.convert import gather, links
from booklet.model import Body, Chapter, Formula, Held, Json, Question

FEW = 8
"""Bodies that stay in memory after they were asked for: a megabyte or more each."""
SHARED = ("mathml", "drawing", "error", "recipe")
"""What equal formulas have in common."""


@dataclass(frozen=True, slots=True)
class Kept:
    """In memory, and as the bytes that a store would keep."""

    digest: str
    data: bytes = field(repr=False, compare=False)
    body: Body = field(repr=False, compare=False)

    def load(self) -> Body:
        return self.body


def kept(body: Body) -> Kept:
    data = dumped(body)
    return Kept(hashlib.sha256(data).hexdigest(), data, body)


@dataclass(frozen=True, slots=True)
class Stored:
    """In the store, under the digest of its bytes."""

    digest: str
    store: Store = field(repr=False, compare=False)

    def load(self) -> Body:
        """KeyError where it is damaged or gone."""
        return _stored(self)


@lru_cache(maxsize=FEW)
def _stored(held: Stored) -> Body:
    return loaded(held.store.get(held.digest))


@dataclass(frozen=True, slots=True)
class Renamed:
    """With other ids for some of its questions."""

    base: Held
    ids: tuple[tuple[str, str], ...]

    @property
    def digest(self) -> str:
        return key(["renamed", self.base.digest, repr(self.ids)])

    def load(self) -> Body:
        body = self.base.load()
        return Body(gather.renamed(body.blocks, dict(self.ids)), body.formulas, body.places)


@dataclass(frozen=True, slots=True)
class Resolved:
    """With links that lead where `targets` says: as written → `#id`, a URL, or None where the words stay alone."""

    base: Held
    targets: tuple[tuple[str, str | None], ...]

    @property
    def digest(self) -> str:
        return key(["resolved", self.base.digest, repr(self.targets)])

    def load(self) -> Body:
        return _resolved(self)


@lru_cache(maxsize=FEW)
def _resolved(held: Resolved) -> Body:
    body = held.base.load()
    return Body(gather.unlined(links.followed(body.blocks, dict(held.targets))), body.formulas, body.places)


def renamed_chapter(chapter: Chapter, ids: Mapping[str, str]) -> Chapter:
    """The chapter with other question ids, wherever it names them."""
    if not ids:
        return chapter
    return replace(
        chapter,
        body=Renamed(chapter.body, tuple(ids.items())),
        headings=tuple(replace(h, id=ids.get(h.id, h.id)) if isinstance(h, Question) else h for h in chapter.headings),
        anchors=tuple((anchor, ids.get(target, target)) for anchor, target in chapter.anchors),
        passages=tuple(replace(item, id=ids.get(item.id, item.id)) for item in chapter.passages),
        leads=tuple(replace(lead, where=ids.get(lead.where, lead.where)) for lead in chapter.leads),
    )


def with_blocks(chapter: Chapter, blocks: Json) -> Chapter:
    """The chapter with other blocks; formulas and places are those that it had."""
    body = chapter.body.load()
    return replace(chapter, body=kept(Body(blocks, body.formulas, body.places)))


def dumped(body: Body) -> bytes:
    """As canonical JSON; what equal formulas share stands in it once."""
    renderings: dict[str, int] = {}
    formulas = []
    for formula in body.formulas:
        values = _fields(formula)
        shared = json.dumps([values.pop(name) for name in SHARED], ensure_ascii=False, sort_keys=True)
        formulas.append([values, renderings.setdefault(shared, len(renderings))])
    whole = json.dumps({"blocks": body.blocks, "formulas": formulas, "places": body.places}, ensure_ascii=False)
    return "\n".join((whole, *renderings)).encode()


def _fields(formula: Formula) -> dict[str, Any]:
    """Its fields; `dataclasses.asdict` would copy the drawing."""
    return {name: getattr(formula, name) for name in formula.__slots__}


def loaded(data: bytes) -> Body:
    whole, *renderings = data.decode().split("\n")
    value = json.loads(whole)
    shared: list[Mapping[str, Any]] = [dict(zip(SHARED, json.loads(text), strict=True)) for text in renderings]
    formulas = tuple(Formula(**fields, **shared[number]) for fields, number in value["formulas"])
    return Body(value["blocks"], formulas, tuple((name, line) for name, line in value["places"]))
