"""Workbooks that open with a password only: the encryption of Excel itself, which a sheet's protection is not."""

import io


def encrypted(workbook: bytes, password: str) -> bytes:
    """Return the workbook encrypted as Excel does it (ECMA-376 agile encryption, AES).

    Takes some 0.1 s: the key is derived slowly on purpose.
    """
    from msoffcrypto.format.ooxml import OOXMLFile  # with its cryptography it takes 0.1 s to load

    target = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook)).encrypt(password, target)
    return target.getvalue()
