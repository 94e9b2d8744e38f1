"""What programs print and people write around it: databases, Matlab, Julia, LaTeX, loggers."""

from experiment.data.corpus_tables import Case

SQLITE = """\
sqlite> .mode column
sqlite> select * from plants;
id  height  leaves  species
--  ------  ------  ------------
1   12.4    5       sunflower
2   8.1     9       sweet pepper
3   15.0    6       sunflower
4           11      sweet pepper
5   13.9    4       sunflower
"""
MATLAB = """\
>> head(T)

     LastName      Age    Height    Health
    ___________    ___    ______    _____________

    {'Smith'  }    38       71      {'Excellent'}
    {'Johnson'}    43       69      {'Fair'     }
    {'Brown'  }    49       64      {'Excellent'}
    {'Davis'  }    46       68      {'Fair'     }
"""
REST = """\
=====  =====  ======
  A      B    A or B
=====  =====  ======
1.5    2.5    not so
2.5    1.5    yes
3.5    0.5    yes
4.5    9.5    not so
=====  =====  ======
"""
JULIA = """\
julia> first(df, 4)
4×4 DataFrame
 Row │ SepalLength  SepalWidth  Note      Species
     │ Float64      Float64?    String…?  Cat…
─────┼────────────────────────────────────────────
   1 │         5.1         3.5  a         setosa
   2 │         4.9         3.0  b         setosa
   3 │         7.0         3.2  c         versicolor
   4 │         6.4         3.1  d         versicolor
"""
LATEX = r"""\begin{table}[htb]
  \centering
  \caption{Federpendel}
  \begin{tabular}{S[table-format=2.2] S[table-format=3.1] l}
    \toprule
    {$m$ in \si{\gram}} & {$D$ in \si{\newton\per\metre}} & {Feder} \\
    \midrule
    50.10 & 12.3 & weich \\
    75.25 & 12.3 & weich \\
    99.80 & 102.5 & hart \\
    50.10 & 102.5 & hart \\
    \bottomrule
  \end{tabular}
  \label{tab:feder}
\end{table}
"""
LOGGER = """\
10:23:01.123 -> Temp: 23.4 C, Hum: 45 %, Light: 512, State: OK
10:23:02.125 -> Temp: 23.5 C, Hum: 46 %, Light: 498, State: OK
10:23:03.127 -> Temp: 26.1 C, Hum: 52 %, Light: 120, State: ALARM
10:23:04.129 -> Temp: 27.0 C, Hum: 55 %, Light: 97, State: ALARM
"""
CHAT = """\
Meine Werte vom Bremsversuch, der letzte ist Untergrund:

v = 20 km/h -> 3,1 m trocken
v = 30 km/h -> 6,8 m trocken
v = 20 km/h -> 5,0 m nass
v = 30 km/h -> 11,4 m nass

LG Tom
"""
SCHOOL = """\
Name;Klasse;Mathe;Deutsch;Note
Lena;9b;34,5;28;2
Jonas;9b;21;19,5;4
Aylin;9a;40;37,5;2
Tim;9a;12,5;17;4
Sophie;9b;29,5;30;2
Max;9a;31;22;4
"""
PROGRAMS = (
    Case(
        "columns of SQLite, with a blank in a cell and nothing in another",
        SQLITE,
        {
            "columns": ["id", "height", "leaves", "species"],
            "x1": "height",
            "x2": "leaves",
            "classes": ["sunflower", "sweet pepper"],
            "inputs": ([12.4, 8.1, 15, 13.9], [5, 9, 6, 4]),
            "left_out": 1,
            "note": ("where the rules below the names do", "row 8 has nothing in 'height'"),
        },
    ),
    Case(
        "a table of Matlab, with texts in braces",
        MATLAB,
        {
            "columns": ["LastName", "Age", "Height", "Health"],
            "inputs": ([38, 43, 49, 46], [71, 69, 64, 68]),
            "classes": ["Excellent", "Fair"],
            "left_out": 0,
        },
    ),
    Case(
        "a simple table of reStructuredText, with blanks in names and cells",
        REST,
        {
            "columns": ["A", "B", "A or B"],
            "classes": ["not so", "yes"],
            "inputs": ([1.5, 2.5, 3.5, 4.5], [2.5, 1.5, 0.5, 9.5]),
        },
    ),
    Case(
        "a data frame of Julia, whose types are cut short",
        JULIA,
        {
            "columns": ["Row", "SepalLength", "SepalWidth", "Note", "Species"],
            "inputs": ([5.1, 4.9, 7, 6.4], [3.5, 3, 3.2, 3.1]),
            "classes": ["setosa", "versicolor"],
        },
    ),
    Case(
        "a table of LaTeX with all that sets it up",
        LATEX,
        {
            "columns": ["m in gram", "D in newton per metre", "Feder"],
            "inputs": ([50.1, 75.25, 99.8, 50.1], [12.3, 12.3, 102.5, 102.5]),
            "classes": ["hart", "weich"],
            "left_out": 0,
        },
    ),
    Case(
        "lines of a logger, in which commas part what colons name",
        LOGGER,
        {
            "inputs": ([23.4, 23.5, 26.1, 27], [45, 46, 52, 55]),
            "classes": ["ALARM", "OK"],
        },
    ),
    Case(
        "days of a month, which are no numbers with a unit",
        "Tag;Regen;Sonne;Wetter\n3. Mai;1,5;4,5;gut\n5. Mai;8,5;0,5;schlecht\n"
        "6. Mai;0,5;7,5;gut\n9. Mai;9,5;1,5;schlecht\n",
        {"x1": "Regen", "x2": "Sonne", "targets": ["Wetter"]},
    ),
    Case(
        "a sentence above the values with as many words as they have cells",
        CHAT,
        {
            "header": 0,
            "inputs": ([20, 30, 20, 30], [3.1, 6.8, 5, 11.4]),
            "classes": ["nass", "trocken"],
            "note": ("beginning with 'Meine Werte", "row 8 is a remark"),
        },
    ),
    Case(
        "grades beside the school class",
        SCHOOL,
        {"x1": "Mathe", "x2": "Deutsch", "targets": ["Note"], "classes": ["2", "4"], "rows": 6},
    ),
    Case(
        "a class by its name that is not the last column",
        "class,area,rooms,price\nflat,50.5,2,900.5\nhouse,120.5,5,1800.5\n"
        "flat,61.5,3,1000.5\nhouse,99.5,4,1500.5\n",
        {"targets": ["class"], "note": "The target is 'class', for it is called so"},
    ),
)
