"""The direction of imports, read from the syntax trees: a file imports only what stands above its folder."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "assistant"
MOST_LINES = 300
HOUSE = Path(__file__).parent.parent / "docs" / "architecture.md"


def house() -> list[str]:
    """The folders and files in the order in which the architecture lists them."""
    block = HOUSE.read_text().split("```house\n")[1].split("```")[0]
    return [line.split()[0].removesuffix(".py").rstrip("/") for line in block.splitlines() if line.strip()]


def unit(module: str) -> str:
    """The file, or folder, of the package that a module ("assistant.index.ledger") lies in."""
    return [*module.split("."), "__init__"][1]


def unit_of(path: Path) -> str:
    """The file, or folder, of the package that a file lies in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "assistant":
            if node.module == "assistant":
                found.update(
                    unit(f"assistant.{alias.name}") if known(alias.name) else "__init__"
                    for alias in node.names
                )
            else:
                found.add(unit(node.module))
        elif isinstance(node, ast.Import):
            found.update(unit(alias.name) for alias in node.names if alias.name.split(".")[0] == "assistant")
    return found


def known(name: str) -> bool:
    return (PACKAGE / f"{name}.py").exists() or (PACKAGE / name).is_dir()


FILES = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if path.relative_to(PACKAGE).as_posix() not in {"__init__.py", "__main__.py"}
)


def test_no_file_is_long() -> None:
    assert [path.name for path in FILES if len(path.read_text().splitlines()) > MOST_LINES] == []


def names_defined(path: Path) -> set[str]:
    """The public names that a file defines at its own level, but for type variables."""
    found = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {one.id for one in targets if isinstance(one, ast.Name)}
    return {name for name in found if not name.startswith("_") and len(name) > 1}


def test_no_name_has_two_meanings() -> None:
    """One name is defined in one file.

    The two stores define the same things, and so do their halves in ``workspace/``. Each kind of answer has its
    ``answer``; the tool that a model calls is named as what it does; and a process has its ``main``.
    """
    places: dict[str, set[str]] = {}
    for path in FILES:
        shared = {"index/": "store", "workspace/sqlite/": "kept", "workspace/postgres/": "kept"}
        where = path.relative_to(PACKAGE).as_posix()
        home = next((home for folder, home in shared.items() if where.startswith(folder)), where)
        for name in names_defined(path):
            places.setdefault(name, set()).add(home)
    several = {name for name, homes in places.items() if len(homes) > 1}
    assert several - {"answer", "find", "main"} == set()


def test_the_house_lists_every_file() -> None:
    there = {unit_of(path) for path in FILES}
    assert there == set(house())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_file_imports_only_what_stands_above_it(path: Path) -> None:
    order = house()
    own = unit_of(path)
    above = set(order[: order.index(own)]) | {own, "__init__"}
    assert imported(path) <= above


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("chromadb", ["index/chroma"]),
        ("gradio", ["interfaces/web"]),
        ("mcp", ["interfaces/api"]),
        ("psycopg", ["index/postgres"]),
        ("sqlite3", ["index", "workspace/sqlite"]),
        ("torch", ["models"]),
    ],
)
def test_a_library_is_imported_in_its_place_alone(library: str, homes: list[str]) -> None:
    users = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if any(name.split(".")[0] == library for name in names):
                users.add(path.parent.relative_to(PACKAGE).as_posix())
    assert all(any(f"{user}/".startswith(f"{home}/") for home in homes) for user in users), users


def test_the_package_knows_no_proper_names() -> None:
    corpus = Path(__file__).parent.parent / "corpus"
    capitals: set[str] = set()
    lower: set[str] = set()
    for path in corpus.glob("*.md"):
        for word in path.read_text().replace("’", "'").split():
            plain = word.strip(".,;:!?()[]“”\"'*_").removesuffix("'s")
            if plain.isalpha() and len(plain) > 3:
                (capitals if plain[0].isupper() else lower).add(plain)
    names = {word for word in capitals if word.lower() not in lower and word.isascii()} - COMMON
    source = {path: path.read_text() for path in PACKAGE.rglob("*.py")}
    for path, text in source.items():
        strings = {
            node.value
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        used = {word for value in strings for word in value.replace("|", " ").split()} & names
        assert not used, f"{path.name} names {sorted(used)}"


COMMON = {
    "January", "February", "March", "April", "June", "July", "August", "September", "October", "November",
    "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Africa",
    "English", "Example", "Three", "Nothing", "Reports", "Among", "Nobody", "Although", "Without", "Because",
}  # fmt: skip
