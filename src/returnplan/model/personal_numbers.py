"""What ID numbers and mobile phones look like among other words; each reader says what may stand around them."""

ID_NUMBER = r"\d{17}[\dXx]"
MOBILE = r"1[3-9]\d{9}"
MOBILE_IN_GROUPS = r"1[3-9]\d(?:[\s-]?\d{4}){2}"
"""138 0775 4074."""
CALLING_CODE = r"(?:\+?86-?)?"
"""Of China, which may stand before a mobile phone."""
