package io.tierdrill.recorder.imports;

import io.tierdrill.recorder.input.RejectReason;
import io.tierdrill.recorder.input.Remark;
import io.tierdrill.recorder.input.Timing;
import io.tierdrill.recorder.input.Units;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what becomes of units while an import runs; {@link #account} freezes it. One thread. */
final class Tally {
    private static final int MOST_SHOWN = 60;

    private final Map<RejectReason, Rejects> rejected = new LinkedHashMap<>();
    private final Map<Remark, Long> remarks = new LinkedHashMap<>();
    private final List<ImportAccount.Input> inputs = new ArrayList<>();
    private long read;
    private long imported;
    private long outOfOrder;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long previous;
    private long readBefore;
    private long importedBefore;

    /** The units of one reason. */
    private static final class Rejects {
        private final ImportAccount.Example first;
        private long count;

        Rejects(ImportAccount.Example first) {
            this.first = first;
        }
    }

    /** An input begins. */
    void begin() {
        previous = Long.MIN_VALUE;
        readBefore = read;
        importedBefore = imported;
    }

    /** An input has ended. */
    void end(OpenInput input) {
        input.reading().parser().remarks().forEach((remark, count) -> remarks.merge(remark, count, Long::sum));
        inputs.add(new ImportAccount.Input(
                input.name(),
                input.reading().form(),
                input.formatFound(),
                input.unit(),
                resolution(input.reading().timing()),
                read - readBefore,
                imported - importedBefore));
    }

    /** A unit is a request that arrived about then. */
    void imported(long stampNanos, long arrivalNanos) {
        read++;
        imported++;
        if (stampNanos < previous) outOfOrder++;
        previous = stampNanos;
        first = Math.min(first, arrivalNanos);
        last = Math.max(last, arrivalNanos);
    }

    void rejected(RejectReason reason, String file, Units unit, int wrongAt) {
        rejected(reason, file, unit, wrongAt, "");
    }

    /** {@code field} names what is wrong, where fields have names. */
    void rejected(RejectReason reason, String file, Units unit, int wrongAt, String field) {
        read++;
        rejected.computeIfAbsent(reason, r -> new Rejects(example(r, file, unit, wrongAt, field))).count++;
    }

    long read() {
        return read;
    }

    /** The earliest arrival; only when there is one. */
    long firstNanos() {
        return first;
    }

    ImportAccount account(long seed) {
        Map<String, Long> counts = new LinkedHashMap<>();
        Map<String, ImportAccount.Example> examples = new LinkedHashMap<>();
        Map<String, ImportAccount.Counted> told = new LinkedHashMap<>();
        long harmless = 0;
        for (Map.Entry<RejectReason, Rejects> entry : rejected.entrySet()) {
            counts.merge(entry.getKey().word(), entry.getValue().count, Long::sum);
            examples.putIfAbsent(entry.getKey().word(), entry.getValue().first);
            if (!entry.getKey().counts()) harmless += entry.getValue().count;
        }
        remarks.forEach((remark, count) -> told.put(remark.word(), new ImportAccount.Counted(count, remark.meaning())));
        Instant from = imported == 0 ? null : Instant.ofEpochSecond(0, first);
        Instant to = imported == 0 ? null : Instant.ofEpochSecond(0, last);
        return new ImportAccount(
                read, imported, counts, harmless, examples, inputs, told, outOfOrder, from, to, seed, Map.of());
    }

    private static String resolution(Timing timing) {
        if (!timing.tellsTimes()) return "none";
        long nanos = timing.resolutionNanos();
        if (nanos % 1_000_000_000 == 0) return nanos / 1_000_000_000 + " s";
        if (nanos % 1_000_000 == 0) return nanos / 1_000_000 + " ms";
        return nanos % 1_000 == 0 ? nanos / 1_000 + " us" : nanos + " ns";
    }

    /** Units of documents may span lines; the place is counted from where the unit begins. */
    private static ImportAccount.Example example(
            RejectReason reason, String file, Units unit, int wrongAt, String field) {
        long line = unit.line();
        int lineFrom = unit.from() - unit.column() + 1;
        for (int i = unit.from(); i < wrongAt && i < unit.to(); i++) {
            if (unit.bytes()[i] != '\n') continue;
            line++;
            lineFrom = i + 1;
        }
        return new ImportAccount.Example(
                file,
                line,
                wrongAt - lineFrom + 1,
                unit.number(),
                field,
                shown(unit.bytes(), wrongAt, unit.to()),
                reason.meaning(),
                reason.counts());
    }

    /** From the wrong byte on, shortened, with nothing in it that would upset a terminal. */
    static String shown(byte[] bytes, int from, int end) {
        if (from >= end) return "end of line";
        int to = Math.min(end, from + MOST_SHOWN);
        String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        StringBuilder safe = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c >= 0x20 && c < 0x7f) safe.append(c);
            else safe.append(String.format("\\x%02x", (int) c));
        }
        return safe.append(to < end ? "\"..." : "\"").toString();
    }
}
