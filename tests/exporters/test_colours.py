from itertools import combinations

import numpy
import pytest

from kgraph.exporters.colours import DARK, LIGHT, legend
from kgraph.ontology import load_ontology

# What the eye sees that lacks one of the three cones: Machado, Oliveira and Fernandes (2009), severity 1.
EYES = {
    "all three": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "no long waves": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "no middle waves": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "no short waves": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
OKABE_ITO = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#F0E442", "#56B4E9")


def linear(colour):
    shares = numpy.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return numpy.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def oklab(light):
    """Where a colour stands in a space in which distance is difference (Ottosson 2020)."""
    cones = [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
             [0.0883024619, 0.2817188376, 0.6299787005]]  # fmt: skip
    axes = [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660]]  # fmt: skip
    return numpy.array(axes) @ numpy.cbrt(numpy.array(cones) @ numpy.clip(light, 0, 1))


def nearest(colours, eye):
    seen = [oklab(numpy.array(EYES[eye]) @ linear(colour)) for colour in colours]
    return min(float(numpy.linalg.norm(a - b)) for a, b in combinations(seen, 2))


@pytest.mark.parametrize("eye", sorted(EYES))
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_any_eye_tells_the_types_apart(palette, eye):
    types = legend({"Paper", *load_ontology().types}, load_ontology())
    papers = {LIGHT: types[-1]["light"], DARK: types[-1]["dark"]}[palette]
    worst = min(nearest(OKABE_ITO, other) for other in EYES)
    assert nearest((*palette, papers), eye) >= 0.95 * worst, "as far apart as in the palette of Okabe and Ito"


def test_types_unknown_to_the_ontology_have_a_colour_of_their_own():
    types = legend({"Method", "Apparition", "Paper"}, load_ontology())
    assert [type["name"] for type in types] == ["Method", "Apparition", "Paper"]
    assert len({type["light"] for type in types}) == 3
