"""Configurations and waivers."""
