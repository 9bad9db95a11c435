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
