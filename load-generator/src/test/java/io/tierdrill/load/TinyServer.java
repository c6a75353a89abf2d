package io.tierdrill.load;

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
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An HTTP server for tests that behaves as the path says; a thread per connection. */
final class TinyServer implements AutoCloseable {
    /**
     * A request as it came in.
     *
     * @param connection counted from 1 in the order they were accepted, those without a request included
     * @param from the address of its other end
     */
    record Seen(int connection, String from, String method, String path, String host, long bodyBytes) {}

    private final ServerSocket listener;
    private final Thread accepting;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<Integer> closed = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CompletableFuture<String> pong = new CompletableFuture<>();
    private volatile Consumer<Seen> onRequest = s -> {};
    private volatile CountDownLatch held = new CountDownLatch(0);

    TinyServer() throws IOException {
        listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 1_000);
        accepting = start(this::accept);
    }

    Target target() {
        return new Target("127.0.0.1", port(), java.util.Optional.empty());
    }

    int port() {
        return listener.getLocalPort();
    }

    List<Seen> seen() {
        return seen;
    }

    /** Connections that their client has closed, in that order. */
    List<Integer> closed() {
        return closed;
    }

    void onRequest(Consumer<Seen> told) {
        onRequest = told;
    }

    /** Answers to {@code /held} wait until so many of them have come. */
    void holdUntil(int requests) {
        held = new CountDownLatch(requests);
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
            while (true) {
                Seen request = read(in, number, socket.getInetAddress().getHostAddress());
                if (request == null) {
                    closed.add(number);
                    return;
                }
                seen.add(request);
                onRequest.accept(request);
                if (!answer(request, socket)) return;
            }
        }
    }

    private static Seen read(InputStream in, int number, String from) throws IOException {
        String start = line(in);
        if (start.isEmpty()) return null;
        String host = "";
        long length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:"))
                length = Long.parseLong(line.substring(15).strip());
            if (lower.startsWith("host:")) host = line.substring(5).strip();
        }
        long skipped = 0;
        while (skipped < length && in.read() >= 0) skipped++;
        String[] words = start.split(" ");
        return new Seen(number, from, words[0], words[1], host, skipped);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) if (b != '\r') line.append((char) b);
        return line.toString();
    }

    private boolean answer(Seen request, Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        return switch (request.path()) {
            case "/held" -> answerHeld(out);
            case "/chunked" ->
                write(
                        out,
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
                        true);
            case "/close" -> write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", false);
            case "/until-close" -> write(out, "HTTP/1.1 200 OK\r\n\r\nuntil the end", false);
            case "/error" -> write(out, "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", true);
            case "/missing" -> write(out, "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", true);
            case "/short" -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", false);
            case "/long" -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nlonger", true);
            case "/socket" -> socket(socket);
            case "/wrong-socket" -> write(out, upgrade("wrong"), true);
            case "/no-socket" -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", true);
            case "/garbage" -> write(out, "SSH-2.0-OpenSSH_9.2\r\n", true);
            case "/never" -> true;
            case "/silent-close" -> false;
            case "/timed" ->
                write(
                        out,
                        "HTTP/1.1 200 OK\r\nServer-Timing: service;dur=1.5, l7;dur=2\r\nContent-Length: 0\r\n\r\n",
                        true);
            case "/reset" -> {
                socket.setSoLinger(true, 0);
                yield false;
            }
            default -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", true);
        };
    }

    private static String upgrade(String accept) {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + accept + "\r\n\r\n";
    }

    /** A WebSocket whose first frame, a ping, comes with the answer; it keeps what comes back for {@link #pong}. */
    private boolean socket(Socket socket) throws IOException {
        write(socket.getOutputStream(), upgrade("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") + "\u0089\u0005hello", true);
        byte[] frame = socket.getInputStream().readNBytes(2 + 4 + 5);
        byte[] text = new byte[5];
        for (int i = 0; i < 5; i++) text[i] = (byte) (frame[6 + i] ^ frame[2 + i % 4]);
        pong.complete((frame[0] & 0xff) == 0x8a ? new String(text, StandardCharsets.ISO_8859_1) : "no pong");
        return false;
    }

    /** What a WebSocket's client answered to a ping of 'hello'. */
    CompletableFuture<String> pong() {
        return pong;
    }

    private boolean answerHeld(OutputStream out) throws IOException {
        held.countDown();
        try {
            if (!held.await(20, TimeUnit.SECONDS)) return false;
        } catch (InterruptedException stopped) {
            return false;
        }
        return write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", true);
    }

    private static boolean write(OutputStream out, String text, boolean goOn) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return goOn;
    }

    private interface Service {
        void run() throws IOException;
    }

    private static Thread start(Service service) {
        Thread thread = new Thread(() -> {
            try {
                service.run();
            } catch (IOException over) {
                // The connection or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Refuses new connections from now on: the kernel listens on until the thread has left accept. */
    void stopListening() {
        try {
            listener.close();
            accepting.join();
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) socket.close();
    }
}
