"""``python -m scripts``: the archive's command line."""

from scripts.cli import main

if __name__ == "__main__":
    main()
