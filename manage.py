#!/usr/bin/env python
import os
import sys
from pathlib import Path

# site/ is a source root, not a package: `site` is a frozen module of the standard library.
sys.path.insert(1, str(Path(__file__).resolve().parent / "site"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

if __name__ == "__main__":
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
