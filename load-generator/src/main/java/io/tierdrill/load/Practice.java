package io.tierdrill.load;

import io.tierdrill.load.dns.ResolversConfig;
import io.tierdrill.load.live.Live;
import io.tierdrill.load.loop.LoopConfig;
import io.tierdrill.load.loop.Transport;
import io.tierdrill.load.practice.Responder;
import io.tierdrill.load.wire.WireConfig;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.time.StartableClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A short run against a responder of its own, before the run that counts: code that runs for the first time is
 * interpreted, has classes to load, and makes requests late by milliseconds. Its record, its schedule and its
 * connections are its own, and nothing of it is in anybody's result.
 *
 * <p>It practises what a request to an {@code http} target goes through; what TLS, HTTP/2, resolvers, rules and checks
 * add to that stays cold.
 */
final class Practice {
    /** A burst and a pause, so that it waits, looks, and sends many at once. */
    private static final int BURST = 4;

    private static final long PAUSE = 1_000_000;
    private static final int BURSTS = 400;
    private static final int CLIENTS = 200;
    private static final Duration TIMEOUT = Duration.ofMillis(250);
    /** It begins in the midst of a second, so that one passes: that is when histograms change hands. */
    private static final long BEGIN = 800_000_000;

    private Practice() {}

    /**
     * Practises, for about half a second.
     *
     * @param transport what the run that counts will be sent over
     * @param samples whether it will want samples
     * @return what came of it; empty where practising was not possible, which is nobody's failure
     */
    static Optional<Injection> run(InjectorConfig config, Transport transport, boolean samples, NanoClock clock)
            throws InterruptedException {
        try (Responder responder = new Responder()) {
            StartableClock started = new StartableClock(clock);
            Consumer<RequestSample> nobody = sample -> {};
            Injector injector = samples
                    ? new Injector(modest(config, transport), started, nobody)
                    : new Injector(modest(config, transport), Live.quiet(), started);
            Target target = new Target(
                    responder.address().getHostString(), responder.address().getPort(), Optional.empty());
            return Optional.of(injector.run(
                    new MadeUp(), target, 0, Optional.empty(), words -> started.start(clock.nanos() + PAUSE - BEGIN)));
        } catch (IOException | BadInputException | RuntimeException impossible) {
            return Optional.empty();
        }
    }

    /** The same machinery, in the plainest protocol and with little memory. */
    private static InjectorConfig modest(InjectorConfig config, Transport transport) {
        WireConfig plain = WireConfig.defaults();
        return new InjectorConfig(
                config.maxConnections(),
                config.idleTimeout(),
                TIMEOUT,
                config.pacing(),
                config.identity(),
                config.layout(),
                new LoopConfig(transport, config.machinery().loops(), LoopConfig.LEAST_AHEAD),
                new WireConfig(config.wire().order(), plain.sources(), plain.protocol(), plain.tls()),
                ResolversConfig.one(),
                config.limits());
    }

    /** Made-up requests. */
    private static final class MadeUp implements Schedule {
        private static final List<Header> HEADERS = List.of(
                new Header("User-Agent", "Mozilla/5.0 (practice)"),
                new Header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
                new Header("Referer", "http://practice.example/list/7"));
        private int next;

        @Override
        public boolean hasNext() {
            return next < BURSTS * BURST;
        }

        @Override
        public ScheduledRequest next() {
            if (!hasNext()) throw new NoSuchElementException();
            int i = next++;
            long due = BEGIN + i / BURST * PAUSE;
            String client = "192.0.2." + i % CLIENTS;
            return new ScheduledRequest(
                    due,
                    new RequestRecord(
                            due,
                            client,
                            "",
                            "",
                            "http",
                            "GET",
                            "practice.example",
                            "/item/" + i,
                            HEADERS,
                            Body.none(),
                            Optional.empty()));
        }

        @Override
        public long plannedNanos() {
            return BEGIN + BURSTS * PAUSE;
        }

        @Override
        public void close() {}
    }
}
