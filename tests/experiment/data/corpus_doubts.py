"""Tables with a number that is no measurement, two units in one column, or no points at all.

And values behind names that come in any order.
"""

from experiment.data.corpus_tables import Case

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

DOUBTS = (*BLANKS, *NAMED)
