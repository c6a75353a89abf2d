package io.tierdrill.recorder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.PackedMessage;
import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.packets.Conversations;
import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.PacketAccount;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.dns.DnsConversation;
import io.tierdrill.recorder.packets.dns.DnsQuestions;
import io.tierdrill.recorder.packets.exchange.Desk;
import io.tierdrill.recorder.packets.frame.Address;
import io.tierdrill.recorder.packets.frame.Endpoint;
import io.tierdrill.recorder.packets.frame.Segment;
import io.tierdrill.recorder.packets.order.TraceOrder;
import io.tierdrill.recorder.packets.stream.Streams;
import io.tierdrill.recorder.packets.tls.KeyLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reassembly and conversations under tight limits, fed with segments; checks after each that the limits hold. */
final class Wire {
    private final Tally tally = new Tally();
    private final List<RequestRecord> requests = new ArrayList<>();
    private final List<MessageRecord> messages = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final TraceOrder order = new TraceOrder(CaptureTargets.TIGHT.heldBytes(), tally, new Gathered());
    private final DnsQuestions questions = new DnsQuestions(order, tally);
    private final Streams streams;
    private final int port;
    private long packets;
    private long nanos = 1_000_000_000L;

    Wire() {
        this(80, KeyLog.empty());
    }

    /** @param port of the server */
    Wire(int port, KeyLog keys) {
        this.port = port;
        this.streams = new Streams(CaptureTargets.TIGHT.streams(), tally, memory -> {
            Desk desk =
                    new Desk(order, tally, memory, CaptureTargets.TIGHT.http().bodyBytes());
            Conversations others = new Conversations(desk, CaptureTargets.TIGHT.http(), keys);
            return DnsConversation.factory(questions, tally, memory, others::open);
        });
    }

    void later(long millis) {
        nanos += millis * 1_000_000;
    }

    void segment(int connection, boolean forward, int sequence, int ack, int flags, byte[] payload, int missing) {
        Endpoint client = new Endpoint(new Address(0, 0xffff_0a00_0001L), 40_000 + connection);
        Endpoint server = new Endpoint(new Address(0, 0xffff_0a00_0002L), port);
        tally.seen();
        nanos += 1000;
        streams.take(new Segment(
                new Place("fuzz", ++packets),
                nanos,
                1,
                0,
                forward ? client : server,
                forward ? server : client,
                sequence,
                ack,
                flags,
                ByteBuffer.wrap(payload),
                missing));
        advance();
        assertThat(streams.heldBytes())
                .isBetween(0L, CaptureTargets.TIGHT.streams().bytes());
        assertThat(streams.size())
                .isLessThanOrEqualTo(CaptureTargets.TIGHT.streams().connections()
                        + CaptureTargets.TIGHT.streams().quiet());
    }

    private void advance() {
        try {
            order.advance(nanos);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    void finish() throws IOException {
        streams.finish();
        questions.finish();
        order.finish();
        assertThat(streams.heldBytes()).isZero();
        assertThat(streams.size()).isZero();
        assertThat(tally.packets(0).seen()).isEqualTo(packets);
        long last = 0;
        for (long time : times) {
            assertThat(time).isGreaterThanOrEqualTo(last);
            last = time;
        }
    }

    /** In the order they come. */
    private final class Gathered implements TraceOrder.Sink {
        @Override
        public void write(PackedRequest request) {
            requests.add(request.record());
            times.add(request.offsetNanos());
        }

        @Override
        public void write(PackedMessage message) {
            messages.add(message.record());
            times.add(message.offsetNanos());
        }
    }

    List<MessageRecord> messages() {
        return messages;
    }

    List<RequestRecord> requests() {
        return requests;
    }

    /** Whether there were bytes that are part of no message. */
    boolean lostTheThread() {
        PacketAccount account = tally.packets(0);
        return account.of(Fate.Group.INCOMPLETE) + account.of(Fate.Group.NOT_HTTP) > 0;
    }

    Map<String, Long> rejected() {
        return tally.rejected();
    }
}
