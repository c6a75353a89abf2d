/**
 * From access logs of Apache and nginx to a trace. {@link io.tierdrill.recorder.accesslog.LogImport} is the door. A line
 * goes {@code LogSource} (plain or gzip, which format) to {@code LineReader} to {@code LogLine} (is it a request?) to
 * {@code SecondSorter} (in order, with bounded memory) to {@code Placement} (where within its second) to the trace; what
 * falls out on the way is counted in {@link io.tierdrill.recorder.accesslog.ImportAccount}.
 */
package io.tierdrill.recorder.accesslog;
