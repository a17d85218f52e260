"""From a checkpoint to the ONNX file that is installed, and to small weights to go on from."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from laodoc.errors import AccessError
from laodoc.recognition.line_input import HEIGHT
from laodoc.training.alphabet import SYMBOLS
from laodoc.training.net import Reader

PARITY = 2e-3
"""How far a log-probability may differ between torch and onnxruntime, for classes likelier than one in a million."""
_LIKELY = -13.8


class Exported(nn.Module):
    """The reader with its input as bytes: `images` uint8 (count, 48, width), paper 255, in; `scores` out."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, images: Tensor) -> Tensor:
        ink = (255.0 - images.to(torch.float32)) / 255.0
        return self.reader(ink.unsqueeze(1))  # type: ignore[no-any-return]


def load_weights(path: Path) -> dict[str, Tensor]:
    """The averaged weights of a checkpoint, or the weights of a half-precision file; in float32.

    Raises:
        AccessError: the file cannot be read.
    """
    try:
        state: dict[str, Any] = torch.load(path, weights_only=True, map_location="cpu")
    except (OSError, RuntimeError) as error:
        raise AccessError(f"{path}: not a checkpoint ({error})") from error
    weights: dict[str, Tensor] = state["average"]
    return {name: value.float() if value.is_floating_point() else value for name, value in weights.items()}


def load_reader(path: Path) -> Reader:
    """The network with the averaged weights of a checkpoint, ready to read."""
    reader = Reader()
    reader.load_state_dict(load_weights(path))
    return reader.eval()


def save_half(checkpoint: Path, target: Path) -> None:
    """Write only the averaged weights, in half precision: what is kept with the code to go on from."""
    weights = {
        name: value.half() if value.is_floating_point() else value for name, value in load_weights(checkpoint).items()
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"average": weights, "symbols": SYMBOLS}, target)


def export(checkpoint: Path, target: Path, version: str) -> str:
    """Write the ONNX file with its alphabet and version inside, check it against torch, and return its sha256.

    Raises:
        AccessError: the checkpoint cannot be read.
        AssertionError: onnxruntime does not say the same as torch.
    """
    import onnx

    model = Exported(load_reader(checkpoint)).eval()
    example = torch.full((2, HEIGHT, 160), 255, dtype=torch.uint8)
    target.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        model,
        (example,),
        target,
        input_names=["images"],
        output_names=["scores"],
        dynamic_axes={"images": {0: "count", 2: "width"}, "scores": {0: "count", 1: "steps"}},
        opset_version=17,
        dynamo=False,
    )
    proto = onnx.load(target)
    onnx.helper.set_model_props(proto, {"symbols": SYMBOLS, "version": version, "height": str(HEIGHT)})
    target.write_bytes(proto.SerializeToString())
    assert_parity(model, target)
    return hashlib.sha256(target.read_bytes()).hexdigest()


def assert_parity(model: nn.Module, target: Path) -> None:
    """That onnxruntime and torch agree, on pictures of two shapes that the export has not seen."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(target), providers=["CPUExecutionProvider"])
    rng = np.random.default_rng(0)
    for shape in ((1, HEIGHT, 96), (3, HEIGHT, 417)):
        images = rng.integers(0, 256, shape, dtype=np.uint8)
        with torch.no_grad():
            ours = model(torch.from_numpy(images)).numpy()
        theirs = session.run(None, {"images": images})[0]
        likely = ours > _LIKELY
        far = float(np.abs(ours - theirs)[likely].max())
        assert far < PARITY, f"onnxruntime differs from torch by {far:.5f}"
