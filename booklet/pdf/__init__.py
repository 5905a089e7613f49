"""Book → PDF: composed into pieces, each laid out alone, then linked."""
