package io.tierdrill.model.trace;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known only when a trace ends. It stands in the container's metadata as JSON of fixed length, and is rewritten
 * in place with each flush: so every reader of Avro sees it, and a kill leaves what was true at the last flush.
 *
 * @param dropped requests that were seen but are not in the trace, by reason ({@code buffer-full}, {@code disk}, ...); of
 *     {@code kernel-packets} nobody knows which requests they were of, so these are packets
 * @param closed whether the writer ended in peace; otherwise it was killed, or is still writing
 */
public record TraceFooter(Map<String, Long> dropped, boolean closed) {
    /** Bytes of the value in the metadata. */
    static final int LENGTH = 512;

    /** Where reasons are added up that would not fit. */
    static final String OTHER = "other";

    private static final Pattern REASON = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern FORM = Pattern.compile("\\{\"closed\":(true|false),\"dropped\":\\{(.*)}} *");
    private static final Pattern COUNT = Pattern.compile("\"([a-z0-9-]+)\":(\\d{1,18})");

    public TraceFooter {
        dropped.forEach(TraceFooter::check);
        dropped = Map.copyOf(dropped);
    }

    /** Of a trace that has just begun. */
    static TraceFooter open() {
        return new TraceFooter(Map.of(), false);
    }

    /** All that was dropped. */
    public long droppedInAll() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    TraceFooter withClosed(boolean nowClosed) {
        return new TraceFooter(dropped, nowClosed);
    }

    /** Both counts added. */
    TraceFooter plus(TraceFooter more) {
        Map<String, Long> sum = new TreeMap<>(dropped);
        more.dropped.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return new TraceFooter(sum, more.closed);
    }

    /** JSON, padded with spaces. The largest counts keep their names where not all fit. */
    byte[] encode() {
        Map<String, Long> told = new LinkedHashMap<>(new TreeMap<>(dropped));
        String json = json(told);
        while (json.length() > LENGTH) {
            foldSmallest(told);
            json = json(told);
        }
        return (json + " ".repeat(LENGTH - json.length())).getBytes(StandardCharsets.US_ASCII);
    }

    /** Empty where the text is no footer, such as one torn by a crash of the machine. */
    static Optional<TraceFooter> decode(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) return Optional.empty();
        Map<String, Long> dropped = new TreeMap<>();
        for (String part :
                form.group(2).isEmpty() ? new String[0] : form.group(2).split(",")) {
            Matcher count = COUNT.matcher(part);
            if (!count.matches()) return Optional.empty();
            dropped.merge(count.group(1), Long.parseLong(count.group(2)), Long::sum);
        }
        return Optional.of(new TraceFooter(dropped, form.group(1).equals("true")));
    }

    private String json(Map<String, Long> told) {
        List<String> counts = told.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\":" + e.getValue())
                .toList();
        return "{\"closed\":" + closed + ",\"dropped\":{" + String.join(",", counts) + "}}";
    }

    private static void foldSmallest(Map<String, Long> told) {
        String smallest = told.entrySet().stream()
                .filter(e -> !e.getKey().equals(OTHER))
                .min(Comparator.comparingLong((Map.Entry<String, Long> e) -> e.getValue())
                        .thenComparing(Map.Entry::getKey))
                .orElseThrow()
                .getKey();
        told.merge(OTHER, told.remove(smallest), Long::sum);
    }

    private static void check(String reason, long count) {
        if (!REASON.matcher(reason).matches())
            throw new IllegalArgumentException(
                    "a reason is up to 40 letters a-z, digits and hyphens, was '" + reason + "'");
        if (count < 0) throw new IllegalArgumentException("count of " + reason + " must be 0 or more, was " + count);
    }
}
