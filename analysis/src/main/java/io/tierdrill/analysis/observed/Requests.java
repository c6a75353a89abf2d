package io.tierdrill.analysis.observed;

import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The requests of the measured time, column by column: a million of them take some 100 MB less than as records. Those
 * due in the warm-up are left out. Filled by one thread, read-only afterwards.
 */
public final class Requests {
    private static final Outcome[] OUTCOMES = Outcome.values();

    private int count;
    private long[] due = new long[1024];
    private long[] sent = new long[1024];
    private long[] done = new long[1024];
    private long[] held = new long[1024];
    private long[] dns = new long[1024];
    private long[] connect = new long[1024];
    private byte[] outcome = new byte[1024];
    private final SortedMap<String, StageColumn> stages = new TreeMap<>();

    /** Adds a request, unless it belongs to the warm-up. */
    public void add(RequestSample request) {
        if (request.dueNanos() < 0) return;
        if (count == due.length) grow();
        due[count] = request.dueNanos();
        sent[count] = request.sentNanos();
        done[count] = request.doneNanos();
        held[count] = request.heldNanos();
        dns[count] = request.dnsNanos();
        connect[count] = request.connectNanos();
        outcome[count] = (byte) request.outcome().ordinal();
        request.stages()
                .forEach((name, nanos) ->
                        stages.computeIfAbsent(name, n -> new StageColumn()).put(count, nanos));
        count++;
    }

    public int count() {
        return count;
    }

    public long dueNanos(int i) {
        return due[i];
    }

    public long doneNanos(int i) {
        return done[i];
    }

    public long latencyNanos(int i) {
        return done[i] - due[i];
    }

    public long latenessNanos(int i) {
        return sent[i] - due[i];
    }

    public long serviceNanos(int i) {
        return done[i] - sent[i] - held[i];
    }

    /** Waiting for its own user or for a connection it might use: the target's doing, and before its service time. */
    public long heldNanos(int i) {
        return held[i];
    }

    public long dnsNanos(int i) {
        return dns[i];
    }

    public long connectNanos(int i) {
        return connect[i];
    }

    public Outcome outcome(int i) {
        return OUTCOMES[outcome[i]];
    }

    public boolean failed(int i) {
        return OUTCOMES[outcome[i]].isError();
    }

    /** Whether the stage was reported for this request. */
    public boolean has(int i, String stage) {
        StageColumn column = stages.get(stage);
        return column != null && column.present.get(i);
    }

    /** What was reported for the stage, zero where nothing was. */
    public long stageNanos(int i, String stage) {
        StageColumn column = stages.get(stage);
        return column == null || i >= column.nanos.length ? 0 : column.nanos[i];
    }

    /** Latencies from the due time in the order the requests were seen. */
    public long[] latencies() {
        long[] latencies = new long[count];
        for (int i = 0; i < count; i++) latencies[i] = latencyNanos(i);
        return latencies;
    }

    public long failures() {
        long failures = 0;
        for (int i = 0; i < count; i++) if (failed(i)) failures++;
        return failures;
    }

    /** Failures by kind; kinds that did not happen are absent. */
    public Map<Outcome, Long> failuresByKind() {
        Map<Outcome, Long> kinds = new EnumMap<>(Outcome.class);
        for (int i = 0; i < count; i++) if (failed(i)) kinds.merge(outcome(i), 1L, Long::sum);
        return kinds;
    }

    private void grow() {
        int size = count * 2;
        due = Arrays.copyOf(due, size);
        sent = Arrays.copyOf(sent, size);
        done = Arrays.copyOf(done, size);
        held = Arrays.copyOf(held, size);
        dns = Arrays.copyOf(dns, size);
        connect = Arrays.copyOf(connect, size);
        outcome = Arrays.copyOf(outcome, size);
    }

    private static final class StageColumn {
        private final BitSet present = new BitSet();
        private long[] nanos = new long[1024];

        private void put(int i, long value) {
            if (i >= nanos.length) nanos = Arrays.copyOf(nanos, Math.max(i + 1, nanos.length * 2));
            nanos[i] = value;
            present.set(i);
        }
    }
}
