"""Pages: what the reports for looking show, prepared here and laid out by the templates beside it.

Each page is one file that holds all it needs, and asks nothing of any network.
"""
