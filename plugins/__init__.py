"""The bundled plugins: each comes through the same hooks as anyone's."""
