"""Many formulas rendered beforehand, in processes side by side: what each makes lies in the cache then."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool

from booklet import processes
from booklet.cache import Cache
from booklet.maths import engine
from booklet.maths.render import NUMBERED, REFERRING, Options, Request, known, render

WORTH = 400
"""Formulas. Fewer are rendered sooner than a process starts (half a second)."""


def ahead(chapters: Sequence[Sequence[Request]], options: Options, cache: Cache, jobs: int) -> None:
    """Render what stands alone and is not in the cache, where that saves time; `render` finds it there afterwards."""
    if jobs < 2 or not processes.available():
        return
    alone = (request for requests in chapters if not _defines(requests) for request in requests if _alone(request))
    cold = [request for request in dict.fromkeys(alone) if not known(request, options, cache)]
    if len(cold) < WORTH:
        return
    with processes.beside(jobs, _work, [(cold[n::jobs], options, cache) for n in range(jobs)]) as waiting:
        try:
            for done in waiting:
                done.result()
        except BrokenProcessPool:
            return  # what is missing is rendered in the course of the run


def _defines(requests: Sequence[Request]) -> bool:
    """Is there a macro in the chapter, which all that follows may depend on?"""
    return any(engine.DEFINING.search(reading) for request in requests for reading in request.readings)


def _alone(request: Request) -> bool:
    return not any(NUMBERED.search(reading) or REFERRING.search(reading) for reading in request.readings)


def _work(requests: Sequence[Request], options: Options, cache: Cache) -> None:
    render(requests, options, cache)
