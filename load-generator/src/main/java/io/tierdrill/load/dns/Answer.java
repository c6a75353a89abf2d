package io.tierdrill.load.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * What a DNS server said (RFC 1035).
 *
 * @param addresses in the order of the answer
 * @param ttlSeconds the least of the answer, aliases on the way included
 * @param code such as {@code NOERROR}
 * @param scope length of the prefix the answer is good for, where the server says (RFC 7871)
 * @param truncated whether to ask again over TCP
 */
record Answer(int id, List<InetAddress> addresses, long ttlSeconds, String code, OptionalInt scope, boolean truncated) {

    static Answer parse(byte[] wire) throws IOException {
        Message message = new Message(wire);
        List<InetAddress> addresses = new ArrayList<>();
        long ttl = Long.MAX_VALUE;
        for (Record found : message.getSection(Section.ANSWER)) {
            ttl = Math.min(ttl, found.getTTL());
            if (found instanceof ARecord a) addresses.add(a.getAddress());
        }
        return new Answer(
                message.getHeader().getID(),
                List.copyOf(addresses),
                ttl,
                Rcode.string(message.getRcode()),
                scope(message),
                message.getHeader().getFlag(Flags.TC));
    }

    private static OptionalInt scope(Message message) {
        OPTRecord opt = message.getOPT();
        if (opt == null) return OptionalInt.empty();
        return opt.getOptions(EDNSOption.Code.CLIENT_SUBNET).stream()
                .filter(ClientSubnetOption.class::isInstance)
                .mapToInt(o -> ((ClientSubnetOption) o).getScopePrefixLength())
                .findFirst();
    }
}
