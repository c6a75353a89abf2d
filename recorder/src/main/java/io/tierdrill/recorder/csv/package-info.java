/**
 * From comma-separated values (RFC 4180; also semicolons and tabs) to requests. A file with a column of times is a list of
 * arrivals; one that also has a column of counts or rates is a profile from which arrivals are drawn. Both are read by
 * their header row: begin at {@code CsvHeader}.
 */
package io.tierdrill.recorder.csv;
