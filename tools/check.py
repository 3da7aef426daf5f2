"""`make check` before the tests: format, lint, types, import contract, migrations, translations, locks."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
# site/ is a source root of its own; settings are read as in development.
ENVIRONMENT = os.environ | {"DEBUG": "true", "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}"}
STEPS: list[tuple[str, list[str]]] = [
    ("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    ("lint", [str(BIN / "ruff"), "check", "--quiet", "."]),
    ("imports", [str(BIN / "lint-imports"), "--no-cache"]),
    ("types", [str(BIN / "mypy")]),
    ("system check", [sys.executable, "manage.py", "check", "--fail-level", "WARNING"]),
    ("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run", "--verbosity", "1"]),
    ("package translations", [sys.executable, "tools/missing_package_strings.py"]),
    ("own translations", [sys.executable, "tools/own_strings.py"]),
]


def locks() -> list[str]:
    """Lock files hold no address of a registry and no path of a machine."""
    problems = []
    for path in [*ROOT.glob("requirements*.txt"), *ROOT.glob("**/package-lock.json")]:
        if "node_modules" in path.parts:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if re.search(r'index-url|find-links|"resolved"|file:/|https?://', line):
                problems.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    return problems


def main() -> int:
    failed = []
    for name, command in STEPS:
        done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=False, capture_output=True, text=True)
        print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name}", flush=True)
        if done.returncode:
            failed.append(name)
            print((done.stdout + done.stderr)[-4000:])
    problems = locks()
    print(f"{'FAIL' if problems else 'ok  '} lock files")
    if problems:
        failed.append("lock files")
        print("\n".join(problems))
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
