package io.tierdrill.targets;

import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.time.NanoClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Brings a stack up: every process ready, every tier wired, one request answered. It fails when nothing has moved for
 * {@link #DEADLINE}, not when all of it took long: a dozen JVMs on a machine busy with other things need their time.
 */
final class StackStart {
    static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final Duration STEP = Duration.ofSeconds(3);
    private static final long PAUSE_MILLIS = 20;
    private static final int MOST_LOGS = 3;

    private final Stack stack;
    private final Fleet fleet;
    private final NanoClock clock;
    private volatile long endNanos;

    StackStart(Stack stack, Fleet fleet, NanoClock clock) {
        this.stack = stack;
        this.fleet = fleet;
        this.clock = clock;
        progress();
    }

    /** @param slowest how long the service may take over one request */
    void run(StackPlan plan, Duration slowest) throws IOException, InterruptedException {
        fleet.launch(plan.seats());
        for (Instance instance : fleet.instances()) instance.process().ready().thenRun(this::progress);
        for (Instance instance : fleet.instances())
            await(instance.process().ready(), instance.seat().id() + " to listen");
        // From the service upward: no tier is opened to requests before what is below it is.
        for (TierKind tier : upward()) await(fleet.wire(tier), tier.word() + " to be wired");
        awaitFirstRequest(STEP.plus(slowest));
        fleet.watch();
        if (fleet.firstExit().isDone()) throw ended(fleet.firstExit().join());
    }

    private static List<TierKind> upward() {
        List<TierKind> tiers = new ArrayList<>(List.of(TierKind.values()));
        Collections.reverse(tiers);
        return tiers;
    }

    private void awaitFirstRequest(Duration patience) throws IOException, InterruptedException {
        var request = new FirstRequest(stack.entryHost(), stack.entryPort(), stack.resolver(), patience);
        Optional<String> wrong = request.send();
        while (wrong.isPresent()) {
            if (remainingNanos() <= 0) throw new IOException(noAnswer(wrong.get()));
            pause();
            wrong = request.send();
        }
    }

    /** A short wait that ends at once when a process does. */
    private void pause() throws IOException, InterruptedException {
        if (isDoneWithin(fleet.firstExit(), PAUSE_MILLIS))
            throw ended(fleet.firstExit().join());
    }

    private void await(CompletableFuture<?> step, String what) throws IOException, InterruptedException {
        while (!isDecided(CompletableFuture.anyOf(step, fleet.firstExit())))
            if (remainingNanos() == 0)
                throw new IOException("waited " + DEADLINE.toSeconds() + " s for " + what + "; " + logs());
        if (step.isDone() && !step.isCompletedExceptionally()) {
            progress();
            return;
        }
        // It failed because a process is gone; who it was is known in a moment.
        if (isDoneWithin(fleet.firstExit(), STEP.toMillis()))
            throw ended(fleet.firstExit().join());
        throw new IOException("a process ended while waiting for " + what + "; " + logs());
    }

    /** Well or not; false when the time is over, which others may have prolonged meanwhile. */
    private boolean isDecided(CompletableFuture<?> either) throws InterruptedException {
        try {
            either.get(remainingNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException gone) {
            return true;
        }
    }

    private static boolean isDoneWithin(CompletableFuture<?> step, long millis) throws InterruptedException {
        try {
            step.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void progress() {
        endNanos = clock.nanos() + DEADLINE.toNanos();
    }

    private long remainingNanos() {
        return Math.max(0, endNanos - clock.nanos());
    }

    private IOException ended(Instance gone) {
        int status = gone.process().exit().join();
        return new IOException(
                gone.seat().id() + " exited with " + status + " before the stack was up; " + gone.logEnd());
    }

    private String noAnswer(String lastTry) {
        return "no request got through from " + stack.entryHost() + ":" + stack.entryPort() + " within "
                + DEADLINE.toSeconds() + " s: " + lastTry + "; " + logs();
    }

    /** Whoever has something to say. */
    private String logs() {
        String said = fleet.instances().stream()
                .filter(instance -> !instance.process().lastLines(1).isEmpty())
                .limit(MOST_LOGS)
                .map(instance -> instance.seat().id() + ": " + instance.logEnd())
                .collect(Collectors.joining("\n"));
        return said.isEmpty() ? "all logs are empty" : said;
    }
}
