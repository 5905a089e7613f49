"""Whether a release is due: held against the ledger, so that whoever calls may call as often as he likes."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from booklet.config import ReleaseTable
from booklet.ledger import Ledger

MINUTE = datetime.timedelta(minutes=1)


def due(table: ReleaseTable, ledger: Ledger, now: datetime.datetime) -> bool:
    """Has a moment of the schedule come since the last release? Yes without a schedule, or without a release."""
    if table.schedule is None or ledger.last is None:
        return True
    return last_moment(table.schedule, now) > datetime.datetime.fromisoformat(ledger.last.moment)


def last_moment(schedule: str, now: datetime.datetime) -> datetime.datetime:
    """The latest moment of a schedule that is not after `now`, whose time zone is the schedule's."""
    from cronsim import CronSim

    return next(CronSim(schedule, now.replace(second=0, microsecond=0) + MINUTE, reverse=True))


def next_moment(schedule: str, now: datetime.datetime) -> datetime.datetime:
    """The first one after `now`."""
    from cronsim import CronSim

    return next(CronSim(schedule, now))


def local(moment: datetime.datetime, table: ReleaseTable) -> datetime.datetime:
    """A moment as the clocks of the configuration's time zone show it."""
    return moment.astimezone(ZoneInfo(table.timezone))


def end_of(day: datetime.date, table: ReleaseTable) -> datetime.datetime:
    """The last second of a day there: what `--clock DATE` means."""
    return datetime.datetime.combine(day, datetime.time(23, 59, 59), ZoneInfo(table.timezone))
