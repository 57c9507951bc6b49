"""Write the sample company's workbooks: python -m loaders.company DIR."""

import argparse
from pathlib import Path

from loaders.company import write


def main() -> None:
    """Write the workbooks into the folder named on the command line and list them."""
    parser = argparse.ArgumentParser(prog="python -m loaders.company", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    for path in write(parser.parse_args().folder):
        print(path)


if __name__ == "__main__":
    main()
