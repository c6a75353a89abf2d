package io.tierdrill.load;

import io.tierdrill.load.dns.ResolversConfig;
import io.tierdrill.load.engine.Engines;
import io.tierdrill.load.loop.Transport;
import io.tierdrill.load.prepare.Layout;
import io.tierdrill.load.source.SourceAddresses;
import io.tierdrill.load.wire.Protocol;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which sender a run gets: our own engine where it can do all that was asked for and the machine can do what the engine
 * needs, otherwise Netty.
 *
 * @param transport never {@link Transport#AUTO}
 * @param loops threads that send
 * @param reason why no faster one, in words; empty where there is none faster
 */
record Choice(Transport transport, int loops, String reason) {
    private static final List<Transport> FASTEST_FIRST = List.of(Transport.IO_URING, Transport.EPOLL);

    /**
     * @param talk what of rules and checks only Netty can do, if anything
     * @param busiestPerSecond requests in the busiest second, where that is known
     */
    static Choice of(InjectorConfig config, Target target, Optional<String> talk, OptionalDouble busiestPerSecond)
            throws BadInputException {
        Choice one = ofTransport(config, target, talk);
        Optional<Integer> asked = config.machinery().loops();
        int most = one.transport == Transport.NETTY ? 1 : connections(config);
        if (asked.isPresent() && asked.get() > most) throw tooMany(asked.get(), most, one);
        int fitting = LoopCount.automatic(Runtime.getRuntime().availableProcessors(), busiestPerSecond);
        return new Choice(one.transport, asked.orElse(Math.min(most, fitting)), one.reason);
    }

    private static int connections(InjectorConfig config) {
        boolean pool = config.layout().mode() == Layout.Mode.POOL;
        return pool ? Math.min(config.layout().size(), config.maxConnections()) : config.maxConnections();
    }

    private static BadInputException tooMany(int asked, int most, Choice one) {
        boolean netty = one.transport == Transport.NETTY;
        String why = netty
                ? "netty sends on one" + (one.reason.isEmpty() ? "" : " (" + one.reason + ")")
                : "they share " + most + (most == 1 ? " connection" : " connections");
        return new BadInputException(new Problem(
                "load.loops",
                "",
                asked + " sending threads are not possible: " + why,
                netty ? "Leave it at auto." : "Allowed here: 1 to " + most + "."));
    }

    private static Choice ofTransport(InjectorConfig config, Target target, Optional<String> talk)
            throws BadInputException {
        Transport asked = config.machinery().transport();
        Optional<String> onlyNetty = onlyNetty(config, target).or(() -> talk);
        if (asked == Transport.NETTY) return netty("asked for");
        if (asked == Transport.AUTO)
            return onlyNetty
                    .map(Choice::netty)
                    .orElseGet(() -> fastest(config.wire().sources()));
        Optional<String> why = onlyNetty
                .map(word -> "netty is needed for " + word)
                .or(() -> Engines.missing(asked, config.wire().sources()));
        if (why.isPresent()) throw impossible(asked, why.get());
        return new Choice(asked, 1, "");
    }

    /** What was asked for that the engine cannot do. */
    private static Optional<String> onlyNetty(InjectorConfig config, Target target) {
        if (target.secure()) return Optional.of("TLS");
        if (config.wire().protocol() != Protocol.HTTP1) return Optional.of("HTTP/2");
        if (config.layout().mode() == Layout.Mode.RECORDED) return Optional.of("connections as recorded");
        if (config.layout().mode() == Layout.Mode.USER) return Optional.of("six connections for each user");
        if (!config.resolvers().equals(ResolversConfig.one())) return Optional.of("resolvers of users");
        return Optional.empty();
    }

    private static Choice netty(String why) {
        return new Choice(Transport.NETTY, 1, why);
    }

    private static Choice fastest(SourceAddresses sources) {
        String reason = "";
        for (Transport each : FASTEST_FIRST) {
            Optional<String> missing = Engines.missing(each, sources);
            if (missing.isEmpty()) return new Choice(each, 1, reason);
            reason = missing.get();
        }
        return netty(reason);
    }

    private static BadInputException impossible(Transport asked, String why) {
        return new BadInputException(new Problem(
                "load.transport",
                "",
                asked.word() + " is not possible: " + why,
                "Leave it at auto, or ask for netty, which is possible everywhere."));
    }

    /**
     * For people and {@code injection.json}.
     *
     * @param name what the sender calls itself
     */
    String words(String name) {
        String whole = (transport == Transport.NETTY ? "netty " + name : name)
                + (loops > 1 ? ", " + loops + " sending threads" : "");
        return reason.isEmpty() ? whole : whole + " (" + reason + ")";
    }
}
