package io.tierdrill.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that misbehaves as the path says. As a process it prints its port, serves until it is killed, and ends with
 * its standard input.
 */
final class HostileServer implements AutoCloseable {
    private static final Map<String, String> ANSWERS = Map.of(
            "/error", "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n",
            "/short", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
            "/long", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more",
            "/garbage", "SSH-2.0-OpenSSH_9.2\r\n",
            "/negative", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
            "/bad-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
    private static final String FINE = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final ServerSocket listener = new ServerSocket();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();

    HostileServer(int port) throws IOException {
        listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 4_096);
        start(this::accept);
    }

    public static void main(String[] args) throws IOException {
        try (HostileServer server = new HostileServer(args.length > 0 ? Integer.parseInt(args[0]) : 0)) {
            System.out.println(server.listener.getLocalPort());
            while (System.in.read() >= 0) {
                // Whoever started it is still there.
            }
        }
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    int requests() {
        return requests.get();
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = listener.accept();
            open.add(socket);
            start(() -> serve(socket));
        }
    }

    private void serve(Socket socket) throws IOException {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String path = read(in); !path.isEmpty(); path = read(in)) {
                requests.incrementAndGet();
                if (path.equals("/reset")) socket.setSoLinger(true, 0);
                if (path.equals("/reset") || path.equals("/silent-close")) return;
                if (path.equals("/never")) continue;
                OutputStream out = socket.getOutputStream();
                out.write(ANSWERS.getOrDefault(path, FINE).getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                if (path.equals("/short")) return;
            }
        }
    }

    /** The path of the next request; empty at the end. */
    private static String read(InputStream in) throws IOException {
        String start = line(in);
        if (start.isEmpty()) return "";
        while (!line(in).isEmpty()) {
            // Headers say nothing here.
        }
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
