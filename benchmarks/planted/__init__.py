"""Problems of any size whose least cost is known, because their best plan was drawn first."""
