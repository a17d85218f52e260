"""From a checkpoint of the ink net to the ONNX file that is installed, and to small weights to go on from."""

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from laodoc.ink.kinds import INPUT_DPI, INPUTS, LOGIT_STEPS, LOGIT_ZERO, MAP_DPI, MARGIN, Kind
from laodoc.ink.planes import with_margin
from laodoc.training.export import load_weights, quantised
from laodoc.training.ink.net import InkNet
from laodoc.training.ink.train import floats

CALIBRATED_ON = 12
"""Batches of made pages from which the ranges of the activations are taken, and as many others for the check."""
AGREEMENT = 0.98
"""Part of what bytes and floats say of each kind, at places with ink, in which they must agree."""

Planes = NDArray[np.uint8]
"""Shape (count, 3, height, width), as `laodoc.ink.planes` makes them."""


class Exported(nn.Module):
    """The net with bytes in and out, as `laodoc.ink.map` runs it.

    `planes` (count, 3, height + 4, width + 4) have the margin that the first convolution takes, so that nothing is
    added to them; what it expects of their levels is in its weights. `logits` (count, kinds · 4, height / 4, width / 4)
    are bytes about `LOGIT_ZERO`: the four places of each quarter one after the other.
    """

    def __init__(self, net: InkNet) -> None:
        super().__init__()
        self.net = net
        self.stem = nn.Sequential(levels_taken_in(net.stem[0]), *list(net.stem)[1:])

    def forward(self, planes: Tensor) -> Tensor:
        answers = self.net.answers(self.stem(planes.to(torch.float32)))
        return torch.clamp(answers * LOGIT_STEPS + LOGIT_ZERO, 0, 255).to(torch.uint8)


def levels_taken_in(first: nn.Conv2d) -> nn.Conv2d:
    """The first convolution for planes as bytes: `floats` is one scale and one shift a plane."""
    ends = floats(torch.tensor([0.0, 1.0])[:, None, None, None].repeat(1, INPUTS, 1, 1))
    shift, scale = ends[:1], ends[1:] - ends[:1]
    taken = nn.Conv2d(INPUTS, first.out_channels, first.kernel_size, first.stride, 0)  # type: ignore[arg-type]
    with torch.no_grad():
        taken.weight.copy_(first.weight * scale)
        assert taken.bias is not None
        taken.bias.copy_((first.weight * shift).sum(dim=(1, 2, 3)))
    return taken


def load_net(checkpoint: Path) -> InkNet:
    """The net with the averaged weights of a checkpoint or of a half-precision file.

    Raises:
        AccessError: the file cannot be read.
    """
    net = InkNet()
    net.load_state_dict(load_weights(checkpoint))
    return net.eval()


def export_ink(checkpoint: Path, target: Path, version: str, batches: Sequence[Planes]) -> str:
    """Write the ONNX file with its kinds and version inside and return its sha256.

    `batches` are planes as training makes them: the first half sets the ranges of the bytes, the other half is the
    check.

    Raises:
        AccessError: the checkpoint cannot be read.
        AssertionError: bytes and floats do not say the same.
    """
    model = Exported(load_net(checkpoint)).eval()
    target.parent.mkdir(parents=True, exist_ok=True)
    half = max(1, len(batches) // 2)
    notes = {
        "kinds": ",".join(kind.name.lower() for kind in Kind),
        "version": version,
        "input_dpi": str(INPUT_DPI),
        "map_dpi": str(MAP_DPI),
    }
    with tempfile.TemporaryDirectory(prefix="laodoc-") as folder:
        plain = Path(folder) / "floats.onnx"
        write_floats(model, plain)
        framed = [with_margin(batch) for batch in batches]
        extremes = [np.full_like(framed[0], level) for level in (0, 255)]
        bytewise = taken_as_bytes(quantised(plain, [*framed[:half], *extremes], notes, name="planes"))
        assert_agreement(plain, bytewise, framed[half:])
    target.write_bytes(bytewise)
    return hashlib.sha256(bytewise).hexdigest()


def write_floats(model: nn.Module, target: Path) -> None:
    """The net in floats, for any height and width."""
    example = torch.full((1, INPUTS, 128 + 2 * MARGIN, 192 + 2 * MARGIN), 128, dtype=torch.uint8)
    torch.onnx.export(
        model,
        (example,),
        target,
        input_names=["planes"],
        output_names=["logits"],
        dynamic_axes={"planes": {0: "count", 2: "height", 3: "width"}, "logits": {0: "count", 2: "rows", 3: "columns"}},
        opset_version=17,
        dynamo=False,
    )


def taken_as_bytes(model: bytes) -> bytes:
    """The quantised net without the steps that make floats of its bytes and the same bytes of these again."""
    import onnx
    from onnx import numpy_helper

    proto = onnx.load_from_string(model)
    values = {each.name: numpy_helper.to_array(each) for each in proto.graph.initializer}
    makers = {output: node for node in proto.graph.node for output in node.output}
    for node in proto.graph.node:
        if node.op_type != "QuantizeLinear" or node.input[0] not in makers:
            continue
        cast = makers[node.input[0]]
        same = values[node.input[1]] == 1 and (len(node.input) < 3 or values[node.input[2]] == 0)
        if cast.op_type == "Cast" and cast.input[0] == "planes" and same:
            for other in proto.graph.node:
                other.input[:] = ["planes" if name == node.output[0] else name for name in other.input]
            proto.graph.node.remove(node)
            proto.graph.node.remove(cast)
            return bytes(proto.SerializeToString())
    raise AssertionError("the planes are not taken as the bytes that they are")


def assert_agreement(floats_at: Path, bytewise: bytes, batches: Sequence[Planes]) -> None:
    """That the net in bytes says the same kinds as the one in floats nearly wherever there is ink."""
    import onnxruntime

    first, second = (
        onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"]) for model in (str(floats_at), bytewise)
    )
    shares = []
    for batch in batches:
        said, again = (session.run(None, {"planes": batch})[0] > LOGIT_ZERO for session in (first, second))
        inked = np.broadcast_to((said | again).any(axis=1, keepdims=True), said.shape)
        shares.append((said == again)[inked])
    share = float(np.concatenate(shares).mean())
    assert share >= AGREEMENT, f"bytes and floats agree at {share:.1%} of the places only"


def save_small(checkpoint: Path, target: Path) -> None:
    """Write only the averaged weights, those of convolutions as bytes with a scale for each output: enough to go on
    from, and half the size of half precision."""
    weights = {name: _packed(value) for name, value in load_weights(checkpoint).items()}
    target.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"average": weights}, target)


def _packed(value: Tensor) -> Tensor | tuple[Tensor, Tensor]:
    if value.ndim < 2:
        return value
    scale = value.abs().amax(dim=tuple(range(1, value.ndim)), keepdim=True).clamp(min=1e-9) / 127
    return torch.round(value / scale).to(torch.int8), scale
