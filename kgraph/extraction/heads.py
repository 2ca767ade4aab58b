"""Head words: what a noun phrase is, told by its last word, and which words before it change that.

General words of the field, no names: a phrase that ends in *quantization* is a method, one that
ends in *consumption* a metric. A head stands here if, on half of the annotated corpus, at least
three in ten phrases that end in it are what the table says; below that, adding it would cost more
wrong entities than it finds.
"""

from __future__ import annotations

import re

from kgraph.text import singular

__all__ = [
    "ALONE",
    "BOUND_ADJECTIVES",
    "HEADS",
    "METHODS",
    "METRIC_MODIFIERS",
    "MOMENTS",
    "NO_METRIC",
    "PAID",
    "head_type",
]

HEADS = {
    word: kind
    for kind, words in {
        "Method": """
            learning quantization quantisation dequantization attention self-attention cross-attention distillation
            parallelism network multiplication tuning transformer cache field sampling decoding convolution pruning
            scheduling fusion coding augmentation offloading head sparsification sparsity regularization normalization
            approximation decomposition factorization transformation transform batching checkpointing pooling
            autoencoder perceptron binarization curriculum eviction disaggregation reordering dataflow
            backpropagation prefill prefilling gating hashing injection descent regression graph clustering matching
            merging sharing splatting prompting discretization vectorization ensembling pipelining prefetching
            memoization preconditioning softmax gemm dropout pretraining finetuning bootstrapping tiling
            encoding scaling guidance projection deduplication recomputation planning
            arithmetic pyramid adapter search layer function encoder
            bandit annealing automaton automata autoregression interpolation forest gradient
        """,
        "Task": """
            inference generation detection reasoning classification segmentation recognition prediction answering
            retrieval estimation serving discovery extraction identification translation forecasting summarization
            captioning understanding driving restoration inpainting super-resolution deblurring dehazing odometry
            navigation manipulation creation transpilation grounding vision robotics training management processing
            selection synthesis editing analysis monitoring perception enhancement parallelization
            assessment comprehension counting dialogue dialog tracking modeling modelling conferencing
            sensing localization localisation recommendation making diagnosis rendering labeling
            authentication compilation automation surveillance customization personalization
            disambiguation parsing summarisation animation upscaling colorization registration
            removal completion inspection transcription playing matting matchmaking moderation debugging repair
        """,
        "Metric": """
            accuracy latency throughput efficiency consumption cost usage utilization footprint speed rate complexity
            bandwidth quality overhead score saving speedup perplexity leakage frequency fidelity time
            emission variance entropy flops fps psnr ssim fid bleu miou auc auroc recall
            f1 rmse mae mse mape wer ttft tpot correctness density expenditure dissipation
            jitter energy occupancy endurance
        """,
        "Hardware": "accelerator processor microcontroller coprocessor supercomputer interconnect sensor camera",
    }.items()
    for word in words.split()
}  # fmt: skip
"""What a phrase that ends in this word is, by the singular of the word."""

ALONE = frozenset("""
quantization quantisation dequantization attention self-attention cross-attention distillation transformer decoding
convolution pruning prefill prefilling softmax backpropagation binarization sparsification clustering prompting
regularization normalization finetuning pretraining hashing eviction dataflow gemm memoization
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
            llm vlm lm cnn rnn gnn snn rag optimization computation intelligence communication allocation
            model algorithm method approach framework mechanism module block strategy scheme agent policy architecture
            machine system kernel index unit estimator solver process theory format code embedding representation
            memory control error-correction loss
        """,
        "Task": "verification simulation reconstruction annotation testing alignment problem",
        "Metric": "error ratio precision power delay distance index requirement capacity area length size",
        "Hardware": "gpu cpu tpu npu fpga asic soc chip circuit array engine core bus ram",
        "Dataset": "dataset benchmark corpus challenge",
        "Software": "library compiler simulator runtime toolkit interface language platform",
    }.items()
    for word in words.split()
}  # fmt: skip
"""What a long form is that a paper abbreviates: there a head may be as general as it likes."""

METHODS = {
    "training": frozenset("pre post co self adversarial mixed aware precision instruction".split()),
    "inference": frozenset("speculative causal variational bayesian active statistical collaborative split".split()),
    "reasoning": frozenset("latent chain-of-thought implicit".split()),
}
"""Heads of tasks that are techniques with one of these words before them: *post-training*."""

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

PAID = frozenset("""
significant considerable increasing much little more great growing substantial widespread enough special particular
close less insufficient full extensive
""".split())  # fmt: skip
"""Before *attention* as people pay it."""

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
        "parameter": "efficient",
        "peak": "memory",
        "quadratic": "programming",
        "public": "key",
    }.items()
}
"""Generic adjectives that belong to the name before these words: *long video generation*."""


def head_type(phrase: str) -> str | None:
    """What a phrase is by its last word; None where that word tells nothing.

    >>> head_type("spiking neural networks"), head_type("state space model"), head_type("energy-delay product")
    ('Method', 'Method', None)
    """
    words = re.findall(r"\w+", phrase.lower())
    return _DEFINED.get(singular(words[-1])) if words else None
