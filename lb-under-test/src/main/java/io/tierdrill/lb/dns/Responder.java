package io.tierdrill.lb.dns;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * Bytes of a query in, bytes of a response out (RFC 1035, RFC 6891). Whatever the bytes, it answers or drops; it never
 * throws. Safe from any thread.
 */
final class Responder {
    /** What fits without fragments everywhere: the DNS flag day value. */
    static final int UDP_PAYLOAD = 1232;

    private static final int UDP_WITHOUT_EDNS = 512;
    private static final int HEADER = 12;

    private final Zone zone;

    Responder(Zone zone) {
        this.zone = zone;
    }

    /**
     * A response and whether giving it is this server's failure.
     *
     * @param failed the zone has nothing to say: SERVFAIL
     */
    record Response(byte[] wire, boolean failed) {
        private static final int TRUNCATED = 0x02;

        /** Whether it was too long and says so. */
        boolean truncated() {
            return (wire[2] & TRUNCATED) != 0;
        }
    }

    /** Nothing where the bytes are too short for a header or are a response themselves. */
    Optional<Response> respond(byte[] query, int most) {
        if (query.length < HEADER || (query[2] & 0x80) != 0) return Optional.empty();
        Message asked;
        try {
            asked = new Message(query);
        } catch (IOException | RuntimeException malformed) {
            return Optional.of(new Response(formatError(query), false));
        }
        Message response = reply(asked);
        OPTRecord opt = asked.getOPT();
        int size = opt == null ? UDP_WITHOUT_EDNS : Math.max(UDP_WITHOUT_EDNS, opt.getPayloadSize());
        boolean failed = response.getHeader().getRcode() == Rcode.SERVFAIL;
        return Optional.of(new Response(response.toWire(most > UDP_PAYLOAD ? most : Math.min(size, most)), failed));
    }

    private Message reply(Message asked) {
        Message response = new Message(asked.getHeader().getID());
        Header header = response.getHeader();
        header.setFlag(Flags.QR);
        header.setOpcode(asked.getHeader().getOpcode());
        if (asked.getHeader().getFlag(Flags.RD)) header.setFlag(Flags.RD);
        List<Record> questions = asked.getSection(Section.QUESTION);
        questions.forEach(q -> response.addRecord(q, Section.QUESTION));
        OPTRecord opt = asked.getOPT();
        int extended = 0;
        if (header.getOpcode() != Opcode.QUERY) header.setRcode(Rcode.NOTIMP);
        else if (questions.size() != 1) header.setRcode(Rcode.FORMERR);
        else if (opt != null && opt.getVersion() != 0) extended = Rcode.BADVERS >> 4;
        else zone.answer(questions.get(0), response);
        if (opt != null) response.addRecord(edns(opt, extended), Section.ADDITIONAL);
        return response;
    }

    /** Our own size and version, the DO bit as it came (RFC 3225), no options. */
    private static OPTRecord edns(OPTRecord asked, int extendedRcode) {
        return new OPTRecord(UDP_PAYLOAD, extendedRcode, 0, asked.getFlags() & 0x8000);
    }

    /** Identity, opcode and RD as they came, and nothing that could not be read. */
    private static byte[] formatError(byte[] query) {
        byte[] wire = new byte[HEADER];
        wire[0] = query[0];
        wire[1] = query[1];
        wire[2] = (byte) (0x80 | query[2] & 0x79);
        wire[3] = Rcode.FORMERR;
        return wire;
    }
}
