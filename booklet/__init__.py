"""booklet: an interview-question series on a Hugo blog, bound as a typeset PDF and an EPUB."""

__version__ = "0.1.0"
