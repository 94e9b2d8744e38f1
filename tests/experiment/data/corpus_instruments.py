"""What instruments and loggers write, and what is printed and copied out of documents."""

from experiment.data.corpus_tables import Case

KOREAN = """\
지점,지점명,일시,평균기온(°C),일강수량(mm),평균 상대습도(%)
108,서울,2024-07-01,26.5,0.5,74.5
108,서울,2024-07-02,28.2,7.5,83.7
108,서울,2024-07-03,27.1,3.1,80.2
"""
IMAGEJ = """\
 \tLabel\tArea\tMean\tType
1\tblobs.gif:0001\t433\t190.855\tcell
2\tblobs.gif:0002\t185\t179.286\tdebris
3\tblobs.gif:0003\t658\t205.617\tcell
4\tblobs.gif:0004\t434\t190.212\tcell
5\tblobs.gif:0005\t477\t211.3\tdebris
6\tblobs.gif:0006\t285\t182.54\tcell
7\tblobs.gif:0007\t81\t169.92\tdebris
"""
MOODLE = """\
Vorname,ID-Nummer,"Blatt 1 (Punkte)","Blatt 2 (Punkte)","Kurs gesamt (Punkte)","Zuletzt geladen"
Anna,4400000,"14,74","6,51","75,70",1715673600
Bert,4400017,"5,56","5,07","75,39",1715673600
Cara,4400034,"11,02","-","40,00",1715673600
Dora,4400051,"8,45","19,98","61,50",1715673600
"""
HOBO = """\
"Plot Title: Teich"
"#","Date Time, GMT+02:00","Temp, °C (LGR S/N: 1, LBL: Wasser)","Intensity, Lux (LGR S/N: 1)",\
"pH (LGR S/N: 1, LBL: Ufer)","Coupler Detached (LGR S/N: 1)","End Of File (LGR S/N: 1)"
1,05/12/24 08:00:00 AM,17.284,"4,133.4",7.1,,
2,05/12/24 08:15:00 AM,17.379,"4,822.2",7.3,,
3,05/12/24 08:30:00 AM,17.855,"5,097.8",7.2,,
4,05/12/24 08:45:00 AM,18.236,"6,200.1",7.6,,
5,05/12/24 08:52:10 AM,,,,Logged,
6,05/12/24 08:52:20 AM,,,,,Logged
"""
RIGOL = """\
X,CH1,CH2,Start,Increment,
Sequence,Volt,Volt,-6.000000e-03,1.000000e-06
0,-6.53e-01,1.02e-01,,
1,2.26e-01,6.70e-01,,
2,1.12e-01,-3.70e-01,,
"""
VERNIER = """\
Data Set 1:Time(s),Data Set 1:Temperature(°C),Data Set 1:pH,\
Data Set 2:Time(s),Data Set 2:Temperature(°C),Data Set 2:pH
0.0,22.124,7.029,0.0,28.1,6.078
0.5,23.747,7.066,0.5,28.3,6.133
1.0,22.901,7.101,,,
"""
PASCO = """\
Time (s) Run #1\tForce (N) Run #1\tAngle (deg) Run #1\tTime (s) Run #2\tForce (N) Run #2\t\
Angle (deg) Run #2
0,0\t1,25\t3,5\t0,0\t2,25\t4,5
0,1\t1,31\t3,9\t0,1\t2,41\t4,9
0,2\t1,44\t4,6\t0,2\t2,52\t5,6
"""
CANCER = """\
842302,M,17.99,10.38,0.1184
842517,M,20.57,17.77,0.0847
84300903,B,13.54,14.36,0.0978
8510426,B,13.08,15.71,0.1075
857155,M,12.45,15.7,0.1278
9013,B,9.504,12.44,0.1024
"""
METEO_PL = """\
"354150135","KÓRNIK","2023","01","01",4.3,"",2.4,"",0.1,"","S"
"354150135","KÓRNIK","2023","01","02",4.8,"",-2.9,"",1.4,"","W"
"354150135","KÓRNIK","2023","01","03",5.8,"",0.2,"",1.0,"","S"
"354150135","KÓRNIK","2023","01","04",2.9,"",1.1,"",0.2,"","W"
"""
SERIAL = """\
14:02:00.901 -> Temp:23.45 Hum:45.7 Light:734
14:02:01.798 -> Temp:24.45 Hum:47.4 Light:668
14:02:02.187 -> Temp:22.73 Hum:44.8 Light:328
14:02:03.340 -> Temp:22.73 Hum:44.1 Light:301
"""
UNITS_BEHIND = """\
Temperatur: 23,4 °C, Feuchte: 45 %, Fenster: auf
Temperatur: 22,9 °C, Feuchte: 47 %, Fenster: auf
Temperatur: 21,5 °C, Feuchte: 51 %, Fenster: zu
Lesefehler
Temperatur: 21,7 °C, Feuchte: 50 %, Fenster: zu
"""
DIAMONDS = """\
    carat        cut color  depth  price
0    0.23      Ideal     E   61.5    326
1    0.21    Premium     E   59.8    326
2    0.23       Good     E   56.9    327
3    0.29    Premium     I   62.4    334
4    0.24  Very Good     J   62.8    336
"""
MTCARS = """\
> head(mtcars)
                   mpg cyl disp  hp drat    wt  qsec vs am gear carb
Mazda RX4         21.0   6  160 110 3.90 2.620 16.46  0  1    4    4
Mazda RX4 Wag     21.0   6  160 110 3.90 2.875 17.02  0  1    4    4
Datsun 710        22.8   4  108  93 3.85 2.320 18.61  1  1    4    1
Hornet 4 Drive    21.4   6  258 110 3.08 3.215 19.44  1  0    3    1
Hornet Sportabout 18.7   8  360 175 3.15 3.440 17.02  0  0    3    2
Valiant           18.1   6  225 105 2.76 3.460 20.22  1  0    3    1
"""
IRIS_FRAME = """\
   sepal length (cm)  sepal width (cm)  petal length (cm)  target
0                5.1               3.5                1.4       0
1                4.9               3.0                1.4       0
2                7.0               3.2                4.7       1
3                6.4               3.2                4.5       1
"""
PDF = """\
Tabelle 2: Messwerte der Blüten (Länge und Breite in mm)
Nr. Länge Breite Art
1 51,2 35,1 Iris setosa
2 49,0 30,4 Iris setosa
3 70,1 32,0 Iris versicolor
4 64,3 32,8 Iris versicolor
Quelle: eigene Messung, 2024
"""
UNEVEN_WORDS = """\
Länge Breite Art
51.2 35.1 Löwenzahn
49.0 30.4 Löwenzahn
70.1 32.0 Gemeines Gänseblümchen
64.3 32.8 Gemeines Gänseblümchen
"""
R_WITH_WORDS = """\
  a   b   colour kind
1 5.1 3.5 red    setosa
2 4.9 3.0 blue   setosa
3 7.0 3.2 red    versicolor
4 6.4 3.1 blue   versicolor
"""

INSTRUMENTS = (
    Case(
        "Korean names beside the sign of a degree",
        KOREAN.encode("cp949"),
        {"encoding": "EUC-KR", "x1": "평균기온(°C)", "targets": ["평균 상대습도(%)"]},
    ),
    Case(
        "a label that names each row and is no class",
        IMAGEJ,
        {"x1": "Area", "x2": "Mean", "targets": ["Type"], "classes": ["cell", "debris"]},
    ),
    Case(
        "a last column that is the same number in all rows",
        MOODLE,
        {
            "x1": "Blatt 1 (Punkte)",
            "targets": ["Kurs gesamt (Punkte)"],
            "note": ("the last column that can be one", "row 4 has '-'"),
        },
    ),
    Case(
        "a last column that is hardly filled, and names of more columns than most rows fill",
        HOBO.encode(),
        {
            "inputs": ([17.284, 17.379], [4133.4, 4822.2]),
            "targets": ["pH (LGR S/N: 1, LBL: Ufer)"],
            "rows": 4,
            "note": "2 are left out",
        },
    ),
    Case(
        "names of numbers that stand above the rows only",
        RIGOL,
        {"header": 2, "x2": "CH1 Volt", "targets": ["CH2 Volt"], "rows": 3},
    ),
    Case(
        "runs of Vernier side by side",
        VERNIER,
        {
            "x1": "Data Set 1:Time(s)",
            "targets": ["Data Set 1:pH"],
            "rows": 3,
            "note": "Column 4 begins as the first one does",
        },
    ),
    Case(
        "runs of Pasco side by side",
        PASCO,
        {"targets": ["Angle (deg) Run #1"], "note": "Column 4 begins as the first one does"},
    ),
    Case(
        "numbers of records in a first column without a name",
        CANCER,
        {
            "inputs": ([17.99, 20.57], [10.38, 17.77]),
            "classes": ["B", "M"],
            "note": "column 1 only numbers the rows",
        },
    ),
    Case(
        "sums of money in a first column without a name",
        CANCER.replace("2,M", "0,M").replace("3,B", "0,B").replace("5,M", "0,M"),
        {"x1": "column 1", "x2": "column 3", "class_set": {"M", "B"}},
    ),
    Case(
        "days in digits are no input beside numbers",
        "datum,temp,feuchte,regen\n20240101,5.1,92.5,0.3\n20240102,4.8,93.1,1.2\n"
        "20240104,6.2,90.7,0.1\n",
        {"x1": "temp", "x2": "feuchte", "targets": ["regen"]},
    ),
    Case(
        "days in digits where there is no other number",
        "datum,temp,wetter\n20240101,5.1,gut\n20240102,4.8,schlecht\n20240104,6.2,gut\n"
        "20240105,6.9,schlecht\n",
        {"x1": "datum", "x2": "temp", "note": "The days in 'datum' are read as plain numbers"},
    ),
    Case(
        "an empty column behind each number, for remarks",
        METEO_PL,
        {
            "inputs": ([4.3, 4.8, 5.8], [2.4, -2.9, 0.2]),
            "classes": ["S", "W"],
            "note": "Column 7 is empty, and what stands on both sides",
        },
    ),
    Case(
        "Arduino's serial monitor, with times and names",
        SERIAL,
        {
            "columns": ["Temp", "Hum", "Light"],
            "inputs": ([23.45, 24.45, 22.73], [45.7, 47.4, 44.8]),
            "note": "Each value stands behind its name",
        },
    ),
    Case(
        "values behind their names, with units and a line of something else",
        UNITS_BEHIND,
        {
            "columns": ["Temperatur", "Feuchte", "Fenster"],
            "inputs": ([23.4, 22.9], [45, 47]),
            "classes": ["auf", "zu"],
            "rows": 4,
        },
    ),
    Case(
        "times of a serial monitor before plain numbers",
        "14:02:00.901 -> 23.45,45.7,1\n14:02:01.901 -> 23.15,41.7,0\n"
        "14:02:02.901 -> 22.45,45.9,1\n",
        {"inputs": ([23.45, 23.15], [45.7, 41.7]), "note": "The times before -> are no part"},
    ),
    Case(
        "rows in braces, several in a line",
        '{{5.1, 3.5, "setosa"}, {4.9, 3., "setosa"}, {7., 3.2, "versicolor"},\n'
        ' {6.4, 3.2, "versicolor"}}\n',
        {"inputs": ([5.1, 4.9, 7, 6.4], [3.5, 3, 3.2, 3.2]), "classes": ["setosa", "versicolor"]},
    ),
    Case(
        "rows in braces that have a name in C",
        "double points[][3] = {\n  {1.5, 2.0, 0},\n  {2.5, 3.1, 1},\n  {1.7, 2.2, 0}\n};\n",
        {"inputs": ([1.5, 2.5, 1.7], [2, 3.1, 2.2]), "classes": ["0", "1"]},
    ),
    Case(
        "a print of pandas with two words in a cell",
        DIAMONDS,
        {"columns": ["column 1", "carat", "cut", "color", "depth", "price"], "rows": 5},
    ),
    Case(
        "a print of R whose rows have names of several words",
        MTCARS,
        {"x1": "mpg", "x2": "cyl", "inputs": ([21, 21, 22.8, 21.4, 18.7], [6, 6, 4, 6, 8])},
    ),
    Case(
        "a print of pandas with several words in a name",
        IRIS_FRAME,
        {"x1": "sepal length (cm)", "x2": "sepal width (cm)", "targets": ["target"]},
    ),
    Case(
        "a class of two words in each row of a table out of a document",
        PDF,
        {
            "x1": "Länge",
            "x2": "Breite",
            "inputs": ([51.2, 49, 70.1, 64.3], [35.1, 30.4, 32, 32.8]),
            "classes": ["Iris setosa", "Iris versicolor"],
            "note": "is a remark",
        },
    ),
    Case(
        "a class of one word or two between blanks",
        UNEVEN_WORDS,
        {"x1": "Länge", "x2": "Breite", "class_set": {"Löwenzahn", "Gemeines Gänseblümchen"}},
    ),
    Case(
        "numbers of R's rows before as many words as there are names",
        R_WITH_WORDS,
        {"x1": "a", "x2": "b", "targets": ["kind"], "classes": ["setosa", "versicolor"]},
    ),
)
