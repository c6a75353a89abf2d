/**
 * The report as a page: {@link io.tierdrill.analysis.page.ReportPage} says what is on it in plain words and numbers,
 * {@link io.tierdrill.analysis.page.PageTemplate} turns it into one HTML file. Charts are SVG drawn here, without a line
 * of script: they print, they work from a file, and nothing is fetched. Knows nothing of verdicts.
 */
package io.tierdrill.analysis.page;
