"""The trained model at run time: onnxruntime, tokenizers and numpy, no torch."""
