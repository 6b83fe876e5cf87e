"""How each platform names what students handed in."""
