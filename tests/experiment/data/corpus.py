"""All tables that must be read as expected: by kinds, from files, and from teachers."""

from experiment.data.corpus_columns import COLUMNS
from experiment.data.corpus_doubts import DOUBTS
from experiment.data.corpus_files import FILES
from experiment.data.corpus_instruments import INSTRUMENTS
from experiment.data.corpus_more_practice import MORE_PRACTICE
from experiment.data.corpus_numbers import NUMBERS
from experiment.data.corpus_pitfalls import PITFALLS
from experiment.data.corpus_practice import PRACTICE
from experiment.data.corpus_programs import PROGRAMS
from experiment.data.corpus_shapes import SHAPES
from experiment.data.corpus_sources import SOURCES
from experiment.data.corpus_tables import Case
from experiment.data.corpus_teachers import TEACHERS

CASES: tuple[Case, ...] = (
    *(*NUMBERS, *SHAPES, *COLUMNS, *PITFALLS, *FILES, *TEACHERS),
    *(*PRACTICE, *MORE_PRACTICE, *PROGRAMS, *INSTRUMENTS, *SOURCES, *DOUBTS),
)
