"""The page *Live*: one organisation, played week by week."""
