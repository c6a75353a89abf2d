package io.tierdrill.recorder.accesslog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what becomes of lines while an import runs; {@link #account} freezes it. One thread. */
final class Tally {
    private static final int MOST_SHOWN = 60;

    private final long[] rejected = new long[RejectReason.values().length];
    private final ImportAccount.Example[] examples = new ImportAccount.Example[rejected.length];
    private final List<ImportAccount.Input> inputs = new ArrayList<>();
    private long read;
    private long imported;
    private long outOfOrder;
    private long cutHeaders;
    private long extraFields;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long previous;
    private long readBefore;
    private long importedBefore;

    /** A file begins. */
    void begin() {
        previous = Long.MIN_VALUE;
        readBefore = read;
        importedBefore = imported;
    }

    /** A file has ended. */
    void end(LogSource source, LogFormat wanted) {
        inputs.add(new ImportAccount.Input(
                source.path().toString(),
                source.format().word(),
                wanted == LogFormat.AUTO,
                read - readBefore,
                imported - importedBefore));
    }

    void imported(LogLine line) {
        long second = line.epochSecond();
        read++;
        imported++;
        if (second < previous) outOfOrder++;
        if (!line.wholeHeaders()) cutHeaders++;
        if (line.extraFields()) extraFields++;
        previous = second;
        first = Math.min(first, second);
        last = Math.max(last, second);
    }

    void rejected(RejectReason reason, LogSource source, int wrongAt) {
        read++;
        if (rejected[reason.ordinal()]++ > 0) return;
        LineReader line = source.lines();
        examples[reason.ordinal()] = new ImportAccount.Example(
                source.path().toString(), line.number(), wrongAt - line.from() + 1, shown(line, wrongAt));
    }

    long read() {
        return read;
    }

    long importedSoFar() {
        return imported;
    }

    /** Second of the earliest request; only when there is one. */
    long firstSecond() {
        return first;
    }

    ImportAccount account(long seed) {
        Map<String, Long> counts = new LinkedHashMap<>();
        Map<String, ImportAccount.Example> firsts = new LinkedHashMap<>();
        for (RejectReason reason : RejectReason.values()) {
            if (rejected[reason.ordinal()] == 0) continue;
            counts.put(reason.word(), rejected[reason.ordinal()]);
            firsts.put(reason.word(), examples[reason.ordinal()]);
        }
        Instant from = imported == 0 ? null : Instant.ofEpochSecond(first);
        Instant to = imported == 0 ? null : Instant.ofEpochSecond(last);
        return new ImportAccount(
                read, imported, counts, firsts, inputs, outOfOrder, cutHeaders, extraFields, from, to, seed);
    }

    /** From the wrong byte on, shortened, with nothing in it that would upset a terminal. */
    private static String shown(LineReader line, int from) {
        if (from >= line.to()) return "end of line";
        int to = Math.min(line.to(), from + MOST_SHOWN);
        String text = new String(line.bytes(), from, to - from, StandardCharsets.ISO_8859_1);
        StringBuilder safe = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c >= 0x20 && c < 0x7f) safe.append(c);
            else safe.append(String.format("\\x%02x", (int) c));
        }
        return safe.append(to < line.to() ? "\"..." : "\"").toString();
    }
}
