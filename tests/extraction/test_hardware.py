import pytest

from kgraph.extraction.hardware import another_model, core_name, find_part_numbers, product_name, widen


def parts(text):
    return [text[found.start : found.end] for found in find_part_numbers(text)]


@pytest.mark.parametrize(
    "mention",
    [
        "NVIDIA GeForce RTX 5090", "RTX A6000", "GTX 1080 Ti", "RTX 4090 Laptop GPU", "RTX PRO 6000 Blackwell",
        "Tesla V100", "Quadro RTX 8000", "Jetson AGX Orin", "NVIDIA Jetson Orin Nano Super", "Jetson TX2", "DGX A100",
        "AMD Instinct MI300X", "Radeon RX 7900 XTX", "AMD EPYC 7763", "Ryzen AI 9", "Versal AI Edge", "Alveo U280",
        "Zynq UltraScale+ MPSoC", "Xilinx Zynq-7000", "XCVU9P", "xc7z020clg400-1", "ZCU104", "PYNQ-Z2", "VCK190 board",
        "Intel Xeon Gold 6248R CPU", "Xeon E5-2690 v4", "Core i7-12700K", "Intel Stratix 10 NX", "Arria 10 GX 1150",
        "Loihi 2", "Gaudi 3", "Sapphire Rapids", "Arm Cortex-M4", "Cortex-A72", "Neoverse V2", "Ethos-U55", "ARMv8-A",
        "RISC-V processor", "RV32IMC", "Raspberry Pi 4B", "Raspberry Pi Zero 2 W"[:17], "STM32F746", "ESP32-S3",
        "nRF52840", "MAX78000", "GAP9", "RP2040", "Arduino Nano 33 BLE Sense", "Cloud TPU v4", "TPUv5e", "Edge TPU",
        "Huawei Ascend 910B", "Trainium2", "Hailo-8", "Qualcomm Snapdragon 8 Gen 3", "Adreno 740", "Apple M2 Ultra",
        "DDR5-4800", "LPDDR5X", "GDDR6", "HBM3e", "NVLink 4.0", "PCIe Gen 4", "PCIe 5.0 x16", "CXL 2.0", "HoloLens 2",
    ],
)  # fmt: skip
def test_a_designation_is_found_whole(mention):
    assert parts(f"We use {mention}, which is new.") == [mention]


@pytest.mark.parametrize(
    "text",
    [
        "a versatile core", "the A10 motorway", "see Table M4", "my raspberry pie", "an MI of 300", "p100 of them",
        "https://example.org/RTX4090", "x RTX", "the Pi", "TPU", "version i7", "in DDR", "ascend the hill",
    ],
)  # fmt: skip
def test_what_is_no_designation(text):
    assert parts(text) == []


def test_a_card_by_letter_and_number_needs_vendor_or_class_noun():
    assert parts("A100 against H200 GPUs and the NVIDIA L40S") == ["H200 GPUs", "NVIDIA L40S"]


def test_a_possessive_vendor_belongs_to_the_mention():
    assert parts("on NVIDIA's Jetson Nano") == ["NVIDIA's Jetson Nano"]


def test_only_a_vendor_directly_before_is_taken():
    text = "NVIDIA makes the A100 GPU"
    assert text[slice(*widen(text, 17, 21))] == "A100 GPU"


def test_what_follows_makes_another_model():
    assert another_model("RTX 4070 Ti", 8)
    assert another_model("RTX 4090 Laptop", 8)
    assert not another_model("RTX 4090 GPU", 8)
    assert not another_model("RTX 4090 Titles", 8)


@pytest.mark.parametrize(
    ("mention", "product", "core"),
    [
        ("NVIDIA A100 80GB GPUs", "NVIDIA A100", "A100"),
        ("A100-80GB", "A100", "A100"),
        ("Jetson Nano board", "Jetson Nano", "Jetson Nano"),
        ("NVIDIA GPUs", "NVIDIA GPUs", "NVIDIA GPUs"),
        ("Apple's M1", "Apple's M1", "M1"),
        ("GPU", "GPU", "GPU"),
        ("RISC-V processor", "RISC-V processor", "RISC-V processor"),
    ],
)
def test_names_of_products(mention, product, core):
    assert product_name(mention) == product
    assert core_name(mention) == core
