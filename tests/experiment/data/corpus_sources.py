"""What schools, offices, observatories and laboratories hand out, as each of them writes it."""

from experiment.data.corpus_tables import Case

PENDULUM = """\
l / cm      T / s           g / (m/s²)
20,0 ± 0,1  0,90 ± 0,02     9,75 ± 0,44
30,0 ± 0,1  1,10 ± 0,02     9,79 ± 0,36
40,0 ± 0,1  1,27 ± 0,02     9,79 ± 0,31
"""
POWERS = """\
5 × 10^3 0.5 12
6 × 10^3 0.7 19
9 × 10^3 0.9 23
"""
STARS = """\
HIP\tVmag\tB-V\tPlx
32\t9.10\t0.482\t7.50
71\t8.52\t0.999\t3.86
118\t9.11\t0.330\t6.24
122\t4.78\t1.252\t12.10
145\t5.13\t-0.137\t7.06
154\t4.37\t1.631\t7.56
"""
JAPANESE = """\
都市,平均気温(℃),降水量(mm),気候
札幌,9.2,"1,146.1",亜寒帯
仙台,12.8,"1,276.7",温帯
東京,15.8,"1,598.2",温帯
旭川,7.2,"1,104.4",亜寒帯
"""
BOLD = """\
Here is the table:

| Temp (°C) | Pressure (kPa) | Phase |
|:---------:|---------------:|:------|
| **-10**   | 101.3          | solid |
| 20        | `101.3`        | *gas* |
| -5        | 99.0           | solid |
| 60        | 50.0           | gas   |
"""
NOAA = """\
"STATION","TMP","DEW","SLP"
"10384099999","+0123,1","+0087,1","10132,1"
"10384099999","+0121,1","+0085,1","10134,1"
"10384099999","+9999,9","+0083,1","10137,1"
"""
ATOMS = """\
ATOM      1  N   MET      27.340  24.430   2.614  N
ATOM      2  CA  MET      26.266  25.413   2.842  C
ATOM      3  C   MET      26.913  26.639   3.531  C
ATOM      4  O   MET      27.886  26.463   4.263  N
"""
RANKS = """\
Team,Rank,Won,Lost,League
Ayr,1,24,5,A
Bute,2,22,3,A
Cults,3,19,7,B
Dyce,4,17,7,B
"""
GPU = """\
memory.used [MiB], temperature.gpu, power.draw [W]
1024 MiB, 56, 120.10 W
8120 MiB, 61, 240.52 W
8120 MiB, 64, 251.87 W
512 MiB, 58, [N/A]
"""
SPECTRUM = """\
TITLE\tSample5
NPOINTS\t3
XYDATA
400.0\t0.1021\t0.1100
410.0\t0.1187\t0.1260
420.0\t0.1502\t0.1555
"""
OPEN_METEO = """\
latitude,longitude,elevation,utc_offset_seconds,timezone
52.52,13.419998,38.0,0,GMT

time,temperature (°C),humidity (%),rain (mm)
2023-03-01T00:00,1.2,84,0.05
2023-03-01T01:00,0.8,86,0.00
2023-03-01T02:00,0.5,88,0.10
"""
KNMI = """\
# TG       = daily mean temperature in (0.1 degrees Celsius);
# STN,YYYYMMDD,   TG,   RH,   UG

  260,20230101,  125,   12,   80
  260,20230102,   98,   -1,   85
  260,20230103,   65,    0,   88
"""
SKY = """\
#Table1
objid,ra,dec,r,class
1237648720142401611,146.714,-1.041,17.45,STAR
1237650795146510627,146.744,-0.652,17.44,STAR
1237648720142401670,146.628,-0.765,19.51,QSO
1237648720142336040,146.630,-0.989,16.93,QSO
"""
COINS = """\
unix,symbol,open,high,Volume BTC
1677628800000,BTC/USD,23141.57,24000.00,1510.25
1677542400000,BTC/USD,23491.00,23602.00,1104.90
1677456000000,BTC/USD,23552.01,23876.00,1290.11
"""
CARS = """\
18.0   8   307.0   "chevrolet chevelle malibu"
15.0   8   350.0   "buick skylark 320"
24.0   4   113.0   "toyota corona mark ii"
27.0   4   97.00   "datsun pl510"
"""
SOURCES: tuple[Case, ...] = (
    Case(
        "how sure a number is, between blanks beside it",
        PENDULUM,
        {"refused": "Row 2 has ± between two numbers"},
    ),
    Case("powers of ten between blanks", POWERS, {"refused": "Row 1 has × between two numbers"}),
    Case(
        "pressures of blood between blanks",
        "120 / 80 1.5 a\n130 / 85 1.7 b\n118 / 79 1.2 a\n",
        {"refused": "Row 1 has / between two numbers"},
    ),
    Case(
        "stars by their numbers in a catalogue",
        STARS,
        {"x1": "HIP", "note": "The whole numbers of 'HIP' rise from row to row"},
    ),
    Case(
        "Japanese of kanji only, in Shift-JIS",
        JAPANESE.encode("shift_jis"),
        {
            "encoding": "Shift-JIS",
            "x1": "平均気温(℃)",
            "inputs": ([9.2, 12.8], [1146.1, 1276.7]),
            "class_set": {"亜寒帯", "温帯"},
        },
    ),
    Case(
        "a table of a chat with bold numbers",
        BOLD,
        {"inputs": ([-10, 20, -5, 60], [101.3, 101.3, 99, 50]), "classes": ["gas", "solid"]},
    ),
    Case(
        "a value and the sign of its quality in one cell",
        NOAA,
        {"x1": "TMP", "note": ("+0123,1 is read as 123.1; where the comma parts", "9999.9 stands")},
    ),
    Case(
        "atoms that are counted in the second column",
        ATOMS,
        {"x1": "column 5", "x2": "column 6", "note": "column 2 only numbers the rows"},
    ),
    Case(
        "ranks behind the teams",
        RANKS,
        {"x1": "Won", "x2": "Lost", "note": "Rank only numbers the rows"},
    ),
    Case(
        "a column that is called otherwise and counts behind words",
        RANKS.replace("Rank", "Home"),
        {"x1": "Home", "x2": "Won"},
    ),
    Case(
        "N/A in brackets among numbers with a unit",
        GPU,
        {"kind": "numbers", "rows": 3, "note": "row 5 has '[N/A]' in 'power.draw [W]'"},
    ),
    Case(
        "a word among numbers with a unit that never come again",
        GPU.replace("[N/A]", "broken"),
        {"refused": "Row 5, column 'power.draw [W]' must be a number. Got 'broken'"},
    ),
    Case(
        "a word among numbers that come again",
        "dose,age,power\n1.5,20,2.5 mg\n1.7,30,2.5 mg\n2.5,25,5.5 mg\n2.1,35,7.5 mg\n"
        "0.5,28,placebo\n",
        {"kind": "classes", "note": "are read as classes, for 'placebo' is no number"},
    ),
    Case(
        "versions of programs",
        "host,version,latency,state\na1,3.9,12.5,up\na2,3.10,15.1,up\nb1,3.11,99.0,down\n"
        "b2,3.10,87.3,down\n",
        {"x1": "version", "note": "3.10 in 'version' is read as 3.1, though versions"},
    ),
    Case(
        "codes of samples that look like powers of ten",
        "sample,weight,length,sex\n12e4,5.1,33.2,m\n17e2,4.8,31.0,f\n33e1,5.9,35.7,m\n"
        "48e3,4.4,29.9,f\n",
        {"x1": "sample", "note": "12e4 in 'sample' is read as 120000; where it is a code"},
    ),
    Case(
        "codes as classes that look like powers of ten",
        "x,y,kind\n1.5,2.5,1e3\n2.5,3.5,2e3\n1.7,2.2,1e3\n2.2,3.1,2e3\n",
        {"kind": "classes", "note": "1e3 in 'kind' is read as 1000; where it is a code"},
    ),
    Case(
        "hours and minutes with a point between them",
        "Uhrzeit;Temperatur;Licht\n8.30;12.5;320\n9.15;13.1;402\n10.45;15.5;650\n",
        {"x1": "Uhrzeit", "note": "8.30 in 'Uhrzeit' is read as a plain number; where it is hours"},
    ),
    Case(
        "a spectrum below words and their values",
        SPECTRUM,
        {"header": 0, "columns": ["column 1", "column 2", "column 3"], "rows": 3},
    ),
    Case(
        "Open-Meteo's table of a place above that of its weather",
        OPEN_METEO,
        {
            "x1": "temperature (°C)",
            "inputs": ([1.2, 0.8, 0.5], [84, 86, 88]),
            "note": "2 rows above the table are skipped, beginning with 'latitude longitude",
        },
    ),
    Case(
        "Dutch weather, padded by blanks behind commas",
        KNMI,
        {"x1": "TG", "x2": "RH", "inputs": ([125, 98, 65], [12, -1, 0])},
    ),
    Case(
        "percent before the numbers, as in Turkey",
        "İl;Artış;İşsizlik;Bölge\nAnkara;%12,5;%10,8;İç\nBursa;%14,8;%8,9;Marmara\n"
        "Kocaeli;%21,1;%10,1;Marmara\n",
        {"inputs": ([12.5, 14.8, 21.1], [10.8, 8.9, 10.1]), "note": "in %"},
    ),
    Case(
        "numbers of objects with more digits than a number keeps",
        SKY,
        {"x1": "ra", "x2": "dec", "note": "objid only numbers the rows"},
    ),
    Case(
        "seconds since 1970 beside other numbers",
        COINS,
        {"x1": "open", "x2": "high", "targets": ["Volume BTC"]},
    ),
    Case(
        "ranks of which some are left out",
        RANKS.replace("Cults,3", "Cults,2").replace("Dyce,4", "Dyce,16"),
        {"x1": "Won", "x2": "Lost", "note": "Rank only numbers the rows"},
    ),
    Case(
        "ranks in no order, which are numbers as others",
        RANKS.replace("Ayr,1", "Ayr,9"),
        {"x1": "Rank", "x2": "Won"},
    ),
    Case(
        "a limit among whole numbers that are few",
        "python,java,cobol\n92,41,1\n95,40,<1\n81,33,1\n70,28,<1\n97,40,2\n",
        {"kind": "classes", "note": "are read as classes, for '<1' is no number"},
    ),
    Case(
        "a name in each row where a class would be",
        CARS,
        {"kind": "classes", "note": "Each row has a class of its own in 'column 4'"},
    ),
    Case(
        "what a program of mathematics calls no number",
        "A;B;C\n1,5;2,25;rot\n3;undefiniert;blau\n3,5;12,25;blau\n0,5;0,25;rot\n",
        {"rows": 3, "note": "row 3 has 'undefiniert' in 'B'"},
    ),
    Case(
        "crowns with a point behind them",
        "kvm;pris;type\n75;kr. 3.950.000,00;hus\n92;kr. 3.750.000,00;hus\n"
        "68;kr. 3.100.000,00;hytte\n",
        {
            "inputs": ([75, 92, 68], [3950000, 3750000, 3100000]),
            "note": "The numbers of 'pris' are in kr.",
        },
    ),
    Case(
        "halves behind whole points, as in chess",
        "Elo;Pts;Perf;Fed\n2853;8½;2901;NOR\n2764;8;2860;NED\n2760;7½;2822;NOR\n2713;7½;2825;NED\n",
        {"x1": "Elo", "x2": "Perf", "targets": ["Fed"]},
    ),
    Case(
        "days and months with points beside decimal commas",
        "Datum\tPegel\tAbfluss\tStufe\n1.3\t2,15\t310\t1\n2.3\t2,31\t345\t1\n10.3\t2,90\t480\t2\n",
        {"x1": "Pegel", "x2": "Abfluss", "decimal": ","},
    ),
    Case(
        "days and months that are the only other numbers",
        "Datum,Pegel,Stufe\n1.3,2.15,a\n2.3,2.31,a\n10.3,2.90,b\n",
        {"x1": "Datum", "x2": "Pegel", "note": "The days in 'Datum' are read as plain numbers"},
    ),
    Case(
        "years and months with commas",
        "Monat;Preis;Menge;Trend\n2022,09;1,85;120;auf\n2022,10;1,92;118;auf\n"
        "2022,11;1,88;125;ab\n2023,01;1,81;128;ab\n",
        {"x1": "Preis", "x2": "Menge"},
    ),
    Case(
        "months counted with fractions, which are no days",
        "month,height,kind\n1.5,2.15,a\n2.5,2.31,a\n10.3,2.90,b\n4.5,1.1,b\n",
        {"x1": "month", "x2": "height"},
    ),
    Case(
        "patients that are called as percentiles are",
        "Patient,Dose,Age,End\nP01,0.9,45,good\nP02,1.1,62,good\nP03,2.3,71,bad\nP04,1.9,68,bad\n",
        {"x1": "Dose", "x2": "Age"},
    ),
    Case(
        "Canadian statistics, whose letters for quality are few",
        "REF_DATE,GEO,Sex,VALUE,STATUS,DECIMALS\n2020,Ontario,M,12.5,,1\n2020,Ontario,F,11.8,,1\n"
        "2021,Quebec,M,10.9,E,1\n2021,Quebec,F,10.1,,1\n2022,Ontario,M,,F,1\n2022,Quebec,F,9.9,,1\n",
        {"x1": "REF_DATE", "x2": "VALUE", "targets": ["Sex"], "rows": 5},
    ),
    Case(
        "nines off the scale of a question",
        "VP;Extraversion;Offenheit;Geschlecht\n1;3,25;4,00;w\n2;4,50;3,75;m\n3;9;9;w\n"
        "4;2,00;1,25;m\n",
        {"note": ("9 stands in 'Extraversion' once", "9 stands in 'Offenheit' once")},
    ),
    Case(
        "numbers of goods",
        "ean,weight,price,shelf\n4006381333931,0.25,2.99,A\n4012345678901,0.5,4.49,B\n"
        "4000417025005,0.1,0.99,A\n4001686301234,0.75,6.2,B\n",
        {"x1": "weight", "x2": "price", "note": "ean only numbers the rows"},
    ),
    Case(
        "sums of money as long as the numbers of goods",
        "gdp,growth,debt,zone\n4006381333931,0.25,2.99,A\n4012345678900,0.5,4.49,B\n"
        "4000417025000,0.1,0.99,A\n4001686301234,0.75,6.2,B\n",
        {"x1": "gdp", "x2": "growth"},
    ),
    Case(
        "years by tens as names",
        "Mt CO2;1990;2000;2010\nDE;1055,1;899,5;832,7\nFR;404,1;423,7;397,0\n"
        "PL;377,1;317,5;335,4\n",
        {"header": 1, "x1": "1990", "x2": "2000", "rows": 3, "note": "read as names, though"},
    ),
    Case(
        "years that stand above years are no names",
        "DE;1871;1918;1,5\nFR;1870;1940;2,5\nAT;1867;1918;1,1\n",
        {"header": 0, "rows": 3},
    ),
    Case(
        "names of two words above cells of two words",
        "City          Mean Temp   Rain Days   Climate\n"
        "New York      12.9        122         humid\n"
        "Los Angeles   18.6        36          dry\nMiami         25.1        135         humid\n",
        {"columns": ["City", "Mean Temp", "Rain Days", "Climate"], "x1": "Mean Temp"},
    ),
    Case(
        "names with commas behind them above columns of blanks",
        "% Year, Anomaly, Unc., Five-year\n  1850   -0.421  0.136    -0.377\n"
        "  1851   -0.332  0.124    -0.371\n  1852   -0.358  0.123    -0.370\n",
        {"columns": ["Year", "Anomaly", "Unc.", "Five-year"], "x1": "Year", "x2": "Anomaly"},
    ),
    Case(
        "errors in brackets behind what they are of",
        "Country\tMean\tS.E.\tGroup\nEstonia\t523\t(1.7)\thigh\nJapan\t527\t(2.5)\thigh\n"
        "Mexico\t409\t(2.5)\tlow\nChile\t417\t(2.4)\tlow\n",
        {"note": ("All numbers of 'S.E.' are in brackets", "(1.7) in row 2, column 'S.E.'")},
    ),
    Case(
        "a sign among names that are as many as the cells",
        "U / V I / mA\n1.0 10.2 0.5 1 2 a\n2.0 19.9 0.6 1 2 b\n3.0 30.2 0.4 1 2 a\n",
        {"refused": "Row 1 has / between blanks among the names"},
    ),
    Case(
        "times of a clock with a decimal comma among commas",
        "time,a,b,c\n10:00:00,123,1.5,2.5,x\n10:00:01,456,1.6,2.4,y\n10:00:02,789,1.7,2.3,x\n",
        {"refused": "Row 1 has 4 names and row 2 has 5 cells"},
    ),
    Case(
        "times of a clock below a header without a name for them",
        "a,b,c\n10:00:00,5,1.5,x\n10:00:01,12,1.6,y\n10:00:02,8,1.7,x\n",
        {"x1": "a", "x2": "b", "note": "the first column has none"},
    ),
    Case(
        "positions along a rod, which rise as no ranks do",
        "rod,pos,temp,kind\na,5,20.1,x\na,20,21.5,x\nb,60,25.5,y\nb,61,31.2,y\n",
        {"x1": "pos", "x2": "temp"},
    ),
)
