"""`python -m booklet`."""

from booklet.cli import main

if __name__ == "__main__":  # workers read this file as well
    main()
