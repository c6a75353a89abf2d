package io.tierdrill.load.replay;

import io.tierdrill.model.time.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A part of a trace: from one moment to another, each an offset from the trace's start ({@code 90s}) or a time of day in
 * UTC ({@code 10:30}, {@code 23:59:30}). A time of day is the first such time at or after the trace's start; an end that
 * is not after the beginning is that of the next day.
 *
 * @param from as written
 * @param to as written
 */
public record Window(String from, String to) {
    public static final String ALLOWED =
            "two offsets from the trace's start such as 5m-15m, or two times of day in UTC such as 10:00-10:30";

    private static final Duration DAY = Duration.ofDays(1);

    public Window {
        if (!bothAlike(from, to)) throw new IllegalArgumentException("not a window: " + from + "-" + to);
    }

    /** Reads {@code FROM-TO}; empty where it is neither of the two forms. */
    public static Optional<Window> parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) return Optional.empty();
        return of(text.substring(0, dash).strip(), text.substring(dash + 1).strip());
    }

    /** Both ends; empty where they are not of one form, or where offsets leave nothing between them. */
    public static Optional<Window> of(String from, String to) {
        return bothAlike(from, to) ? Optional.of(new Window(from, to)) : Optional.empty();
    }

    private static boolean bothAlike(String from, String to) {
        if (time(from).isPresent() && time(to).isPresent()) return true;
        Optional<Duration> start = DurationText.parse(from);
        Optional<Duration> end = DurationText.parse(to);
        return start.isPresent() && end.isPresent() && start.get().compareTo(end.get()) < 0;
    }

    private static Optional<LocalTime> time(String text) {
        try {
            return text.matches("\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?")
                    ? Optional.of(LocalTime.parse(text))
                    : Optional.empty();
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }

    /** Offset of the beginning in a trace that starts at this instant. */
    long fromNanos(Instant start) {
        return offset(from, start).toNanos();
    }

    /** Offset of the end, the first that is no longer part of it. */
    long toNanos(Instant start) {
        Duration end = offset(to, start);
        return (end.compareTo(offset(from, start)) > 0 ? end : end.plus(DAY)).toNanos();
    }

    private static Duration offset(String text, Instant start) {
        Optional<Duration> written = DurationText.parse(text);
        if (written.isPresent()) return written.get();
        LocalTime begins = start.atOffset(ZoneOffset.UTC).toLocalTime();
        Duration until = Duration.between(begins, time(text).orElseThrow());
        return until.isNegative() ? until.plus(DAY) : until;
    }

    @Override
    public String toString() {
        return from + "-" + to;
    }
}
