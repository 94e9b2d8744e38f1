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
DUCKDB = """\
┌───────┬────────┬────────┬─────────┐
│  id   │ length │ depth  │ species │
│ int64 │ double │ double │ varchar │
├───────┼────────┼────────┼─────────┤
│     1 │   39.1 │   18.7 │ Adelie  │
│     2 │   39.5 │   17.4 │ Adelie  │
│     3 │   46.1 │   13.2 │ Gentoo  │
│     4 │   50.0 │   16.3 │ Gentoo  │
├───────┴────────┴────────┴─────────┤
│ 4 rows                  4 columns │
└───────────────────────────────────┘
"""
CLICKHOUSE = """\
ch :) SELECT * FROM m LIMIT 4

   ┌─id─┬────x─┬─────y─┬─label─┐
1. │  1 │  0.5 │  12.1 │ a     │
2. │  2 │  0.7 │  11.8 │ a     │
3. │  3 │  2.1 │   3.5 │ b     │
4. │  4 │  2.4 │   3.1 │ b     │
   └────┴──────┴───────┴───────┘

4 rows in set. Elapsed: 0.002 sec.
"""
ANALYTICS = """\
Seite,Aufrufe,Eindeutige,Absprungrate,Wert
/,"12,345","9,876",45.67%,$0.00
/kurse,"4,210","3,333",38.10%,$1.25
/blog,"2,874","2,110",62.33%,$0.00
/shop,"6,005","4,950",29.87%,$4.75
/impressum,310,298,80.00%,$0.10
,"25,744","20,567",46.12%,$1.20
"""
BRANCHES = """\
Filiale;Umsatz;Kunden;Quote;Lage
Nord;1200,5;310;12,5 %;Stadt
Süd;980,0;275;14,5 %;Land
West;1510,5;402;9,5 %;Stadt
Ost;640,0;190;17,0 %;Land
;4331,0;1177;12,9 %;
"""
CLASSROOM = """\
Last Name,First Name,Homework,Quiz,Lab report,Overall grade
Date,,"Sep 12, 2023","Sep 20, 2023","Oct 2, 2023",
Points,,100,20,50,
Archer,Amy,92,18,45,91.2%
Bell,Bob,75,14,38,75.3%
Cole,Cat,88,15,41,84.7%
Dunn,Dan,61,11,25,58.8%
"""
SURVEY = """\
seite,alter,stunden,bestanden
2,19,12,Ja
2,21,5.5,Nein
1,20,,
2,23,8,Ja
2,18,3,Nein
"""
LEAGUE = """\
Pl.\tVerein\tS\tU\tPkt.
1\tMünchen\t21\t8\t71
2\tDortmund\t22\t5\t71
3\tLeipzig\t20\t6\t66
4\tBerlin\t18\t8\t62
5\tFreiburg\t17\t8\t59
6\tLeverkusen\t14\t8\t50
7\tFrankfurt\t13\t11\t50
8\tWolfsburg\t13\t10\t49
"""
STATION = """\
ESTACAO;PRECIPITAÇÃO TOTAL, HORÁRIO (mm);PRESSAO (mB);TEMPERATURA DO AR (°C);TEMPO
A1;0,5;885,6;19,5;LIMPO
A2;1,5;886,1;19,0;NUBLADO
A3;0,0;885,2;18,5;LIMPO
A4;2,5;886,4;18,0;NUBLADO
"""
GREEK = """\
Κωδικός;Ύψος;Βάρος;Τάξη
α1;1,72;68,5;Α
α2;1,65;54,0;Β
α3;1,80;77,3;Α
α4;1,58;50,1;Β
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
    Case(
        "a result of DuckDB, with types below the names",
        DUCKDB,
        {
            "columns": ["id", "length", "depth", "species"],
            "inputs": ([39.1, 39.5, 46.1, 50], [18.7, 17.4, 13.2, 16.3]),
            "classes": ["Adelie", "Gentoo"],
            "note": "has types and is skipped",
        },
    ),
    Case(
        "a result of ClickHouse, whose names stand in the frame",
        CLICKHOUSE,
        {
            "columns": ["id", "x", "y", "label"],
            "inputs": ([0.5, 0.7, 2.1, 2.4], [12.1, 11.8, 3.5, 3.1]),
            "classes": ["a", "b"],
        },
    ),
    Case(
        "pages counted, and a row without a name that sums up some columns",
        ANALYTICS,
        {
            "rows": 5,
            "inputs": ([12345, 4210, 2874, 6005, 310], [9876, 3333, 2110, 4950, 298]),
            "note": "row 7 is one of totals",
        },
    ),
    Case(
        "branches, and a row without a name that has sums and a mean",
        BRANCHES,
        {"rows": 4, "targets": ["Lage"], "note": "row 6 is one of totals"},
    ),
    Case(
        "grades of a classroom, with dates and points below the names",
        CLASSROOM,
        {
            "header": 2,
            "columns": [
                "Last Name Date",
                "First Name",
                "Homework Sep 12, 2023",
                "Quiz Sep 20, 2023",
                "Lab report Oct 2, 2023",
                "Overall grade",
            ],
            "inputs": ([92, 75, 88, 61], [18, 14, 15, 11]),
            "targets": ["Overall grade"],
            "note": "row 3 has nothing in 'Overall grade'",
        },
    ),
    Case(
        "a column that is the same in all rows that have a target",
        SURVEY,
        {"x1": "alter", "x2": "stunden", "inputs": ([19, 21, 23, 18], [12, 5.5, 8, 3])},
    ),
    Case(
        "points that hardly come again, in so few rows that they can be classes",
        LEAGUE,
        {
            "x1": "S",
            "x2": "U",
            "targets": ["Pkt."],
            "note": "The 6 different numbers of 'Pkt.' are read as classes; as numbers",
        },
    ),
    Case(
        "accents between capitals, which are no Chinese",
        STATION.encode("cp1252"),
        {
            "encoding": "Windows-1252",
            "x1": "PRECIPITAÇÃO TOTAL, HORÁRIO (mm)",
            "x2": "PRESSAO (mB)",
            "targets": ["TEMPO"],
        },
    ),
    Case(
        "Greek names, and classes of a letter each",
        GREEK.encode("cp1253"),
        {
            "encoding": "Windows-1253",
            "x1": "Ύψος",
            "targets": ["Τάξη"],
            "classes": ["Α", "Β"],
        },
    ),
    Case(
        "Russian names, and classes of a letter each",
        "Имя;Рост;Вес;Класс\nа;1,72;68,5;А\nб;1,65;54,0;Б\nв;1,80;77,3;А\nг;1,58;50,1;Б\n"
        "д;1,62;57,5;А\nе;1,66;58,0;Б\n".encode("cp1251"),
        {"encoding": "Windows-1251", "x1": "Рост", "targets": ["Класс"], "classes": ["А", "Б"]},
    ),
)
