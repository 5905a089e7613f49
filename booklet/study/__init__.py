"""Books to learn with: answers apart from their questions, open questions left out, a selection, another order."""

from booklet.study.choose import asked, chosen, wanted
from booklet.study.order import shuffled
from booklet.study.place import alone, placed
from booklet.study.waiting import without_waiting

__all__ = ["alone", "asked", "chosen", "placed", "shuffled", "wanted", "without_waiting"]
