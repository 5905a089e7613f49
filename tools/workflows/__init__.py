"""The files of `booklet init --ci`, run as written in a bare Debian 12: see `__main__`."""
