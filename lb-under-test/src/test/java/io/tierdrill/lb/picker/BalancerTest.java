package io.tierdrill.lb.picker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.lb.telemetry.TierTelemetry;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BalancerTest {
    private static final InetSocketAddress A = new InetSocketAddress("127.0.5.1", 80);
    private static final InetSocketAddress B = new InetSocketAddress("127.0.5.2", 80);
    private static final InetSocketAddress C = new InetSocketAddress("127.0.5.3", 80);

    private final Balancer balancer = new Balancer(Policy.roundRobin(new Seeds(1).stream("a")));

    @Test
    void keepsTheUpstreamsThatStayAndTheirHealth() {
        balancer.wire(List.of(A, B));
        Upstream a = balancer.upstreams().get(0);
        balancer.mark(a, false);
        balancer.wire(List.of(A, C));
        assertThat(balancer.upstreams().get(0)).isSameAs(a);
        assertThat(balancer.picker().members()).extracting(Upstream::address).containsExactly(C);
    }

    @Test
    void tellsWhoGetsHowMuchAndHowOftenHealthChanged() throws Exception {
        try (TierTelemetry telemetry = TierTelemetry.start(new InstanceId("l4", 1), InetAddress.getLoopbackAddress())) {
            balancer.tell(telemetry);
            balancer.wire(List.of(A, B));
            Upstream a = balancer.upstreams().get(0);
            a.begin();
            a.begin();
            a.end();
            a.failed();
            balancer.mark(a, false);
            balancer.mark(a, false);

            assertThat(told(telemetry))
                    .contains("picks_total{tier=\"l4\",instance=\"l4/1\",of=\"127.0.5.1:80\"} 2")
                    .contains("picks_total{tier=\"l4\",instance=\"l4/1\",of=\"127.0.5.2:80\"} 0")
                    .contains("failed_connects_total{tier=\"l4\",instance=\"l4/1\",of=\"127.0.5.1:80\"} 1")
                    .contains("health_changes_total{tier=\"l4\",instance=\"l4/1\",of=\"127.0.5.1:80\"} 1")
                    .contains("signal_wired{tier=\"l4\",instance=\"l4/1\"} 2")
                    .contains("signal_well{tier=\"l4\",instance=\"l4/1\"} 1");

            balancer.wire(List.of(B));
            balancer.wire(List.of(A, B));
            assertThat(told(telemetry)).contains("picks_total{tier=\"l4\",instance=\"l4/1\",of=\"127.0.5.1:80\"} 0");
        }
    }

    private static String told(TierTelemetry telemetry) throws Exception {
        URI uri = URI.create("http:/" + telemetry.admin() + "/samples?signals");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void countsAnAddressGivenTwiceOnce() {
        balancer.wire(List.of(A, B, A));
        assertThat(balancer.upstreams()).extracting(Upstream::address).containsExactly(A, B);
    }

    @Test
    void triesEverybodyWhenNobodyIsWell() {
        balancer.wire(List.of(A, B));
        balancer.upstreams().forEach(u -> balancer.mark(u, false));
        assertThat(balancer.picker().members()).hasSize(2);
        balancer.mark(balancer.upstreams().get(1), true);
        assertThat(balancer.picker().members()).extracting(Upstream::address).containsExactly(B);
    }

    @Test
    void ignoresNewsOfThoseThatLeft() {
        balancer.wire(List.of(A, B));
        Upstream a = balancer.upstreams().get(0);
        balancer.wire(List.of(B));
        Picker before = balancer.picker();
        balancer.mark(a, false);
        assertThat(balancer.picker()).isSameAs(before);
    }

    /** A wiring always holds A and one of B and C: any other pair, or one that is empty, never existed. */
    @Test
    void neverShowsASetThatNeverExisted() throws Exception {
        balancer.wire(List.of(A, B));
        AtomicInteger wrong = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);
        Thread reader = new Thread(() -> {
            while (done.getCount() > 0) {
                List<InetSocketAddress> seen = balancer.picker().members().stream()
                        .map(Upstream::address)
                        .toList();
                if (!seen.equals(List.of(A, B)) && !seen.equals(List.of(A, C))) wrong.incrementAndGet();
            }
        });
        reader.start();
        for (int i = 0; i < 20_000; i++) balancer.wire(List.of(A, i % 2 == 0 ? C : B));
        done.countDown();
        reader.join();
        assertThat(wrong).hasValue(0);
    }
}
