"""From a checkpoint to the ONNX file that is installed, and to small weights to go on from."""

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from laodoc.errors import AccessError
from laodoc.messages import Message
from laodoc.recognition.line_input import HEIGHT
from laodoc.training.alphabet import SYMBOLS
from laodoc.training.net import Reader

CALIBRATED_ON = 24
"""Batches of synthetic lines from which the ranges of the activations are taken, and as many others for the check."""

AGREEMENT = 0.98
"""Share of the steps at which bytes and floats must name the same character; the rest lie at characters' edges."""

PARITY = 2e-3
"""How far a log-probability may differ between torch and onnxruntime, for classes likelier than one in a million."""
_LIKELY = -13.8


Pictures = NDArray[np.uint8]


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
        raise AccessError(Message("not-a-checkpoint", path=path, error=error)) from error
    return {name: _unpacked(value) for name, value in state["average"].items()}


def _unpacked(value: Tensor | tuple[Tensor, Tensor]) -> Tensor:
    """A weight in float32: as it is, or bytes times a scale for each of its outputs."""
    if isinstance(value, tuple):
        steps, scale = value
        return steps.float() * scale
    return value.float() if value.is_floating_point() else value


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


def blend(checkpoints: Sequence[Path], target: Path) -> None:
    """Write the mean of the weights of checkpoints that began with the same ones. It reads fonts that none of them
    knows better than either, and the known ones nearly as well as the better (Wortsman et al., "Model soups", 2022).

    Raises:
        AccessError: one cannot be read.
    """
    each = [load_weights(path) for path in checkpoints]
    mean = {
        name: torch.stack([weights[name] for weights in each]).mean(dim=0) if value.is_floating_point() else value
        for name, value in each[0].items()
    }
    torch.save({"average": mean, "symbols": SYMBOLS}, target)


def export(checkpoint: Path, target: Path, version: str, batches: Sequence[Pictures]) -> str:
    """Write the ONNX file with its alphabet and version inside and return its sha256.

    The network is written in floats and checked against torch, then its convolutions are brought to bytes: a third of
    the size and well under half of the time (docs/benchmarks.md). `batches` are uint8 pictures of lines (count, 48,
    width) as training makes them: the first half sets the ranges, the other half is the check.

    Raises:
        AccessError: the checkpoint cannot be read.
        AssertionError: the file does not say the same as torch, or as the floats.
    """
    model = Exported(load_reader(checkpoint)).eval()
    example = torch.full((2, HEIGHT, 160), 255, dtype=torch.uint8)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="laodoc-") as folder:
        floats, half = Path(folder) / "floats.onnx", len(batches) // 2
        torch.onnx.export(
            model,
            (example,),
            floats,
            input_names=["images"],
            output_names=["scores"],
            dynamic_axes={"images": {0: "count", 2: "width"}, "scores": {0: "count", 1: "steps"}},
            opset_version=17,
            dynamo=False,
        )
        assert_parity(model, floats)
        bytewise = quantised(floats, batches[:half], {"symbols": SYMBOLS, "version": version, "height": str(HEIGHT)})
        assert_agreement(floats, bytewise, batches[half:])
    target.write_bytes(bytewise)
    return hashlib.sha256(bytewise).hexdigest()


def quantised(floats: Path, batches: Sequence[Pictures], notes: dict[str, str], name: str = "images") -> bytes:
    """The model with bytes in place of floats in its convolutions, and `notes` as its metadata; its input is `name`.

    Weights take seven bits: with eight, processors without VNNI (before 2019) overflow silently.
    """
    import onnx
    from onnxruntime.quantization import QuantFormat, QuantType, quantize_static
    from onnxruntime.quantization.shape_inference import quant_pre_process

    ready, done = floats.with_name("ready.onnx"), floats.with_name("bytes.onnx")
    quant_pre_process(floats, ready, skip_symbolic_shape=True)
    quantize_static(
        ready,
        done,
        Calibration(batches, name),
        quant_format=QuantFormat.QDQ,
        per_channel=True,
        reduce_range=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["Conv"],
    )
    proto = onnx.load(done)
    onnx.helper.set_model_props(proto, notes)
    return bytes(proto.SerializeToString())


class Calibration:
    """The pictures, one batch at a time, as `onnxruntime.quantization.CalibrationDataReader` hands them on."""

    def __init__(self, batches: Sequence[Pictures], name: str) -> None:
        self._batches, self._name = iter(batches), name

    def get_next(self) -> dict[str, Pictures] | None:
        batch = next(self._batches, None)
        return None if batch is None else {self._name: batch}


def assert_agreement(floats: Path, bytewise: bytes, batches: Sequence[Pictures]) -> None:
    """That the model in bytes names the same characters as the one in floats, at nearly every step."""
    import onnxruntime

    first, second = (
        onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"]) for model in (str(floats), bytewise)
    )
    same = [
        first.run(None, {"images": batch})[0].argmax(axis=2) == second.run(None, {"images": batch})[0].argmax(axis=2)
        for batch in batches
    ]
    share = float(np.concatenate([part.ravel() for part in same]).mean())
    assert share >= AGREEMENT, f"bytes and floats agree at {share:.1%} of the steps only"


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
