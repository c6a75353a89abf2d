package io.tierdrill.lb.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Every series as one line of Prometheus text, and nothing else: no types, no help, no registry. A profiler asks a dozen
 * processes for it ten times a second on the machine that carries the load, so it has to cost next to nothing; for
 * everybody else there is {@code /metrics}. Series are added from any thread; the page belongs to the thread that serves.
 */
final class SamplePage {
    private static final double EXACT = 9e9;

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private byte[] page = new byte[4096];
    private int length;

    private record Line(byte[] head, Series series) {}

    void add(Series series) {
        lines.add(new Line(series.head().getBytes(StandardCharsets.UTF_8), series));
    }

    /** The figures of this moment, behind them those of another page; the array is good until the next call. */
    byte[] render(Optional<SamplePage> behind) {
        length = 0;
        append(lines);
        behind.ifPresent(other -> append(other.lines));
        return page;
    }

    private void append(List<Line> some) {
        for (Line line : some) {
            append(line.head);
            number(line.series.value().getAsDouble());
            room(1);
            page[length++] = '\n';
        }
    }

    /** How much of the array {@link #render} returned is the page. */
    int length() {
        return length;
    }

    /** To the nanosecond or billionth, which is all that anybody counts here. */
    private void number(double value) {
        if (!(Math.abs(value) < EXACT)) {
            append(Double.toString(value).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        long billionths = Math.round(value * 1e9);
        room(32);
        if (billionths < 0) page[length++] = '-';
        billionths = Math.abs(billionths);
        digits(billionths / 1_000_000_000, 1);
        long fraction = billionths % 1_000_000_000;
        if (fraction == 0) return;
        page[length++] = '.';
        digits(fraction, 9);
    }

    private void digits(long value, int least) {
        int count = least;
        for (long rest = value / powerOfTen(least); rest > 0; rest /= 10) count++;
        for (int i = length + count - 1; i >= length; i--, value /= 10) page[i] = (byte) ('0' + value % 10);
        length += count;
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) power *= 10;
        return power;
    }

    private void append(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, page, length, bytes.length);
        length += bytes.length;
    }

    private void room(int more) {
        if (length + more > page.length) page = Arrays.copyOf(page, Math.max(page.length * 2, length + more));
    }
}
