package io.tierdrill.lb.telemetry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A loopback port beside the traffic: {@code GET} over HTTP/1.1 with keep-alive, a daemon thread a connection. It is
 * asked ten times a second in every process of a stack, so it is as little code as answers correctly; bodies, other
 * methods and long requests are refused.
 */
final class AdminEndpoint implements AutoCloseable {
    private static final int LONGEST_HEAD = 8192;
    private static final int MOST_CONNECTIONS = 32;
    private static final long PAUSE_NANOS = 10_000_000;
    private static final long LONGEST_CLOSE_MILLIS = 1_000;
    private static final Page NOT_FOUND = new Page("404 Not Found", "text/plain", bytes("not found\n"), 10);
    private static final Page REFUSED = new Page("405 Method Not Allowed", "text/plain", bytes("only GET\n"), 9);
    private static final Page TOO_LONG = new Page("431 Request Header Fields Too Large", "text/plain", bytes(""), 0);

    private final ServerSocket listener;
    private final String role;
    private final Pages pages;
    private final Thread acceptor;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What is served. */
    interface Pages {
        /**
         * The page at a path.
         *
         * @param query behind the question mark, or empty
         */
        Optional<Page> get(String path, String query) throws IOException;
    }

    /** The first {@code length} of {@code body}. */
    record Page(String status, String type, byte[] body, int length) {
        static Page ok(String type, byte[] body, int length) {
            return new Page("200 OK", type, body, length);
        }
    }

    private AdminEndpoint(ServerSocket listener, String role, Pages pages) {
        this.listener = listener;
        this.role = role;
        this.pages = pages;
        this.acceptor = daemon(this::accept);
    }

    static AdminEndpoint open(InetSocketAddress listen, String role, Pages pages) throws IOException {
        // An address without its name: whoever prints it into a URL wants digits.
        InetAddress digits = InetAddress.getByAddress(listen.getAddress().getAddress());
        AdminEndpoint endpoint = new AdminEndpoint(new ServerSocket(listen.getPort(), 50, digits), role, pages);
        endpoint.acceptor.start();
        return endpoint;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Returns when the port is free: the system holds it for as long as a thread is still accepting on it. */
    @Override
    public void close() {
        quietly(listener);
        try {
            acceptor.join(LONGEST_CLOSE_MILLIS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        open.forEach(AdminEndpoint::quietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                open.add(connection);
                if (listener.isClosed() || open.size() > MOST_CONNECTIONS) drop(connection);
                else daemon(() -> serve(connection)).start();
            } catch (IOException closedOrOutOfDescriptors) {
                // Closed: the loop ends. Out of descriptors: the traffic shows it, and a later accept may succeed;
                // trying at once would burn the processor that is being measured.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void serve(Socket connection) {
        try {
            connection.setTcpNoDelay(true);
            byte[] head = new byte[LONGEST_HEAD];
            while (answer(connection, head)) {
                // One request after the other, until the client has enough.
            }
        } catch (SocketException gone) {
            // The client left, or the endpoint was closed.
        } catch (IOException broken) {
            // A page that could not be rendered: the client sees the connection end.
        } finally {
            drop(connection);
        }
    }

    /** Whether the connection is good for another request. */
    private boolean answer(Socket connection, byte[] head) throws IOException {
        int length = readHead(connection.getInputStream(), head);
        if (length == 0) return false;
        OutputStream out = connection.getOutputStream();
        if (length < 0) {
            write(out, TOO_LONG, false);
            return false;
        }
        String request = new String(head, 0, length, StandardCharsets.ISO_8859_1);
        boolean keep = !request.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n");
        write(out, page(request.substring(0, request.indexOf("\r\n"))), keep);
        return keep;
    }

    private Page page(String line) throws IOException {
        String[] words = line.split(" ", 3);
        if (words.length < 3 || !words[0].equals("GET")) return REFUSED;
        int question = words[1].indexOf('?');
        String path = question < 0 ? words[1] : words[1].substring(0, question);
        String query = question < 0 ? "" : words[1].substring(question + 1);
        return pages.get(path, query).orElse(NOT_FOUND);
    }

    /** The length of the request up to its empty line; 0 at the end of the connection, negative where it is too long. */
    private static int readHead(InputStream in, byte[] head) throws IOException {
        int length = 0;
        while (length < head.length) {
            int read = in.read(head, length, head.length - length);
            if (read < 0) return 0;
            length += read;
            if (length >= 4
                    && head[length - 4] == '\r'
                    && head[length - 3] == '\n'
                    && head[length - 2] == '\r'
                    && head[length - 1] == '\n') return length;
        }
        return -1;
    }

    private static void write(OutputStream out, Page page, boolean keep) throws IOException {
        byte[] head = bytes("HTTP/1.1 " + page.status + "\r\nContent-Type: " + page.type + "\r\nContent-Length: "
                + page.length + (keep ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n"));
        byte[] whole = new byte[head.length + page.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(page.body, 0, whole, head.length, page.length);
        out.write(whole);
    }

    private void drop(Socket connection) {
        open.remove(connection);
        quietly(connection);
    }

    private Thread daemon(Runnable work) {
        Thread thread = new Thread(work, role);
        thread.setDaemon(true);
        return thread;
    }

    private static void quietly(AutoCloseable closing) {
        try {
            closing.close();
        } catch (Exception alreadyGone) {
            // There is nothing to save on a closing socket.
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
