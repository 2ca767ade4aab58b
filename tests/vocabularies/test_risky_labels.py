"""No label fires on ordinary English: each in a sentence where it is the thing, and in one where it is not."""

import pytest

from kgraph.extraction.gazetteer import Gazetteer
from kgraph.ontology import load_vocabulary
from tests.extraction.reading import doc_of, spans_of

GAZETTEER = Gazetteer(load_vocabulary())

# The concept, its label, a sentence that means it, and one that does not.
SENTENCES = [
    ("software/go", "Go", "The server is a program in the Go language.", "Go players learn to go first."),
    ("software/c-language", "C", "We compile the C code with a compiler.", "Phase C follows phase B in both groups."),
    ("software/r", "R", "The R package is on CRAN.", "The correlation was strong, with R of one half."),
    ("software/swift", "Swift", "An app for iOS in Swift and Kotlin.", "Swift action is what the city needs."),
    ("software/apache-spark", "Spark", "A cluster runs Spark and Hadoop jobs.", "Spark ignition engines are studied."),
    ("software/julia", "Julia", "Numerical code in Julia and Fortran.", "Julia sets have beautiful borders."),
    ("software/scala", "Scala", "The generator is written in Scala for the JVM.", "The opera was given at La Scala."),
    ("software/ruby", "Ruby", "Ruby and Python are dynamic languages.", "Ruby crystals emit red light."),
    ("software/perl", "Perl", "A Perl script parses the logs.", "Perl was the name of the ship."),
    ("software/dart", "Dart", "Flutter apps are programs in Dart.", "Dart throwing trains the arm."),
    ("software/move", "Move", "Smart contracts in Move run on Sui.", "Move the robot to the left."),
    ("software/solidity", "Solidity", "Bugs in Solidity contracts on Ethereum.", "Solidity of the ground is measured."),
    ("software/scratch", "Scratch", "Children learn programming with Scratch.", "Scratch marks damage the lens."),
    ("software/lean", "Lean", "A proof in Lean of the theorem.", "Lean manufacturing saves material."),
    ("software/chisel", "Chisel", "An RTL generator in Chisel emits Verilog.", "Chisel and hammer shape the stone."),
    ("software/ray", "Ray", "Ray schedules distributed Python workers.", "Ray optics explains the rainbow."),
    ("software/triton", "Triton", "Kernels in Triton reach the speed of CUDA.", "Triton is a moon of Neptune."),
    ("software/unity", "Unity", "A simulator in the Unity game engine.", "Unity of purpose holds teams together."),
    ("software/metal", "Metal", "A backend for Metal on Apple devices.", "Metal surfaces corrode in rain."),
    ("software/windows", "Windows", "Malware for Windows and Linux.", "Windows let heat out of a house."),
    ("software/cursor-ide", "Cursor", "Developers write code with Cursor and Copilot.", "Cursor keys move the map."),
    ("software/caffe", "Caffe", "Deep learning frameworks such as Caffe.", "Caffe latte costs more than tea."),
    ("software/halide", "Halide", "A schedule for the Halide compiler.", "Halide perovskites make solar cells."),
    ("software/prophet", "Prophet", "Forecasting with Prophet and ARIMA.", "The prophet spoke to the people."),
    ("software/blender", "Blender", "Scenes rendered with Blender in 3D.", "A blender mixes the soup."),
    ("hardware/arm", "Arm", "Arm and x86 processors differ.", "Arm movements of the patient are tracked."),
    ("hardware/nvidia-ampere", "Ampere", "GPUs of the Ampere architecture.", "Ampere found the law of two currents."),
    ("hardware/nvidia-hopper", "Hopper", "Tensor cores of Hopper GPUs.", "Hopper cars carry grain."),
    (
        "hardware/nvidia-turing",
        "Turing",
        "NVIDIA GPUs of the Turing generation.",
        "Turing asked whether machines think.",
    ),
    (
        "hardware/nvidia-pascal",
        "Pascal",
        "The Pascal generation of GPUs by NVIDIA.",
        "Pascal studied the triangle of numbers.",
    ),
    ("hardware/nvidia-v100", "V100", "Training took a day on one V100 GPU.", "The vase V100 stands in room two."),
    ("hardware/nvidia-t4", "T4", "Inference on a T4 GPU of NVIDIA.", "Patients with T4 tumours were left out."),
    ("hardware/nvidia-l4", "L4", "An L4 GPU serves the model.", "Pain began at the L4 vertebra."),
    (
        "hardware/frontier-supercomputer",
        "Frontier",
        "It scales to all of the Frontier supercomputer.",
        "Frontier towns grew in the west.",
    ),
    (
        "hardware/aurora-supercomputer",
        "Aurora",
        "Nodes of the Aurora supercomputer.",
        "Aurora lights the northern sky.",
    ),
    (
        "hardware/summit-supercomputer",
        "Summit",
        "GPUs of the Summit supercomputer.",
        "Summit meetings end with a paper.",
    ),
    ("dataset/iris-dataset", "Iris", "The Iris dataset has three classes.", "Iris patterns tell people apart."),
    ("dataset/c4", "C4", "Language models trained on the C4 corpus.", "The C4 pathway of plants is efficient."),
    ("dataset/kinetic", "Kinetics", "Action videos of the Kinetics dataset.", "Kinetics of the reaction are slow."),
    ("dataset/place", "Places", "Scenes of the Places dataset.", "Places of worship are old."),
    ("dataset/spider", "Spider", "Text-to-SQL on the Spider benchmark.", "Spider silk is strong."),
    ("dataset/race", "RACE", "Reading comprehension on the RACE benchmark.", "RACE is a word in capitals here."),
    ("dataset/math", "MATH", "Accuracy on the MATH benchmark.", "MATH is fun, said the poster."),
    ("dataset/steam", "Steam", "Recommendation on the Steam dataset.", "Steam turbines make power."),
    ("method/falcon", "Falcon", "LLMs such as Falcon are open.", "Falcon flights were observed."),
    ("method/alpaca", "Alpaca", "Instruction-tuned LLMs such as Alpaca.", "Alpaca wool is warm."),
    ("method/vicuna", "Vicuna", "A chat LLM such as Vicuna.", "Vicuna herds live in the Andes."),
    ("method/orca-model", "Orca", "Small LLMs such as Orca.", "Orca pods hunt together."),
    ("method/chinchilla", "Chinchilla", "Scaling laws of the Chinchilla model.", "Chinchilla fur is soft."),
    ("method/flamingo", "Flamingo", "Vision-language models such as Flamingo.", "Flamingo colonies breed late."),
    ("method/gato", "Gato", "A generalist agent such as Gato.", "El Gato is a town."),
    ("method/whisper", "Whisper", "Speech recognition with the Whisper model.", "Whisper galleries carry sound."),
    ("organization/apple", "Apple", "A phone made by the company Apple.", "Apple trees need pruning."),
    ("organization/meta", "Meta", "Companies such as Google and Meta built it.", "Meta stability of the phase."),
    ("organization/oracle", "Oracle", "A database company such as Oracle.", "Oracle inequalities are proved."),
    ("organization/shell-plc", "Shell", "An oil company such as Shell.", "Shell structures are thin."),
    ("organization/snowflake", "Snowflake", "A data warehouse of the company Snowflake.", "Snowflake crystals grow."),
    ("organization/tesla", "Tesla", "Cars of the maker Tesla drive.", "Tesla coils make sparks."),
]


def labels_of(text):
    return {(written.split()[0], id) for written, _, id in spans_of(GAZETTEER(doc_of(text)))}


@pytest.mark.parametrize(("id", "label", "meant", "other"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_a_risky_label_counts_only_where_it_is_meant(id, label, meant, other):
    assert (label, id) in labels_of(meant)
    assert id not in {found for _, found in labels_of(other)}


@pytest.mark.parametrize(
    "text",
    [
        "Coco is a film about music.",
        "The sun shines on the glue of the old map.",
        "We go from a to c and r.",
        "A spark of hope, a ray of light, a swift answer.",
        "They place the order in the box and leave a trace.",
        "Lime trees, orange roofs, and a falcon above.",
        "She was lean and strong, and he cut the stone with a chisel.",
        "Time, speed and cost of travel are what counts.",
    ],
)
def test_words_of_everyday_are_no_names(text):
    assert {id.partition("/")[0] for _, id in labels_of(text)} <= {"metric", "task"}
