"""The studio: pages that compare schemes, play an organisation, ask and teach."""
