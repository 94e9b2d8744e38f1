"""Tables with a number that is no measurement, two units in one column, or no points at all.

And values behind names that come in any order.
"""

from experiment.data.corpus_tables import Case

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

DOUBTS = (*BLANKS,)
