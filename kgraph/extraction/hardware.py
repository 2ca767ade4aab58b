"""Part numbers: families of processors, boards, memories and links that no list exhausts.

The grammars say what a family's designations look like (``XCVU9P``, ``Xeon Gold 6248R``,
``STM32F746``, ``RTX 50xx``), so that next year's product is found as well. A mention of hardware
takes the vendor before it and the class noun behind it: *NVIDIA A100 GPUs*. Every repetition is
bounded, so that reading stays linear in the text.
"""

from __future__ import annotations

import re

from kgraph.extraction.evidence import PART_NUMBER
from kgraph.extraction.marks import Found, longest

__all__ = ["another_model", "core_name", "find_part_numbers", "product_name", "widen"]

_GRAMMARS = (
    # NVIDIA
    (
        r"(?:GeForce )?(?:RTX|GTX)(?: PRO)?[ ~-]?A?\d{3,4}(?: ?(?:Ti|TI|SUPER|Super|D)\b)?"
        r"(?: (?:Ada(?: Generation)?|Laptop|Mobile|Max-Q|Blackwell)\b){0,3}"
    ),
    r"(?:Tesla|Quadro)(?: RTX)? ?[A-Z]{0,2}\d{2,4}\w{0,4}",
    r"Jetson(?:[ -](?:AGX|TX\d|TK1|Orin|Xavier|Nano|Thor|NX|Super|Developer Kit|Dev Kit|Series|\d{1,3} ?GB)\b){0,5}",
    r"(?:Orin|Xavier) (?:NX|Nano|AGX)|BlueField(?:-\d)?",
    r"(?:DGX|HGX)(?:[ -](?:[A-Z]{1,2}\d{1,4}|Spark|Station|SuperPOD))?",
    # AMD and Xilinx
    r"(?:Instinct )?MI\d{2,3}[A-Z]?",
    r"Radeon(?: (?:RX|Pro|PRO|VII|Vega|HD|R\d)\b){0,3}(?: \w{0,6}\d\w{0,6})?(?: XTX?)?",
    r"(?:EPYC|Epyc|Ryzen|Threadripper)(?: (?:AI|Threadripper|PRO|Pro|Max|\d(?!\w))){0,3}(?: \w{0,4}\d{2}\w{0,6})?",
    r"Versal(?: (?:AI|Core|Edge|Premium|HBM|Prime|ACAP|RF)\b){0,2}(?: V\w?\d{1,4})?|Alveo(?: [UV]\d{1,3}\w?)?",
    (
        r"(?:Zynq|Virtex|Kintex|Artix|Spartan)(?:[ -]?(?:7000|[67])(?!\d))?(?:[ -]?[Uu]ltra[Ss]cale\+?)?"
        r"(?: (?:MPSoC|RFSoC|SoC)\b)?(?: (?:ZCU|XC|xc|VU|KU|ZU|ZC|VC|KC)\w{1,12}(?:-\w{1,8})?)?"
    ),
    r"(?:XC|xc)(?:[67][a-z]|VU|KU|ZU|VC|VE|VP|VM|Z|A|S)\w{0,8}\d\w{0,8}(?:-\w{1,8}){0,3}",
    r"(?:ZCU|VCU|KCU|VCK|VMK|VPK|VEK)\d{3}|(?:PYNQ|Pynq)-Z[12]|Kria(?: K[VRD]2\d\d?)?|K[VR]260|ZC70[26]|ZedBoard",
    r"Ultra96(?:[ -]?[vV]2)?",
    # Intel
    (
        r"Xeon(?: (?:Gold|Platinum|Silver|Bronze|Phi|Max|Scalable|E\d?|W|D|CPU Max)\b){0,3}"
        r"(?:[ -]?(?:[EWD]\d?-)?\d{4}\w{0,3}\+?)?(?: v\d)?"
    ),
    r"Core i[3579](?:-\w{1,8})?|Core Ultra(?: \d)?(?: \d{3}\w{0,2})?|i[3579]-\d{4,5}[A-Z]{0,2}",
    r"(?:Arria|Stratix|Agilex|Cyclone)[ -](?:10|II|III|IV|V|[3579])(?: ?(?:GX|SX|MX|NX|DX|LP|SoC)(?: \d{1,4})?){0,2}",
    r"Gaudi[ -]?[23]?|Loihi[ -]?2?|Movidius(?: Myriad)?(?: (?:X|2))?|Data Center GPU Max(?: \d{4})?",
    r"(?:Lunar|Meteor|Arrow|Raptor|Alder|Panther|Sapphire|Emerald|Granite) (?:Lake|Rapids)",
    # Arm and RISC-V
    r"Cortex[ -][AMRX]\d{1,3}\w{0,3}\+?|Neoverse(?:[ -][NVE]\d)?|Ethos[ -][UN]\d{1,3}|Mali(?:[ -]G\d{1,3})?",
    r"A(?:RM|rm)(?=[ -](?:based|CPU|processor|core|platform|device|architecture|assembly|server|ISA|hardware)s?\b)",
    r"A[Rr][Mm]v\d(?:\.\d)?(?:-[AMR])?|RISC-V|RV(?:32|64|128)[A-Za-z]{0,8}|CVA6|PULP(?:issimo)?",
    # boards and microcontrollers
    r"Raspberry P[iI](?: (?:\d[AB]?\+?|Zero|Pico|Model|[AB]\+?|W|Compute Module)(?!\w)){0,4}",
    r"STM32\w{0,10}(?:-\w{1,10})?|ESP(?:32|8266)(?:-\w{1,8}){0,2}|nRF5\d{1,3}\w{0,4}|MAX7800\d|GAP[89]|RP2[03]\d0",
    r"MSP43\d\w{0,6}|i\.MX ?\w{0,3}\d\w{0,5}|SAM[DE]\d{1,2}\w{0,4}|K210|PSoC ?\d?",
    r"DE-?\d{1,2}[ -](?:Nano|Lite|SoC|Standard)",
    r"Arduino(?: (?:Nano|Uno|UNO|Mega|Due|Portenta|H7|33|BLE|Sense|Nicla|Vision|Pro|R4)\b){0,4}",
    r"BeagleBone(?: (?:Black|AI(?:-64)?))?|Crazyflie(?: 2\.\d)?",
    # accelerators
    r"(?:Cloud |Edge |Coral (?:Edge )?)?TPU ?v\d[a-z]?|Edge TPU|Coral (?:Dev Board|USB Accelerator|TPU)",
    r"Ascend(?:[ -]?\d{3}\w{0,3})?|Trainium\d?|Inferentia\d?|Wafer[- ]Scale Engine(?:[- ]\d)?|WSE-\d|Hailo-\d\w{0,2}",
    r"Kirin \d{3,4}|Dimensity \d{3,4}|Exynos \d{4}|RK3\d{3}\w?",
    r"TrueNorth|SpiNNaker ?2?|Akida|BrainScaleS(?:-2)?|Grayskull",
    r"Snapdragon(?:[ -](?:\d{1,4}|X|Elite|Plus|Gen ?\d|8cx|XR\d)\+?(?!\w)){0,4}|Adreno(?:[ -]\d{3})?",
    r"Apple (?:M\d(?: (?:Pro|Max|Ultra))?|A1\d(?: Bionic| Pro)?|[Ss]ilicon|Neural Engine)|M[1-5] (?:Pro|Max|Ultra)",
    # memories, links, sensors
    r"(?:LP|G)?DDR\d\w?(?:-\d{3,5})?|HBM\d?[eE]?(?:-PIM)?|Optane|InfiniBand|UALink|NVSwitch",
    r"NVLink(?:-C2C)?(?: ?\d(?:\.\d)?)?|PCIe(?: ?(?:[Gg]en ?)?\d(?:\.\d)?)?(?: ?x\d{1,2})?|CXL(?:[ -]?\d\.\d)?",
    r"HoloLens ?2?|Kinect(?: v\d)?|RealSense(?: \w{0,3}\d{2,3}\w?)?|Velodyne(?: \w{2,4}-\d{1,3})?",
)
_PART_NUMBER = re.compile(rf"(?<![\w.@/])(?:{'|'.join(_GRAMMARS)})(?![\w@])")
_CARD = re.compile(
    r"(?<![\w.@/-])(?:[ABHLPTVKM]\d{1,3}[A-Z]?|G[HB]\d{3}|A\d000|U\d{2,3}\w?|\d0[5-9]0(?: Ti)?)(?![\w.]*\d|\w)"
)
"""Cards by a letter and a number: too short to count without vendor or class noun."""

_VENDORS = (
    "NVIDIA|Nvidia|nVidia|AMD[- ]Xilinx|AMD|Intel|Xilinx|Altera|Lattice|Microchip|Apple|Google|Qualcomm|Huawei|"
    "HiSilicon|MediaTek|Samsung|Broadcom|Marvell|ARM|Arm|Ampere|Graphcore|Cerebras|Groq|Tenstorrent|SambaNova|Cambricon|Rockchip|"
    "NXP|STMicroelectronics|ST|Espressif|Nordic|Renesas|Infineon|SiFive|IBM|HPE|Fujitsu|Micron|SK Hynix|"
    "Texas Instruments|TI|AWS|Amazon|Microsoft|Meta|Hailo|Kneron|Syntiant|GreenWaves|Sony|Terasic|Digilent|Avnet|"
    "Kendryte|Bitmain"
)
_VENDOR_BEFORE = re.compile(rf"(?<![\w-])(?:{_VENDORS})(?:['’]s)? (?:GeForce |Tesla |Quadro |Instinct |Alveo )?\Z")
_VENDOR_FIRST = re.compile(rf"(?:{_VENDORS})(?:['’]s)? ")
_LONGEST_VENDOR = 40
_CLASS_BEHIND = re.compile(
    r"(?:[ -](?:\d{1,4} ?GB|SXM\d?|PCIe|NVL))*"
    r"(?: (?:(?:Tensor|tensor)[ -][Cc]ore |[Ll]aptop |[Mm]obile |[Dd]esktop )?"
    r"(?:GPU|CPU|TPU|NPU|FPGA|SoC|MCU|DSP|APU|IPU|DPU|VPU|ASIC|SSD|processor|microcontroller|microprocessor|chip|board|"
    r"FPGA board|supercomputer|[Ss]uperchip|accelerator card)s?(?![\w/]))?"
)
_ANOTHER = re.compile(r"[ -]?(?:Ti|TI|Super|SUPER|Laptop|Mobile|Max-Q|XTX?|D)(?![\w-])")


def find_part_numbers(text: str) -> list[Found]:
    """Designations of hardware in a text, with vendor and class noun.

    >>> text = "We use two NVIDIA RTX 5090 GPUs, a Xeon Gold 6248R, an STM32F746 and 8 B300 GPUs."
    >>> [text[found.start:found.end] for found in find_part_numbers(text)]
    ['NVIDIA RTX 5090 GPUs', 'Xeon Gold 6248R', 'STM32F746', 'B300 GPUs']
    """
    numbers = [widen(text, *match.span()) for match in _PART_NUMBER.finditer(text)]
    cards = [(match.span(), widen(text, *match.span())) for match in _CARD.finditer(text)]
    spans = [*numbers, *(wide for narrow, wide in cards if wide != narrow)]
    return longest(Found(start, end, "Hardware", PART_NUMBER) for start, end in spans)


def widen(text: str, start: int, end: int) -> tuple[int, int]:
    """The mention of hardware with the vendor before it and the class noun behind it.

    >>> text = "on eight NVIDIA A100 80GB GPUs"
    >>> text[slice(*widen(text, 16, 20))]
    'NVIDIA A100 80GB GPUs'
    """
    behind = _CLASS_BEHIND.match(text, end)
    before = _VENDOR_BEFORE.search(text[max(0, start - _LONGEST_VENDOR) : start])
    return start - len(before.group()) if before else start, behind.end() if behind else end


def another_model(text: str, end: int) -> bool:
    """Whether what follows a product's name makes it another product: *RTX 4090* and *RTX 4090 Laptop*."""
    return _ANOTHER.match(text, end) is not None


def product_name(mention: str) -> str:
    """A mention of a product without class noun and memory size; a kind keeps its noun.

    >>> product_name("NVIDIA A100 80GB GPUs"), product_name("Jetson Nano board"), product_name("Intel CPUs")
    ('NVIDIA A100', 'Jetson Nano', 'Intel CPUs')
    """
    for gap in re.finditer(r"(?=[ -])", mention):
        if _CLASS_BEHIND.fullmatch(mention, gap.start()):
            product = mention[: gap.start()]
            named = " " in product or any(character.isdigit() for character in product)
            return product if named and not _VENDOR_FIRST.fullmatch(product + " ") else mention
    return mention


def core_name(mention: str) -> str:
    """A product's name without its vendor, to tell which mentions are of one thing; a vendor's kind keeps it.

    >>> core_name("NVIDIA A100 80GB GPUs"), core_name("Nvidia's H100"), core_name("Intel CPUs")
    ('A100', 'H100', 'Intel CPUs')
    """
    product = product_name(mention)
    vendor = _VENDOR_FIRST.match(product)
    if not vendor or _CLASS_BEHIND.fullmatch(product, vendor.end() - 1):
        return product
    return product[vendor.end() :]
