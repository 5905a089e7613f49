"""Measures the thirty rules of the printed page on finished PDFs, with other code than the book is made with."""
