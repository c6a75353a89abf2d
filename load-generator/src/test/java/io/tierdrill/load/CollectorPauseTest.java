package io.tierdrill.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.run.Injection;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A collector that stops the injector makes requests late, not due later; and the run says so. */
@Timeout(60)
class CollectorPauseTest {
    private static final long MILLI = 1_000_000;
    private static final int REQUESTS = 1_000;
    private static final int GARBAGE = 400_000;

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

    private final List<RequestSample> samples = new ArrayList<>();
    private final List<Object> live = new ArrayList<>();
    private long paused;

    @Test
    void aPauseOfTheCollectorIsLatenessAndMakesTheRunInvalid() throws Exception {
        NanoClock system = NanoClock.system();
        NanoClock clock = system.since(system.nanos() + 500 * MILLI);
        try (FreezingServer server = new FreezingServer(() -> {})) {
            Injection injection = new Injector(InjectorConfig.defaults(), clock, sample -> {
                        samples.add(sample);
                        if (samples.size() == REQUESTS / 3) collect(clock);
                    })
                    .run(even(), server.target(), 0, Optional.empty());

            // The last request due before the pause was due at most a millisecond before it began.
            assertThat(injection.lateness().maxMicros()).isGreaterThanOrEqualTo((paused - 2 * MILLI) / 1e3);
            assertThat(injection.status()).isEqualTo("INVALID");
            assertThat(injection.reasons().get(0)).startsWith("The injector sent late: ");
            assertThat(samples.stream().map(RequestSample::dueNanos).sorted().toList())
                    .isEqualTo(LongStream.range(0, REQUESTS)
                            .mapToObj(i -> i * MILLI)
                            .toList());
        }
    }

    /** Whole collections, with enough alive to be traced, until a tenth of the run has gone by. */
    private void collect(NanoClock clock) {
        long begin = clock.nanos();
        for (int i = 0; i < GARBAGE; i++) live.add(new long[8]);
        while (paused < 100 * MILLI) {
            System.gc();
            paused = clock.nanos() - begin;
        }
    }

    private static Schedule even() {
        return new Even(
                IntStream.range(0, REQUESTS)
                        .mapToObj(i -> new ScheduledRequest(i * MILLI, request("client" + i % 20)))
                        .iterator(),
                REQUESTS * MILLI);
    }

    private static RequestRecord request(String client) {
        return new RequestRecord(
                0, client, "", client, "http", "GET", "", "/", List.of(), Body.none(), Optional.empty());
    }
}
