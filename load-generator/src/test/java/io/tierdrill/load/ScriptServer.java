package io.tierdrill.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each path with the very bytes a test gives, in the very pieces. A thread per connection. */
final class ScriptServer implements AutoCloseable {
    private static final byte[] OK =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

    /** @param closes whether the connection is closed behind it */
    record Answer(List<byte[]> pieces, boolean closes) {
        static Answer whole(String text, boolean closes) {
            return new Answer(List.of(text.getBytes(StandardCharsets.ISO_8859_1)), closes);
        }

        static Answer byteByByte(String text, boolean closes) {
            List<byte[]> pieces = new ArrayList<>();
            for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) pieces.add(new byte[] {b});
            return new Answer(pieces, closes);
        }
    }

    private final ServerSocket listener = new ServerSocket();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Integer> connectionOfRequest = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    ScriptServer() throws IOException {
        listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 100);
        start(this::accept);
    }

    Target target() {
        return new Target("127.0.0.1", listener.getLocalPort(), Optional.empty());
    }

    void answer(String path, Answer answer) {
        answers.put(path, answer);
    }

    /** By request in the order they came; the first connection is the probe's. */
    List<Integer> connections() {
        return connectionOfRequest;
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = listener.accept();
            socket.setTcpNoDelay(true);
            open.add(socket);
            int number = connections.incrementAndGet();
            start(() -> serve(socket, number));
        }
    }

    private void serve(Socket socket, int number) throws IOException {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String path = path(in); !path.isEmpty(); path = path(in)) {
                connectionOfRequest.add(number);
                Answer answer = answers.getOrDefault(path, new Answer(List.of(OK), false));
                for (byte[] piece : answer.pieces()) socket.getOutputStream().write(piece);
                if (answer.closes()) return;
            }
        }
    }

    /** Of the next request; empty at the end. */
    private static String path(InputStream in) throws IOException {
        String start = line(in);
        if (start.isEmpty()) return "";
        for (String line = line(in); !line.isEmpty(); ) line = line(in);
        return start.split(" ")[1];
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) if (b != '\r') line.append((char) b);
        return line.toString();
    }

    private interface Service {
        void run() throws IOException;
    }

    private static void start(Service service) {
        Thread thread = new Thread(() -> {
            try {
                service.run();
            } catch (IOException over) {
                // The connection or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) socket.close();
    }
}
