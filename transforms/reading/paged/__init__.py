"""Documents made of pages, where paragraphs must be found again from the places of characters: PDF, OFD, scans."""
