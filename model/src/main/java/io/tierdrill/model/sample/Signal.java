package io.tierdrill.model.sample;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is told of an instance or of the machine beside its flow and its declared limits, each a figure with a name. A
 * rule says which of them it needs; where one is missing, the rule keeps silent.
 *
 * <p>The first group is told by the tiers themselves, at {@link #metric}; the second is read from outside by the
 * profiler: of a process, or of the network and the machine under it. What belongs to one network namespace is told of
 * {@link SignalSample#MACHINE} where it is the one the profiler runs in, else of each instance that lives in another.
 */
public enum Signal {
    /** Requests, connections or flows sent to the instance below named in {@code of}. */
    PICKS(true),
    /** Connections to the instance below named in {@code of} that could not be opened. */
    FAILED_CONNECTS(true),
    /** Connections opened to the tier below. */
    OPENED(true),
    /** Connections of clients accepted. */
    ACCEPTED(true),
    /** Requests sent once more. */
    RETRIES(true, "tierdrill_l7_retries_total"),
    /** Times the instance below named in {@code of} was found ill or well again. */
    HEALTH_CHANGES(true),
    /** Instances below that are wired. */
    WIRED(false),
    /** Of those, found well by the health check. */
    WELL(false),
    /** TLS handshakes with clients, resumed ones included. */
    TLS_HANDSHAKES(true),
    /** Of those, from scratch: dear, for they need the private key. */
    TLS_FULL_HANDSHAKES(true),
    /** Answers of a name server whose first address was the one in {@code of}. */
    DNS_ANSWERS(true),
    /** Queries that came over TCP. */
    DNS_TCP_QUERIES(true),
    /** Answers too long for a datagram, so that the client has to ask again over TCP. */
    DNS_TRUNCATED(true),
    /** Time in which a JVM's collector stopped the process. */
    COLLECTOR_SECONDS(true),
    /** How often it did. */
    COLLECTIONS(true),
    /** Heap taken, in bytes. */
    HEAP_USED(false),
    /** The most heap the JVM may take, in bytes. */
    HEAP_LIMIT(false),
    /** By how much a task that is due ten times a second came too late on the event loop, summed up. */
    LOOP_LATE_SECONDS(true),
    /** Time in which answers were held back because their client did not read. */
    SLOW_CLIENT_SECONDS(true),

    /** Processors the control group of the process may use on average. */
    QUOTA_CORES(false),
    /** Periods in which that was enforced. */
    QUOTA_PERIODS(true),
    /** Of those, in which the group was stopped for the rest of the period. */
    QUOTA_THROTTLED(true),
    /** Time its threads were stopped for it, summed over threads. */
    QUOTA_THROTTLED_SECONDS(true),
    /** Connections that are complete and wait to be accepted at the listener named in {@code of}. */
    ACCEPT_QUEUE(false),
    /** The most that may wait there. */
    ACCEPT_LIMIT(false),
    /** Datagrams dropped because the receive buffer of the socket named in {@code of} was full. */
    SOCKET_DROPS(true),

    /** Connections refused because an accept queue was full. */
    LISTEN_OVERFLOWS(true),
    /** Half-open connections dropped, or answered with a cookie, because there were too many. */
    SYN_QUEUE_OVERFLOWS(true),
    /** TCP segments sent, those sent again not among them. */
    SEGMENTS(true),
    /** Data segments sent again. */
    RETRANSMITS(true),
    /** Connection requests sent again. */
    SYN_RETRANSMITS(true),
    /** Retransmission timers that ran out. */
    TCP_TIMEOUTS(true),
    /** Acknowledgements sent only because their delay timer ran out. */
    DELAYED_ACKS(true),
    /** Datagrams dropped at full receive buffers. */
    DATAGRAMS_DROPPED(true),
    /** Connections that are over and hold their port for another minute. */
    TIME_WAIT(false),
    /** Bytes sent through the interface named in {@code of}. */
    LINK_BYTES(true),
    /** Packets the interface named in {@code of} dropped, in either direction. */
    LINK_DROPS(true),
    /** Bytes a second the interface named in {@code of} can carry. */
    LINK_SPEED(false),
    /** Packets taken from network cards by the kernel. */
    PACKETS(true),
    /** Of those, dropped because a processor's backlog was full. */
    PACKETS_DROPPED(true),
    /** Connections the packet filter remembers. */
    CONNTRACK_USED(false),
    /** The most it may remember. */
    CONNTRACK_LIMIT(false),
    /** Time in which some task waited for memory. */
    MEMORY_PRESSURE_SECONDS(true);

    private static final Map<String, Signal> BY_METRIC =
            Arrays.stream(values()).collect(Collectors.toMap(Signal::metric, s -> s));

    private final boolean counts;
    private final String metric;

    Signal(boolean counts) {
        this.counts = counts;
        this.metric = "tierdrill_signal_" + name().toLowerCase(Locale.ROOT) + (counts ? "_total" : "");
    }

    Signal(boolean counts, String metric) {
        this.counts = counts;
        this.metric = metric;
    }

    /** Whether it only ever grows while its process lives. */
    public boolean counts() {
        return counts;
    }

    /** Under which name a tier exposes it. */
    public String metric() {
        return metric;
    }

    /** Undoes {@link #metric}; empty for any other metric. */
    public static Optional<Signal> ofMetric(String metric) {
        return Optional.ofNullable(BY_METRIC.get(metric));
    }
}
