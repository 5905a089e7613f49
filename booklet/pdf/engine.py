"""WeasyPrint's own needs, seen to before it is imported for the first time in a process."""

from __future__ import annotations

import ctypes.util
import gc
import os
import warnings
from functools import cache
from pathlib import Path
from unittest import mock

from booklet import native


@cache
def load() -> None:
    """Prepare the native libraries and a font configuration without any font of the system."""
    native.prepare()
    os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))
    warnings.filterwarnings("ignore", "No fonts configured in FontConfig")  # as it should be: ours come later
    with mock.patch.object(ctypes.util, "find_library", native.find):
        import weasyprint  # noqa: F401
    gc.freeze()  # modules stay: without looking through them again and again a chapter takes a seventh less
