package io.tierdrill.recorder.packets;

import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.capture.Frame;
import io.tierdrill.recorder.packets.dns.DnsConversation;
import io.tierdrill.recorder.packets.dns.DnsQuestions;
import io.tierdrill.recorder.packets.exchange.Desk;
import io.tierdrill.recorder.packets.frame.Datagram;
import io.tierdrill.recorder.packets.frame.Dissector;
import io.tierdrill.recorder.packets.frame.Segment;
import io.tierdrill.recorder.packets.order.TraceOrder;
import io.tierdrill.recorder.packets.stream.Conversation;
import io.tierdrill.recorder.packets.stream.Memory;
import io.tierdrill.recorder.packets.stream.Streams;
import io.tierdrill.recorder.packets.tls.KeyLog;
import java.io.IOException;
import java.time.Duration;

/** Frames in, requests out in the order in which they began. One thread. */
final class PacketPipeline {
    private static final Duration FOREVER = Duration.ofDays(10_000);

    private final CaptureOptions options;
    private final Tally tally;
    private final KeyLog keys;
    private final CaptureClock clock;
    private final TraceOrder order;
    private final Dissector dissector;
    private final Streams streams;
    private final DnsQuestions questions;
    private Conversations conversations;

    /** @param keys of TLS */
    PacketPipeline(CaptureOptions options, Tally tally, KeyLog keys, TraceOrder.Sink sink) {
        this.options = options;
        this.tally = tally;
        this.clock = new CaptureClock(tally);
        this.order = new TraceOrder(
                options.heldBytes(), options.heldFor().orElse(FOREVER).toNanos(), tally, sink);
        this.keys = keys;
        this.questions = new DnsQuestions(order, tally);
        this.streams = new Streams(options.streams(), tally, this::conversations);
        this.dissector = new Dissector(tally, new ToStreams());
    }

    private Conversation.Factory conversations(Memory memory) {
        Desk desk = new Desk(order, tally, memory, options.http().bodyBytes());
        conversations = new Conversations(desk, options.http(), keys);
        return DnsConversation.factory(questions, tally, memory, conversations::open);
    }

    void take(Frame frame) throws IOException {
        long nanos = clock.nanos(frame);
        tally.seen();
        dissector.take(frame, nanos);
        conversations.advance(nanos);
        order.advance(nanos);
    }

    /** Nothing captured before that time, on the capture's clock, will come any more. */
    void settled(long nanos) throws IOException {
        conversations.advance(nanos);
        order.settled(nanos);
    }

    /** Nothing more will come: writes what is left. */
    void finish() throws IOException {
        dissector.finish();
        streams.finish();
        questions.finish();
        order.finish();
        tally.tlsKeys(keys.account());
    }

    private final class ToStreams implements Dissector.Sink {
        @Override
        public void segment(Segment segment) {
            streams.take(segment);
        }

        @Override
        public void datagram(Datagram datagram) {
            questions.take(datagram);
        }
    }
}
