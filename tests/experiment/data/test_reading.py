"""Tables as text: how they are recognised, read, refused in one sentence, and written."""

import errno
import os
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from readings import read_csv

from mlpviz.engine.datasets import DATASETS, REGRESSIONS
from mlpviz.engine.scores import r_squared
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.data.own_rules import MAX_POINTS
from mlpviz.experiment.data.reading import from_file, read
from mlpviz.experiment.data.table_reading import read_table
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.words.data_notes import notes_on
from mlpviz.experiment.writing.csv_export import as_classes, csv_text, present_data, write_csv

PLAIN = "height,mass,kind\n1.5,20,cat\n2.5,30,dog\n3.5,25,cat\n"
POINTS = [[1.5, 20.0], [2.5, 30.0], [3.5, 25.0]]


def refusal(content: bytes | str, *columns: str | int) -> str:
    with pytest.raises(ValueError, match=r"\S") as caught:
        read_csv(content, columns)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert len(sentence) < 250
    return sentence


# How it is written

WRITINGS = {
    "comma": (PLAIN, "comma separated, decimal point"),
    "comma and blank": (PLAIN.replace(",", ", "), "comma separated, decimal point"),
    "semicolon": (PLAIN.replace(",", ";"), "semicolon separated, decimal point"),
    "semicolon, decimal comma": (
        PLAIN.replace(",", ";").replace(".", ","),
        "semicolon separated, decimal comma",
    ),
    "tab": (PLAIN.replace(",", "\t"), "tab separated, decimal point"),
    "tab, decimal comma": (
        PLAIN.replace(",", "\t").replace(".", ","),
        "tab separated, decimal comma",
    ),
    "space": (PLAIN.replace(",", " "), "space separated, decimal point"),
    "space, decimal comma": (
        PLAIN.replace(",", "   ").replace(".", ","),
        "space separated, decimal comma",
    ),
    "indented": (
        "\n".join("  " + line.replace(",", "  ") + " " for line in PLAIN.splitlines()),
        "space separated, decimal point",
    ),
    "quoted": (
        '"height","mass","kind"\n"1.5","20","cat"\n"2.5","30","dog"\n"3.5","25","cat"\n',
        "comma separated, decimal point",
    ),
    "quoted decimal commas": (
        'height,mass,kind\n"1,5","20,0",cat\n"2,5","30,0",dog\n"3,5","25,0",cat',
        "comma separated, decimal comma",
    ),
    "Windows line ends": (PLAIN.replace("\n", "\r\n"), "comma separated, decimal point"),
    "old Macintosh line ends": (PLAIN.replace("\n", "\r"), "comma separated, decimal point"),
    "no line end at the end": (PLAIN.rstrip(), "comma separated, decimal point"),
    "blank lines": (PLAIN.replace("\n", "\n\n") + "\n \n", "comma separated, decimal point"),
    "empty cells below": (PLAIN + ",,\n,,\n", "comma separated, decimal point"),
    "a delimiter at the end": (PLAIN.replace("\n", ",\n"), "comma separated, decimal point"),
    "header behind a hash": ("# " + PLAIN, "comma separated, decimal point"),
}


@pytest.mark.parametrize("name", WRITINGS)
def test_every_usual_way_to_write_a_table_is_recognised(name: str) -> None:
    text, words = WRITINGS[name]
    table = read_table(text.encode())
    assert table.words == words
    assert table.header == 1
    data = read_csv(text.encode(), ("height", "mass", "kind"))
    assert data.X.tolist() == POINTS
    assert data.Y.tolist() == [0.0, 1.0, 0.0]
    assert (data.names, data.target, data.classes) == (("height", "mass"), "kind", ("cat", "dog"))


NAMED = PLAIN.replace("cat", "Bär").replace("height", "Höhe")


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
        ("latin-1", "Windows-1252"),
    ],
)
def test_the_usual_encodings_are_recognised(encoding: str, words: str) -> None:
    content = NAMED.encode(encoding)
    assert read_table(content).encoding == words
    data = read_csv(content)
    assert data.names == ("Höhe", "mass")
    assert data.classes == ("Bär", "dog")


def test_utf_16_of_the_other_byte_order_is_read() -> None:
    content = b"\xfe\xff" + NAMED.encode("utf-16-be")
    assert read_csv(content).names == ("Höhe", "mass")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary file"),
        (b"\x7fELF\x01\x01\x01", "binary file"),
        (b"1,2,\x01\n3,4,0\n", "binary file"),
        (b"PK\x03\x04\x14\x00\x06\x00", "spreadsheet"),
        (PLAIN.encode("utf-32"), "encoding cannot be told"),
        (b"\xff\xfe1\x00,", "begins as UTF-16 text, but is none"),
        (b"\xef\xbb\xbf1,2,\xff", "begins as UTF-8 text, but is none"),
        ("высота,масса,вид\n1,2,кот\n3,4,пёс".encode("cp866"), "encoding cannot be told"),
        ("высота,масса,вид\n1,2,кот\n3,4,пёс".encode("iso8859-5"), "encoding cannot be told"),
        (b"1,2,\x81\n3,4,a\n", "encoding cannot be told"),
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(content: bytes, words: str) -> None:
    assert words in refusal(content)


# Header and columns


def test_without_a_header_columns_are_numbered() -> None:
    table = read_table("1.5,20,0\n2.5,30,1\n")
    assert table.header == 0
    assert table.names == ("column 1", "column 2", "column 3")
    data = read_csv("1.5,20,0\n2.5,30,1\n")
    assert data.X.tolist() == [[1.5, 20.0], [2.5, 30.0]]
    assert data.names == ("column 1", "column 2")
    assert data.classes == ("0", "1")


def test_empty_cells_at_the_end_make_no_column() -> None:
    assert read_csv(PLAIN.replace("\n", ",,\n")).target == "kind"


def test_equal_and_empty_headers_are_told_apart() -> None:
    table = read_table("x,x,,kind\n1,2,3,a\n4,5,6,b\n")
    assert table.names == ("x", "x (column 2)", "column 3", "kind")


def test_the_first_two_columns_of_numbers_and_the_last_column_are_taken() -> None:
    data = read_csv("name,x,place,y,z,kind\nA,1,here,2,3,no\nB,4,there,5,6,yes\n")
    assert data.names == ("x", "y")
    assert data.target == "kind"


def test_a_first_column_without_name_that_counts_the_rows_is_passed_over() -> None:
    data = read_csv(",x,y,kind\n0,1,2,no\n1,4,5,yes\n")
    assert data.names == ("x", "y")


def test_the_caller_chooses_by_header_or_position() -> None:
    text = "kind,x,y,z\nno,1,2,3\nyes,4,5,6\n"
    by_name = read_csv(text, ("z", "x", "kind"))
    assert by_name.X.tolist() == [[3.0, 1.0], [6.0, 4.0]]
    assert by_name.classes == ("no", "yes")
    assert read_csv(text, (3, 1, 0)) == by_name


def test_forty_columns_work() -> None:
    header = ",".join([*(f"c{i}" for i in range(39)), "kind"])
    rows = [
        ",".join([*(str(7 * i + 2 * row) for i in range(39)), "ab"[row % 2]]) for row in range(5)
    ]
    text = "\n".join([header, *rows])
    assert read_csv(text).names == ("c0", "c1")
    assert read_csv(text, ("c37", 5, "kind")).names == ("c37", "c5")


@pytest.mark.parametrize(
    ("text", "columns", "words"),
    [
        (PLAIN, ("height", "width", "kind"), "There is no column 'width'. Choose from height"),
        (PLAIN, (0, 7, 2), "There is no column '8'. Choose from height, mass, kind."),
        (PLAIN, (0, -1, 2), "There is no column '0'."),
        (PLAIN, (0, 0, 2), "three different columns"),
        (PLAIN, (0, 1, 1), "three different columns"),
        ("1;2\n3;4\n", (), "Three columns are needed, two inputs and a target. Got 2 (semicolon"),
        (
            "a,1,2\nb,3,4\n",
            (),
            "Two columns of numbers are needed beside the target, 'column 3'. Got 1",
        ),
        ("hello\nworld\n", (), "No columns of numbers are found"),
        ("dear reader, this is\na letter, and no table\n", (), "No columns of numbers"),
    ],
)
def test_missing_columns_are_told(text: str, columns: tuple[str | int, ...], words: str) -> None:
    assert words in refusal(text, *columns)


# Cells


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("abc,1,cat", "Row 4, column 'height' must be a number. Got 'abc'."),
        ("1,1_000,cat", "Row 4, column 'mass' must be a number. Got '1_000'."),
        ("1,Ⅲ,cat", "Row 4, column 'mass' must be a number. Got 'Ⅲ'."),
        ("1,2.3.4,cat", "Row 4, column 'mass' must be a number. Got '2.3.4'."),
        ("1,0x10,cat", "Row 4, column 'mass' must be a number"),
        ("1,e5,cat", "Row 4, column 'mass' must be a number"),
        ("1,-inf,cat", "Row 4, column 'mass' must be a finite number of at most 1e+100."),
        ("1,Infinity,cat", "Row 4, column 'mass' must be a finite number"),
        ("1e300,2,cat", "Row 4, column 'height' must be a finite number of at most 1e+100. Got"),
        ("1,1e999,cat", "Row 4, column 'mass' must be a finite number"),
        ("1,2,cat,9", "Row 4 has 4 cells where the others have 3."),
        (
            "1,2,a\n1,2,b\n1,2,c\n1,2,d\n1,2,e",
            "The target 'kind' has 7 classes, a, b, c, cat, d and 2 more: 6 are possible at most.",
        ),
    ],
)
def test_a_bad_cell_is_refused_with_row_and_column(row: str, words: str) -> None:
    text = f"height,mass,kind\n1,2,cat\n3,4,dog\n{row}\n5,6,cat\n"
    assert refusal(text).startswith(words)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("1,-,cat", "row 4 has '-' in 'mass'"),
        ("1,.,cat", "row 4 has '.' in 'mass'"),
        (",1,cat", "row 4 has nothing in 'height'"),
        ("1, ,cat", "row 4 has nothing in 'mass'"),
        ("1,2", "row 4 has nothing in 'kind'"),
        ("1", "row 4 has nothing in 'mass'"),
        ("1,2,", "row 4 has nothing in 'kind'"),
        ("nan,2,cat", "row 4 has 'nan' in 'height'"),
        ("1,2,nan", "row 4 has 'nan' in 'kind'"),
    ],
)
def test_a_row_without_a_value_is_left_out_and_said_or_refused(row: str, words: str) -> None:
    text = f"height,mass,kind\n1,2,cat\n3,4,dog\n{row}\n5,6,cat\n"
    reading = read(text)
    assert reading.data.X.tolist() == [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]
    assert f"3 of 4 rows are used; 1 is left out: {words}." in reading.notes
    assert [entry.line for entry in reading.left_out] == [4]
    with pytest.raises(ValueError, match="Row 4 has") as caught:
        read_csv(text, incomplete="refuse")
    assert str(caught.value) == f"R{words[1:]}."


def test_the_row_is_counted_as_an_editor_counts_lines() -> None:
    text = 'height,mass,kind\n\n1,2,"cat"\n\n3,4,dog\n\n\nx,6,cat\n'
    assert refusal(text).startswith("Row 8, column 'height'")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x,y,c\n1,2,a\n3,4,a\n", "The target 'c' has one class only, 'a': two are needed."),
        ("x,y,c\n1,2,a\n", "At least two rows of data are needed. Got 1."),
        ("1,2,a\n", "At least two rows of data are needed. Got 1."),
        ("x,y,c\n", "No columns of numbers are found"),
        (
            "\n".join(f"{i},{i},p{i:02}" for i in range(60)),
            "The target 'column 3' has 60 classes, p00, p01, p02, p03, p04 and 55 more: 6 are",
        ),
        (
            '1,2,"a\n3,4,b\n5,6,c\n',
            "Row 1 cannot be read: the quote that opens there never closes.",
        ),
    ],
)
def test_too_little_and_too_much_are_told(text: str, words: str) -> None:
    assert words in refusal(text)


def test_a_cell_that_never_ends_is_told() -> None:
    text = "1,2,a\n3,4,b\n" * 5000 + '5,6,"' + "7,8,a\n" * 50_000
    assert "Row 10001 cannot be read: field larger than field limit" in refusal(text)


@pytest.mark.parametrize(
    ("labels", "classes", "numbers"),
    [
        ("yes no yes", ("no", "yes"), [1, 0, 1]),
        ("1 0 1", ("0", "1"), [1, 0, 1]),
        ("10 9 10", ("9", "10"), [1, 0, 1]),
        ("1 -1 1.0", ("-1", "1"), [1, 0, 1]),
        ("1 1.0 a", ("1", "1.0", "a"), [0, 1, 2]),
        ("10 9 -1 2 9.0", ("-1", "2", "9", "10"), [3, 2, 0, 1, 2]),
        ("c d b f a e f", ("a", "b", "c", "d", "e", "f"), [2, 3, 1, 5, 0, 4, 5]),
        ("1e1 1 2 3 4 5", ("1", "2", "3", "4", "5", "10"), [5, 0, 1, 2, 3, 4]),
        ("True False True", ("False", "True"), [1, 0, 1]),
    ],
)
def test_classes_keep_their_names_and_are_numbered_in_their_order(
    labels: str, classes: tuple[str, ...], numbers: list[int]
) -> None:
    text = "\n".join(f"{i},{i},{label}" for i, label in enumerate(labels.split()))
    data = read_csv(text)
    assert data.classes == classes
    assert data.Y.tolist() == numbers


# Numbers as targets

NUMBERS = "x,y,price\n" + "".join(f"{i},{i * i},{1000 * i}\n" for i in range(7))


def test_more_different_numbers_than_there_can_be_classes_are_a_regression() -> None:
    data = read_csv(NUMBERS)
    assert data.is_regression
    assert data.Y.tolist() == [0.0, 1000.0, 2000.0, 3000.0, 4000.0, 5000.0, 6000.0]
    assert (data.names, data.target) == (("x", "y"), "price")
    assert data.training_data()[1][[0, -1], 0].tolist() == [-1.0, 1.0]
    assert "The target is scaled to −1 to 1: (price − 3000) / 3000." in notes_on(data)
    six = "\n".join(NUMBERS.splitlines()[:-1])
    assert read_csv(six).classes == ("0", "1000", "2000", "3000", "4000", "5000")


def test_1_and_1_point_0_are_one_number_when_it_is_told_how_many_there_are() -> None:
    labels = ["1", "1.0", "2", "2.0", "3", "4", "5", "6"]
    data = read_csv("\n".join(f"{i},{i},{label}" for i, label in enumerate(labels)))
    assert data.classes == ("1", "2", "3", "4", "5", "6")


def test_few_different_numbers_can_be_taken_for_a_regression() -> None:
    text = "1,2,1\n3,4,2\n5,6,3\n"
    assert read_csv(text).classes == ("1", "2", "3")
    data = read_csv(text, kind="numbers")
    assert data.is_regression
    assert data.Y.tolist() == [1.0, 2.0, 3.0]


def test_decimal_commas_are_read_in_a_target_too() -> None:
    data = read_csv("\n".join(f"{i};{i},5;{i},25" for i in range(9)))
    assert data.is_regression
    assert data.Y.tolist() == [i + 0.25 for i in range(9)]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("-inf", "must be a finite number of at most 1e+100. Got '-inf'."),
        ("1e300", "must be a finite number of at most 1e+100. Got '1e300'."),
        ("1e999", "must be a finite number of at most 1e+100. Got '1e999'."),
        ("abc", "must be a number. Got 'abc'."),
        ("1_000", "must be a number. Got '1_000'."),
    ],
)
def test_a_bad_cell_among_numbers_is_refused_with_row_and_column(cell: str, words: str) -> None:
    assert refusal(f"{NUMBERS}8,8,{cell}\n9,9,9\n") == f"Row 9, column 'price' {words}"


@pytest.mark.parametrize(
    ("labels", "kind", "words"),
    [
        ("a b a", "numbers", "Row 1, column 'column 3' must be a number. Got 'a'."),
        (
            "5 5.0 5",
            "numbers",
            "The target 'column 3' is the same number in each row, 5: two",
        ),
        ("5 5 5", None, "The target 'column 3' has one class only, '5': two are needed."),
        (
            "1 2 3 4 5 6 7",
            "classes",
            "The target 'column 3' has 7 classes, 1, 2, 3, 4, 5 and 2",
        ),
    ],
)
def test_a_target_that_cannot_be_what_is_asked_for_is_told(
    labels: str, kind: str | None, words: str
) -> None:
    text = "\n".join(f"{i},{i},{label}" for i, label in enumerate(labels.split()))
    with pytest.raises(ValueError, match=r"\.$") as caught:
        read_csv(text, (0, 1, 2), kind=kind)
    assert str(caught.value).startswith(words)


def test_targets_of_any_size_are_learned_at_the_usual_learning_rate() -> None:
    generator = np.random.default_rng(3)
    X = generator.uniform(-50.0, 200.0, (200, 2))
    text = "\n".join(f"{a!r},{b!r},{50_000.0 + 150.0 * a + 90.0 * b!r}" for a, b in X.tolist())
    recipe = revised(Recipe(), dataset="own", own=read_csv(text))
    assert (recipe.is_regression, recipe.learning_rate) == (True, 0.1)
    training = start_training(recipe)
    training.run(2000)
    assert r_squared(training.predictions, training.Y[:, 0]) > 0.95


# Size


def rows_of_data(count: int, classes: int = 2) -> bytes:
    """Write so many points, with so many classes or, for 0, numbers as targets."""
    generator = np.random.default_rng(1)
    X = generator.normal(size=(count, 2)).tolist()
    targets = [i % classes for i in range(count)] if classes else generator.normal(size=count)
    rows = zip(X, targets, strict=True)
    return "\n".join(f"{x1!r},{x2!r},{float(y)!r}" for (x1, x2), y in rows).encode()


@pytest.mark.thorough
@pytest.mark.parametrize("classes", [5, 0])
def test_as_many_rows_as_there_may_be_load_in_two_seconds(classes: int) -> None:
    content = b"x1,x2,class\n" + rows_of_data(MAX_POINTS, classes)
    started = time.process_time()  # whatever else the machine does
    data = read_csv(content)
    notes_on(data)
    assert time.process_time() - started < 2.0
    assert data.counts == classes * (MAX_POINTS // (classes or 1),)
    assert data.is_regression == (classes == 0)


@pytest.mark.thorough
def test_one_row_more_is_refused_with_the_cap() -> None:
    assert "more than 100000 rows" in refusal(rows_of_data(MAX_POINTS + 1))
    assert "more than 100000 rows" in refusal(b"x1,x2,class\n" + rows_of_data(MAX_POINTS + 1))


def test_a_million_rows_are_refused_without_reading_them_all() -> None:
    content = b"1.5,2.5,0\n" * 1_000_000
    started = time.process_time()
    assert "more than 100000 rows" in refusal(content)
    assert time.process_time() - started < 2.0


def test_a_huge_file_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # takes no room on a disk that knows sparse files
    with pytest.raises(
        ValueError, match=r"huge\.csv cannot be read: it has more than 20 million bytes"
    ):
        from_file(path, read_table)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.csv", tmp_path):
        with pytest.raises(ValueError, match=f"{path.name} cannot be read: "):
            from_file(path, read_table)


# Writing


@pytest.mark.parametrize("dataset", sorted(set(DATASETS) - REGRESSIONS))
def test_every_dataset_written_is_read_back_to_the_bit(tmp_path: Path, dataset: str) -> None:
    recipe = Recipe(dataset=dataset)
    path = tmp_path / "data.csv"
    write_csv(path, present_data(recipe))
    table = from_file(path, read_table)
    assert table.names == ("x1", "x2", "class")
    data = read_csv(path.read_bytes())
    X, Y = start_training(recipe).X, start_training(recipe).Y
    assert data.X.tobytes() == X.tobytes()
    assert data.Y.tobytes() == Y[:, 0].tobytes()


@pytest.mark.parametrize("dataset", sorted(REGRESSIONS))
def test_every_regression_set_written_is_read_back_to_the_bit(dataset: str) -> None:
    recipe = revised(Recipe(), dataset=dataset)
    text = csv_text(present_data(recipe))
    assert text.startswith("x1,x2,target\n")
    data = read_csv(text)
    training = start_training(recipe)
    assert data.X.tobytes() == training.X.tobytes()
    assert data.Y.tobytes() == training.Y[:, 0].tobytes()


@pytest.mark.parametrize("classes", range(2, 7))
@pytest.mark.parametrize("dataset", ["gaussians", "spiral"])
def test_so_many_classes_written_are_read_back_to_the_bit(dataset: str, classes: int) -> None:
    recipe = revised(Recipe(), dataset=dataset, classes=classes)
    data = read_csv(csv_text(present_data(recipe)))
    training = start_training(recipe)
    assert data.classes == tuple(map(str, range(classes)))
    assert data.X.tobytes() == training.X.tobytes()
    assert data.Y.tobytes() == training.Y[:, 0].tobytes()


@pytest.mark.parametrize("column", [0, 1])
def test_inputs_too_far_from_each_other_are_refused_by_row_column_and_value(column: int) -> None:
    cells = [["1", "2"], ["3", "4"], ["5", "6"]]
    for row, value in enumerate(("-9e99", "9e99", "9.9e99")):
        cells[row][column] = value
    lines = ["width;height;kind", *(";".join([*row, f"{i}"]) for i, row in enumerate(cells))]
    with pytest.raises(ValueError, match="Row") as caught:
        read_csv("\n".join(lines))
    name = ("width", "height")[column]
    assert str(caught.value) == (
        f"Row 3, column '{name}' must be at most 1e+100 above the least number there, -9e+99. "
        "Got '9e99'."
    )


def test_inputs_and_targets_as_far_from_each_other_as_may_be_are_scaled() -> None:
    data = read_csv("a;b;c\n-5e99;0;-1e100\n5e99;1e100;1e100\n0;1;2\n" + "1;2;3\n" * 9)
    assert data.is_regression is False
    numbers = read_csv(
        "a;b;c\n-5e99;0;-1e100\n5e99;1e100;1e100\n0;1;2\n", (0, 1, 2), kind="numbers"
    )
    X, Y = numbers.training_data()
    assert (X.min(), X.max(), Y.min(), Y.max()) == (0.0, 1.0, -1.0, 1.0)


def test_few_numbers_written_are_read_back_as_numbers_and_not_as_classes() -> None:
    X = np.array([[0.0, 5.0], [1.0, 7.0], [3.0, 9.0]])
    data = OwnData(X, np.array([1.0, 0.1, 3.0]), ("a", "b"), "price", (), target_offset=1.0)
    text = csv_text(data)
    assert text.startswith("a,b,price (number)\n")
    again = read_csv(text)
    assert again.is_regression
    assert again.target == "price"
    assert (again.X.tobytes(), again.Y.tobytes()) == (data.X.tobytes(), data.Y.tobytes())


def test_words_below_a_header_that_speaks_of_numbers_are_classes() -> None:
    assert read_csv("a,b,kind (number)\n1,2,x\n3,4,y\n").classes == ("x", "y")


def test_of_few_samples_of_one_class_no_table_is_made() -> None:
    few = revised(Recipe(), dataset="gaussians", classes=6, samples=6)
    assert present_data(few).classes == ("0", "1", "2", "3", "4", "5")
    lonely = [revised(Recipe(), dataset="linear", samples=2, data_seed=seed) for seed in range(20)]
    with pytest.raises(ValueError, match=r"All points are of class \d: two classes are needed\."):
        list(map(present_data, lonely))


def test_numbers_taken_for_classes_are_told_apart_by_their_mean() -> None:
    X = np.array([[0.0, 5.0], [1.0, 7.0], [3.0, 9.0]])
    scale = {"offsets": (1.0, 2.0), "factors": (3.0, 4.0)}
    data = OwnData(X, np.array([1.0, 0.1, 30.0]), ("a", "b"), "price", (), **scale)
    classes = as_classes(data)
    assert classes.Y.tolist() == [0.0, 0.0, 1.0]
    assert (classes.names, classes.offsets, classes.factors) == (data.names, *scale.values())
    assert as_classes(classes) is classes


@pytest.mark.parametrize("count", [1, 2, 5, 9])
def test_two_targets_as_near_as_can_be_are_two_classes(count: int) -> None:
    # Their mean is rounded to one of them, or beyond.
    Y = np.append(np.full(count, 0.1), np.nextafter(0.1, 1.0))
    data = OwnData(np.zeros((count + 1, 2)), Y, classes=())
    assert as_classes(data).Y.tolist() == [0.0] * count + [1.0]
    assert as_classes(replace(data, Y=Y[::-1])).Y.tolist() == [1.0] + [0.0] * count


def test_own_data_are_written_in_their_own_names_and_units(tmp_path: Path) -> None:
    generator = np.random.default_rng(0)
    X = 10.0 ** generator.uniform(-99, 99, (500, 2)) * generator.choice([-1.0, 1.0], (500, 2))
    data = OwnData(
        X, np.arange(500) % 2, ("a, b", 'the "x"'), "kind; of", ("1,5", "Bär"), (1.0, 2.0), (3, 4)
    )
    path = tmp_path / "data.csv"
    write_csv(path, present_data(Recipe(dataset="own", own=data)))
    again = read_csv(path.read_bytes())
    assert again.X.tobytes() == data.X.tobytes()
    assert again.Y.tobytes() == data.Y.tobytes()
    assert (again.names, again.target, again.classes) == (data.names, data.target, data.classes)


def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "data.csv"
    path.write_text("old", encoding="utf-8")

    def fail(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ValueError, match="cannot be written: No space left on device"):
        write_csv(path, present_data(Recipe()))
    assert path.read_text(encoding="utf-8") == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["data.csv"]


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    for path in (tmp_path / "folder", tmp_path / "file" / "data.csv"):
        with pytest.raises(ValueError, match="cannot be written") as caught:
            write_csv(path, present_data(Recipe()))
        assert "\n" not in str(caught.value)


def test_data_saved_from_a_run_train_the_same_run_again(tmp_path: Path) -> None:
    recipe = Recipe(dataset="linear", samples=40)
    path = tmp_path / "data.csv"
    write_csv(path, present_data(recipe))
    own = read_csv(path.read_bytes())
    first = start_training(recipe)
    second = start_training(Recipe(dataset="own", own=own))
    first.run(20)
    second.run(20)
    assert first.state().tobytes() == second.state().tobytes()


def test_present_data_are_the_own_data_themselves() -> None:
    own = OwnData(np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([0, 1]))
    assert present_data(Recipe(dataset="own", own=own)) is own
    assert present_data(Recipe(own=own)).counts == (11, 10)
