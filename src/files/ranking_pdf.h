/* ranking_pdf.h - a ranking as a PDF to be printed: the pages of the workbook. */
#ifndef FILES_RANKING_PDF_H
#define FILES_RANKING_PDF_H

#include "report/ranking_export.h"

/* Errors: pdf_write()'s. */
MUST_CHECK ranking_export ranking_pdf;

#endif
