"""The rules of the house: who imports whom, and how large a thing may be."""

import ast
import fnmatch
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "mlpviz"
QT = {"PySide6", "shiboken6", "pyqtgraph"}
MAX_FUNCTION_LINES = 60
MAX_INIT_LINES = 40
MAX_FILE_LINES = 400
MAX_MAIN_WINDOW_LINES = 200
# What an extra installs, by the one module that needs it, and only when it is called.
OPTIONAL = {"mlpviz.experiment.writing.gif": "PIL"}
TOP_LEVEL = {"README.md", "LICENSE", "pyproject.toml", "mlpviz", "resources", "tests", "packaging"}
SOURCE_ARCHIVE = {"PKG-INFO"}  # what only an unpacked sdist has besides

# Who may import what, besides the standard library and itself.
ALLOWED = {
    "engine": {"numpy"},
    "experiment": {"numpy", "mlpviz.engine"},
    "gui": {"numpy", "mlpviz.engine", "mlpviz.experiment", *QT},
}

# Inside a folder, a room imports only itself and rooms that stand before it in the listing; what
# lies beside the rooms is below all of them. No view knows another; actions and look neither.
ROOMS = {
    "experiment": (
        *("data", "recipe", "run", "study", "terminal", "words", "workbook", "writing"),
    ),
    "gui": ("actions", "look", "parts", "plots", "views", "window"),
}
STRANGERS = {"actions": {"look"}, "look": {"actions"}}
MAIN_WINDOW = "mlpviz.gui.window.main"
HOLD_THE_WINDOW = {"app", "smoke", "window_bench"}
# What does not keep to it yet. This list may only become shorter.
EXCEPTIONS: set[tuple[str, str]] = set()
# What the window may know of the engine: its tables, which name and explain things, and the shapes
# of what it computes. It computes nothing itself, for an epoch would wait for it or the screen.
KNOWN_OF_THE_ENGINE = {
    *("Array", "ForwardPass", "layer_views"),
    *("ACTIVATIONS", "OUTPUT_ACTIVATIONS", "SOFTMAX", "LOSSES", "NUMERICS", "REDUCTIONS"),
    *("OPTIMIZERS", "OWN_PARAMETERS", "REGULARIZATIONS", "INITIALIZERS"),
    *("DATASETS", "MAX_CLASSES", "NO_CLASS", "FEATURES", "PLANE", "marked"),
}
COMPUTES = {"value", "value_calls", "slope", "slope_calls", "step", "step_calls", "slope_value"}
TABLES = {"ACTIVATIONS", "OUTPUT_ACTIVATIONS", "LOSSES", "OPTIMIZERS", "REGULARIZATIONS"}
# Functions of a whole frame that take milliseconds for a large network: they belong into what is
# wanted of a frame. Those who still ask for them themselves; the list may only become shorter.
SLOW = {"capture", "frame_of", "gradient", "layer_grids", "recapture", "surface_over"}
SLOW |= {"surface_thumbnails", "unit_surface"}
ASK_SLOWLY = {  # in a process without a window
    ("gui.views.figures.figure_answers", "surface_over"),
    ("gui.views.figures.figure_planes", "surface_thumbnails"),
}
MODULES = sorted(PACKAGE.rglob("*.py"))
SIZED = [*MODULES, *sorted((ROOT / "packaging").glob("*.py"))]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path): path for path in MODULES}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def import_nodes(node: ast.AST, lazy: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    """Walk to the imports; with `lazy`, also to those in functions and those for types alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child
        elif isinstance(child, ast.expr):
            continue  # which has no statement in it
        elif lazy or not (
            is_type_checking(child) or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
        ):
            yield from import_nodes(child, lazy)


@cache
def imports(path: Path, *, lazy: bool = True) -> frozenset[str]:
    """Name the modules that a file imports; `from a import b` is a.b where that is a module."""
    found: set[str] = set()
    for node in import_nodes(tree_of(path), lazy):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        else:
            assert node.level == 0, f"relative import in {path}"
            module = node.module or ""
            full = {f"{module}.{alias.name}" for alias in node.names}
            modules = {name for name in full if name in NAMES}
            found |= modules
            if modules != full:
                found.add(module)
    return frozenset(found)


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def folder_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def ids(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# Who imports whom


def test_the_folders_are_those_of_the_design() -> None:
    assert {folder_of(path) for path in MODULES} == {"", *ALLOWED}


def may_import(folder: str, name: str) -> bool:
    if name.split(".")[0] in {*sys.stdlib_module_names, "_typeshed"}:  # the last for types only
        return True
    return name == "mlpviz" or any(  # the version
        is_in(name, package) for package in ALLOWED[folder] | {f"mlpviz.{folder}"}
    )


def test_a_folder_imports_only_folders_above_it() -> None:
    assert not [
        f"{ids(path)} imports {name}"
        for path in MODULES
        if (folder := folder_of(path))
        for name in imports(path)
        if not may_import(folder, name)
        if name.split(".")[0] != OPTIONAL.get(name_of(path))
    ]


def test_what_an_extra_installs_is_imported_only_where_it_is_used() -> None:
    for module, package in OPTIONAL.items():
        path = NAMES[module]
        assert any(is_in(name, package) for name in imports(path))
        assert not any(is_in(name, package) for name in imports(path, lazy=False))


def test_only_main_imports_the_command_line() -> None:
    importers = [
        ids(path) for path in MODULES if any(is_in(name, "mlpviz.cli") for name in imports(path))
    ]
    assert importers == ["mlpviz/__main__.py"]


def test_the_command_line_loads_nothing_but_the_standard_library_at_first() -> None:
    for name in imports(PACKAGE / "cli.py", lazy=False):
        assert name.split(".")[0] in sys.stdlib_module_names, name
    assert any(is_in(name, "mlpviz.gui") for name in imports(PACKAGE / "cli.py"))


def test_the_package_itself_imports_nothing() -> None:
    assert imports(PACKAGE / "__init__.py") == set()


def test_only_gui_imports_qt_and_pyqtgraph() -> None:
    importers = {
        folder_of(path) for path in MODULES if {name.split(".")[0] for name in imports(path)} & QT
    }
    assert importers == {"gui"}


def test_only_gui_speaks_of_qt_in_its_code() -> None:
    assert not [
        f"{ids(path)}, line {node.lineno}"
        for path in MODULES
        if folder_of(path) != "gui"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in QT
    ]


def is_excepted(importer: str, imported: str) -> bool:
    return (importer.removeprefix("mlpviz."), imported.removeprefix("mlpviz.")) in EXCEPTIONS


@pytest.mark.parametrize("folder", ALLOWED)
def test_there_is_no_import_cycle_within_a_folder(folder: str) -> None:
    inside = {name: path for name, path in NAMES.items() if is_in(name, f"mlpviz.{folder}")}
    left = {
        name: {needed for needed in imports(path) & set(inside) if not is_excepted(name, needed)}
        for name, path in inside.items()
    }
    while left:
        free = {name for name, needed in left.items() if not needed & set(left)}
        assert free, f"a cycle among {sorted(left)}"
        left = {name: needed for name, needed in left.items() if name not in free}


def room_of(name: str) -> str:
    """Name the room of a module; "" for what lies beside the rooms, or is no part of a folder."""
    _, folder, room = (*name.split("."), "", "")[:3]
    return room if room in ROOMS.get(folder, ()) else ""


def view_of(name: str) -> str:
    parts = name.split(".")
    return parts[3] if parts[1:3] == ["gui", "views"] and len(parts) > 4 else ""


def breaks_a_rule(importer: str, imported: str) -> bool:
    """Tell whether a module may not import another of the same folder."""
    here, there = room_of(importer), room_of(imported)
    if importer.split(".")[1] != imported.split(".")[1] or not here:
        return False
    return (
        there > here
        or there in STRANGERS.get(here, ())
        or (bool(view_of(importer)) and view_of(imported) not in ("", view_of(importer)))
        or (imported == MAIN_WINDOW and importer.split(".")[-1] not in HOLD_THE_WINDOW)
    )


def breaches() -> set[tuple[str, str]]:
    return {
        (name.removeprefix("mlpviz."), imported.removeprefix("mlpviz."))
        for name, path in NAMES.items()
        for imported in imports(path)
        if name.count(".") > 1 and imported.count(".") > 1 and imported in NAMES
        if breaks_a_rule(name, imported)
    }


def test_a_room_imports_only_rooms_above_it_and_no_view_another() -> None:
    found = breaches()
    assert found <= EXCEPTIONS, sorted(found - EXCEPTIONS)
    assert found == EXCEPTIONS, f"no exceptions any more: {sorted(EXCEPTIONS - found)}"


def test_the_rule_of_the_rooms_finds_what_breaks_it() -> None:
    for importer, imported in (
        ("experiment.run.run", "experiment.words.formats"),
        ("gui.look.look", "gui.actions.jobs"),
        ("gui.actions.jobs", "gui.look.look"),
        ("gui.views.map.draw_bar", "gui.views.loss.loss_view"),
    ):
        assert breaks_a_rule(f"mlpviz.{importer}", f"mlpviz.{imported}"), (importer, imported)
    for importer, imported in (
        ("experiment.words.formats", "experiment.run.run"),
        ("experiment.data.reading", "experiment.plain_text"),
        ("gui.views.map.draw_bar", "gui.views.map.boundary_view"),
        ("gui.window.main", "experiment.writing.report"),
    ):
        assert not breaks_a_rule(f"mlpviz.{importer}", f"mlpviz.{imported}"), (importer, imported)


@pytest.mark.parametrize("folder", ROOMS)
def test_the_rooms_are_those_of_the_design(folder: str) -> None:
    inside = [path for path in (PACKAGE / folder).iterdir() if path.name != "__pycache__"]
    assert {path.name for path in inside if path.is_dir()} == set(ROOMS[folder])
    assert list(ROOMS[folder]) == sorted(ROOMS[folder])


def test_actions_have_no_widgets() -> None:
    for name, path in NAMES.items():
        if room_of(name) == "actions" and is_in(name, "mlpviz.gui"):
            assert "PySide6.QtWidgets" not in imports(path), name


def names_from(path: Path, package: str) -> set[str]:
    """Name what a file imports out of the modules of a package; a module itself too."""
    found = set()
    for node in import_nodes(tree_of(path), lazy=True):
        if isinstance(node, ast.ImportFrom) and is_in(node.module or "", package):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if is_in(alias.name, package)}
    return found


def computed_with(tree: ast.AST) -> list[str]:
    """Name the functions of the engine's tables that are reached for, such as `….value`."""
    return [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in COMPUTES
        if isinstance(node.value, ast.Subscript) and ast.unparse(node.value.value) in TABLES
    ]


def test_the_window_knows_the_tables_of_the_engine_and_does_no_arithmetic_with_it() -> None:
    for name, path in NAMES.items():
        if is_in(name, "mlpviz.gui"):
            found = names_from(path, "mlpviz.engine")
            assert found <= KNOWN_OF_THE_ENGINE, (name, found - KNOWN_OF_THE_ENGINE)
            assert not computed_with(tree_of(path)), name


def test_reaching_into_a_table_for_a_function_is_found() -> None:
    assert computed_with(ast.parse('ACTIVATIONS["tanh"].value(Z)')) == ["value"]
    assert computed_with(ast.parse('f(ACTIVATIONS["tanh"].label, field.value())')) == []


def test_the_window_asks_for_nothing_that_takes_longer_than_a_frame_may() -> None:
    asked = {
        (name.removeprefix("mlpviz."), function)
        for name, path in NAMES.items()
        if is_in(name, "mlpviz.gui") and not name.endswith("window_bench")  # measures these
        for function in names_from(path, "mlpviz.experiment") & SLOW
    }
    assert asked == ASK_SLOWLY


def test_no_two_files_have_one_name() -> None:
    names = [path.name for path in MODULES if path.name not in ("__init__.py", "__main__.py")]
    assert not [name for name in set(names) if names.count(name) > 1]


def test_engine_and_experiment_and_train_load_without_qt() -> None:
    names = [name for name in NAMES if is_in(name, "mlpviz.engine")]
    names += [name for name in NAMES if is_in(name, "mlpviz.experiment")]
    code = f"""
import importlib, sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {QT!r}:
            raise ImportError("blocked: " + name)
sys.meta_path.insert(0, Blocker())
for name in {names!r}:
    importlib.import_module(name)
from mlpviz.cli import main
sys.exit(main(["train", "--epochs", "1"]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


# How large a thing may be


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function, decorators and docstring not counted."""
    lines = (node.end_lineno or 0) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def test_functions_are_short() -> None:
    assert not [
        f"{ids(path)}: {node.name}, line {node.lineno}: {lines} lines"
        for path in SIZED
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (lines := code_lines(node))
        > (MAX_INIT_LINES if node.name == "__init__" else MAX_FUNCTION_LINES)
    ]


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_files_are_short() -> None:
    assert not [
        f"{ids(path)}: {length} lines"
        for path in SIZED
        if (length := len(lines_of(path))) > MAX_FILE_LINES
    ]


# What lies where, and what is excused


def tracked_files() -> str:
    """Return what git lists, or nothing where there is no git or no repository."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():  # a repository above this folder does not count
        return ""
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    return listed.stdout if listed.returncode == 0 else ""


def top_level_names() -> set[str]:
    """List what is tracked; in a copy without git, what lies there and is not ignored."""
    listed = tracked_files()
    if listed:
        return {name.split("/")[0] for name in listed.split("\0") if name}
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    patterns = [pattern.strip("/") for pattern in ignored]
    names = {path.name for path in ROOT.iterdir()}
    names -= SOURCE_ARCHIVE
    return {name for name in names if not any(fnmatch.fnmatch(name, p) for p in patterns)}


def test_the_top_level_holds_nothing_but_what_the_design_lists() -> None:
    names = {name for name in top_level_names() if not name.startswith(".")}
    assert names <= TOP_LEVEL
    assert {"mlpviz", "pyproject.toml"} <= names


EXCUSE = re.compile(r"#\s*(type:\s*ignore|noqa)(?P<codes>\[[\w, -]+\]|:\s*[A-Z]+\d+)?(?P<rest>.*)")


def unexplained(line: str) -> bool:
    """Tell whether a line silences a checker without saying which rule and why."""
    excuse = EXCUSE.search(line)
    return excuse is not None and not (excuse["codes"] and re.search(r"[a-z]{3}", excuse["rest"]))


def test_an_excuse_needs_a_rule_and_a_reason() -> None:
    for bad in ("type: ignore", "noqa", "noqa: E501", "type: ignore[misc]", "noqa  because"):
        assert unexplained(f"x = 1  # {bad}"), bad
    for good in ("noqa: E402  the environment first", "type: ignore[misc]  # untyped in Qt"):
        assert not unexplained(f"x = 1  # {good}"), good
    assert not unexplained("x = 1  # an ordinary comment")


def test_no_checker_is_silenced_without_a_reason() -> None:
    assert not [
        f"{ids(path)}, line {number}: {line.strip()}"
        for path in MODULES
        for number, line in enumerate(lines_of(path), 1)
        if unexplained(line)
    ]


# What a test is

TESTS = sorted((ROOT / "tests").rglob("*.py"))
MOST_PRIVATE_READS = 47  # in tests/gui, a fifth of what there were; it may only become smaller
ASSERTING = re.compile(r"(raises|warns|fail)$|(wait|assert|check_)")  # names of what is called


def asserts(test: ast.FunctionDef) -> bool:
    """Tell whether a test has an assert, waits for a fact, or calls what asserts by its name."""
    nodes = [*ast.walk(test)]
    return any(isinstance(node, ast.Assert) for node in nodes) or any(
        isinstance(node, ast.Call)
        and ASSERTING.match(ast.unparse(node.func).rpartition(".")[2]) is not None
        for node in nodes
    )


def test_every_test_asserts_something() -> None:
    found = [
        f"{ids(path)}, line {node.lineno}: {node.name}"
        for path in TESTS
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        if not asserts(node)
    ]
    assert not found


def test_what_asserts_nothing_is_found() -> None:
    for body, does in (
        ("assert x", True),
        ("with pytest.raises(ValueError): f()", True),
        ("qtbot.waitUntil(f)", True),
        ("assert_whole(folder)", True),
        ("f(x)", False),
        ("x == 1", False),
    ):
        (test,) = ast.parse(f"def test():\n    {body}").body
        assert isinstance(test, ast.FunctionDef)
        assert asserts(test) == does, body


def is_private(name: str) -> bool:
    return re.match(r"_(?!_)", name.rpartition(".")[2]) is not None


def private_reads(tree: ast.Module) -> Iterator[int]:
    """Yield the lines in which something private of another is read or replaced."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            if ast.unparse(node.value) not in ("self", "cls"):
                yield node.lineno
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("setattr"):
            names = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            if any(isinstance(name, str) and is_private(name) for name in names):
                yield node.lineno
        elif isinstance(node, ast.ImportFrom):
            yield from (node.lineno for alias in node.names if is_private(alias.name))


def test_tests_of_the_window_read_little_that_is_private() -> None:
    paths = [path for path in TESTS if path.is_relative_to(ROOT / "tests" / "gui")]
    found = [f"{ids(path)}, line {line}" for path in paths for line in private_reads(tree_of(path))]
    assert len(found) <= MOST_PRIVATE_READS, "\n".join(found)


def test_what_is_private_is_found() -> None:
    for line, count in (
        ("view._line.x", 1),
        ("view._a._b", 2),
        ("patch.setattr(module, '_name', f)", 1),
        ("from module import _name", 1),
        ("self._mine = view.points", 0),
        ("view.__class__", 0),
    ):
        assert len(list(private_reads(ast.parse(line)))) == count, line


def test_the_main_window_only_assembles() -> None:
    lines = NAMES[MAIN_WINDOW].read_text(encoding="utf-8").splitlines()
    assert len(lines) <= MAX_MAIN_WINDOW_LINES
