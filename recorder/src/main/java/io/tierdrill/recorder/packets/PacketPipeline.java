package io.tierdrill.recorder.packets;

import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.capture.Frame;
import io.tierdrill.recorder.packets.dns.DnsConversation;
import io.tierdrill.recorder.packets.dns.DnsQuestions;
import io.tierdrill.recorder.packets.frame.Datagram;
import io.tierdrill.recorder.packets.frame.Dissector;
import io.tierdrill.recorder.packets.frame.Segment;
import io.tierdrill.recorder.packets.http.HttpConversation;
import io.tierdrill.recorder.packets.order.TraceOrder;
import io.tierdrill.recorder.packets.stream.Conversation;
import io.tierdrill.recorder.packets.stream.Streams;
import java.io.IOException;
import java.time.Duration;

/** Frames in, requests out in the order in which they began. One thread. */
final class PacketPipeline {
    private static final Duration FOREVER = Duration.ofDays(10_000);

    private final Tally tally;
    private final CaptureClock clock;
    private final TraceOrder order;
    private final Dissector dissector;
    private final Streams streams;
    private final DnsQuestions questions;

    PacketPipeline(CaptureOptions options, Tally tally, TraceOrder.Sink sink) {
        this.tally = tally;
        this.clock = new CaptureClock(tally);
        this.order = new TraceOrder(
                options.heldBytes(), options.heldFor().orElse(FOREVER).toNanos(), tally, sink);
        this.questions = new DnsQuestions(order, tally);
        this.streams = new Streams(options.streams(), tally, memory -> {
            Conversation.Factory others = HttpConversation.factory(order, tally, memory, options.http());
            return DnsConversation.factory(questions, tally, memory, others);
        });
        this.dissector = new Dissector(tally, new ToStreams());
    }

    void take(Frame frame) throws IOException {
        long nanos = clock.nanos(frame);
        tally.seen();
        dissector.take(frame, nanos);
        order.advance(nanos);
    }

    /** Nothing captured before that time, on the capture's clock, will come any more. */
    void settled(long nanos) throws IOException {
        order.advance(nanos);
    }

    /** Nothing more will come: writes what is left. */
    void finish() throws IOException {
        dissector.finish();
        streams.finish();
        questions.finish();
        order.finish();
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
