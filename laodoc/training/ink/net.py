"""The net: a page's planes in, for every 0.4 mm the kinds of ink that lie there out."""

from itertools import pairwise

import torch
from torch import Tensor, nn

from laodoc.ink.kinds import INPUTS, Kind

WIDTHS = (32, 48, 72, 112, 160)
"""Channels at a quarter, an eighth … a sixty-fourth of the input."""
BLOCKS = (0, 1, 2, 2, 2)
"""Blocks at each of them: none where they would cost most."""
HALVED = 2
"""The map has half the input's resolution: each place of the quarter resolution says four."""


STEM = 8
"""Side of the first convolution, which takes the input to a quarter: 1.7 mm."""


def _conv(wide_in: int, wide_out: int, kernel: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(wide_in, wide_out, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(wide_out), nn.ReLU()
    )


class Block(nn.Module):
    """Two plain 3×3 convolutions with a bridge (He et al., 2016): on CPUs faster to train than separable ones."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self.first = _conv(wide, wide, 3)
        self.second = nn.Sequential(nn.Conv2d(wide, wide, 3, 1, 1, bias=False), nn.BatchNorm2d(wide))

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(x + self.second(self.first(x)))


class InkNet(nn.Module):
    """A small U (Ronneberger et al., 2015) whose bridges are sums (Chaurasia & Culurciello, "LinkNet", 2017).

    Input (count, 3, height, width), darkness and colour about 0, height and width multiples of 64; output (count,
    kinds, height / 2, width / 2), logits.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(INPUTS, WIDTHS[0], STEM, STEM // 2, STEM // 4, bias=False), nn.BatchNorm2d(WIDTHS[0]), nn.ReLU()
        )
        self.down = nn.ModuleList(_conv(a, b, 3, 2) for a, b in pairwise(WIDTHS))
        self.level = nn.ModuleList(
            nn.Sequential(*(Block(wide) for _ in range(count))) for wide, count in zip(WIDTHS, BLOCKS, strict=True)
        )
        self.up = nn.ModuleList(_conv(b, a, 1) for a, b in pairwise(WIDTHS))
        self.after = nn.ModuleList(_conv(wide, wide, 3) for wide in WIDTHS[:-1])
        self.head = nn.Conv2d(WIDTHS[0], len(Kind) * HALVED**2, 1)
        self.spread = nn.PixelShuffle(HALVED)

    def forward(self, planes: Tensor) -> Tensor:
        return self.spread(self.answers(self.stem(planes)))  # type: ignore[no-any-return]

    def answers(self, x: Tensor) -> Tensor:
        """From the first convolution to the answers of each quarter: (count, kinds · 4, height / 4, width / 4)."""
        x = self.level[0](x)
        kept: list[Tensor] = []
        for down, level in zip(self.down, list(self.level)[1:], strict=True):
            kept.append(x)
            x = level(down(x))
        for index in reversed(range(len(kept))):
            x = nn.functional.interpolate(self.up[index](x), scale_factor=2.0, mode="nearest")
            x = self.after[index](x + kept[index])
        return self.head(x)  # type: ignore[no-any-return]
