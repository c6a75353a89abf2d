package io.tierdrill.recorder.packets.dns;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.RejectReason;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.frame.Datagram;
import io.tierdrill.recorder.packets.frame.Endpoint;
import io.tierdrill.recorder.packets.order.TraceOrder;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Questions on the ports 53 and 5353, each with the answer that came from where it was sent, to where it came from, with
 * its number and its words. A question asked again is a request again. One thread.
 */
public final class DnsQuestions {
    static final int DNS = 53;
    private static final int MULTICAST_DNS = 5353;
    /** No resolver waits longer; also what bounds the memory, with the number below. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private static final int MOST_OPEN = 16_384;

    /** @param network virtual network, or below 0 the connection of TCP */
    private record Key(Endpoint client, Endpoint server, int network, int id, DnsMessage.Question question) {}

    private final TraceOrder order;
    private final Tally tally;
    private final Map<Key, Open> open = new LinkedHashMap<>();
    private int connections;

    public DnsQuestions(TraceOrder order, Tally tally) {
        this.order = order;
        this.tally = tally;
    }

    /** Takes a datagram and accounts for its packets; a message of TCP comes without, as its reader accounts for them. */
    public void take(Datagram datagram) {
        giveUpOld(datagram.nanos());
        boolean dns = isDns(datagram.from().port()) || isDns(datagram.to().port());
        Optional<DnsMessage> message = dns ? DnsMessage.parse(datagram.payload()) : Optional.empty();
        if (message.isEmpty()) {
            Fate fate = !dns ? Fate.OTHER_UDP : datagram.missing() > 0 ? Fate.CUT : Fate.MALFORMED;
            tally.packets(fate, datagram.packets(), datagram.place());
            return;
        }
        tally.packets(Fate.DNS, datagram.packets(), datagram.place());
        if (message.get().response()) answer(message.get(), datagram);
        else ask(message.get(), datagram);
    }

    /** A number for a connection of TCP, below 0, by which its questions differ from all others. */
    int newConnection() {
        connections = connections == Integer.MIN_VALUE ? -1 : connections - 1;
        return connections;
    }

    /** No answer will come any more. */
    public void finish() {
        open.values().forEach(Open::unanswered);
        open.clear();
    }

    private static boolean isDns(int port) {
        return port == DNS || port == MULTICAST_DNS;
    }

    private void ask(DnsMessage message, Datagram datagram) {
        if (message.opcode() != 0 || message.questions().isEmpty()) {
            tally.rejected(RejectReason.NOT_A_DNS_QUERY, datagram.place());
            return;
        }
        for (DnsMessage.Question question : message.questions()) {
            Key key = new Key(datagram.from(), datagram.to(), datagram.network(), message.id(), question);
            Open before = open.remove(key);
            if (before != null) before.unanswered();
            open.put(key, new Open(question, datagram));
        }
    }

    private void answer(DnsMessage message, Datagram datagram) {
        boolean known = false;
        for (DnsMessage.Question question : message.questions()) {
            Key key = new Key(datagram.to(), datagram.from(), datagram.network(), message.id(), question);
            Open asked = open.remove(key);
            if (asked == null) continue;
            asked.answered(message.rcode(), datagram);
            known = true;
        }
        if (!known) tally.observed(Observation.STRAY_DNS_RESPONSES);
    }

    private void giveUpOld(long now) {
        Iterator<Open> oldest = open.values().iterator();
        while (oldest.hasNext()) {
            Open asked = oldest.next();
            if (open.size() < MOST_OPEN && now - asked.nanos < PATIENCE_NANOS) return;
            asked.unanswered();
            oldest.remove();
        }
    }

    /** A question that waits for its answer. */
    private final class Open implements TraceOrder.Owner {
        private final DnsMessage.Question question;
        private final String client;
        private final long nanos;
        private final TraceOrder.Entry entry;

        Open(DnsMessage.Question question, Datagram datagram) {
            this.question = question;
            this.client = datagram.from().address().toString();
            this.nanos = datagram.nanos();
            this.entry = order.begin(nanos, this);
        }

        void answered(int rcode, Datagram by) {
            long bytes = by.payload().remaining() + (long) by.missing();
            if (!entry.isClosed())
                entry.complete(record(Optional.of(
                        new RequestRecord.Response(rcode, Optional.of(bytes), Optional.of(by.nanos() - nanos)))));
        }

        void unanswered() {
            if (entry.isClosed()) return;
            tally.observed(Observation.WITHOUT_RESPONSE);
            entry.complete(record(Optional.empty()));
        }

        @Override
        public Optional<RequestRecord> giveUp() {
            tally.observed(Observation.WRITTEN_EARLY);
            return Optional.of(record(Optional.empty()));
        }

        private RequestRecord record(Optional<RequestRecord.Response> response) {
            return new RequestRecord(
                    nanos,
                    client,
                    "",
                    "",
                    "dns",
                    DnsType.name(question.type()),
                    "",
                    question.name(),
                    List.of(),
                    RequestRecord.Body.none(),
                    response);
        }
    }
}
