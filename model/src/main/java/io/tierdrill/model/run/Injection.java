package io.tierdrill.model.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the injector says of a whole run, in {@code injection.json} and in {@code replay --json}. Times are
 * microseconds from the schedule's due times unless named otherwise; warm-up is left out.
 *
 * @param requests due within the measured time
 * @param responses of those, answered with a whole response
 * @param errors by {@link io.tierdrill.model.sample.Outcome} word
 * @param offeredPerSecond requests over the time they were planned to take
 * @param achievedPerSecond responses over the time they took
 * @param stretch time the sending took over the time planned; 1 is on time
 * @param plannedSeconds the measured time as planned
 * @param latency from due time
 * @param service from send
 * @param lateness due to send, without the time held: the injector's own error
 * @param held time that requests which were due had to wait for their own user's earlier request or for a free
 *     connection of a bounded pool: part of the latency, no fault of the injector. Of those held only; empty where none
 *     was
 * @param status {@code VALID} or {@code INVALID}
 * @param reasons why it is invalid, in words; empty when valid
 * @param stopped that and why it ended before its schedule did; empty where it ran to the end
 * @param transport what moves the injector's bytes, and why it was chosen where another was asked for
 * @param generator what the injector cost while sending
 * @param connections what happened to connections and was no request's ending, by name, without what never happened:
 *     {@code reconnects} in place of connections that the target closed, {@code tlsHandshakes} and of those
 *     {@code tlsResumed}, {@code webSockets}; of text and binary messages on these {@code messagesPlanned} to be sent,
 *     {@code messagesSent}, of those {@code messagesLate}, {@code messagesUnsent} as their WebSocket had ended,
 *     {@code messagesAwaited} as the server had sent them when it was recorded, and {@code messagesReceived}
 * @param rules what became of the rules that change requests; empty where there are none
 * @param checks whether answers were as they should be; empty where nobody asked
 */
public record Injection(
        long requests,
        long responses,
        Map<String, Long> errors,
        double offeredPerSecond,
        double achievedPerSecond,
        double stretch,
        double plannedSeconds,
        Quantiles latency,
        Quantiles service,
        Quantiles lateness,
        Optional<Quantiles> held,
        String status,
        List<String> reasons,
        Optional<Stopped> stopped,
        String transport,
        Generator generator,
        Map<String, Long> connections,
        Optional<RuleReport> rules,
        Optional<Checks> checks) {

    /** The same run with what is known of it only when all has ended. */
    public Injection with(Optional<Stopped> early, Optional<RuleReport> ruled, Optional<Checks> checked) {
        return new Injection(
                requests,
                responses,
                errors,
                offeredPerSecond,
                achievedPerSecond,
                stretch,
                plannedSeconds,
                latency,
                service,
                lateness,
                held,
                status,
                reasons,
                early,
                transport,
                generator,
                connections,
                ruled,
                checked);
    }

    /**
     * A summary of a histogram, in microseconds. A quantile with too few samples behind it is null, never guessed: p99
     * needs 3,000, p999 needs 30,000.
     */
    public record Quantiles(
            long count,
            Double meanMicros,
            Double p50Micros,
            Double p90Micros,
            Double p99Micros,
            Double p999Micros,
            Double maxMicros) {
        public static final long NEEDED_FOR_P90 = 300;
        public static final long NEEDED_FOR_P99 = 3_000;
        public static final long NEEDED_FOR_P999 = 30_000;

        /** Why a quantile is not there, by its name; empty where all are. */
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        public Map<String, String> missing() {
            Map<String, String> missing = new LinkedHashMap<>();
            if (p90Micros == null) missing.put("p90Micros", few(NEEDED_FOR_P90));
            if (p99Micros == null) missing.put("p99Micros", few(NEEDED_FOR_P99));
            if (p999Micros == null) missing.put("p999Micros", few(NEEDED_FOR_P999));
            return missing;
        }

        private String few(long needed) {
            return String.format(
                    Locale.ROOT, "needs %,d samples, there %s %,d", needed, count == 1 ? "is" : "are", count);
        }
    }

    /**
     * @param cpuSeconds of the injector's process over the sending window, without {@code prepareCpuSeconds} spent in it
     * @param prepareCpuSeconds of the thread that reads the schedule ahead and encodes requests, over the whole run
     * @param cores it may use
     * @param connectionsOpened over the whole run
     * @param connectionsPeak open at once at most
     */
    public record Generator(
            double cpuSeconds,
            double prepareCpuSeconds,
            long rssBytes,
            int cores,
            long connectionsOpened,
            long connectionsPeak) {}
}
