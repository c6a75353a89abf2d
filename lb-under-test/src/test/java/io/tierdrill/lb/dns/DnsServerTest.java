package io.tierdrill.lb.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.lb.Raw;
import io.tierdrill.lb.Stacks;
import io.tierdrill.lb.TierInstance;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.TierKind;
import java.io.DataInputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class DnsServerTest {
    private TierInstance dns;

    @BeforeEach
    void start() throws Exception {
        dns = Stacks.start(TierKind.DNS, "name: Shop.Test\nttl: 7s\n");
        dns.wire(addresses("127.0.1.1", "127.0.1.2", "127.0.1.3"));
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    @Test
    void givesTheAddressesInRotation() throws Exception {
        TreeMap<String, Integer> first = new TreeMap<>();
        for (int i = 0; i < 30; i++) {
            List<Record> answer = ask("shop.test.", Type.A).getSection(Section.ANSWER);
            assertThat(answer)
                    .extracting(Record::rdataToString)
                    .containsExactlyInAnyOrder("127.0.1.1", "127.0.1.2", "127.0.1.3");
            assertThat(answer).extracting(Record::getTTL).containsOnly(7L);
            first.merge(answer.get(0).rdataToString(), 1, Integer::sum);
        }
        assertThat(first.values()).containsExactly(10, 10, 10);
        String told = Raw.get(dns.admin(), "/samples?signals");
        for (String address : first.keySet())
            assertThat(told).contains("dns_answers_total{tier=\"dns\",instance=\"dns/1\",of=\"" + address + "\"} 10\n");
    }

    @Test
    void answersWithAuthorityUnderTheNameAsItWasAsked() throws Exception {
        Message answer = ask("sHoP.tEsT.", Type.A);
        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(answer.getHeader().getFlag(Flags.RA)).isFalse();
        assertThat(answer.getSection(Section.ANSWER).get(0).getName()).hasToString("sHoP.tEsT.");
    }

    @Test
    void answersAnAddressOnceHoweverManyPortsItIsWiredWith() throws Exception {
        dns.wire(List.of(new InetSocketAddress("127.0.1.1", 80), new InetSocketAddress("127.0.1.1", 81)));
        assertThat(ask("shop.test.", Type.A).getSection(Section.ANSWER)).hasSize(1);
    }

    @Test
    void tellsNoSuchTypeFromNoSuchNameFromNotMine() throws Exception {
        Message noType = ask("shop.test.", Type.AAAA);
        assertThat(noType.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(noType.getSection(Section.ANSWER)).isEmpty();
        assertThat(noType.getSection(Section.AUTHORITY)).hasSize(1).first().isInstanceOf(SOARecord.class);
        assertThat(ask("shop.test.", 65280).getSection(Section.AUTHORITY)).hasSize(1);

        Message noName = ask("www.shop.test.", Type.A);
        assertThat(noName.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(noName.getSection(Section.AUTHORITY)).hasSize(1).first().isInstanceOf(SOARecord.class);

        Message notMine = ask("bank.test.", Type.A);
        assertThat(notMine.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(notMine.getHeader().getFlag(Flags.AA)).isFalse();
    }

    @Test
    void answersSixWhereItIsWiredToSix() throws Exception {
        dns.wire(addresses("127.0.1.1", "::1"));
        assertThat(ask("shop.test.", Type.AAAA).getSection(Section.ANSWER))
                .extracting(Record::rdataToString)
                .containsExactly("0:0:0:0:0:0:0:1");
        assertThat(ask("shop.test.", Type.A).getSection(Section.ANSWER)).hasSize(1);
    }

    @Test
    void speaksEdnsZeroAndNoHigher() throws Exception {
        Message zero = udp(
                query("shop.test.", Type.A, new OPTRecord(4096, 0, 0, 0x8000)).toWire());
        assertThat(zero.getOPT().getPayloadSize()).isEqualTo(1232);
        assertThat(zero.getOPT().getFlags()).isEqualTo(0x8000);
        assertThat(ask("shop.test.", Type.A).getOPT()).isNull();

        Message one = udp(query("shop.test.", Type.A, new OPTRecord(4096, 0, 1)).toWire());
        assertThat(one.getRcode()).isEqualTo(Rcode.BADVERS);
        assertThat(one.getOPT().getVersion()).isZero();
        assertThat(one.getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void truncatesWhatDoesNotFitAndGivesItWholeOverTcp() throws Exception {
        dns.wire(addresses(IntStream.range(1, 100).mapToObj(i -> "127.0.2." + i).toArray(String[]::new)));
        Message small = ask("shop.test.", Type.A);
        assertThat(small.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(small.numBytes()).isLessThanOrEqualTo(512);
        Message edns =
                udp(query("shop.test.", Type.A, new OPTRecord(1232, 0, 0)).toWire());
        assertThat(edns.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(edns.numBytes()).isLessThanOrEqualTo(1232);
        assertThat(edns.getOPT()).isNotNull();
        try (Socket tcp = new Socket(dns.traffic().getAddress(), dns.traffic().getPort())) {
            for (int i = 0; i < 2; i++) {
                byte[] query = query("shop.test.", Type.A).toWire();
                tcp.getOutputStream().write(new byte[] {0, (byte) query.length});
                tcp.getOutputStream().write(query);
                DataInputStream in = new DataInputStream(tcp.getInputStream());
                Message whole = new Message(in.readNBytes(in.readUnsignedShort()));
                assertThat(whole.getSection(Section.ANSWER)).hasSize(99);
                assertThat(whole.getHeader().getFlag(Flags.TC)).isFalse();
            }
        }
        assertThat(Raw.get(dns.admin(), "/samples?signals"))
                .contains("dns_truncated_total{tier=\"dns\",instance=\"dns/1\"} 2\n")
                .contains("dns_tcp_queries_total{tier=\"dns\",instance=\"dns/1\"} 2\n");
    }

    @Test
    void saysWhatItDoesNotDo() throws Exception {
        Message update = query("shop.test.", Type.A);
        update.getHeader().setOpcode(Opcode.UPDATE);
        assertThat(udp(update.toWire()).getRcode()).isEqualTo(Rcode.NOTIMP);
        Message chaos = Message.newQuery(Record.newRecord(Name.fromString("shop.test."), Type.A, DClass.CHAOS));
        assertThat(udp(chaos.toWire()).getRcode()).isEqualTo(Rcode.REFUSED);
        byte[] cut = java.util.Arrays.copyOf(query("shop.test.", Type.A).toWire(), 20);
        assertThat(udp(cut).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    /** Random bytes, and good queries with a few bytes changed: none may stop it from answering the next. */
    @Test
    void outlivesWhateverIsSentToIt() throws Exception {
        RandomGenerator random = new Seeds(11).stream("bytes");
        byte[] good = query("shop.test.", Type.A, new OPTRecord(1232, 0, 0)).toWire();
        Responder responder = new Responder(zone());
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = i % 2 == 0 ? new byte[random.nextInt(64)] : good.clone();
            if (i % 2 == 0) random.nextBytes(bytes);
            for (int n = 0; i % 2 == 1 && n < 3; n++) bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            responder
                    .respond(bytes, 1232)
                    .ifPresent(r -> assertThat(r.wire().length).isBetween(12, 1232));
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < 500; i++) {
                byte[] bytes = new byte[random.nextInt(100)];
                random.nextBytes(bytes);
                socket.send(new DatagramPacket(bytes, bytes.length, dns.traffic()));
            }
        }
        assertThat(ask("shop.test.", Type.A).getSection(Section.ANSWER)).hasSize(3);
    }

    private static Zone zone() {
        DnsConfig config = new DnsConfig(1, "shop.test", java.time.Duration.ofSeconds(7), "round-robin");
        Zone zone = new Zone(config, 0);
        zone.addresses(List.of(java.net.InetAddress.getLoopbackAddress()));
        return zone;
    }

    private Message ask(String name, int type) throws Exception {
        return udp(query(name, type).toWire());
    }

    private static Message query(String name, int type, Record... additional) throws Exception {
        Message query = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
        for (Record record : additional) query.addRecord(record, Section.ADDITIONAL);
        return query;
    }

    /** Asks again as every resolver does: a packet may be dropped where the machine is busy. */
    private Message udp(byte[] query) throws Exception {
        for (int tries = 1; ; tries++) {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.setSoTimeout(2_000);
                socket.send(new DatagramPacket(query, query.length, dns.traffic()));
                DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
                socket.receive(answer);
                return new Message(java.util.Arrays.copyOf(answer.getData(), answer.getLength()));
            } catch (SocketTimeoutException dropped) {
                if (tries == 10) throw dropped;
            }
        }
    }

    private static List<InetSocketAddress> addresses(String... hosts) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String host : hosts) addresses.add(new InetSocketAddress(host, 80));
        return addresses;
    }
}
