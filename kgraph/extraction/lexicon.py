"""Words by what they do in a noun phrase: a stand-in for a part-of-speech tagger.

Abstracts are read without a model, so what a word can do next to a technical noun is looked up.
Everything here is plain English; no names of things. A word of none of these classes may stand in
front of a head (``sparse``, ``graph``, ``LLM``); the words below may not.
"""

from __future__ import annotations

__all__ = ["ADJECTIVES", "FUNCTION_WORDS", "PARTICIPLES", "PLURAL_LOOKS", "VERBS"]

FUNCTION_WORDS = frozenset("""
a an the this that these those it its their our your his her my such some any each every all both either neither no
none nor and or but so yet as at by for from in into of off on onto out over per than then to toward towards under
until upon up down via with within without about above across after against along alongside amid among amongst
around before behind below beneath beside besides between beyond despite during except following inside like near
outside since through throughout till unlike versus vs while whereas when whenever where which who whom whose why
how what whether if because although though unless once is are was were be been being am do does did done have has
had having can cannot could may might must shall should will would not only also even just still already often more
most less least fewer few many much several various very too quite rather almost nearly they we he she i you them us
there here one two three four five six seven eight nine ten first second third another other others same hundreds
thousands millions billions million billion trillion respectively namely however therefore thus hence moreover
furthermore finally meanwhile instead otherwise now today again together apart away back enough itself themselves
e.g i.e etc al times ms ns s mb gb kb tb nm mw kw mj uj khz mhz ghz
""".split())  # fmt: skip

ADJECTIVES = frozenset("""
novel new existing proposed efficient effective robust simple popular standard traditional conventional classical
current recent modern advanced various different diverse multiple numerous distinct significant substantial
considerable remarkable notable competitive superior inferior better best good worse worst strong stronger strongest
weak weaker high higher highest low lower lowest large larger largest small smaller smallest tiny little scant undue
great greater greatest big bigger fast faster fastest slow slower short shorter long longer previous prior practical
general generic typical common frequent rare widely overall entire whole total full complete incomplete additional
extra further key main major minor important crucial critical vital essential fundamental basic principled promising
challenging difficult hard easy easier complex sophisticated comprehensive extensive thorough accurate inaccurate
reliable unreliable scalable flexible lightweight heavy heavyweight compact minimal maximal negligible nontrivial
unprecedented impressive excellent outstanding exceptional extraordinary improved enhanced increased reduced
optimized powerful cheap costly expensive affordable inexpensive original initial underlying resulting corresponding
respective given certain specific particular special specialized unique single double triple limited sufficient
insufficient adequate necessary unnecessary innovative versatile elegant straightforward seamless holistic available
unavailable possible impossible potential feasible infeasible suitable unsuitable appropriate comparable similar
dissimilar equivalent identical equal consistent inconsistent emerging mainstream prevalent prevailing ubiquitous
rich rapid quick slight moderate modest severe stringent strict tight loose aggressive conservative careful precise
exact approximate naive vanilla pure plain mere actual true false excessive prohibitive massive enormous huge vast
tremendous immense growing increasing decreasing relevant irrelevant related unrelated average median peak maximum
minimum optimal suboptimal ideal desired desirable undesirable intended theoretical empirical experimental
representative downstream upstream wide wider broad broader broadest deeper deepest favorable favourable meaningful
useful helpful viable attractive public private commercial proprietary extensible modular explicit inefficient
ineffective redundant inherent intrinsic latest ultra extremely highly fully well poor poorer rigorous systematic
far future past contemporary present constant quadratic cubic final later earlier former latter own ever never
always state art so-called real-world state-of-the-art end-to-end large-scale cost-effective user-friendly open
source open-source closed ready consumer consumer-grade imperceptible perceptible noticeable visible invisible
strong-performing cutting leading next generation-quality everyday daily real live-in pressing acute notorious
intuitive interesting surprising surprisingly unexpected clear unclear unknown known well-known famous dedicated
tailored customized bespoke ad-hoc off-the-shelf industry-standard day subsequent consecutive successive resultant
half twice thrice top bottom upper mid deep-seated lossless lossy near ten-fold twofold twenty dozens
""".split())  # fmt: skip

VERBS = frozenset("""
propose present introduce describe develop demonstrate show provide offer give gives gave achieve attain reach
obtain gain improve enhance boost increase raise reduce decrease lower minimize minimise maximize maximise enable
allow support facilitate help make let use utilize utilise employ leverage exploit apply adopt adapt extend combine
integrate incorporate include contain comprise consist require need demand address tackle solve handle mitigate
alleviate overcome eliminate avoid prevent evaluate assess measure compare analyze analyse study investigate explore
examine validate verify prove confirm outperform surpass exceed beat match perform run train learn generate produce
create build construct implement deploy accelerate optimize optimise preserve maintain keep retain ensure guarantee
capture extract identify detect predict estimate infer understand exhibit suffer face remain become exist rely
depend focus aim seek try attempt consider treat formulate define establish suggest indicate reveal highlight report
find discover observe note release publish unlock bridge replace remove add insert inject merge unify split save cut
yield deliver bring lead cause incur impose restrict constrain hinder speed outperforms drive inspire motivate
benefit complement convert translate encode store manage coordinate streamline simplify degrade advance push begin
continue start stop call shown seen made found taken paved underwent grow grown rise arise fall fell achieved
obtained proposed prioritize curate satisfy resolve amplify empower lack resist tailor aid drove yielded democratize
parallelize quantize distinguish recover explain select decide determine update compute accumulate
""".split())  # fmt: skip

PARTICIPLES = frozenset("""
learning training tuning spiking scheduling computing processing reasoning rendering streaming sampling routing
decoding encoding coding pruning batching caching matching scaling sharing hashing clustering ranking planning
prompting modeling modelling serving denoising inpainting upsampling downsampling pooling embedding grounding
sensing imaging programming offloading pipelining tiling sliding rotating mining floating operating marching parsing
tracking editing mapping driving understanding answering masking hearing engineering manufacturing networking timing
gating bootstrapping voting mixing switching branching looping checkpointing partitioning labeling forecasting
finetuning pretraining string ring spring wing king distributed supervised unsupervised semisupervised mixed
structured unstructured augmented quantized federated embedded shared weighted masked linked automated learned gated
inverted signed unsigned compressed centralized decentralized generalized personalized constrained unconstrained
guided conditioned pipelined disaggregated biased directed undirected layered nested balanced imbalanced sorted
regularized randomized vectorized aligned trained pretrained fused tiled blocked chunked paged stacked dilated
unrolled coupled decoupled integrated speed feed seed need red grouped quantised hyperspectral binarized clustered
tied bounded
""".split())  # fmt: skip
"""Words in -ing and -ed that name a kind rather than tell what somebody does."""

PLURAL_LOOKS = frozenset("""
bias atlas chaos lens gas canvas series species physics robotics mathematics statistics dynamics mechanics optics
graphics analytics forensics genomics news os gps dos aws rans sms ros ris pos mass glass class process loss cross
bayes nas dnns gpus ems tts asics analysis synthesis basis diagnosis hypothesis emphasis axis status focus bus virus
corpus consensus campus stimulus previous continuous heterogeneous homogeneous simultaneous spontaneous autonomous
asynchronous synchronous anonymous ambiguous spurious
""".split())  # fmt: skip
"""Words in -s that are no plural."""
