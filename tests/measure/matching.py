"""All figures on matching, as docs/measured.md has them: `python -m tests.measure.matching`."""

from __future__ import annotations

from tests.measure import city, own, speed


def main() -> None:
    for part in (own, city, speed):
        print(f"\n## {part.__name__}\n")
        part.main()


if __name__ == "__main__":
    main()
