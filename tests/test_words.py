"""All that a person reads outside of the window comes from the catalogue of words.

Said in the language "pseudo", every sentence of the catalogue stands in « ». What may stand outside
is written down here, each with its reason.
"""

import ast
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from pseudo import bare_words, pseudo_language, speaking, texts_of_html

from mlpviz.cli import main
from mlpviz.engine.activations import OUTPUT_ACTIVATIONS
from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.features import FEATURES
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.engine.losses import LOSSES
from mlpviz.engine.optimizers import OPTIMIZERS, OWN_PARAMETERS
from mlpviz.engine.steps import REGULARIZATIONS
from mlpviz.experiment.data.table_choices import ENCODINGS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.clip import THEMES, VIEWS
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.run.trace import step_trace
from mlpviz.experiment.terminal.clip_flags import CLIP_FLAGS
from mlpviz.experiment.terminal.commands import COMMANDS
from mlpviz.experiment.terminal.recipe_flags import RECIPE_FLAGS
from mlpviz.experiment.terminal.step_flags import COVERS, STEP_FLAGS
from mlpviz.experiment.terminal.table_flags import TABLE_FLAGS
from mlpviz.experiment.writing.cases import Case, report_cases
from mlpviz.experiment.writing.questions import report_questions
from mlpviz.experiment.writing.report import ReportData, compute_report
from mlpviz.experiment.writing.report_pages import (
    CAPTIONS,
    html_text,
    markdown_text,
    picture_name,
)
from mlpviz.experiment.writing.step_sheet import step_sheet

ROOT = Path(__file__).resolve().parents[1]

# Names that are typed, and what stands for a value in the help: the same in all languages.
TABLES = (DATASETS, FEATURES, OUTPUT_ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, OWN_PARAMETERS)
TYPED = {
    *(name for table in (*TABLES, REGULARIZATIONS) for name in table),
    *("stable", "textbook", "mean", "sum", *ENCODINGS),
    *(flag.name for flag in (*RECIPE_FLAGS, *TABLE_FLAGS)),
    *(flag.placeholder for flag in (*RECIPE_FLAGS, *TABLE_FLAGS)),
    *("--language", "--recipe", "--json", "--out", "--format", "--seeds", "--help", "--version"),
    *(
        *CLIP_FLAGS,
        *STEP_FLAGS,
        "--even",
        "WIDTHxHEIGHT",
        "SECONDS",
        "EPOCH",
        ",".join(VIEWS),
        ",".join(THEMES),
        ",".join(COVERS),
    ),
    *("--smoke-test", "--plain", "FOLDER", "RECIPE", "COMMAND", "FLAGS", "html,md"),
    *(name for name in COMMANDS if name),
    *(f"{line}\n" for command in COMMANDS.values() for line in command.examples),
}
# Formulas and names of files are the same in all languages.
FORMULAS = {"fan-in", "fan-out"}
STEP_FORMULAS = {"XW₁", *(f"db{layer}" for layer in "₁₂₃"), "db", "log", "max", "sign", "tanh"}
FILES = {"report.json", "figures", "tables", "svg"}


# What is printed


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return all that the command line prints in the language "pseudo"."""
    with speaking("en"), suppress(SystemExit):  # after the help
        main([*arguments, "--language", "pseudo"])
    captured = capsys.readouterr()
    assert "«" in captured.out + captured.err
    return re.sub("^mlpviz: ", "", captured.err, flags=re.MULTILINE) + captured.out


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_is_in_the_catalogue(
    capsys: pytest.CaptureFixture[str], command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    arguments = (command, "--help") if command else ("--help",)
    assert not bare_words(said(capsys, *arguments), TYPED | FORMULAS)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--train-share", "0.5", "--dataset", "moons"),
        ("--dataset", "spiral", "--classes", "4"),
        ("--dataset", "plane", "--train-share", "0.5"),
        ("--no-activation", "--lr", "3"),
    ],
)
def test_the_printout_of_a_run_is_in_the_catalogue(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert not bare_words(said(capsys, "train", "--epochs", "30", *arguments))


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--sample", "2", "--batch-size", "5", "--optimizer", "adam", "--lr", "0.01"),
        ("--hidden-activation", "relu,leaky_relu", "--regularization", "l1", "--frozen", "0"),
        ("--no-activation", "--numerics", "textbook", "--sample", "0"),
        ("--output-activation", "tanh", "--hidden", "3", "--seed", "1"),
        ("--dataset", "linear", "--hidden", "16", "--epoch", "1"),
    ],
)
def test_a_step_that_is_printed_is_in_the_catalogue(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert not bare_words(said(capsys, "step", *arguments), STEP_FORMULAS | {*DATASETS, "sigmoid"})


TABLES_AS_TEXT = {
    "classes": "a;b;tree\n1,5;2;oak\n1,5;2;elm\n2,5;3;oak\n4;5;\n1,5;2;oak\n",
    "numbers": "length,mass,price\n1.5,2,10\n2.5,3,20\n3.5,9,25\n4.5,5,-99\n9,8,11\n9,8,12\n",
    "remarks": "# made by hand\nx1 x2 y\n1 2 0\n3 4 1\n5 6 1\n5 6 0\n",
}


@pytest.mark.parametrize("name", TABLES_AS_TEXT)
def test_what_is_said_of_a_table_is_in_the_catalogue(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    path = tmp_path / "table.csv"
    path.write_text(TABLES_AS_TEXT[name], encoding="utf-8")
    columns = set(re.findall(r"[a-z]+\d?", TABLES_AS_TEXT[name]))  # names of columns and classes
    encodings = {"UTF-8"}
    for command in (("data", str(path)), ("train", "--data", str(path), "--epochs", "1")):
        assert not bare_words(said(capsys, *command), columns | encodings)


@pytest.mark.parametrize(
    "arguments",
    [
        ("train", "nothing.json"),
        ("nothing",),
        ("xor",),
        ("train", "--lr"),
        ("train", "--lr", "x"),
        ("train", "--lr", "-1"),
        ("train", "--nosuch"),
        ("train", "--epochs", "1", "--epochs", "2"),
        ("train", "--hidden", "1,2,x"),
        ("train", "--momentum", "0.5"),
        ("train", "--samples", "3"),
        ("train", "--epochs", "0"),
        ("train", "--scaling", "none"),
        ("train", "--data", "/nothing/at/all.csv"),
        ("data",),
        ("data", "/"),
        ("report", "--format", "pdf"),
        ("report", "--seeds", "0"),
        ("bench", "--nosuch"),
        ("step", "--sample", "21"),
        ("step", "--batch", "1"),
        ("step", "--sample", "0", "--batch", "0", "--batch-size", "2"),
        ("step", "--epoch", "-1"),
        ("step", "--epochs", "3"),
    ],
)
def test_a_refusal_is_in_the_catalogue(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert not bare_words(said(capsys, *arguments))


# The report


@pytest.fixture(scope="module")
def report() -> ReportData:
    with pseudo_language():
        own = [
            Case("1", Recipe(dataset="moons", noise=0.1, train_share=0.5, epochs=20, hidden=())),
            Case(
                "2",
                Recipe(
                    dataset="plane",
                    loss="mean_squared_error",
                    epochs=20,
                    output_activation="identity",
                    learning_rate=0.1,
                ),
            ),
            Case("3", Recipe(dataset="spiral", classes=4, output_activation="softmax", epochs=20)),
            Case(
                "4",
                Recipe(
                    activations_off=True,
                    epochs=60,
                    regularization="l2",
                    optimizer="adam",
                    frozen=(0, 1),
                ),
            ),
        ]
        cases = [case._replace(recipe=_short(case.recipe)) for case in report_cases()]
        return compute_report([*cases, *own], 3, questions=report_questions(20))


def _short(recipe: Recipe) -> Recipe:
    return Recipe.from_dict(recipe.to_dict() | {"epochs": 20})


def test_the_page_of_a_report_is_in_the_catalogue(report: ReportData) -> None:
    pictures = {picture_name(chapter, key): b"" for chapter in report.chapters for key in CAPTIONS}
    pictures |= {answer.name: b"" for answer in report.answers}
    with pseudo_language():
        page = html_text(report, pictures)
    texts = texts_of_html(page)
    assert len(texts) > 100
    assert not [word for text in texts for word in bare_words(text, TYPED | FILES)]


def test_a_step_on_paper_is_in_the_catalogue() -> None:
    recipe = Recipe(dataset="xor", hidden=(2,), optimizer="adam", batch_size=4)
    other = Recipe(hidden=(2,), regularization="l2", frozen=(0,))
    with pseudo_language():
        traces = {each: step_trace(start_training(each)) for each in (recipe, other)}
        pages = [step_sheet(*each, 0, cover) for each in traces.items() for cover in COVERS]
    texts = [text for page in pages for text in texts_of_html(page)]
    assert not [word for text in texts for word in bare_words(text, TYPED | STEP_FORMULAS)]


def test_the_report_as_markdown_is_in_the_catalogue(report: ReportData) -> None:
    with pseudo_language():
        text = markdown_text(report)
    names = {f"{chapter.name}-{key}" for chapter in report.chapters for key in CAPTIONS}
    names |= {answer.name for answer in report.answers}
    links = re.compile(r"\(figures/.*?\.svg\)|```text")  # where a picture lies, and a fence
    assert not bare_words(links.sub(" ", text), TYPED | FILES | names)


# What stands in the code

# Texts with blanks that are no sentences of ours, or that nobody but a programmer reads.
NO_SENTENCES = {
    r"experiment/data/(table_words|notation|guessed_signs|table_columns)\.py": (
        r"[(\[\\{|]",  # patterns by which words in tables are known
        "patterns",
    ),
    r"experiment/data/table\.py": (r"column \{", "the name of a column, which a recipe keeps"),
    r"experiment/data/table_names\.py": (r"\{\} in \{\}$", "the name of a column"),
    r"experiment/data/table_text\.py": ("end of data", "what Python's csv says"),
    r"experiment/run/(diagnosis|symptoms)\.py": (
        r"[a-zA-Z0 ·,]+$",
        "values of an Enum, for who reads the code",
    ),
    r"experiment/study/bench\.py": (r"[\dx-]+, |model name", "names of figures, as in its JSON"),
    r"experiment/study/apart\.py": ("import sys;", "code"),
    r"experiment/terminal/(arguments|commands)\.py": (
        r"mlpviz |\{\} \[FLAGS\]|\{\}\n +mlpviz COMMAND",
        "what can be typed",
    ),
    r"experiment/terminal/signals\.py": (r"mlpviz: \{\}", "the name of the program"),
    r"experiment/writing/(report_pages|answer_pages|page_parts|page_frame)\.py": (
        r"<|:root|mlpviz \{\}|\{\}<|!\[|--share",
        "HTML, Markdown, style",
    ),
    r"experiment/writing/step_sheet(_parts|_matrices|_style)?\.py": (
        r"<|@page|@media|\{\},   η = \{\}\.|\{\}:   \{\}",
        "HTML, style, formulas",
    ),
    r"experiment/writing/script(_\w+)?\.py": (
        r"[=(\[@]|^(for|if|import|return|def) |epoch <",
        "lines of a program",
    ),
    r"experiment/writing/output_folder\.py": ("# The files of", "read again by every mlpviz"),
    r"experiment/words/step_code\.py": (r"^(dW|dA|dZ|[ALZ])\b.* = |W -= ", "lines of a program"),
    r"experiment/words/step_pages\.py": (r"^(dZ|L) \{|^∂L/∂w = ", "names in a formula"),
    r"experiment/words/step_formulas\.py": (r"[{} =(+−·/]", "formulas"),
    r"experiment/writing/step_update_text\.py": ("dW, db", "what is in a column"),
    r"experiment/words/divergence_words\.py": (r"0 · log 0|log 0 = −∞", "formulas"),
    r"experiment/words/symptom_words\.py": (r"\{\} ≈ ln \{\}", "a formula"),
    r"experiment/run/record\.py": (r"\{\}\.recipe: \{\}", "a field, and what is said of it"),
    r"engine/.*\.py": (r"[AwL] [=~] |sin 2π", "formulas"),
    r"cli\.py": (r"mlpviz|none: drawn into memory", "a name, and a figure's value in JSON"),
}
# Refused to whoever writes a program, not to whoever uses this one.
TO_PROGRAMMERS = (
    "resources/",
    "training must lose its finite parameters",
    "batch must be from",
    "epoch must be from",
    "changes must be from",
    "picture must have shape",
    "The seeds have not all been trained yet.",
    "networks must all have",
    "learning_rates must be one per network",
    "{} must stay {} within a run.",
    "OwnData({} points)",
    "{} must be of one run.",
    "activation must have a curve of its own.",
)


def untranslated(code: str) -> list[str]:
    """Return the texts of several words that do not stand in a call of the catalogue."""
    tree = ast.parse(code)
    within: set[int] = set()
    for node in ast.walk(tree):
        is_call = isinstance(node, ast.Call) and ast.unparse(node.func) in CATALOGUE
        explains = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_call or explains or isinstance(node, ast.JoinedStr):
            within |= {id(child) for child in ast.walk(node) if child is not node}
        annotation = getattr(node, "annotation", None) or getattr(node, "returns", None)
        if annotation is not None:
            within |= {id(child) for child in ast.walk(annotation)}
    texts = [_text_of(node) for node in ast.walk(tree) if id(node) not in within]
    return [
        text
        for text in texts
        if re.search("[a-zA-Z]{2}", text.replace("{}", ""))
        and " " in re.sub(r"\s+", " ", text.replace("{}", "x")).strip()
    ]


def _text_of(node: ast.AST) -> str:
    """Return a text of the code with {} for each place; "" for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
    )


CATALOGUE = {"tr", "tr_plural", "marked"}
OUTSIDE_THE_WINDOW = [
    path
    for path in sorted((ROOT / "mlpviz").rglob("*.py"))
    if path.relative_to(ROOT / "mlpviz").parts[0] != "gui"
]


def is_exempt(name: str, text: str) -> bool:
    if text.startswith(TO_PROGRAMMERS):
        return True
    return any(
        re.fullmatch(files, name) and re.match(f".*?(?:{pattern})", text, flags=re.DOTALL)
        for files, (pattern, _) in NO_SENTENCES.items()
    )


def test_no_sentence_stands_outside_of_the_catalogue() -> None:
    found = []
    for path in OUTSIDE_THE_WINDOW:
        name = path.relative_to(ROOT / "mlpviz").as_posix()
        texts = untranslated(path.read_text(encoding="utf-8"))
        found += [f"{name}: {text}" for text in texts if not is_exempt(name, text)]
    assert found == []


def test_a_sentence_outside_of_the_catalogue_is_found() -> None:
    assert untranslated('raise ValueError(f"{name} is wrong.")') == ["{} is wrong."]
    assert untranslated('x = "two words"') == ["two words"]
    assert untranslated('x = tr("two words", a=f"{b} c")') == []
    assert untranslated('"""It explains."""\nx: "A | None" = marked("two words")') == []


IMPORT_ALL = """
import importlib, pkgutil, sys
import mlpviz
from mlpviz.experiment import language
def refuse(*_, **__):
    raise AssertionError("translated at import")
language.tr = language.tr_plural = refuse
names = [m.name for m in pkgutil.walk_packages(mlpviz.__path__, "mlpviz.")]
for name in names:
    if not name.endswith("__main__"):
        importlib.import_module(name)
print(len(names))
"""


@pytest.mark.process
def test_nothing_is_translated_while_modules_are_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 200
