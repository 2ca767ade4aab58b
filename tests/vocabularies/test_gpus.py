import orjson
import pytest

from vocabularies.gpus import gpus
from vocabularies.hardware import entries

FAMILIES = frozenset({"GPU", "NVIDIA Ampere", "NVIDIA data center GPU", "NVIDIA GeForce RTX", "AMD CDNA 2.0"})


def board(name, memory=0.0, manufacturer="NVIDIA", architecture="Ampere", released="2020-05-14", **more):
    return {
        "name": name,
        "manufacturer": manufacturer,
        "architecture": architecture,
        "release_date": released,
        "memory_size_gb": memory,
        "memory_type": "HBM2",
        **more,
    }


@pytest.fixture
def made(tmp_path):
    def made(*boards):
        (tmp_path / "gpus.jsonl").write_bytes(b"\n".join(map(orjson.dumps, boards)))
        return {item.concept.name: item.concept for item in gpus(tmp_path, FAMILIES)}

    return made


def test_a_product_stands_above_its_sizes_and_these_above_its_forms(made):
    found = made(
        board("A100 PCIe 40 GB", 40.0, thermal_design_power_w=250),
        board("A100 SXM4 80 GB", 80.0, thermal_design_power_w=400, released="2020-11-16"),
        board("A100 PCIe 80 GB", 80.0, thermal_design_power_w=300, released="2021-06-28"),
    )
    a100, large, form = (found[name] for name in ("NVIDIA A100", "NVIDIA A100 80GB", "NVIDIA A100 SXM4 80GB"))
    assert a100.broader == ("hardware/nvidia-ampere", "hardware/nvidia-data-center-gpu")
    assert large.broader == (a100.id,)
    assert form.broader == (large.id,)
    assert dict(a100.facts) == {
        "manufacturer": "organization/nvidia",
        "memoryType": "HBM2",
        "releaseDate": "2020-05-14",
    }
    assert dict(large.facts)["memoryGigabytes"] == 80
    assert "powerWatts" not in dict(large.facts)
    assert dict(form.facts)["powerWatts"] == 400
    assert {"A100 80GB", "A100 80 GB", "Tesla A100 80GB"} <= set(large.aliases)
    assert {"A100 SXM4 80GB", "A100 80GB SXM", "NVIDIA A100 80GB SXM4"} <= set(form.aliases)


def test_one_size_is_another_way_to_write_the_product(made):
    found = made(board("GeForce RTX 3090", 24.0))
    assert list(found) == ["NVIDIA GeForce RTX 3090"]
    assert {"RTX 3090", "RTX3090", "NVIDIA RTX 3090", "RTX 3090 24GB"} <= set(found["NVIDIA GeForce RTX 3090"].aliases)


def test_a_bare_code_needs_context(made):
    concept = made(board("Tesla T4", 16.0))["NVIDIA T4"]
    assert concept.risky == ("T4",)
    assert "gpu" in concept.context
    assert {"Tesla T4", "NVIDIA Tesla T4"} <= set(concept.aliases)


@pytest.mark.parametrize(
    ("name", "label", "there"),
    [
        ("GeForce RTX 4090", "4090", True),
        ("GeForce RTX 2080 Ti", "2080 Ti", True),
        ("GeForce GTX 1080", "1080", False),
        ("Quadro RTX 4000", "4000", False),
    ],
)
def test_bare_numbers_are_labels_only_where_they_are_spoken(made, name, label, there):
    (concept,) = made(board(name, 8.0)).values()
    assert (label in concept.risky) is there


def test_a_laptop_s_board_is_another_product(made):
    found = made(board("GeForce RTX 4090"), board("GeForce RTX 4090 Mobile"))
    assert set(found) == {"NVIDIA GeForce RTX 4090", "NVIDIA GeForce RTX 4090 Laptop"}
    assert "RTX 4090 Mobile" in found["NVIDIA GeForce RTX 4090 Laptop"].aliases


@pytest.mark.parametrize(
    "odd",
    [
        board("GeForce 6800", released="2004-04-14"),
        board("GeForce GT 640 OEM"),
        board("Voodoo3 3000", manufacturer="3dfx"),
        board("UHD Graphics 630", manufacturer="Intel"),
    ],
    ids=["too old", "of a maker of computers", "of another vendor", "part of a processor"],
)
def test_boards_that_nobody_computes_with_are_left_out(made, odd):
    assert made(odd) == {}


def test_other_chips_come_with_their_makers_and_what_all_their_forms_share(tmp_path):
    for name in ("gpus", "mlperf_cpus", "fpga_boards", "litex_boards", "riscv_cores"):
        (tmp_path / f"{name}.jsonl").touch()
    chips = [
        {"name": "Huawei Ascend 910", "manufacturer": "Huawei", "tdp_w": 310.0, "process_nm": 7.0},
        {"name": "Huawei Ascend 910 Premium", "manufacturer": "Huawei", "tdp_w": 350.0, "process_nm": 7.0},
        {"name": "MTIA v2", "manufacturer": "Meta", "memory_bytes": 128e9},
    ]
    (tmp_path / "accelerators.jsonl").write_bytes(b"\n".join(map(orjson.dumps, chips)))
    found = {item.concept.name: item.concept for item in entries(tmp_path)["hardware"] if "own" not in item.sources}
    assert dict(found["Huawei Ascend 910"].facts) == {"manufacturer": "organization/huawei", "processNanometres": 7}
    assert dict(found["Huawei Ascend 910 Premium"].facts)["powerWatts"] == 350
    assert dict(found["Meta MTIA v2"].facts) == {"manufacturer": "organization/meta", "memoryGigabytes": 128}
    assert found["Meta MTIA v2"].broader == ("hardware/meta-mtia",)
    assert "MTIA v2" in found["Meta MTIA v2"].aliases
