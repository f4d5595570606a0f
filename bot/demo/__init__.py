"""A demonstration: people who do not exist, playing a year and a half of reports through the real bot."""
