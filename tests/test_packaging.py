"""The package as it is installed."""

from configparser import ConfigParser
from importlib.resources import files
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_every_room_is_in_the_installed_package() -> None:
    """A room that setup.cfg forgets would work in the checkout and be missing in the office."""
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg")
    listed = set(setup["options"]["packages"].split())
    rooms = {
        ".".join(folder.relative_to(ROOT).parts)
        for folder in (ROOT / "laodoc").rglob("*")
        if (folder / "__init__.py").is_file()
    }
    assert listed == rooms | {"laodoc", "laodoc.models"}


def test_the_models_folder_is_importable_as_a_package() -> None:
    """Weights are found as package data, wherever laodoc is installed."""
    assert files("laodoc.models").joinpath("__init__.py").is_file()
