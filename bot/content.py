"""The content folder on disk → the files that `intents.catalogue.build` reads."""

from __future__ import annotations

from pathlib import Path

from intents.catalogue import OVERLAY
from intents.catalogue.yamldoc import Fields, Text, read


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every YAML file of `folder` by name. A folder whose facts.yaml names a `base` lies over it."""
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.yaml"))}
    base = _base(files)
    if base is None:
        return files
    under = read_folder((folder / base).resolve())
    return under | {OVERLAY + name: raw for name, raw in files.items()}


def _base(files: dict[str, bytes]) -> str | None:
    root, _ = read("facts.yaml", files.get("facts.yaml", b""))
    node = root.fields.get("base") if isinstance(root, Fields) else None
    return node.value.strip() if isinstance(node, Text) else None


def fingerprint(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Changes whenever a YAML file of the folder, or of the one it lies over, is saved."""
    folders = [folder, *(path for path in (folder.parent,) if (folder / "facts.yaml").is_file())]
    return tuple(
        (str(path), stat.st_mtime_ns, stat.st_size)
        for each in folders
        for path in sorted(each.glob("*.yaml"))
        for stat in (path.stat(),)
    )
