package io.tierdrill.load;

import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.websocket.FrameReader;
import io.tierdrill.model.websocket.Opcode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A WebSocket server that says back as much as it hears, and writes down what came and when. */
final class EchoSocket implements AutoCloseable {
    private static final String AGREED = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    /** What was heard: a kind and its size, a close and its code, or the end of the connection. */
    record Heard(String what, long nanos) {}

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final NanoClock clock = NanoClock.system();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile long connected;
    private volatile boolean refuses;
    private volatile boolean endsAfterOne;
    private volatile CountDownLatch reads = new CountDownLatch(0);

    EchoSocket() throws IOException {
        start(() -> {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            }
        });
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException over) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    EchoSocket refusing() {
        refuses = true;
        return this;
    }

    EchoSocket endingAfterOneMessage() {
        endsAfterOne = true;
        return this;
    }

    /** Reads nothing behind the request until this is counted down. */
    CountDownLatch deaf() {
        reads = new CountDownLatch(1);
        return reads;
    }

    Target target() {
        return new Target("127.0.0.1", listener.getLocalPort(), Optional.empty());
    }

    List<Heard> heard() {
        return heard;
    }

    List<String> words() {
        return heard.stream().map(Heard::what).toList();
    }

    /** When the request had been read. */
    long connected() {
        return connected;
    }

    /** What came of a payload, unmasked. */
    byte[] payload() {
        return payload.toByteArray();
    }

    private void serve(Socket socket) throws IOException, InterruptedException {
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        String head = head(in);
        if (head.isEmpty()) return; // Somebody looks whether anyone listens.
        connected = clock.nanos();
        if (refuses) {
            out.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return;
        }
        out.write(AGREED.getBytes(StandardCharsets.US_ASCII));
        reads.await();
        Ears ears = new Ears(socket, out);
        FrameReader reader = new FrameReader(ears);
        byte[] bytes = new byte[1 << 16];
        for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
            reader.read(i -> bytes[i], 0, n, clock.nanos());
            if (n < 64) keepPayload(bytes, n);
        }
        heard.add(new Heard("end", clock.nanos()));
    }

    /** Of a read that is one small masked frame. */
    private synchronized void keepPayload(byte[] bytes, int count) {
        if (count < 6 || (bytes[0] & 0x0f) > 2) return;
        for (int i = 6; i < count; i++) payload.write(bytes[i] ^ bytes[2 + (i - 6) % 4]);
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.append((char) b);
            if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) return head.toString();
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        reads.countDown();
        listener.close();
        for (Socket socket : sockets) socket.close();
    }

    private final class Ears implements FrameReader.Messages {
        private final Socket socket;
        private final OutputStream out;

        Ears(Socket socket, OutputStream out) {
            this.socket = socket;
            this.out = out;
        }

        @Override
        public void message(Opcode opcode, long bytes, long firstNanos, long lastNanos) {
            heard.add(new Heard(opcode + " " + bytes, firstNanos));
            try {
                if (opcode == Opcode.TEXT && endsAfterOne) socket.close();
                else if (!opcode.isControl()) out.write(frame(opcode, (int) bytes));
            } catch (IOException gone) {
                // The client has left.
            }
        }

        private byte[] frame(Opcode opcode, int length) {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(0x80 | opcode.number());
            if (length < 126) {
                frame.write(length);
            } else if (length < 65_536) {
                frame.write(126);
                frame.write(length >> 8);
                frame.write(length);
            } else {
                frame.write(127);
                for (int shift = 56; shift >= 0; shift -= 8) frame.write((int) ((long) length >> shift));
            }
            frame.writeBytes(new byte[length]);
            return frame.toByteArray();
        }

        @Override
        public void close(int code, long bytes, long firstNanos, long lastNanos) {
            heard.add(new Heard("close " + code + " " + bytes, firstNanos));
            try {
                out.write(new byte[] {(byte) 0x88, 0});
            } catch (IOException gone) {
                // The client has left.
            }
        }

        @Override
        public void unreadable() {
            heard.add(new Heard("unreadable", clock.nanos()));
        }
    }
}
