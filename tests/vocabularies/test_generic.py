import pytest

from vocabularies.entries import entry
from vocabularies.generic import without_generic_heads


@pytest.mark.parametrize(
    ("type", "name", "alias", "counts"),
    [
        ("Method", "Transformer", "Transformer models", False),
        ("Method", "language model", "large language model", True),
        ("Method", "diffusion model", "diffusion", True),
        ("Hardware", "FPGA", "FPGA device", False),
        ("Hardware", "FPGA", "FPGA fabric engine", True),
        ("Task", "parsing", "parsing task", False),
        ("Dataset", "ImageNet", "ImageNet model", True),
    ],
)
def test_an_alias_that_only_adds_a_head_never_counts_by_itself(type, name, alias, counts):
    concept = without_generic_heads(entry(type, name, source="own", aliases=[alias])).concept
    assert (alias in concept.aliases, alias in concept.risky) == (counts, not counts)


def test_with_context_the_label_is_dropped_so_that_the_context_cannot_wake_it():
    item = entry("Method", "SAM", source="own", aliases=["SAM model"], risky=["Sam"], context=["segment"])
    concept = without_generic_heads(item).concept
    assert (concept.aliases, concept.risky) == ((), ("Sam",))
