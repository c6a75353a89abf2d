package io.tierdrill.load;

import io.tierdrill.load.dns.Addresses;
import io.tierdrill.load.dns.Resolver;
import io.tierdrill.load.dns.ResolverPopulation;
import io.tierdrill.load.dns.ResolversConfig;
import io.tierdrill.load.loop.IoLoop;
import io.tierdrill.load.wire.Dialer;
import io.tierdrill.load.wire.Probe;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.time.NanoClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.xbill.DNS.TextParseException;

/** What must be true before the first request is sent: the name resolves, and somebody listens. */
final class Preparation {
    /** A look at the resolver's answer at least so often. */
    private static final long TURN_NANOS = 10_000_000;

    private final Target target;
    private final ResolversConfig resolvers;
    private final IoLoop loop;
    private final Dialer dialer;
    private final NanoClock clock;

    Preparation(Target target, ResolversConfig resolvers, IoLoop loop, Dialer dialer, NanoClock clock) {
        this.target = target;
        this.resolvers = resolvers;
        this.loop = loop;
        this.dialer = dialer;
        this.clock = clock;
    }

    /** Addresses of the target, known to resolve and to accept connections. */
    Addresses addresses() throws BadInputException {
        return addresses(loop, this::probe);
    }

    /** What one more sending loop stands on, which is the calling thread. Nothing is probed again. */
    Ground another() throws BadInputException {
        IoLoop own = IoLoop.best();
        try {
            return new Ground(own, addresses(own, known -> {}));
        } catch (BadInputException | RuntimeException unusable) {
            own.close();
            throw unusable;
        }
    }

    private interface Test {
        void of(List<InetAddress> addresses) throws BadInputException;
    }

    private Addresses addresses(IoLoop asking, Test test) throws BadInputException {
        Optional<InetSocketAddress> server = resolvers.server().or(target::resolver);
        if (server.isEmpty()) {
            if (!resolvers.equals(ResolversConfig.one())) throw nobodyToAsk();
            List<InetAddress> all = fromSystem();
            test.of(all);
            return Addresses.fixed(all);
        }
        Addresses resolver = resolver(asking, server.get());
        try {
            test.of(List.of(ask(asking, resolver)));
            return resolver;
        } catch (BadInputException unusable) {
            resolver.close();
            throw unusable;
        }
    }

    private List<InetAddress> fromSystem() throws BadInputException {
        try {
            return List.of(InetAddress.getAllByName(target.host()));
        } catch (UnknownHostException unknown) {
            throw unresolved("the system knows no address of it");
        }
    }

    private static BadInputException nobodyToAsk() {
        return new BadInputException(new Problem(
                "load.resolvers",
                "",
                "there is nobody to ask: the target has no DNS tier of its own",
                "Add 'server:', the address and port of the DNS server that knows the target."));
    }

    private Addresses resolver(IoLoop asking, InetSocketAddress server) throws BadInputException {
        try {
            if (!resolvers.equals(ResolversConfig.one()))
                return new ResolverPopulation(asking, server, target.host(), resolvers, clock);
            return new Resolver(asking, server, target.host(), clock);
        } catch (TextParseException notAName) {
            throw unresolved("it is not a name");
        }
    }

    /** The run's clock may stand still until all is prepared; the resolver's patience must not. */
    private InetAddress ask(IoLoop asking, Addresses resolver) throws BadInputException {
        List<InetAddress> found = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        resolver.ask(new Addresses.Waiter() {
            @Override
            public void resolved(InetAddress address) {
                found.add(address);
            }

            @Override
            public void unresolved(String why) {
                failed.add(why);
            }
        });
        NanoClock system = NanoClock.system();
        NanoClock waited = system.since(system.nanos());
        long begin = clock.nanos();
        while (found.isEmpty() && failed.isEmpty()) {
            asking.await(TURN_NANOS);
            resolver.expire(Math.max(clock.nanos(), begin + waited.nanos()));
        }
        if (found.isEmpty()) throw unresolved(failed.get(0));
        return found.get(0);
    }

    private BadInputException unresolved(String why) {
        return new BadInputException(new Problem(
                target.toString(),
                "",
                "the name " + target.host() + " does not resolve: " + why,
                "Correct the name, or start the DNS server that knows it."));
    }

    /** One address that accepts is enough: the others may be what the test is about. */
    private void probe(List<InetAddress> all) throws BadInputException {
        List<Probe.Refusal> refusals = new ArrayList<>();
        for (InetAddress address : all) {
            Optional<Probe.Refusal> refusal = refusal(address);
            if (refusal.isEmpty()) return;
            refusals.add(refusal.get());
        }
        throw new BadInputException(new Problem(
                target.toString(),
                "",
                "cannot be reached: " + joined(refusals, Probe.Refusal::why, "; "),
                joined(refusals, Probe.Refusal::help, " ")));
    }

    private static String joined(List<Probe.Refusal> all, Function<Probe.Refusal, String> part, String between) {
        return all.stream().map(part).distinct().collect(Collectors.joining(between));
    }

    private Optional<Probe.Refusal> refusal(InetAddress address) {
        return Probe.refusal(dialer, address)
                .map(r -> new Probe.Refusal(
                        r.why() + " (" + address.getHostAddress() + ":" + target.port() + ")", r.help()));
    }
}
