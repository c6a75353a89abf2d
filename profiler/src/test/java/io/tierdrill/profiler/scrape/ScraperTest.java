package io.tierdrill.profiler.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.sample.Sample;
import io.tierdrill.model.sample.TierSample;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.time.NanoClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against real sockets, on a clock that the test moves. */
class ScraperTest {
    private static final InstanceId QUICK = new InstanceId("l7", 1);
    private static final InstanceId SLOW = new InstanceId("l7", 2);
    private static final long DEADLINE_NANOS = 20_000_000_000L;

    private final NanoClock wall = NanoClock.system();
    private final AtomicLong now = new AtomicLong();
    private final List<Sample> samples = new ArrayList<>();
    private Scraper scraper;
    private FakeTier quick;
    private FakeTier slow;

    @BeforeEach
    void watchTwoTiers() throws IOException {
        quick = new FakeTier();
        slow = new FakeTier();
        scraper = new Scraper(now::get, Duration.ofSeconds(2), samples::add);
        scraper.watch(QUICK, quick.metrics());
        scraper.watch(SLOW, slow.metrics());
    }

    @AfterEach
    void stop() throws IOException {
        scraper.close();
        quick.close();
        slow.close();
    }

    @Test
    void stampsEverySampleWithTheInstantItsOwnAnswerCame() {
        now.set(100);
        scraper.ask(false);
        now.set(103);
        quick.page(page(5));
        serveUntil(() -> samples.size() == 1);
        now.set(170);
        slow.page(page(6));
        serveUntil(() -> samples.size() == 2);

        assertThat(samples).containsExactly(flow(103, QUICK, 5), flow(170, SLOW, 6));
    }

    @Test
    void asksTheQuickOnesAgainWhileASlowOneIsStillToAnswer() {
        for (int tick = 1; tick <= 5; tick++) {
            int expected = tick;
            now.addAndGet(100);
            quick.page(page(tick));
            scraper.ask(false);
            serveUntil(() -> samples.size() == expected);
        }
        slow.page(page(9));
        serveUntil(() -> samples.size() == 6);

        assertThat(samples.subList(0, 5)).extracting(Sample::atNanos).containsExactly(100L, 200L, 300L, 400L, 500L);
        assertThat(samples.get(5)).isEqualTo(flow(500, SLOW, 9));
        assertThat(quick.connections()).as("kept").isEqualTo(1);
        assertThat(slow.connections()).isEqualTo(1);
        assertThat(scraper.failures()).isZero();
    }

    @Test
    void asksForSignalsWhenItIsToAndWhereItWasGivenNoQueryOfItsOwn() {
        scraper.watch(QUICK, quick.everything());
        for (boolean signals : new boolean[] {true, false, true}) {
            quick.page(page(1));
            slow.page(page(1));
            int expected = samples.size() + 2;
            scraper.ask(signals);
            serveUntil(() -> samples.size() == expected);
        }

        assertThat(quick.questions())
                .containsExactly(
                        "GET /samples?signals HTTP/1.1", "GET /samples HTTP/1.1", "GET /samples?signals HTTP/1.1");
        assertThat(slow.questions()).containsOnly("GET /metrics?name%5B%5D=x HTTP/1.1");
    }

    @Test
    void givesUpAnAnswerThatTakesTooLongAndConnectsAnew() {
        scraper.watch(QUICK, slow.metrics());
        scraper.watch(SLOW, slow.metrics());
        scraper.ask(false);
        serveUntil(() -> slow.connections() == 2);
        now.set(Duration.ofSeconds(2).toNanos());
        scraper.ask(false);
        assertThat(scraper.failures()).as("not yet too long").isZero();
        now.addAndGet(1);
        scraper.ask(false);
        assertThat(scraper.failures()).isEqualTo(2);
        scraper.ask(false);
        serveUntil(() -> slow.connections() == 4);
    }

    @Test
    void comesBackToATierThatHungUp() {
        slow.raw(FakeTier.HANG_UP);
        scraper.ask(false);
        serveUntil(() -> scraper.failures() == 1);
        slow.page(page(7));
        scraper.ask(false);
        serveUntil(() -> samples.size() == 1);

        assertThat(samples).containsExactly(flow(0, SLOW, 7));
        assertThat(slow.connections()).isEqualTo(2);
    }

    @Test
    void countsAnswersThatAreNoMetrics() {
        quick.raw("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
        slow.raw("SSH-2.0-x\r\n\r\n");
        scraper.ask(false);
        serveUntil(() -> scraper.failures() == 2);

        assertThat(samples).isEmpty();
    }

    @Test
    void readsAPageLargerThanItsFirstBuffer() {
        quick.page("# " + "x".repeat(100_000) + "\n" + page(8));
        scraper.ask(false);
        serveUntil(() -> samples.size() == 1);

        assertThat(samples).containsExactly(flow(0, QUICK, 8));
    }

    @Test
    void goesOnWithoutATierThatIsGone() throws IOException {
        ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        gone.close();
        scraper.watch(SLOW, URI.create("http://127.0.0.1:" + gone.getLocalPort() + "/metrics"));
        quick.page(page(1));
        scraper.ask(false);
        serveUntil(() -> samples.size() == 1 && scraper.failures() == 1);

        assertThat(samples).containsExactly(flow(0, QUICK, 1));
    }

    @Test
    void asksNoMoreForAnInstanceItForgot() {
        scraper.forget(SLOW);
        slow.page(page(2));
        quick.page(page(1));
        scraper.ask(false);
        serveUntil(() -> samples.size() == 1);

        assertThat(slow.connections()).isZero();
        assertThat(samples).containsExactly(flow(0, QUICK, 1));
    }

    private void serveUntil(BooleanSupplier done) {
        long deadline = wall.nanos() + DEADLINE_NANOS;
        while (!done.getAsBoolean()) {
            assertThat(wall.nanos()).as("in time, with %s", samples).isLessThan(deadline);
            scraper.serve(10_000_000);
        }
    }

    private static String page(int arrivals) {
        return "tierdrill_tier_arrivals_total " + arrivals + "\ntierdrill_tier_completions_total 0\n";
    }

    private static TierSample flow(long at, InstanceId id, long arrivals) {
        return new TierSample(at, id, arrivals, 0, 0, arrivals, 0, 0, 0, 0);
    }
}
