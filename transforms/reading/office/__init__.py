"""Word processors' files: DOCX by its parts, DOC and WPS turned into DOCX first, RTF, saved web archives."""
