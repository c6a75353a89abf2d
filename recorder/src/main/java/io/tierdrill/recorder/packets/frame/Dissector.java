package io.tierdrill.recorder.packets.frame;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.capture.Frame;
import java.util.Optional;

/**
 * Takes frames apart. Segments and datagrams go to the sink, which accounts for their packets; everything else is
 * accounted for here. Lengths are checked against what was captured before anything is read. One thread.
 */
public final class Dissector {
    private static final int VXLAN_PORT = 4789;
    private static final int VXLAN_HEADER = 8;
    /** Tunnels within tunnels; deeper ones are made to harm. */
    private static final int MOST_DEPTH = 3;

    /** Takes what was found. Accounts for all its packets. */
    public interface Sink {
        void segment(Segment segment);

        void datagram(Datagram datagram);
    }

    private final Tally tally;
    private final Sink sink;
    private final IpHeader ip;

    public Dissector(Tally tally, Sink sink) {
        this.tally = tally;
        this.sink = sink;
        this.ip = new IpHeader(tally);
    }

    /** @param nanos when it was captured, by a clock that only goes forward */
    public void take(Frame frame, long nanos) {
        Stretch whole = new Stretch(frame.bytes().slice(), frame.length(), frame.place(), nanos, 1, 0);
        if (whole.isCut()) tally.observed(Observation.CUT_PACKETS);
        link(LinkHeader.read(frame.linkType(), whole), whole, 0);
    }

    /** No more will come. */
    public void finish() {
        ip.finish();
    }

    private void link(LinkHeader.Result link, Stretch frame, int depth) {
        switch (link.content()) {
            case OTHER -> end(Fate.OTHER_PROTOCOL, frame);
            case UNKNOWN_LINK -> end(Fate.OTHER_LINK, frame);
            case SHORT -> tooShort(frame);
            case IP -> packet(link.packet().orElseThrow(), depth);
            default -> throw new IllegalStateException(link.content().name());
        }
    }

    private void packet(Stretch packet, int depth) {
        Optional<IpHeader.Payload> payload = ip.read(packet);
        if (payload.isEmpty()) return;
        switch (payload.get().protocol()) {
            case IpHeader.TCP -> tcp(payload.get());
            case IpHeader.UDP -> udp(payload.get(), depth);
            default -> end(Fate.OTHER_PROTOCOL, payload.get().content());
        }
    }

    private void tcp(IpHeader.Payload ipPayload) {
        Stretch tcp = ipPayload.content();
        if (!tcp.has(20)) {
            tooShort(tcp);
            return;
        }
        int header = (tcp.u8(12) >> 4) * 4;
        if (header < 20 || header > tcp.length()) {
            end(Fate.MALFORMED, tcp);
            return;
        }
        Stretch payload = tcp.from(header);
        sink.segment(new Segment(
                tcp.place(),
                tcp.nanos(),
                tcp.packets(),
                tcp.network(),
                new Endpoint(ipPayload.from(), tcp.u16(0)),
                new Endpoint(ipPayload.to(), tcp.u16(2)),
                tcp.bytes().getInt(4),
                tcp.bytes().getInt(8),
                tcp.u8(13),
                payload.bytes(),
                payload.length() - payload.captured()));
    }

    private void udp(IpHeader.Payload ipPayload, int depth) {
        Stretch udp = ipPayload.content();
        if (!udp.has(8)) {
            tooShort(udp);
            return;
        }
        int length = udp.u16(4) == 0 ? udp.length() : udp.u16(4);
        if (length < 8 || length > udp.length()) {
            end(Fate.MALFORMED, udp);
            return;
        }
        Stretch payload = udp.part(8, length - 8);
        if (udp.u16(2) == VXLAN_PORT && depth < MOST_DEPTH && isVxlan(payload)) {
            Stretch inner = payload.from(VXLAN_HEADER).inNetwork(payload.bytes().getInt(4) >>> 8);
            link(LinkHeader.ethernet(inner), inner, depth + 1);
            return;
        }
        sink.datagram(new Datagram(
                udp.place(),
                udp.nanos(),
                udp.packets(),
                udp.network(),
                new Endpoint(ipPayload.from(), udp.u16(0)),
                new Endpoint(ipPayload.to(), udp.u16(2)),
                payload.bytes(),
                payload.length() - payload.captured()));
    }

    /** RFC 7348, 5: only the flag for a valid network is set. */
    private static boolean isVxlan(Stretch payload) {
        return payload.has(VXLAN_HEADER) && payload.u8(0) == 0x08;
    }

    private void tooShort(Stretch what) {
        end(what.isCut() ? Fate.CUT : Fate.MALFORMED, what);
    }

    private void end(Fate fate, Stretch what) {
        tally.packets(fate, what.packets(), what.place());
    }
}
