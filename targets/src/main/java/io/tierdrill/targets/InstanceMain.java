package io.tierdrill.targets;

import io.tierdrill.lb.Balancers;
import io.tierdrill.lb.TierInstance;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.targets.process.Lifeline;
import io.tierdrill.targets.process.Ready;
import io.tierdrill.targets.service.ServiceConfig;
import io.tierdrill.targets.service.ServiceServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/**
 * One instance of a tier as a process:
 *
 * <pre>
 *   InstanceMain dns|l3|l4|l7|service [--name l7/1] [--listen 127.0.3.1:0] [--config FILE] [--seed N]
 *                [--downstream HOST:PORT,...] [--supervised]
 * </pre>
 *
 * It prints {@code READY traffic=HOST:PORT admin=HOST:PORT} once it listens. Supervised, it then obeys its
 * {@link Lifeline} and ends when that does; else it runs until SIGTERM. Ends with 2 on bad settings or an address that
 * is taken, saying why on standard error.
 *
 * <p>A stack starts a dozen of these, so nothing is loaded here that a tier does not need.
 */
public final class InstanceMain {
    private static final long CLOSE_MILLIS = 1_000;

    private InstanceMain() {}

    public static void main(String[] args) {
        try {
            serve(args);
        } catch (BadInputException bad) {
            System.err.println(bad.getMessage());
            System.exit(2);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            failed.printStackTrace();
            System.exit(1);
        }
    }

    /**
     * The same for a command that reads its own line: serves until the process is ended.
     *
     * @throws BadInputException on bad settings; nothing listens then
     * @throws IOException when the address is taken
     */
    public static void serve(String... args) throws IOException, BadInputException, InterruptedException {
        run(InstanceArguments.parse(args));
    }

    private static void run(InstanceArguments arguments) throws IOException, BadInputException, InterruptedException {
        TierInstance instance = start(arguments, NanoClock.system(), Clock.systemUTC());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closeSoon(instance), "close"));
        if (!arguments.downstream().isEmpty()) instance.wire(arguments.downstream());
        var ready = new Ready(instance.traffic(), instance.admin());
        if (!arguments.supervised()) {
            System.out.println(ready.line());
            new CountDownLatch(1).await();
        }
        var fromParent = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Lifeline.follow(ready, fromParent, System.out, instance::wire);
        System.exit(0);
    }

    static TierInstance start(InstanceArguments arguments, NanoClock clock, Clock wall)
            throws IOException, BadInputException {
        var problems = new Problems();
        ConfigNode settings = arguments.config().isPresent()
                ? ConfigFile.read(arguments.config().get(), problems)
                : ConfigNode.empty("defaults", problems);
        var seeds = new Seeds(arguments.seed());
        if (arguments.kind() == TierKind.L7) return RecordedL7.start(arguments, settings, seeds, clock, wall);
        if (arguments.kind() != TierKind.SERVICE)
            return Balancers.start(arguments.kind(), arguments.id(), arguments.listen(), settings, seeds, clock);
        ServiceConfig config = ServiceConfig.from(settings);
        problems.throwIfAny();
        return ServiceServer.start(arguments.id(), arguments.listen(), config, seeds, clock);
    }

    /** In a thread of its own: a tier too busy to close must not keep the process from ending. */
    private static void closeSoon(TierInstance instance) {
        var closing = new Thread(instance::close, "closing");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(CLOSE_MILLIS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
