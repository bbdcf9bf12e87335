"""Drafts in formats that LibreOffice turns into Word documents: .doc, .wps, .odt, .rtf."""
