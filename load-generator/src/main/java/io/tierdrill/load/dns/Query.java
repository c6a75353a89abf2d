package io.tierdrill.load.dns;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** A question on the wire. Stateless. */
final class Query {
    /** What fits a datagram without being cut on its way (DNS flag day 2020). */
    private static final int PAYLOAD = 1232;

    private Query() {}

    static byte[] wire(Record question, int id, Optional<Subnet> subnet) {
        Message message = Message.newQuery(question);
        message.getHeader().setID(id);
        subnet.ifPresent(s -> message.addRecord(
                new OPTRecord(PAYLOAD, 0, 0, 0, List.of(new ClientSubnetOption(s.prefix(), 0, s.address()))),
                Section.ADDITIONAL));
        return message.toWire();
    }
}
