"""The tax code of a firm or an agency in Vietnam (mã số thuế): ten digits, the last of which checks the others, and
three more for a branch.
"""

import re

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
FORM = re.compile(r"([0-9]{10})(?:-?([0-9]{3}))?", re.ASCII)


def tax_code(text: str) -> str:
    """As it is written: 0100233488, or 0314409058-002. ValueError: a digit is wrong or missing."""
    match = FORM.fullmatch(re.sub(r"[\s.]", "", text))
    if match is None:
        raise ValueError(text)
    number, branch = match[1], match[2]
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number[:9], strict=True))
    if number[2:9] == "0000000" or branch == "000" or str(10 - total % 11) != number[9]:
        raise ValueError(text)
    return f"{number}-{branch}" if branch else number
