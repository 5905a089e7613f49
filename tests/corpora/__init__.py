"""Real sites, built whole and judged by code that shares nothing with the program: `make corpora` and a fast subset."""
