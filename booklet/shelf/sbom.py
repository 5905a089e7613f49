"""The bill of materials: CycloneDX 1.6 as JSON, of the packages and typefaces that a release is made with.

The format is a plain document, and what matters here is that it is the same on every run: no time, a serial number
that comes from the content, packages as the lock names them and not as an environment happens to hold them.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Any

import booklet
from booklet import resources
from booklet.convert import pandoc
from booklet.fonts.faces import Face
from booklet.ledger import Release

PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", re.M)
SPDX = {
    "Apache Software License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
}
"""What packages say in words, as the identifiers of the SPDX list."""
VAGUE = frozenset(("BSD License",))
"""What may be one of several: the text of the licence tells."""
TEXTS = (
    ("Permission is hereby granted, free of charge", "MIT"),
    ("Neither the name", "BSD-3-Clause"),
    ("Redistribution and use in source and binary forms", "BSD-2-Clause"),
)
"""Words by which a licence's text is known, the first that is found."""
IDENTIFIER = re.compile(r"(MIT|BSD-[23]-Clause|Apache-2\.0|OFL-1\.1)")
MADE_OF = (("mathjax", "Apache-2.0"), ("katex", "MIT"))


@dataclass(frozen=True, slots=True)
class Package:
    """Something that booklet is made of. `licences`: identifiers or names; `expression`: an SPDX expression."""

    name: str
    version: str
    origin: str
    """The type of its package URL: pypi, npm; empty for what is in no registry."""
    licences: tuple[str, ...] = ()
    expression: str | None = None


def packages() -> list[Package]:
    """Everything that the lock names and this machine has, then what lies inside other packages."""
    listed = [_installed(name) for name in PINNED.findall(resources.lock().read_text("utf-8"))]
    inside = [Package("pandoc", pandoc.version(), "", ("GPL-2.0-or-later",)), *_scripts()]
    return [package for package in listed if package] + inside


def bill(release: Release, parts: Sequence[Package], faces: Sequence[Face]) -> dict[str, Any]:
    """The document. https://cyclonedx.org/docs/1.6/json/"""
    files = {face.digest: face for face in reversed(faces)}
    components = [_package(part) for part in parts]
    components += [_font(face) for face in sorted(files.values(), key=lambda face: (face.file, face.digest))]
    subject = {"type": "data", "bom-ref": "release", "name": release.books[0].title, "version": release.label}
    tool = {"type": "application", "name": "booklet", "version": booklet.__version__}
    body = {
        "version": 1,
        "metadata": {"tools": {"components": [tool]}, "component": subject},
        "components": components,
        "dependencies": [{"ref": "release", "dependsOn": [item["bom-ref"] for item in components]}],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(body, sort_keys=True))
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": f"urn:uuid:{serial}", **body}


def _package(part: Package) -> dict[str, Any]:
    reference = f"{part.origin or 'part'}:{part.name}@{part.version}"
    made: dict[str, Any] = {"type": "library", "bom-ref": reference, "name": part.name, "version": part.version}
    if part.origin:
        made["purl"] = f"pkg:{part.origin}/{part.name}@{part.version}"
    if licences := [{"expression": part.expression}] if part.expression else list(map(_licence, part.licences)):
        made["licenses"] = licences
    return made


def _font(face: Face) -> dict[str, Any]:
    """A font file. The house's are all under the OFL; what an author brings along is named without a licence."""
    name = face.file.rsplit("/", 1)[-1]
    made: dict[str, Any] = {"type": "file", "bom-ref": f"font:{face.digest}", "name": name}
    made["description"] = face.family
    made["hashes"] = [{"alg": "SHA-256", "content": face.digest}]
    if face.package:
        made["licenses"] = [_licence("OFL-1.1")]
    return made


def _licence(name: str) -> dict[str, Any]:
    return {"license": {"id" if name in SPDX.values() or IDENTIFIER.fullmatch(name) else "name": name}}


def _installed(name: str) -> Package | None:
    """A package with the licence that it names itself; None for one that this machine does not need."""
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None
    expression = found.metadata.json.get("license_expression")
    if expression:
        return Package(name, found.version, "pypi", (), str(expression))
    named = tuple(dict.fromkeys(_named(found.metadata)))
    clear = named and not VAGUE & set(named)
    return Package(name, found.version, "pypi", named if clear else _by_text(found) or named)


def _named(said: metadata.PackageMetadata) -> Iterator[str]:
    """The licences of the classifiers, else the first words of the licence's own field."""
    classified = [c.rsplit(" :: ", 1)[-1] for c in said.get_all("Classifier") or () if c.startswith("License ::")]
    field = str(said.json.get("license") or "").strip().split("\n")[0]
    for name in classified or ([field] if field else []):
        yield SPDX.get(name, name)


def _by_text(found: metadata.Distribution) -> tuple[str, ...]:
    """The licence whose text lies in the package; empty where none is known."""
    paths = [path for path in found.files or () if path.name.upper().startswith(("LICENSE", "LICENCE", "COPYING"))]
    for path in paths:
        text = " ".join(path.read_text("utf-8").split())
        for words, name in TEXTS:
            if words in text:
                return (name,)
    return ()


def _scripts() -> Iterator[Package]:
    """What the maths bundle is joined from: its notices name package and version."""
    notices = resources.maths() / "LICENSES.txt"
    text = notices.read_text("utf-8") if notices.is_file() else ""
    for name, licence in MADE_OF:
        if found := re.search(rf"^{name} (\d[\w.]*)$", text, re.M):
            yield Package(name, found[1], "npm", (licence,))
