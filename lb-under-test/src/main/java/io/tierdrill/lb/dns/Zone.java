package io.tierdrill.lb.dns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * What is true of the one name: its addresses, in rotation, and that nothing else exists below it. Knows no wire and no
 * socket. Safe from any thread; an empty zone is one that is not wired yet.
 */
final class Zone {
    /** Of the SOA; nobody transfers this zone, so only the last, the time a denial may be kept, matters. */
    private static final long SERIAL = 1;

    private static final long REFRESH = 3600;
    private static final long RETRY = 600;
    private static final long EXPIRE = 86_400;

    private final Name name;
    private final long ttl;
    private final Record soa;
    private final AtomicInteger turn;
    private volatile List<InetAddress> addresses = List.of();
    private final Map<InetAddress, LongAdder> first = new ConcurrentHashMap<>();

    Zone(DnsConfig config, int firstTurn) {
        try {
            name = Name.fromString(config.name(), Name.root);
            ttl = config.ttl().toSeconds();
            Name server = Name.fromString("ns", name);
            Name mailbox = Name.fromString("hostmaster", name);
            soa = new SOARecord(name, DClass.IN, ttl, server, mailbox, SERIAL, REFRESH, RETRY, EXPIRE, ttl);
        } catch (TextParseException impossible) {
            throw new IllegalArgumentException("not a name: " + config.name(), impossible);
        }
        turn = new AtomicInteger(firstTurn);
    }

    /** From now on these; each is answered once however often it is given. */
    void addresses(List<InetAddress> wired) {
        addresses = wired.stream().distinct().toList();
    }

    /** How often an answer began with it. */
    long begunWith(InetAddress address) {
        LongAdder count = first.get(address);
        return count == null ? 0 : count.sum();
    }

    /** Fills in response code, flags and records for the question. */
    void answer(Record question, Message response) {
        List<InetAddress> now = addresses;
        if (question.getDClass() != DClass.IN || !question.getName().subdomain(name)) {
            response.getHeader().setRcode(Rcode.REFUSED);
        } else if (now.isEmpty()) {
            response.getHeader().setRcode(Rcode.SERVFAIL);
        } else {
            response.getHeader().setFlag(Flags.AA);
            if (!question.getName().equals(name)) {
                response.getHeader().setRcode(Rcode.NXDOMAIN);
                response.addRecord(soa, Section.AUTHORITY);
            } else {
                exists(question, now, response);
            }
        }
    }

    /** The name is ours: its records of that type, or the SOA that says there are none. */
    private void exists(Record question, List<InetAddress> now, Message response) {
        List<Record> records = switch (question.getType()) {
            case Type.A, Type.AAAA -> rotated(question, now);
            case Type.SOA -> List.of(soa);
            case Type.ANY -> rotated(Record.newRecord(question.getName(), Type.A, DClass.IN), now);
            default -> List.of();
        };
        records.forEach(r -> response.addRecord(r, Section.ANSWER));
        if (records.isEmpty()) response.addRecord(soa, Section.AUTHORITY);
    }

    /** Under the name as it was asked, so that resolvers that mix cases find their own mix again. */
    private List<Record> rotated(Record question, List<InetAddress> now) {
        boolean four = question.getType() == Type.A;
        List<InetAddress> family =
                now.stream().filter(a -> a instanceof Inet4Address == four).toList();
        if (family.isEmpty()) return List.of();
        int start = Integer.remainderUnsigned(turn.getAndIncrement(), family.size());
        first.computeIfAbsent(family.get(start), a -> new LongAdder()).increment();
        return Stream.concat(family.stream().skip(start), family.stream().limit(start))
                .map(a -> record(question.getName(), a))
                .toList();
    }

    private Record record(Name asked, InetAddress address) {
        return address instanceof Inet4Address
                ? new ARecord(asked, DClass.IN, ttl, address)
                : new AAAARecord(asked, DClass.IN, ttl, address);
    }
}
