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
)
