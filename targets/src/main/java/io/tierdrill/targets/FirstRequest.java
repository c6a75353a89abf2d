package io.tierdrill.targets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * One request from the front door to the service, as a client would make it: ask DNS, connect, GET. It tells whether a
 * stack that is listening also works. Blocks the calling thread.
 *
 * @param host a name where there is a resolver, else an address
 * @param patience for each step
 */
record FirstRequest(String host, int port, Optional<InetSocketAddress> resolver, Duration patience) {

    /** What went wrong; nothing where the answer was 200. */
    Optional<String> send() {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(millis());
            socket.connect(new InetSocketAddress(address(), port), millis());
            String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String status = lines.readLine();
            if (status == null) return Optional.of("the connection was closed without an answer");
            return status.startsWith("HTTP/1.1 200 ") ? Optional.empty() : Optional.of("the answer was " + status);
        } catch (IOException failed) {
            return Optional.of(Objects.requireNonNullElse(failed.getMessage(), failed.toString()));
        }
    }

    private InetAddress address() throws IOException {
        return resolver.isPresent() ? ask(resolver.get()) : InetAddress.getByName(host);
    }

    private InetAddress ask(InetSocketAddress server) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString(host + "."), Type.A, DClass.IN));
        byte[] question = query.toWire();
        var answer = new DatagramPacket(new byte[4096], 4096);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(millis());
            socket.connect(server);
            socket.send(new DatagramPacket(question, question.length));
            socket.receive(answer);
        }
        var message = new Message(Arrays.copyOf(answer.getData(), answer.getLength()));
        return message.getSection(Section.ANSWER).stream()
                .filter(ARecord.class::isInstance)
                .map(record -> ((ARecord) record).getAddress())
                .findFirst()
                .orElseThrow(() -> new IOException("DNS has no address for " + host));
    }

    private int millis() {
        return Math.toIntExact(Math.max(1, patience.toMillis()));
    }
}
