"""Head words: what a noun phrase is, told by its last word, and which words before it change that.

General words of the field, no names: a phrase that ends in *quantization* is a method, one that
ends in *consumption* a metric. A head stands here if, on half of the annotated corpus, about
three in ten of the phrases that end in it and that no vocabulary knows are what the table says;
below that, it would cost more in wrong entities than it finds.
"""

from __future__ import annotations

import re

from kgraph.text import singular

__all__ = [
    "ALONE",
    "BOUND_ADJECTIVES",
    "HEADS",
    "METRIC_MODIFIERS",
    "MOMENTS",
    "NO_METRIC",
    "ONLY_BEHIND",
    "head_type",
]

HEADS = {
    word: kind
    for kind, words in {
        "Method": """
            training inference learning quantization quantisation dequantization attention self-attention
            cross-attention distillation parallelism multiplication transformer field sampling decoding convolution
            pruning scheduling fusion coding augmentation offloading head sparsification sparsity regularization
            normalization approximation decomposition factorization transformation transform batching checkpointing
            pooling autoencoder perceptron binarization curriculum eviction disaggregation reordering dataflow
            backpropagation prefill prefilling gating hashing injection descent regression graph clustering matching
            merging sharing splatting prompting discretization vectorization ensembling pipelining prefetching
            memoization preconditioning softmax gemm dropout finetuning bootstrapping tiling encoding projection
            deduplication recomputation planning arithmetic pyramid adapter bandit annealing automaton automata
            autoregression interpolation forest
        """,
        "Task": """
            generation detection classification segmentation recognition prediction answering estimation discovery
            extraction identification translation forecasting summarization captioning understanding driving
            restoration inpainting super-resolution deblurring dehazing odometry navigation manipulation creation
            transpilation grounding vision robotics management editing monitoring perception parallelization
            assessment comprehension counting dialogue dialog tracking conferencing sensing localization localisation
            recommendation making diagnosis rendering labeling authentication compilation automation surveillance
            customization personalization disambiguation parsing summarisation animation upscaling colorization
            registration removal completion inspection transcription playing matting matchmaking moderation debugging
            repair
        """,
        "Metric": """
            accuracy latency throughput consumption cost utilization footprint rate bandwidth saving speedup
            perplexity leakage fidelity time emission variance entropy flops fps psnr ssim fid bleu miou auc auroc
            recall f1 rmse mae mse mape wer ttft tpot density expenditure dissipation jitter energy occupancy
            endurance
        """,
    }.items()
    for word in words.split()
}  # fmt: skip
"""What a phrase that ends in this word is, by the singular of the word."""

ALONE = frozenset("""
quantization quantisation dequantization attention self-attention cross-attention distillation transformer decoding
convolution pruning prefill prefilling softmax backpropagation binarization sparsification clustering prompting
regularization normalization finetuning hashing eviction dataflow gemm memoization
segmentation recommendation robotics summarization inpainting super-resolution deblurring transpilation odometry
captioning navigation forecasting parallelization
accuracy latency throughput speedup perplexity bandwidth flops fps psnr ssim fid bleu miou auc auroc rmse mae mse mape
wer ttft tpot energy recall
""".split())  # fmt: skip
"""Heads that name a thing by themselves."""

_DEFINED = HEADS | {
    word: kind
    for kind, words in {
        "Method": """
            scaling tuning network function search gradient cache guidance pretraining encoder layer llm vlm lm cnn
            rnn gnn snn rag optimization computation intelligence communication allocation model algorithm method
            approach framework mechanism module block strategy scheme agent policy architecture machine system kernel
            index estimator solver process theory format code embedding representation control loss mixture term
        """,
        "Task": """
            inference serving training processing analysis reasoning retrieval synthesis modeling modelling
            enhancement selection verification simulation reconstruction annotation testing alignment problem
        """,
        "Metric": """
            quality overhead frequency efficiency score complexity usage speed correctness error ratio precision power
            delay distance index requirement capacity area length size
        """,
        "Hardware": """
            unit memory gpu cpu tpu npu fpga asic soc chip circuit array engine core bus ram accelerator processor
            microcontroller coprocessor supercomputer interconnect sensor camera
        """,
        "Dataset": "dataset benchmark corpus challenge",
        "Software": "library compiler simulator runtime toolkit language platform",
    }.items()
    for word in words.split()
}  # fmt: skip
"""What a long form is that a paper abbreviates: there a head may be as general as it likes."""

ONLY_BEHIND = {
    "training": frozenset("pre post co self adversarial mixed aware precision instruction".split()),
    "inference": frozenset("speculative causal variational bayesian active statistical collaborative split".split()),
}
"""Heads of methods, but only with one of these words before them: *adversarial training*."""

METRIC_MODIFIERS = frozenset("""
inference memory communication computational compute training test validation classification detection prediction
segmentation recognition retrieval reasoning answer translation forecasting reconstruction diagnostic factual functional
semantic decoding query response access execution token generation network i/o tail hardware predictive balanced
localization estimation pixel top-1 top-5 rank-1 zero-shot few-shot exact-match off-chip on-chip interconnect dram hbm
pcie ram storage mean bin syntactic energy request simulation kernel serving prefill decode round-trip wall-clock
""".split())  # fmt: skip
"""Words that make another measure of one that stands alone: *inference latency*; not *human accuracy*."""

NO_METRIC = frozenset("model performance latency accuracy dequantization batch level network user".split())
"""Words that do not make a measure of what follows them."""

MOMENTS = frozenset("real test compile run design inference train training deployment".split())
"""*Real-time*, *test-time compute*, *at inference time*: a moment, no measure."""

BOUND_ADJECTIVES = {
    adjective: frozenset(nouns.split())
    for adjective, nouns in {
        "long": "video context sequence document form horizon tail range term text short",
        "short": "term text form",
        "novel": "view",
        "large": "language vision multimodal reasoning model audio speech",
        "small": "language object",
        "low": "rank bit precision light resource",
        "high": "dimensional performance order",
        "full": "fine precision duplex",
        "single": "image cell",
        "open": "vocabulary world set domain ended",
        "multiple": "instance object",
        "peak": "memory",
        "next": "token",
        "quadratic": "programming",
        "public": "key",
    }.items()
}
"""Generic adjectives that belong to the name before these words: *long video generation*."""

_OF_UNITS = frozenset("processing control controller execution compute arithmetic vector tensor neural matrix".split())
_BEHIND_THE_HEAD = re.compile(r" (?:of|for|with|in|via|from|on|to|by|through|using) ")


def head_type(phrase: str) -> str | None:
    """What a phrase is by its last word; None where that word tells nothing.

    >>> head_type("spiking neural networks"), head_type("analysis of variance"), head_type("energy-delay product")
    ('Method', 'Task', None)
    """
    words = re.findall(r"\w+", _BEHIND_THE_HEAD.split(phrase.lower(), maxsplit=1)[0])
    stems = [singular(word) for word in words[-2:]]
    if stems == ["term", "memory"] or (stems[-1:] == ["unit"] and _OF_UNITS.isdisjoint(stems)):
        return "Method"
    return _DEFINED.get(stems[-1]) if stems else None
