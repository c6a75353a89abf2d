package io.tierdrill.load.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.load.prepare.Layout.Mode;
import io.tierdrill.model.trace.RequestRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static RequestRecord request(String client, String connection, String user) {
        return request(client, connection, user, "");
    }

    private static RequestRecord request(String client, String connection, String user, String host) {
        return new RequestRecord(
                0,
                client,
                connection,
                user,
                "http",
                "GET",
                host,
                "/",
                List.of(),
                RequestRecord.Body.none(),
                Optional.empty());
    }

    private static long lane(Mode mode, String client, String connection, String user) {
        return new Lanes(new Layout(mode, 8)).of(request(client, connection, user));
    }

    @Test
    void aClientHasItsOwnAndEachOfItsRecordedConnectionsToo() {
        long lane = lane(Mode.CLIENT, "a", "", "");
        assertThat(lane(Mode.CLIENT, "a", "", "someone")).isEqualTo(lane);
        assertThat(Set.of(lane, lane(Mode.CLIENT, "b", "", ""), lane(Mode.CLIENT, "a", "1", "")))
                .hasSize(3);
        assertThat(lane(Mode.CLIENT, "a", "1", "")).isEqualTo(lane(Mode.RECORDED, "a", "1", ""));
    }

    @Test
    void aUserHasItsOwnFromWhereverItComes() {
        assertThat(lane(Mode.USER, "a", "1", "u")).isEqualTo(lane(Mode.USER, "b", "", "u"));
        assertThat(lane(Mode.USER, "a", "", "")).isEqualTo(lane(Mode.CLIENT, "a", "", ""));
        assertThat(lane(Mode.USER, "a", "", "a")).isNotEqualTo(lane(Mode.USER, "a", "", ""));
    }

    @Test
    void allShareAPool() {
        assertThat(lane(Mode.POOL, "a", "1", "u")).isEqualTo(lane(Mode.POOL, "b", "2", "v"));
    }

    @Test
    void whereEachHostHasItsOwnNobodySharesWithAnother() {
        for (Mode mode : List.of(Mode.CLIENT, Mode.USER, Mode.RECORDED)) {
            Lanes apart = new Lanes(new Layout(mode, 8), true);
            Lanes together = new Lanes(new Layout(mode, 8));
            RequestRecord one = request("a", "1", "u", "one.test");
            RequestRecord two = request("a", "1", "u", "two.test");
            assertThat(apart.of(one)).isEqualTo(apart.of(one)).isNotEqualTo(apart.of(two));
            assertThat(together.of(one)).isEqualTo(together.of(two));
        }
    }

    @Test
    void spreadsOverItsLowBitsAndRepeatsNone() {
        Lanes lanes = new Lanes(Layout.byClient());
        Set<Long> seen = new HashSet<>();
        int[] byLowBits = new int[4];
        for (int i = 0; i < 100_000; i++) {
            long lane = lanes.of(request("10.0." + i / 250 + "." + i % 250, "", ""));
            seen.add(lane);
            byLowBits[(int) lane & 3]++;
        }
        assertThat(seen).hasSize(100_000);
        // Binomial: sd 137 of 25,000; five of them.
        assertThat(IntStream.of(byLowBits)).allSatisfy(n -> assertThat(n).isBetween(24_300, 25_700));
    }
}
