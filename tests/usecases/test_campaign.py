"""What every use case starts from."""

import pytest

from returnplan.model.errors import StoreError
from returnplan.model.texts import Text
from returnplan.usecases.campaign import in_language


def test_an_error_behind_the_reading_knows_the_language_of_the_sheets() -> None:
    with pytest.raises(StoreError) as caught, in_language("en"):
        raise StoreError(Text("磁盘已满", "the disk is full"))
    assert caught.value.lang == "en"
