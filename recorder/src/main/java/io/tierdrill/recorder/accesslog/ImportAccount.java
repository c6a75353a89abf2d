package io.tierdrill.recorder.accesslog;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of every line: {@code read = imported + rejected}, checked when it is made. Serialises to the JSON of
 * {@code import --json} as it stands.
 *
 * @param read lines of all files
 * @param imported lines that became requests
 * @param rejected the others by {@link RejectReason#word}; reasons that did not occur are left out
 * @param examples the first line of each reason
 * @param inputs each file, in the order given
 * @param outOfOrder imported lines earlier than the line before them in their file; they were sorted
 * @param cutHeaders imported lines of a combined log without a whole referer and user agent; the request is whole
 * @param extraFields imported lines with fields behind those of the format; the fields were ignored
 * @param firstSecond of the earliest request; also the start of the trace. Null when nothing was imported
 * @param lastSecond of the latest request. Null when nothing was imported
 * @param seed placed the requests within their seconds
 */
public record ImportAccount(
        long read,
        long imported,
        Map<String, Long> rejected,
        Map<String, Example> examples,
        List<Input> inputs,
        long outOfOrder,
        long cutHeaders,
        long extraFields,
        Instant firstSecond,
        Instant lastSecond,
        long seed) {

    public ImportAccount {
        rejected = Collections.unmodifiableMap(new LinkedHashMap<>(rejected));
        examples = Collections.unmodifiableMap(new LinkedHashMap<>(examples));
        inputs = List.copyOf(inputs);
        long sum =
                imported + rejected.values().stream().mapToLong(Long::longValue).sum();
        if (sum != read) throw new IllegalArgumentException("read " + read + " lines but accounts for " + sum);
    }

    /**
     * A line that became no request.
     *
     * @param column in bytes, from 1, where it went wrong
     * @param found what stands there, shortened
     */
    public record Example(String file, long line, int column, String found) {
        /** {@code file:line:column}. */
        public String where() {
            return file + ":" + line + ":" + column;
        }
    }

    /**
     * One file.
     *
     * @param format given or found: {@code common} or {@code combined}
     * @param formatFound whether the format was found by looking at the file
     */
    public record Input(String file, String format, boolean formatFound, long read, long imported) {}

    /** Rejected lines over all lines, blank ones left out of both. */
    public double rejectedShare() {
        long blank = rejected.getOrDefault(RejectReason.BLANK_LINE.word(), 0L);
        long lines = read - blank;
        return lines == 0 ? 0 : (double) (lines - imported) / lines;
    }
}
