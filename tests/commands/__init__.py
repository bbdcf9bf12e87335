"""Tests of the commands; a package, for the sake of names that other folders have too."""
