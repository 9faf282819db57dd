"""The rule of rooms: every import points down."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# From the lowest floor up; a package may import itself and what stands before it.
FLOORS = ("salkut", "hankkeet", "rahoitus", "seuranta", "sivusto")
MODULES = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module named by an import statement or ``import_module``, at any depth."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
        elif isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ("import_module", "import_string", "get_model"):
                value = getattr(node.args[0], "value", "")
                yield node.lineno, value if isinstance(value, str) else ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_import_points_down(path: Path):
    floor = FLOORS.index(path.relative_to(ROOT).parts[0])
    above = FLOORS[floor + 1 :]
    wrong = [f"{line}: {name}" for line, name in imported(path) if name.split(".")[0] in above]
    assert not wrong


def test_no_module_imports_a_relative_path():
    """Absolute imports keep the rule above readable."""
    relative = [
        path
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not relative
