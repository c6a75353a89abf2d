/**
 * What logs that are lines have in common: {@link io.tierdrill.recorder.line.LineReader} cuts them,
 * {@link io.tierdrill.recorder.line.RequestLine} takes {@code GET / HTTP/1.1} apart,
 * {@link io.tierdrill.recorder.line.FieldText} undoes the loggers' escapes, {@link io.tierdrill.recorder.line.ClfTime}
 * reads their times and {@link io.tierdrill.recorder.line.FirstLines} judges a file by its beginning.
 */
package io.tierdrill.recorder.line;
