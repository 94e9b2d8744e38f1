"""Files as teachers have them, in the form in which their source gives them, and shortened."""

from collections.abc import Mapping
from typing import Any

from experiment.data.corpus_tables import Case, text_of

IRIS = (
    (5.1, 3.5, 1.4, 0.2, "setosa"),
    (4.9, 3.0, 1.4, 0.2, "setosa"),
    (4.7, 3.2, 1.3, 0.2, "setosa"),
    (4.6, 3.1, 1.5, 0.2, "setosa"),
    (5.0, 3.6, 1.4, 0.2, "setosa"),
    (5.4, 3.9, 1.7, 0.4, "setosa"),
    (7.0, 3.2, 4.7, 1.4, "versicolor"),
    (6.4, 3.2, 4.5, 1.5, "versicolor"),
    (6.9, 3.1, 4.9, 1.5, "versicolor"),
    (5.5, 2.3, 4.0, 1.3, "versicolor"),
    (6.5, 2.8, 4.6, 1.5, "versicolor"),
    (5.7, 2.8, 4.5, 1.3, "versicolor"),
    (6.3, 3.3, 6.0, 2.5, "virginica"),
    (5.8, 2.7, 5.1, 1.9, "virginica"),
    (7.1, 3.0, 5.9, 2.1, "virginica"),
    (6.3, 2.9, 5.6, 1.8, "virginica"),
    (6.5, 3.0, 5.8, 2.2, "virginica"),
    (7.6, 3.0, 6.6, 2.1, "virginica"),
)
SPECIES = ["setosa", "versicolor", "virginica"]
R_NAMES = ("Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width", "Species")
KAGGLE_NAMES = ("Id", "SepalLengthCm", "SepalWidthCm", "PetalLengthCm", "PetalWidthCm", "Species")


def first_iris(prefix: str = "") -> list[list[Any]]:
    """Return the first rows, of sepal length, sepal width and species."""
    return [[row[0], row[1], prefix + row[4]] for row in IRIS[:5]]


def in_quotes(*names: str) -> list[str]:
    """Quote names as R does."""
    return [f'"{name}"' for name in names]


AS_IRIS: Mapping[str, Any] = {
    "kind": "classes",
    "classes": SPECIES,
    "rows": len(IRIS),
    "left_out": 0,
    "first_rows": first_iris(),
}
AS_IRIS_OF_R: Mapping[str, Any] = {
    **AS_IRIS,
    "columns": ["column 1", *R_NAMES],
    "x1": "Sepal.Length",
    "x2": "Sepal.Width",
    "targets": ["Species"],
    "note": "column 1",
}
OF_R = [(f'"{i + 1}"', *row[:4], f'"{row[4]}"') for i, row in enumerate(IRIS)]

IRIS_FILES = (
    Case(
        "iris of scikit-learn: counts and class names in the first line",
        text_of([(*row[:4], SPECIES.index(row[4])) for row in IRIS], ",", ("18", "4", *SPECIES)),
        {
            "header": 0,
            "x1": "column 1",
            "x2": "column 2",
            "targets": ["column 5"],
            "kind": "classes",
            "classes": SPECIES,
            "rows": len(IRIS),
            "note": "names the classes",
            "first_rows": first_iris(),
        },
    ),
    Case("iris by write.csv of R", text_of(OF_R, ",", in_quotes("", *R_NAMES)), AS_IRIS_OF_R),
    Case(
        "iris by write.table of R",
        text_of(OF_R, " ", in_quotes(*R_NAMES)),
        {**AS_IRIS_OF_R, "delimiter": " "},
    ),
    Case(
        "iris of Kaggle",
        text_of(
            [(i + 1, *row[:4], f"Iris-{row[4]}") for i, row in enumerate(IRIS)],
            header=KAGGLE_NAMES,
        ),
        {
            "columns": list(KAGGLE_NAMES),
            "x1": "SepalLengthCm",
            "x2": "SepalWidthCm",
            "targets": ["Species"],
            "classes": [f"Iris-{name}" for name in SPECIES],
            "rows": len(IRIS),
            "note": "Id",
            "first_rows": first_iris("Iris-"),
        },
    ),
    Case(
        "iris of UCI: no names, and a blank line below",
        text_of([(*row[:4], f"Iris-{row[4]}") for row in IRIS], header=None) + "\n",
        {
            "header": 0,
            "x1": "column 1",
            "x2": "column 2",
            "targets": ["column 5"],
            "rows": len(IRIS),
            "left_out": 0,
            "first_rows": first_iris("Iris-"),
        },
    ),
)

MOONS = (
    *((0.98, 0.2, 0), (-0.35, 0.94, 0), (0.62, -0.42, 1), (0.05, 1.0, 0), (1.72, -0.19, 1)),
    *((1.98, 0.31, 1), (-0.87, 0.49, 0), (0.23, -0.14, 1), (0.5, 0.87, 0), (1.0, -0.5, 1)),
    *((-1.0, 0.01, 0), (1.5, -0.37, 1), (0.75, 0.66, 0), (0.01, 0.36, 1), (-0.6, 0.8, 0)),
)

WINE = """\
1,14.23,1.71,2.43,15.6,127,2.8,3.06,.28,2.29,5.64,1.04,3.92,1065
1,13.2,1.78,2.14,11.2,100,2.65,2.76,.26,1.28,4.38,1.05,3.4,1050
1,13.16,2.36,2.67,18.6,101,2.8,3.24,.3,2.81,5.68,1.03,3.17,1185
1,14.37,1.95,2.5,16.8,113,3.85,3.49,.24,2.18,7.8,.86,3.45,1480
1,13.24,2.59,2.87,21,118,2.8,2.69,.39,1.82,4.32,1.04,2.93,735
2,12.37,.94,1.36,10.6,88,1.98,.57,.28,.42,1.95,1.05,1.82,520
2,12.33,1.1,2.28,16,101,2.05,1.09,.63,.41,3.27,1.25,1.67,680
2,12.64,1.36,2.02,16.8,100,2.02,1.41,.53,.62,5.75,.98,1.59,450
2,13.67,1.25,1.92,18,94,2.1,1.79,.32,.73,3.8,1.23,2.46,630
2,12.37,1.13,2.16,19,87,3.5,3.1,.19,1.87,4.45,1.22,2.87,420
3,12.86,1.35,2.32,18,122,1.51,1.25,.21,.94,4.1,.76,1.29,630
3,12.88,2.99,2.4,20,104,1.3,1.22,.24,.83,5.4,.74,1.42,530
3,12.81,2.31,2.4,24,98,1.15,1.09,.27,.83,5.7,.66,1.36,560
3,12.7,3.55,2.36,21.5,106,1.7,1.2,.17,.84,5,.78,1.29,600
3,12.51,1.24,2.25,17.5,85,2,.58,.6,1.25,5.45,.75,1.51,650
"""

PENGUINS = """\
species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex,year
Adelie,Torgersen,39.1,18.7,181,3750,male,2007
Adelie,Torgersen,39.5,17.4,186,3800,female,2007
Adelie,Torgersen,40.3,18,195,3250,female,2007
Adelie,Torgersen,NA,NA,NA,NA,NA,2007
Adelie,Torgersen,36.7,19.3,193,3450,female,2007
Adelie,Torgersen,39.3,20.6,190,3650,male,2007
Adelie,Torgersen,34.1,18.1,193,3475,NA,2007
Adelie,Biscoe,37.8,18.3,174,3400,female,2007
Gentoo,Biscoe,46.1,13.2,211,4500,female,2007
Gentoo,Biscoe,50,16.3,230,5700,male,2007
Gentoo,Biscoe,48.7,14.1,210,4450,female,2007
Gentoo,Biscoe,50,15.2,218,5700,male,2008
Gentoo,Biscoe,44.5,14.3,216,4100,NA,2008
Gentoo,Biscoe,NA,NA,NA,NA,NA,2009
Chinstrap,Dream,46.5,17.9,192,3500,female,2007
Chinstrap,Dream,50,19.5,196,3900,male,2007
Chinstrap,Dream,51.3,19.2,193,3650,male,2008
Chinstrap,Dream,45.4,18.7,188,3525,female,2009
"""

EXAM = """\
34.62365962451697,78.0246928153624,0
30.28671076822607,43.89499752400101,0
35.84740876993872,72.90219802708364,0
60.18259938620976,86.30855209546826,1
79.0327360507101,75.3443764369103,1
45.08327747668339,56.3163717815305,0
61.10666453684766,96.51142588489624,1
75.02474556738889,46.55401354116538,1
76.09878670226257,87.42056971926803,1
84.43281996120035,43.53339331072109,1
95.86155507093572,38.22527805795094,0
75.01365838958247,30.60326323428011,0
82.30705337399482,76.48196330235604,1
69.36458875970939,97.71869196188608,1
39.53833914367223,76.03681085115882,0
53.9710521485623,89.20735013750205,1
"""

SPREADSHEET = """\
Bäume im Stadtpark;;;
Stand: Mai 2024;;;
;;;
Nr.;Umfang;Höhe;Art
;cm;m;
1;62,5;14,2;Buche
2;48,0;11,9;Birke
3;71,5;17,3;Buche
4;39,5;12,4;Birke
5;80,0;19,8;Buche
6;44,5;10,7;Birke
7;66,0;15,5;Buche
8;1.052,5;21,0;Buche
9;41,0;12,0;Birke
10;;11,1;Birke
11;58,5;16,4;Buche
12;36,0;9,8;Birke
Summe;1.599,5;172,1;
"""

OTHERS = (
    Case(
        "moons by savetxt with its own format",
        "".join(" ".join(f"{value:.18e}" for value in row) + "\n" for row in MOONS),
        {
            "delimiter": " ",
            "header": 0,
            "x1": "column 1",
            "x2": "column 2",
            "targets": ["column 3"],
            "classes": ["0", "1"],
            "rows": len(MOONS),
            "first_rows": [[x1, x2, str(label)] for x1, x2, label in MOONS[:5]],
        },
    ),
    Case(
        "wine of UCI: the class first, and no names",
        WINE,
        {
            "header": 0,
            "x1": "column 2",
            "x2": "column 3",
            "targets": ["column 1"],
            "classes": ["1", "2", "3"],
            "rows": 15,
            "first_rows": [
                [14.23, 1.71, "1"],
                [13.2, 1.78, "1"],
                [13.16, 2.36, "1"],
                [14.37, 1.95, "1"],
                [13.24, 2.59, "1"],
            ],
        },
    ),
    Case(
        "penguins with missing cells",
        PENGUINS,
        {
            "x1": "bill_length_mm",
            "x2": "bill_depth_mm",
            "targets": ["species"],
            "classes": ["Adelie", "Chinstrap", "Gentoo"],
            "rows": 16,
            "left_out": 2,
            "first_rows": [
                [39.1, 18.7, "Adelie"],
                [39.5, 17.4, "Adelie"],
                [40.3, 18, "Adelie"],
                [36.7, 19.3, "Adelie"],
                [39.3, 20.6, "Adelie"],
            ],
        },
    ),
    Case(
        "scores of two exams, and who passed, without names",
        EXAM,
        {
            "header": 0,
            "x1": "column 1",
            "x2": "column 2",
            "targets": ["column 3"],
            "classes": ["0", "1"],
            "rows": 16,
            "inputs": (
                [34.62365962451697, 30.28671076822607, 35.84740876993872],
                [78.0246928153624, 43.89499752400101, 72.90219802708364],
            ),
        },
    ),
    Case(
        "a spreadsheet: a title, units, decimal commas, an empty cell, a sum",
        SPREADSHEET.replace("\n", "\r\n").encode("cp1252"),
        {
            "encoding": "Windows-1252",
            "delimiter": ";",
            "decimal": ",",
            "thousands": ".",
            "skipped_rows": 3,
            "header": 2,
            "columns": ["Nr.", "Umfang in cm", "Höhe in m", "Art"],
            "x1": "Umfang in cm",
            "x2": "Höhe in m",
            "targets": ["Art"],
            "classes": ["Birke", "Buche"],
            "rows": 11,
            "left_out": 2,
            "first_rows": [
                [62.5, 14.2, "Buche"],
                [48, 11.9, "Birke"],
                [71.5, 17.3, "Buche"],
                [39.5, 12.4, "Birke"],
                [80, 19.8, "Buche"],
            ],
        },
    ),
    Case(
        "a truth table",
        "x1,x2,x1 XOR x2\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n",
        {
            "columns": ["x1", "x2", "x1 XOR x2"],
            "x1": "x1",
            "x2": "x2",
            "targets": ["x1 XOR x2"],
            "kind": "classes",
            "classes": ["0", "1"],
            "rows": 4,
            "first_rows": [[0, 0, "0"], [0, 1, "1"], [1, 0, "1"], [1, 1, "0"]],
        },
    ),
)

TEACHERS = (*IRIS_FILES, *OTHERS)
