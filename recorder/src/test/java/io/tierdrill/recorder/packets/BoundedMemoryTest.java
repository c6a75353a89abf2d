package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.exchange.Desk;
import io.tierdrill.recorder.packets.frame.Address;
import io.tierdrill.recorder.packets.frame.Endpoint;
import io.tierdrill.recorder.packets.frame.Segment;
import io.tierdrill.recorder.packets.http.HttpLimits;
import io.tierdrill.recorder.packets.order.TraceOrder;
import io.tierdrill.recorder.packets.stream.StreamLimits;
import io.tierdrill.recorder.packets.stream.Streams;
import io.tierdrill.recorder.packets.tls.KeyLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedMemoryTest {
    private static final StreamLimits LIMITS = new StreamLimits(100, 500, 1 << 20, 1 << 16, Duration.ofMinutes(2));

    private final Tally tally = new Tally();
    private final List<String> requests = new ArrayList<>();
    private final TraceOrder order =
            new TraceOrder(1 << 20, tally, r -> requests.add(r.record().path()));
    private final Streams streams = new Streams(
            LIMITS,
            tally,
            memory ->
                    new Conversations(new Desk(order, tally, memory, 0), HttpLimits.defaults(), KeyLog.empty())::open);
    private long packets;

    private void segment(int client, long seq, int flags, byte[] payload) {
        Endpoint from = new Endpoint(new Address(0, 0xffff_0000_0000L | client >>> 8), 1 + (client & 0xff));
        Endpoint to = new Endpoint(new Address(0, 0xffff_7f00_0001L), 80);
        tally.seen();
        streams.take(new Segment(
                new Place("flood", ++packets),
                packets * 1000,
                1,
                0,
                from,
                to,
                (int) seq,
                0,
                flags,
                ByteBuffer.wrap(payload),
                0));
        assertThat(streams.size()).isLessThanOrEqualTo(LIMITS.connections() + LIMITS.quiet() + 1);
        assertThat(streams.heldBytes()).isLessThan(LIMITS.bytes() + (1 << 17));
    }

    private void request(int client, long seq, String text) {
        segment(client, seq, PacketLab.ACK, PacketLab.bytes(text));
    }

    @Test
    void aFloodOfHalfOpenConnectionsDrivesOutOnlyItsLike() {
        segment(1, 0, PacketLab.SYN, new byte[0]);
        request(1, 1, "GET /first HTTP/1.1\r\n");
        for (int client = 2; client < 300_000; client++) segment(client, 0, PacketLab.SYN, new byte[0]);
        request(1, 22, "\r\nGET /second HTTP/1.1\r\n\r\n");
        finish();

        assertThat(requests).containsExactly("/first", "/second");
        assertThat(tally.packets(0).of(Observation.HALF_OPEN_DROPPED)).isEqualTo(299_998 - LIMITS.quiet());
        assertThat(tally.packets(0).of(Observation.DROPPED)).isZero();
    }

    @Test
    void aFloodOfUnfinishedHeadsDropsTheOldestConnections() {
        String head = "GET / HTTP/1.1\r\nX: " + "x".repeat(30_000);
        for (int client = 1; client < 1000; client++) request(client, 1, head);
        finish();

        assertThat(tally.packets(0).of(Observation.DROPPED)).isGreaterThan(900);
        assertThat(tally.rejected().get("dropped") + tally.rejected().get("cut"))
                .isEqualTo(999);
    }

    @Test
    void aFloodBehindHolesIsHeldToTheLimitAndAccountedFor() {
        for (int client = 1; client < 90; client++) {
            request(client, 1, "GET /" + client + " HTTP/1.1\r\n\r\n");
            for (int i = 0; i < 40; i++) segment(client, 1000 + i * 1400L, PacketLab.ACK, new byte[1400]);
        }
        finish();

        assertThat(tally.packets(0).of(Fate.DROPPED)).isGreaterThan(1000);
    }

    @Test
    void oneDirectionTakesAHoleForLostWhenTooMuchWaitsBehindIt() {
        request(1, 1, "GET /before HTTP/1.1\r\n\r\n");
        for (int i = 0; i < 100; i++) {
            segment(1, 1000 + i * 1400L, PacketLab.ACK, new byte[1400]);
            assertThat(streams.heldBytes()).isLessThan(LIMITS.bytesPerDirection() + 2000);
        }
        request(1, 1000 + 100 * 1400L, "GET /after HTTP/1.1\r\n\r\n");
        finish();

        assertThat(requests).containsExactly("/before", "/after");
        assertThat(tally.packets(0).of(Observation.HOLES)).isEqualTo(1);
        assertThat(tally.packets(0).of(Observation.DROPPED)).isZero();
    }

    @Test
    void aFloodOfRecordsAndHandshakesThatNeverEndIsHeldToTheLimit() {
        String endless = "\u0016\u0003\u0001\u0040\u0000" + "\u0001\u0000\u007f\u00ff" + "x".repeat(1000);
        String begun = "\u0016\u0003\u0001\u0003\u00e8" + "\u0001\u0000\u007f\u00ff" + "x".repeat(996);
        for (int client = 1; client < 2000; client++) {
            segment(client, 0, PacketLab.SYN, new byte[0]);
            request(client, 1, client % 2 == 0 ? endless : begun);
        }
        finish();

        assertThat(tally.packets(0).of(Observation.DROPPED)).isGreaterThan(1500);
        assertThat(tally.packets(0).of(Fate.TLS_WITHOUT_KEYS)).isEqualTo(1999);
    }

    @Test
    void aFloodOfHttp2ThatNeverEndsItsHeadersIsHeldToTheLimit() {
        String endless = Http2Lab.PREFACE + Http2Lab.settings() + Http2Lab.frame(1, 0, 1, "x".repeat(15_000));
        for (int client = 1; client < 1000; client++) {
            segment(client, 0, PacketLab.SYN, new byte[0]);
            request(client, 1, endless);
        }
        finish();

        assertThat(tally.packets(0).of(Observation.DROPPED)).isGreaterThan(850);
        assertThat(tally.packets(0).of(Fate.HTTP2)).isEqualTo(999);
    }

    @Test
    void aClientThatNeverReadsAnswersHoldsABoundedNumberOfRequests() {
        long seq = 1;
        for (int i = 0; i < 5000; i++) {
            String text = "GET /" + i + " HTTP/1.1\r\n\r\n";
            request(1, seq, text);
            seq += text.length();
        }
        finish();

        assertThat(requests).hasSize(5000);
    }

    private void finish() {
        streams.finish();
        try {
            order.finish();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        assertThat(streams.heldBytes()).isZero();
        assertThat(streams.size()).isZero();
        assertThat(tally.packets(0).seen()).isEqualTo(packets);
    }
}
