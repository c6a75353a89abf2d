package io.tierdrill.recorder.imports;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of every unit (line, entry, row): {@code read = imported + rejected}, checked when it is made. Serialises
 * to the JSON of {@code import --json} as it stands.
 *
 * @param read units of all inputs
 * @param imported units that became requests
 * @param rejected the others by the word of their {@link io.tierdrill.recorder.input.RejectReason}
 * @param harmless how many of those need not worry anyone: blank lines, comments
 * @param examples the first unit of each reason
 * @param inputs each input, in the order given
 * @param remarks imported units with something to tell, by the word of their {@link
 *     io.tierdrill.recorder.input.Remark}
 * @param outOfOrder imported units earlier than the one before them in their input; they were sorted
 * @param first time of the earliest request, as exactly as its input tells; also the start of the trace. Null when
 *     nothing was imported
 * @param last time of the latest request. Null when nothing was imported
 * @param seed placed the requests within their stamps
 * @param masked what the redaction has replaced, by kind
 */
public record ImportAccount(
        long read,
        long imported,
        Map<String, Long> rejected,
        long harmless,
        Map<String, Example> examples,
        List<Input> inputs,
        Map<String, Counted> remarks,
        long outOfOrder,
        Instant first,
        Instant last,
        long seed,
        Map<String, Long> masked) {

    public ImportAccount {
        rejected = Collections.unmodifiableMap(new LinkedHashMap<>(rejected));
        examples = Collections.unmodifiableMap(new LinkedHashMap<>(examples));
        remarks = Collections.unmodifiableMap(new LinkedHashMap<>(remarks));
        inputs = List.copyOf(inputs);
        masked = Collections.unmodifiableMap(new TreeMap<>(masked));
        long sum =
                imported + rejected.values().stream().mapToLong(Long::longValue).sum();
        if (sum != read) throw new IllegalArgumentException("read " + read + " units but accounts for " + sum);
        if (harmless < 0 || harmless > read - imported)
            throw new IllegalArgumentException(harmless + " harmless rejects of " + (read - imported));
    }

    /** The same with what was masked, which is known once the trace is written. */
    ImportAccount withMasked(Map<String, Long> counts) {
        return new ImportAccount(
                read, imported, rejected, harmless, examples, inputs, remarks, outOfOrder, first, last, seed, counts);
    }

    /**
     * A unit that became no request.
     *
     * @param line of the input, from 1
     * @param column in bytes, from 1, where it went wrong
     * @param number of the unit in its input, from 1
     * @param field which one went wrong, where fields have names: a JSON pointer, a column; else empty
     * @param found what stands there, shortened
     * @param meaning of the reason
     * @param counts whether the reason counts towards the share of rejects
     */
    public record Example(
            String file,
            long line,
            int column,
            long number,
            String field,
            String found,
            String meaning,
            boolean counts) {
        /** {@code file:line:column}, and where lines are not what is counted, {@code (no. 3, /request/url)}. */
        public String where() {
            String which = number == line ? field : field.isEmpty() ? "no. " + number : "no. " + number + ", " + field;
            return file + ":" + line + ":" + column + (which.isEmpty() ? "" : " (" + which + ")");
        }
    }

    /**
     * One input.
     *
     * @param format given or found
     * @param formatFound whether the format was found by looking at the input
     * @param unit what is counted: {@code line}
     * @param resolution of its times: {@code 1 s}, or {@code none} where it tells none
     */
    public record Input(
            String file,
            String format,
            boolean formatFound,
            String unit,
            String resolution,
            long read,
            long imported) {}

    /** How many, and of what. */
    public record Counted(long count, String meaning) {}

    /** Rejected units over all units, harmless ones left out of both. */
    public double rejectedShare() {
        long units = read - harmless;
        return units == 0 ? 0 : (double) (units - imported) / units;
    }
}
