"""What students receive: handouts, stubs and rubrics. Nothing hidden lives here."""
