import gzip

import orjson
from hypothesis import given
from hypothesis import strategies as st

from vocabularies import ordinary
from vocabularies.entries import entry


def test_the_list_follows_its_rule():
    lines = ordinary._LIST.read_text(encoding="utf-8").splitlines()
    for line in lines:
        label, lower, anyhow = line.split("\t")
        assert label == label.lower()
        assert int(lower) >= 4
        assert 0.03 <= int(lower) / int(anyhow) <= 1
    assert lines == sorted(lines, key=lambda line: line.split("\t")[0])


def test_words_are_ordinary_and_names_are_not():
    assert {"accuracy", "accelerate", "active learning"} <= ordinary.ordinary()
    assert ordinary.ordinary().isdisjoint({"imagenet", "pytorch", "cifar-10"})


@given(st.lists(st.text("aAb -", max_size=12), max_size=6))
def test_a_label_is_counted_once_a_text(texts):
    lower, anyhow = ordinary.count(["a"], texts)
    assert lower["a"] == sum("a" in text.replace("-", " ").split() for text in texts)
    assert anyhow["a"] == sum("a" in text.lower().replace("-", " ").split() for text in texts)


def test_the_list_is_made_from_lower_case_in_abstracts(tmp_path, monkeypatch):
    texts = ["We go far."] * 4 + ["The Go language."] + ["See https://example.org/zip and zip@example.org"] * 9
    with gzip.open(tmp_path / "unlabelled-1.jsonl.gz", "wb") as file:
        file.writelines(orjson.dumps({"abstract": text}) + b"\n" for text in texts)
    found = {"software": [entry("Software", name, source="own") for name in ("Go", "Zip", "Far", "C4")]}
    monkeypatch.setattr("vocabularies.build.gathered", lambda _: found)
    monkeypatch.setattr(ordinary, "_LIST", tmp_path / "ordinary.txt")
    ordinary.main(tmp_path, tmp_path)
    assert (tmp_path / "ordinary.txt").read_text() == "far\t4\t4\ngo\t4\t5\n"
