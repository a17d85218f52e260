"""The network: a picture of a line in, the log-probabilities of a character every four columns out."""

import torch
from torch import Tensor, nn

from laodoc.training.alphabet import SYMBOLS

CLASSES = len(SYMBOLS) + 1


class Separable(nn.Module):
    """Depthwise then pointwise convolution, normalised once, with a bridge where the shape stays.

    After Howard et al., "MobileNets" (2017), and Sandler et al., "MobileNetV2" (2018).
    """

    def __init__(self, wide_in: int, wide_out: int, kernel: tuple[int, int], stride: tuple[int, int] = (1, 1)) -> None:
        super().__init__()
        padding = (kernel[0] // 2, kernel[1] // 2)
        self.bridge = stride == (1, 1) and wide_in == wide_out
        self.body = nn.Sequential(
            nn.Conv2d(wide_in, wide_in, kernel, stride, padding, groups=wide_in, bias=False),
            nn.Conv2d(wide_in, wide_out, 1, bias=False),
            nn.BatchNorm2d(wide_out),
        )

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.body(x)
        return torch.relu(x + y if self.bridge else y)


class Along(nn.Module):
    """A residual block along the line: depthwise 1×11, then a pointwise pair that widens and narrows.

    After Liu et al., "A ConvNet for the 2020s" (2022), with batch normalisation.
    """

    def __init__(self, wide: int, inner: int, kernel: int = 11) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv1d(wide, wide, kernel, padding=kernel // 2, groups=wide, bias=False),
            nn.Conv1d(wide, inner, 1, bias=False),
            nn.BatchNorm1d(inner),
            nn.ReLU(),
            nn.Conv1d(inner, wide, 1, bias=False),
            nn.BatchNorm1d(wide),
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)  # type: ignore[no-any-return]


class Reader(nn.Module):
    """Convolutional CTC recognizer (Graves et al., 2006): no recurrence, so any width in one pass.

    Input (count, 1, 48, width) with paper 0 and ink 1; output (count, width // 4, classes) of log-probabilities.
    """

    def __init__(self, classes: int = CLASSES) -> None:
        super().__init__()
        self.trunk = nn.Sequential(
            nn.Conv2d(1, 32, 3, (2, 2), 1, bias=False),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            Separable(32, 80, (3, 3), (2, 2)),
            Separable(80, 80, (3, 3)),
            Separable(80, 128, (3, 3), (2, 1)),
            Separable(128, 128, (3, 3)),
            Separable(128, 128, (3, 3)),
            Separable(128, 192, (3, 3), (2, 1)),
            Separable(192, 192, (3, 3)),
        )
        self.fold = nn.Sequential(nn.Conv2d(192, 224, (3, 1), bias=False), nn.BatchNorm2d(224), nn.ReLU())
        self.along = nn.Sequential(*(Along(224, 384) for _ in range(4)))
        self.drop = nn.Dropout(0.05)
        self.head = nn.Conv1d(224, classes, 1)
        assert self.head.bias is not None
        with torch.no_grad():
            self.head.bias[0] = 2.0

    def forward(self, images: Tensor) -> Tensor:
        x = self.fold(self.trunk(images)).squeeze(2)
        x = self.head(self.drop(self.along(x)))
        return torch.log_softmax(x.transpose(1, 2), dim=2)
