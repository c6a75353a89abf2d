package io.tierdrill.load.engine;

import io.tierdrill.load.check.CheckTally;
import io.tierdrill.load.dns.Addresses;
import io.tierdrill.load.loop.IoLoop;
import io.tierdrill.load.loop.Sender;
import io.tierdrill.load.loop.Transport;
import io.tierdrill.load.prepare.Encoded;
import io.tierdrill.load.record.LoopRecord;
import io.tierdrill.load.source.SourceAddresses;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.time.NanoClock;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes engines. Stateless. */
public final class Engines {
    /** Connections that are being closed still have their place. */
    private static final double CLOSING = 0.25;

    static final String NO_SOURCES = "io_uring chooses no source addresses";

    private Engines() {}

    /** Why this machine cannot do it that way; empty where it can. */
    public static Optional<String> missing(Transport transport) {
        return switch (transport) {
            case IO_URING -> Ring.missing();
            case EPOLL -> Foreign.missing();
            case NIO -> Optional.empty();
            case AUTO, NETTY -> throw new IllegalArgumentException(transport + " is not an engine");
        };
    }

    /** The same where connections come from these addresses. */
    public static Optional<String> missing(Transport transport, SourceAddresses sources) {
        boolean cannot = transport == Transport.IO_URING && !sources.isAny();
        return missing(transport).or(() -> cannot ? Optional.of(NO_SOURCES) : Optional.empty());
    }

    /**
     * An engine that belongs to the calling thread.
     *
     * @param names the loop that {@code addresses} ask with
     * @param tally counts answers that are not as expected, if anything is
     * @param samples who wants one of each request, if anybody does: it costs an object each and a slower parser
     */
    public static Sender<Encoded> make(
            Transport transport,
            EngineConfig config,
            NanoClock clock,
            Addresses addresses,
            IoLoop names,
            LoopRecord record,
            Optional<CheckTally> tally,
            Optional<Consumer<RequestSample>> samples) {
        int places = (int) Math.min(1 << 24, config.connections() * (1 + CLOSING) + 64);
        int files = Math.min(places, config.descriptors());
        Sockets sockets = switch (transport) {
            case IO_URING -> new UringSockets(places); // Its connections are no descriptors of the process.
            case EPOLL -> new EpollSockets(files);
            case NIO -> new NioSockets(files);
            default -> throw new IllegalArgumentException(transport + " is not an engine");
        };
        return new Engine(config, clock, sockets, addresses, names, new Endings(record, tally, samples));
    }
}
