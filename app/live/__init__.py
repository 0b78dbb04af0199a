"""The page *Live*: one organisation week by week, and what runs behind it."""
