package io.tierdrill.lb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP server that does with each connection exactly what a test says; the script is told the connection's number. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /** What to do with a connection. */
    @FunctionalInterface
    public interface Script {
        void run(Socket socket, int number) throws IOException;
    }

    public RawServer(Script script) throws IOException {
        daemon(() -> {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                int number = count.incrementAndGet();
                daemon(() -> script.run(socket, number));
            }
        });
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Accepted so far. */
    public int connections() {
        return count.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) socket.close();
    }

    /** Reads up to and with the empty line. */
    public static String head(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) throw new IOException("ended after: " + head);
            head.append((char) b);
        }
        return head.toString();
    }

    public static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Health checks are answered and over; anything else is the test's business. */
    public static boolean wasHealthCheck(Socket socket, String head) throws IOException {
        if (!head.startsWith("GET /healthz ")) return false;
        say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        socket.close();
        return true;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException over) {
                        return;
                    } catch (UncheckedIOException over) {
                        return;
                    }
                },
                "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }
}
