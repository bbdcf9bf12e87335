"""Plugins of third parties: found, taken in, held to what they may do, and left out where they are at fault."""
