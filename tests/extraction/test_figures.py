"""Which numbers are findings, and which are sizes, settings and years."""

import pytest

from kgraph.extraction.cues import LEXICON
from kgraph.extraction.figures import WEIGHTS, figures
from kgraph.extraction.quantities import quantities
from tests.extraction.marked import marked


def scored(source):
    sample = marked(source)
    return {
        sample.text[figure.quantity.start : figure.quantity.end]: figure.score
        for figure in figures(sample.text, sample.title_end, sample.entities)
    }


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        ("Nets | We propose {Zip:Method:proposes}. It achieves an {accuracy:Metric} of 91.5%.", "91.5%"),
        ("Nets | We propose {Zip:Method:proposes}. It reduces {latency:Metric} by up to 2.3x.", "up to 2.3x"),
        ("Nets | We propose {Zip:Method:proposes}. It runs in 12 ms on {FooChip:Hardware}.", "12 ms"),
        (
            "Nets | We propose {Zip:Method:proposes}. It gains 2.6 {mAP:Metric} over {Zap:Method:comparesWith}.",
            "2.6 mAP",
        ),
    ],
)
def test_a_finding_is_likely(source, finding):
    assert scored(source)[finding] > 0.5


@pytest.mark.parametrize(
    ("source", "number"),
    [
        ("Nets | We propose {Zip:Method:proposes}, a net of 12 layers.", "12"),
        ("Nets | We propose {Zip:Method:proposes} with 7B parameters.", "7B"),
        ("Nets | In 2023 nets grew. We propose {Zip:Method:proposes}.", "2023"),
        ("Nets | We test {Zip:Method:proposes} on 15 public datasets.", "15"),
        ("Nets | Nets often fill 80 GB. We propose {Zip:Method:proposes}.", "80 GB"),
    ],
)
def test_a_size_or_a_year_is_unlikely(source, number):
    assert scored(source)[number] < 0.4


def test_a_number_inside_a_mention_is_no_figure():
    assert scored("Nets | {Zip 2.0} reaches {FooBench 500:Dataset} in 3 ms.").keys() == {"3 ms"}


def test_a_unit_that_is_a_metric_stays_a_mention():
    sample = marked("Nets | {Zip:Method:proposes} runs at 48 {FPS:Metric:reports}.")
    [figure] = figures(sample.text, sample.title_end, sample.entities)
    assert sample.text[figure.quantity.start : figure.quantity.end] == "48 FPS"
    assert [sample.entities[index].name for _, index in figure.after] == ["FPS"]


def test_the_neighbours_are_the_nearest_first():
    sample = marked("Nets | {Zip} and {Zap} take 1 ms and 2 ms on {A1:Hardware} and {B2:Hardware}.")
    first, second = figures(sample.text, sample.title_end, sample.entities)
    assert [index for _, index in first.before] == [1, 0]
    assert [index for _, index in first.after] == [5, 2, 3]
    assert [index for _, index in second.before] == [4, 1, 0]


def test_a_text_without_numbers():
    sample = marked("Nets | {Zip} is fast.")
    assert figures(sample.text, sample.title_end, sample.entities) == ()


def test_the_weights_speak_of_what_can_be_observed():
    kinds = {quantity.kind for text in ("1 x", "1 %", "1 ms", "1 GB", "1 M", "1") for quantity in quantities(text)}
    known = {f"{side} {cue}" for side in ("left", "right", "next", "then", "sentence") for cue in (*LEXICON, "number")}
    known |= kinds | {f"{kind} in rest" for kind in kinds}
    known |= {"always", "unit of measure", "qualified", "counts", "metric near", "metric follows"}
    known |= {"metric in sentence", "rival in sentence"}
    assert set(WEIGHTS) <= known
