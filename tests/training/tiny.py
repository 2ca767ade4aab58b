"""A tiny encoder and a few annotated papers in our own words: enough to run the whole of training in seconds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TEXTS = [
    ("{m}: fast {t} on {h}", "We present {m}, a compact model for {t}. {m} runs on {h} and reaches {v} accuracy."),
    ("Scaling {t} with {m}", "{m} is a new approach to {t}. On an {h} it gains {v} accuracy over the baseline."),
    ("{m} for {t}", "Slow hardware limits {t}. We propose {m}. Measured on {h}, its accuracy is {v}."),
]
METHODS = ["TinyNet", "QuickFormer", "LeafConv", "PineLSTM"]
TASKS = ["object detection", "speech recognition", "code generation"]
HARDWARE = ["FPGA", "GPU", "TPU"]


def annotated_papers() -> list[dict[str, Any]]:
    """Thirty-six papers that one could read: a method, a task, a piece of hardware, a metric and a result each."""
    papers = []
    for number in range(36):
        names = {
            "m": METHODS[number % 4],
            "t": TASKS[number % 3],
            "h": HARDWARE[number // 3 % 3],
            "v": f"{60 + number}.{number % 10}%",
        }
        title, abstract = (part.format(**names) for part in TEXTS[number // 12])
        text = f"{title}\n{abstract}"
        kinds = [
            (names["m"], "Method", "proposes"),
            (names["t"], "Task", "addresses"),
            (names["h"], "Hardware", "runsOn"),
            ("accuracy", "Metric", "reports"),
        ]
        papers.append(
            {
                "id": f"tiny-{number}",
                "title": f"{title}",
                "abstract": abstract,
                "entities": [
                    {"name": name, "type": type, "role": role, "mentions": mentions(text, name)}
                    for name, type, role in kinds
                ],
                "relations": [
                    {"subject": names["m"], "predicate": "usedFor", "object": names["t"]},
                    {"subject": names["m"], "predicate": "runsOn", "object": names["h"]},
                ],
                "results": [
                    {"entity": names["m"], "metric": "accuracy", "value": names["v"], "on": names["h"], "versus": None}
                ],
            }
        )
    return papers


def mentions(text: str, name: str) -> list[dict[str, Any]]:
    """Every place where the name stands."""
    made, at = [], text.find(name)
    while at >= 0:
        made.append({"start": at, "end": at + len(name), "text": name})
        at = text.find(name, at + 1)
    return made


def write_papers(path: Path, papers: list[dict[str, Any]] | None = None) -> Path:
    path.write_text("".join(json.dumps(paper) + "\n" for paper in papers or annotated_papers()), encoding="utf-8")
    return path


def write_base(folder: Path) -> Path:
    """A BERT of two narrow layers with random weights, and a tokenizer that knows the letters and a few words."""
    import torch
    from safetensors.torch import save_file
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    letters = "abcdefghijklmnopqrstuvwxyz0123456789.,:%-"
    pieces = ["[PAD]", "[UNK]", *(f"[unused{n}]" for n in range(99)), "[CLS]", "[SEP]", "[MASK]"]
    pieces += [*letters, *(f"##{letter}" for letter in letters)]
    words = " ".join(title + " " + abstract for title, abstract in TEXTS).lower()
    pieces += sorted(
        {word for word in words.replace(".", " ").replace(",", " ").split() if word.isalpha() and len(word) > 1}
    )
    tokenizer = Tokenizer(models.WordPiece({piece: n for n, piece in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    folder.mkdir()
    tokenizer.save(str(folder / "tokenizer.json"))
    width, inner = 32, 64
    config = {
        "vocab_size": len(pieces),
        "hidden_size": width,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "intermediate_size": inner,
        "max_position_embeddings": 128,
        "layer_norm_eps": 1e-12,
    }
    (folder / "config.json").write_text(json.dumps(config))
    torch.manual_seed(0)
    sizes = {"word": len(pieces), "position": 128, "token_type": 2}
    weights = {f"embeddings.{name}_embeddings.weight": torch.randn(size, width) for name, size in sizes.items()}

    def add(name: str, outputs: int, inputs: int | None) -> None:
        shape = (outputs, inputs) if inputs else (outputs,)
        weights[f"{name}.weight"] = torch.randn(shape) * 0.1 if inputs else torch.ones(shape)
        weights[f"{name}.bias"] = torch.zeros(outputs)

    add("embeddings.LayerNorm", width, None)
    for layer in range(2):
        at = f"encoder.layer.{layer}"
        for part in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            add(f"{at}.{part}", width, width)
        add(f"{at}.attention.output.LayerNorm", width, None)
        add(f"{at}.intermediate.dense", inner, width)
        add(f"{at}.output.dense", width, inner)
        add(f"{at}.output.LayerNorm", width, None)
    save_file(weights, folder / "model.safetensors")
    return folder
