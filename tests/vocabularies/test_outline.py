import pytest

from vocabularies.outline import OutlineError, parse_outline


def concepts(*lines, type="Hardware"):
    return {entry.concept.name: entry.concept for entry in parse_outline(type, "\n".join(lines))}


def test_indentation_is_the_tree():
    found = concepts("processor", "  GPU | graphics card", "    NVIDIA GPU", "  CPU")
    assert found["GPU"].broader == found["CPU"].broader == ("hardware/processor",)
    assert found["NVIDIA GPU"].broader == ("hardware/gpu",)
    assert found["GPU"].aliases == ("graphics card",)


def test_comments_and_empty_lines_are_passed_over():
    assert list(concepts("# kinds", "", "processor", "  # below", "  GPU")) == ["processor", "GPU"]


def test_siblings_stand_below_their_line_or_below_the_line_above():
    found = concepts("memory", "  LPDDR > LPDDR4 | LPDDR5 = LPDDR-5", "  > HBM | SRAM = static RAM")
    assert found["LPDDR5"].broader == ("hardware/lpddr",)
    assert found["LPDDR5"].aliases == ("LPDDR-5",)
    assert found["HBM"].broader == found["SRAM"].broader == ("hardware/memory",)


def test_marks_tell_what_is_risky_and_what_never_counts():
    found = concepts("?Go | Golang | !the language :: {compiler, language}", "!place", type="Software")
    assert found["Go"].risky == ("Go", "the language")
    assert found["Go"].context == ("compiler", "language")
    assert (found["place"].risky, found["place"].context) == (("place",), ())


def test_maker_and_context_hold_for_the_lines_below_until_others_are_named():
    found = concepts(
        "[boards] :: @NVIDIA; {gpu}",
        "  ?T4",
        "    ?L4 :: @AMD",
        "    plain :: @-",
        "other",
    )
    assert dict(found["T4"].facts) == {"manufacturer": "organization/nvidia"}
    assert dict(found["L4"].facts) == {"manufacturer": "organization/amd"}
    assert found["L4"].context == ("gpu",)
    assert found["plain"].facts == found["other"].facts == ()
    assert "boards" not in found


def test_a_model_is_made_by_somebody():
    assert concepts("GPT-4 :: @OpenAI", type="Method")["GPT-4"].facts == (("madeBy", "organization/openai"),)


def test_further_broader_concepts_and_facts():
    found = concepts("GPU", "  A100 :: ^Tensor Core GPU; memoryGigabytes=40; releaseDate=2020-05")
    assert found["A100"].broader == ("hardware/gpu", "hardware/tensor-core-gpu")
    assert found["A100"].facts == (("memoryGigabytes", 40), ("releaseDate", "2020-05"))


def test_a_heading_hands_down_broader_concepts():
    found = concepts("[famous] :: ^supercomputer", "  Frontier", "  > Aurora | Summit")
    assert {concept.broader for concept in found.values()} == {("hardware/supercomputer",)}


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["GPU", "   A100"], "hardware.txt:2: indent by 2 spaces"),
        (["GPU", "    A100"], "hardware.txt:2: indent by 2 spaces"),
        (["GPU", "  ?A100"], "hardware.txt:2: '?A100' has a risky label and no context words"),
        (["GPU | "], "hardware.txt:1: a label is empty"),
        (["GPU | ? | card :: {board}"], "hardware.txt:1: a label is empty"),
        (["?GPU :: {fine-tuning}"], "hardware.txt:1: the context word 'fine-tuning' can never be met"),
        (["GPU :: made by somebody"], "hardware.txt:1: 'made by somebody' is no maker"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(lines, message):
    with pytest.raises(OutlineError, match=message.replace("?", r"\?")):
        list(parse_outline("Hardware", "\n".join(lines), where="hardware.txt"))
