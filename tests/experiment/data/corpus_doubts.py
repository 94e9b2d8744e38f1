"""Tables with a number that is no measurement, two units in one column, or no points at all.

And values behind names that come in any order.
"""

from experiment.data.corpus_tables import Case

SLIPS = (
    Case(
        "a thermometer that lost its contact",
        "millis,temp_c,humidity,label\n1000,21.4,45,indoor\n2000,21.5,46,indoor\n"
        "3000,-127.00,46,indoor\n4000,8.2,71,outdoor\n5000,8.0,72,outdoor\n6000,7.9,70,outdoor\n"
        "7000,21.6,44,indoor\n",
        {"rows": 7, "x1": "temp_c", "note": ("-127 in row 4", "--missing=-127.")},
    ),
    Case(
        "a converter that ran over, and one that had nothing to say",
        "adc0,adc1,gesture\n512,498,rest\n515,501,rest\n65535,499,rest\n820,310,wave\n"
        "811,305,wave\n830,-1,wave\n509,503,rest\n824,300,wave\n",
        {"rows": 8, "note": ("65535 in row 4", "-1 stands in 'adc1' once")},
    ),
    Case(
        "patients whose glucose and weight were not measured",
        "Glucose,BMI,Outcome\n148,33.6,1\n85,26.6,0\n0,23.3,1\n89,28.1,0\n137,43.1,1\n116,0.0,0\n"
        "78,31.0,1\n115,35.3,0\n",
        {"rows": 8, "note": ("0 stands in 'Glucose' once", "0 stands in 'BMI' once")},
    ),
    Case(
        "an answer with a digit too many",
        "Alter;Schlaf;Zufrieden\n15;7;ja\n16;6;nein\n15;8;ja\n150;5;nein\n16;7;ja\n16;6;nein\n",
        {"rows": 6, "note": "150 in row 5 lies far off all others of 'Alter', 15 to 16"},
    ),
    Case(
        "heights in metres and in centimetres",
        "Name,Height,Weight,Sport\nTom,1.72,68,yes\nLena,165,55,no\nMax,1.80,77,yes\n"
        "Eva,1.61,52,no\nJan,178,72,yes\nMia,1.58,50,no\n",
        {"rows": 6, "note": "'Height' has numbers of two sizes, 1.58 to 1.8 and 165 to 178"},
    ),
    Case(
        "marks out of twenty that come again",
        "age,hours,grade\n19,2,14/20\n20,1,9/20\n19,3,16/20\n21,0.5,9/20\n20,2.5,14/20\n",
        {"kind": "classes", "note": "14/20 in 'grade' is read as a class"},
    ),
)

CROSSES = (
    Case(
        "correlations of columns with each other",
        "          x1        x2         y\nx1  1.000000  0.512000 -0.731000\n"
        "x2  0.512000  1.000000 -0.220000\ny  -0.731000 -0.220000  1.000000\n",
        {"note": "The rows are called as the columns are"},
    ),
    Case(
        "how often animals were taken for others",
        "actual,cat,dog,bird\ncat,12,3,1\ndog,2,14,0\nbird,1,2,9\n",
        {"note": "The rows are called as the columns are"},
    ),
    Case(
        "a grid with its places in the first row and column",
        ",0,10,20,30\n0,1.2,1.5,1.9,2.4\n10,1.1,1.4,1.8,2.2\n20,0.9,1.2,1.5,1.9\n",
        {"refused": ("sides of a grid", "--skip-rows 1")},
    ),
    Case(
        "an array with the counts that pandas adds",
        ",0,1,2\n0,5.1,3.5,0\n1,4.9,3.0,0\n2,7.0,3.2,1\n3,6.4,3.1,1\n",
        {"rows": 4, "inputs": ([5.1, 4.9, 7.0, 6.4], [3.5, 3.0, 3.2, 3.1])},
    ),
    Case(
        "a nameless first row that lacks its first number",
        ",3.5,2.0,elm\n4.9,3.0,1.0,elm\n7.0,3.2,4.0,oak\n6.4,3.1,2.5,oak\n",
        {"header": 0, "rows": 3, "left_out": 1},
    ),
)

NAMED = (
    Case(
        "values behind their names in another order",
        "temp=21.5 hum=45 state=ok\ntemp=21.6 hum=46 state=ok\ntemp=30.1 hum=20 state=alarm\n"
        "hum=44 temp=21.4 state=ok\nstate=alarm temp=31.0 hum=18\n",
        {"rows": 5, "inputs": ([21.5, 21.6, 30.1, 21.4, 31.0], [45, 46, 20, 44, 18])},
    ),
    Case(
        "a sum in a list whose rows share lines",
        '[[1.5, 2.0, "a"], [3.5, 4.5, "b"], [5.0, 6.0, "a"], [10.0, 12.5, "Total"]]',
        {"rows": 3, "left_out": 1, "note": "totals (Total)"},
    ),
)

LEAVES = "length width lobes veins kind\n1000 100.0 0 0 elm\n1000 100.0 0 0 oak\n" + (
    "1000 100.0 0 0 elm\n" * 3
)
AS_LEAVES = {"rows": 6, "targets": ["kind"], "classes": ["ash tree", "elm", "oak"]}

# What is blank in all lines parts fewer columns here than there are names.
BLANKS = (
    Case(
        "a quoted class of two words, and single blanks that stand one below the other",
        LEAVES + '1000 100.0 0 0 "ash tree"\n',
        AS_LEAVES,
    ),
    Case(
        "a class of two words, and single blanks that stand one below the other",
        LEAVES + "1000 100.0 0 0 ash tree\n",
        AS_LEAVES,
    ),
)

DOUBTS = (*BLANKS, *SLIPS, *CROSSES, *NAMED)
