package io.tierdrill.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tierdrill.model.run.Injection;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The freeze test: a server stands still for part of a run at a constant rate. What must come out is known.
 *
 * <p>Arrivals are uniform over the run's length {@code T}. The server is frozen from {@code a} to {@code b = a + f} and
 * answers at once otherwise. A request due at {@code t} within the freeze waits for the rest of it, {@code b - t}, every
 * other one 0. So
 *
 * <pre>
 *   mean     = 1/T * integral of (b - t) from a to b = f^2 / 2T
 *   P(L &gt; x) = (f - x) / T                   for 0 &lt;= x &lt; f, and so
 *   quantile q, for which P(L &gt; x) = 1 - q:   x = f - (1 - q) T
 * </pre>
 *
 * With f = 0.6 s of T = 1 s: mean 180 ms, p50 100 ms, p99 590 ms. A tool that waits for each answer before it sends the
 * next would have found p99 near 0: its connections sent nothing while they waited.
 *
 * <p>Time is moved by hand, and only when everything due has arrived and, unless frozen, been answered: a busy machine
 * changes nothing. {@code bench/honesty} does the same with a real nginx, SIGSTOP and ten seconds.
 */
@Timeout(120)
class FreezeTest {
    private static final long SECOND = 1_000_000_000;
    private static final int REQUESTS = 3_200;
    private static final long GAP = SECOND / REQUESTS;
    private static final long FREEZE = 200_000_000;
    private static final long THAW = 800_000_000;

    private final AtomicLong now = new AtomicLong();
    private int received;
    private int answered;
    private boolean frozen;
    private FreezingServer server;

    private record Even(Iterator<ScheduledRequest> requests, long plannedNanos) implements Schedule {
        @Override
        public boolean hasNext() {
            return requests.hasNext();
        }

        @Override
        public ScheduledRequest next() {
            return requests.next();
        }

        @Override
        public void close() {}
    }

    /** Each request of a client of its own: in an open loop nobody waits for another. */
    private static Schedule even() {
        return new Even(
                IntStream.range(0, REQUESTS)
                        .mapToObj(i -> new ScheduledRequest(i * GAP, request("client" + i)))
                        .iterator(),
                SECOND);
    }

    private static RequestRecord request(String client) {
        return new RequestRecord(
                0, client, "", client, "http", "GET", "", "/", List.of(), Body.none(), Optional.empty());
    }

    @Test
    void whatAFrozenServerCostsIsWhatTheFormulaSays() throws Exception {
        try (FreezingServer freezing = new FreezingServer(this::received)) {
            server = freezing;
            Injection injection = new Injector(InjectorConfig.defaults(), now::get, sample -> answered())
                    .run(even(), freezing.target(), 0, Optional.empty());

            double f = (THAW - FREEZE) / 1e3;
            double t = SECOND / 1e3;
            assertThat(injection.requests()).isEqualTo(REQUESTS);
            assertThat(injection.errors()).isEmpty();
            assertThat(injection.latency().meanMicros()).isCloseTo(f * f / (2 * t), within(0.02 * f * f / (2 * t)));
            assertThat(injection.latency().p50Micros()).isCloseTo(f - 0.5 * t, within(0.02 * (f - 0.5 * t)));
            assertThat(injection.latency().p99Micros()).isCloseTo(f - 0.01 * t, within(0.02 * (f - 0.01 * t)));
            assertThat(injection.lateness().maxMicros()).as("nobody was late").isLessThan(1_000);
            assertThat(injection.status()).as("%s", injection.reasons()).isEqualTo("VALID");
        }
    }

    private synchronized void received() {
        received++;
        step();
    }

    private synchronized void answered() {
        answered++;
        step();
    }

    /** Moves the clock to what happens next, once all that happens now has happened. */
    private void step() {
        long at = now.get();
        if (received < dueBy(at) || !frozen && answered < received) return;
        long next = (long) received * GAP;
        if (frozen && next >= THAW) {
            frozen = false;
            now.set(THAW);
            server.thaw();
            return;
        }
        if (!frozen && next >= FREEZE && at < FREEZE) {
            frozen = true;
            server.freeze();
        }
        if (received < REQUESTS) now.set(next);
    }

    private static int dueBy(long nanos) {
        return (int) Math.min(REQUESTS, nanos / GAP + 1);
    }
}
