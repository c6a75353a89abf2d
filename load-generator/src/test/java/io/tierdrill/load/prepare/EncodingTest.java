package io.tierdrill.load.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.load.http.Identity;
import io.tierdrill.load.http.RequestEncoder;
import io.tierdrill.load.order.Order;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EncodingTest {
    private static final int MIB = 1 << 20;
    private static final RequestEncoder ENCODER = new RequestEncoder("h", Identity.none());

    /** Requests counted from 0, one a microsecond. */
    private static class Counted implements Plan {
        final AtomicInteger asked = new AtomicInteger();
        private final int count;

        Counted(int count) {
            this.count = count;
        }

        @Override
        public boolean next() {
            return asked.getAndIncrement() < count;
        }

        @Override
        public long dueNanos() {
            return 1_000L * (asked.get() - 1);
        }

        @Override
        public RequestRecord request() {
            int i = asked.get() - 1;
            byte[] body = new byte[i % 1_000 == 7 ? 600_000 : 0];
            return new RequestRecord(
                    0,
                    "c" + i % 10,
                    "",
                    "u" + i % 3,
                    "http",
                    i % 5 == 0 ? "HEAD" : "GET",
                    "",
                    "/" + i,
                    List.of(),
                    Body.of(body),
                    Optional.empty());
        }

        @Override
        public void close() {}
    }

    private static Encoding encoding(Plan plan, int loops, long memory) {
        return new Encoding(
                plan, ENCODER, new Lanes(Layout.byClient()), Order.USER, Optional.empty(), true, loops, memory);
    }

    private static boolean next(Upcoming<Encoded> upcoming) {
        while (!upcoming.next()) {
            if (upcoming.ended()) return false;
            Thread.onSpinWait();
        }
        return true;
    }

    private static String start(Encoded request) {
        byte[] start = new byte[20];
        request.bytes().get(request.from(), start);
        return new String(start, StandardCharsets.US_ASCII);
    }

    @Test
    void givesEveryRequestInItsTurnLargeOnesToo() {
        try (Encoding ahead = encoding(new Counted(20_000), 1, MIB)) {
            Upcoming<Encoded> upcoming = ahead.upcoming(0);
            for (int i = 0; i < 20_000; i++) {
                assertThat(next(upcoming)).isTrue();
                Encoded request = upcoming.request();
                assertThat(upcoming.dueNanos()).isEqualTo(1_000L * i);
                assertThat(start(request)).startsWith((i % 5 == 0 ? "HEAD /" : "GET /") + i + " HTTP");
                assertThat(request.toHead()).isEqualTo(i % 5 == 0);
                assertThat(request.length() > 600_000).isEqualTo(i % 1_000 == 7);
                assertThat(request.endsNanos()).isEqualTo(1_000L * i + 1_000_000_000);
            }
            assertThat(next(upcoming)).isFalse();
        }
    }

    @Test
    void goesNoFurtherAheadThanItsMemory() throws Exception {
        Counted plan = new Counted(1_000_000_000);
        try (Encoding ahead = encoding(plan, 1, MIB)) {
            ahead.awaitFull();
            // A request is 80 bytes and more, so a MiB holds fewer than 13,000; the large ones stand for chunks.
            assertThat(plan.asked.get()).isLessThan(14_000);
            Upcoming<Encoded> upcoming = ahead.upcoming(0);
            for (int i = 0; i < 50_000; i++) assertThat(next(upcoming)).isTrue();
            assertThat(plan.asked.get()).isLessThan(50_000 + 14_000);
        }
    }

    @Test
    void bytesThatAreHeldStayAsTheyAre() {
        try (Encoding ahead = encoding(new Counted(100_000), 1, MIB)) {
            Upcoming<Encoded> upcoming = ahead.upcoming(0);
            assertThat(next(upcoming)).isTrue();
            Encoded request = upcoming.request();
            var bytes = request.bytes();
            int from = request.from();
            Runnable release = request.hold().orElseThrow();
            for (int i = 1; i < 50_000; i++) assertThat(next(upcoming)).isTrue();
            byte[] still = new byte[8];
            bytes.get(from, still);
            assertThat(new String(still, StandardCharsets.US_ASCII)).isEqualTo("HEAD /0 ");
            release.run();
            while (next(upcoming)) assertThat(upcoming.request().length()).isPositive();
        }
    }

    @Test
    void severalLoopsShareTheRequestsByUser() {
        try (Encoding ahead = encoding(new Counted(30_000), 2, 4 * MIB)) {
            int[] counts = new int[2];
            boolean[] ended = new boolean[2];
            long[] last = {-1, -1};
            while (!ended[0] || !ended[1]) {
                for (int loop = 0; loop < 2; loop++) {
                    Upcoming<Encoded> upcoming = ahead.upcoming(loop);
                    if (ended[loop] || !upcoming.next()) {
                        ended[loop] = upcoming.ended();
                        continue;
                    }
                    assertThat(upcoming.dueNanos()).isGreaterThan(last[loop]);
                    last[loop] = upcoming.dueNanos();
                    assertThat((int) Long.remainderUnsigned(upcoming.request().user() >>> 32, 2))
                            .isEqualTo(loop);
                    counts[loop]++;
                }
            }
            assertThat(counts[0] + counts[1]).isEqualTo(30_000);
        }
    }

    @Test
    void aTraceThatBreaksIsToldOfWhereItBreaks() {
        Plan broken = new Counted(10) {
            @Override
            public boolean next() {
                if (!super.next()) throw new IllegalStateException("the file is damaged");
                return true;
            }
        };
        try (Encoding ahead = encoding(broken, 1, MIB)) {
            Upcoming<Encoded> upcoming = ahead.upcoming(0);
            for (int i = 0; i < 10; i++) assertThat(next(upcoming)).isTrue();
            assertThatThrownBy(() -> next(upcoming)).hasMessage("the file is damaged");
        }
    }
}
