"""Every form in which a date is written → one that sorts with all others."""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime

ISO = re.compile(
    r"^(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[Tt ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?"
    r"\s*(Z|z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?(?:\s+[A-Z]{3,5})?)?$"
)
SEPARATED = re.compile(r"^(\d{4})\s*(?:[/.]|年)\s*(\d{1,2})\s*(?:[/.]|月)\s*(\d{1,2})\s*日?(?=$|[T ])")
"""2025/1/2, 2025.01.02, 2025年1月2日."""
MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
NAMED = re.compile(
    r"^(?:[a-z]{3,9},?\s+)?(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m1>[a-z]{3,9})|(?P<m2>[a-z]{3,9})\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?)"
    r"[.,]?\s+(?P<y1>\d{4})(?P<rest>.*)$",
    re.I,
)
"""2 January 2025, Jan 2, 2025, Thu 2 Jan 2025."""
STAMP = re.compile(r"^\d{9,11}$")
"""Seconds since 1970."""


def moment(text: str) -> datetime.datetime | None:
    """A date or time as written → an aware time that sorts with all others (UTC where no zone is given)."""
    match = ISO.match(iso(text) or "")
    if not match:
        return None
    zone = _zone(match[7] or "Z")
    clock = f"{int(match[4] or 0):02}:{match[5] or '00'}:{match[6] or '00'}"
    try:
        time = datetime.datetime.fromisoformat(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}T{clock}{zone}")
        time.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None
    return time


def iso(text: str) -> str | None:
    """The text in ISO 8601's shape: as it is where it has that shape already, None for what is no date at all."""
    plain = SEPARATED.sub(lambda found: "-".join(found.groups()), text.strip())
    if ISO.match(plain):
        return re.sub(r"^(\d+)-(\d+)-(\d+)", lambda m: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}", plain)
    if STAMP.match(plain):
        return datetime.datetime.fromtimestamp(int(plain), datetime.UTC).isoformat()
    return _named(plain) or _mailed(plain)


def _zone(written: str) -> str:
    """`Z`, `+8`, `+0800`, `+08:00` as ISO writes them."""
    if written.upper() in ("Z", "UTC", "GMT"):
        return "+00:00"
    digits = written[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    return f"{written[0]}{int(hours):02}:{minutes}"


def _named(text: str) -> str | None:
    match = NAMED.match(text)
    month = MONTHS.get((match["m1"] or match["m2"])[:3].lower()) if match else None
    if not match or not month:
        return None
    day = f"{match['y1']}-{month:02}-{int(match['d1'] or match['d2']):02}"
    rest = match["rest"].strip(" ,")
    return day if not rest else f"{day} {rest}" if ISO.match(f"{day} {rest}") else None


def _mailed(text: str) -> str | None:
    """RFC 2822, and `Mon Jan 2 15:04:05 2006` (both are in Go's own list)."""
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError):
        return None
