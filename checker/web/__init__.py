"""Web pages to a ``Text``: what the page shows of the article, each line with its line in the file."""
