package io.tierdrill.load.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** A DNS server for tests: says what it is told to say, over UDP and TCP on the same port. */
public final class TinyDns implements AutoCloseable {
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicInteger questionsOverTcp = new AtomicInteger();
    private volatile List<String> addresses = List.of();
    private volatile int ttl = 60;
    private volatile boolean truncates;
    private volatile boolean silent;
    private volatile Runnable unanswered = () -> {};
    private volatile boolean forges;
    private volatile int scope = -1;
    private final List<String> subnets = new CopyOnWriteArrayList<>();

    public TinyDns() throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        tcp = new ServerSocket(0, 5, loopback);
        udp = new DatagramSocket(tcp.getLocalPort(), loopback);
        start(this::serveUdp);
        start(this::serveTcp);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", udp.getLocalPort());
    }

    public void answers(String... all) {
        addresses = List.of(all);
    }

    public void ttl(int seconds) {
        ttl = seconds;
    }

    void truncates() {
        truncates = true;
    }

    public void staysSilent() {
        silent = true;
    }

    /** Says nothing any more, and does this for each question instead. */
    public void staysSilent(Runnable instead) {
        unanswered = instead;
        silent = true;
    }

    void speaksAgain() {
        silent = false;
    }

    /** Answers to a network are good for this prefix of it, and its first address. */
    void answersByNetwork(int prefix) {
        scope = prefix;
    }

    /** The networks told, in order. */
    List<String> subnets() {
        return List.copyOf(subnets);
    }

    void forgesFirst() {
        forges = true;
    }

    public int questions() {
        return questions.get();
    }

    int questionsOverTcp() {
        return questionsOverTcp.get();
    }

    private void serveUdp() throws IOException {
        byte[] buffer = new byte[512];
        while (true) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            udp.receive(packet);
            questions.incrementAndGet();
            if (silent) {
                unanswered.run();
                continue;
            }
            Message question = new Message(java.util.Arrays.copyOf(buffer, packet.getLength()));
            if (forges) send(answer(question, question.getHeader().getID() + 1, false), packet);
            send(answer(question, question.getHeader().getID(), truncates), packet);
        }
    }

    private void send(Message answer, DatagramPacket to) throws IOException {
        byte[] wire = answer.toWire();
        udp.send(new DatagramPacket(wire, wire.length, to.getSocketAddress()));
    }

    private void serveTcp() throws IOException {
        while (true) {
            try (Socket socket = tcp.accept()) {
                questionsOverTcp.incrementAndGet();
                DataInputStream in = new DataInputStream(socket.getInputStream());
                Message question = new Message(in.readNBytes(in.readUnsignedShort()));
                byte[] wire =
                        answer(question, question.getHeader().getID(), false).toWire();
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeShort(wire.length);
                out.write(wire);
                out.flush();
            }
        }
    }

    private Message answer(Message question, int id, boolean cut) throws IOException {
        Record asked = question.getQuestion();
        Message answer = new Message(id & 0xffff);
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(asked, Section.QUESTION);
        if (scope >= 0 && question.getOPT() != null) return byNetwork(question, answer);
        if (cut) answer.getHeader().setFlag(Flags.TC);
        else if (addresses.isEmpty()) answer.getHeader().setRcode(Rcode.NXDOMAIN);
        else
            for (String address : addresses)
                answer.addRecord(
                        new ARecord(asked.getName(), DClass.IN, ttl, InetAddress.getByName(address)), Section.ANSWER);
        return answer;
    }

    private Message byNetwork(Message question, Message answer) throws IOException {
        var told = (ClientSubnetOption)
                question.getOPT().getOptions(EDNSOption.Code.CLIENT_SUBNET).get(0);
        subnets.add(told.getAddress().getHostAddress() + "/" + told.getSourcePrefixLength());
        byte[] first = told.getAddress().getAddress();
        first[3] = 1;
        answer.addRecord(
                new ARecord(question.getQuestion().getName(), DClass.IN, ttl, InetAddress.getByAddress(first)),
                Section.ANSWER);
        var option = new ClientSubnetOption(told.getSourcePrefixLength(), scope, told.getAddress());
        answer.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(option)), Section.ADDITIONAL);
        return answer;
    }

    private interface Service {
        void run() throws IOException;
    }

    private static void start(Service service) {
        Thread thread = new Thread(() -> {
            try {
                service.run();
            } catch (IOException closed) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
