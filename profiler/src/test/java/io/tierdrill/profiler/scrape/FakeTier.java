package io.tierdrill.profiler.scrape;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of metrics that says what the test puts in its mouth, when the test puts it there. */
final class FakeTier implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final Queue<String> questions = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();

    /** Said as an answer, hangs up instead. */
    static final String HANG_UP = "";

    FakeTier() throws IOException {
        daemon(this::accept).start();
    }

    URI metrics() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/metrics?name[]=x".replace("[]", "%5B%5D"));
    }

    /** The next question gets this page. */
    void page(String page) {
        raw("HTTP/1.1 200 OK\r\nContent-Length: " + page.length() + "\r\n\r\n" + page);
    }

    void raw(String answer) {
        answers.add(answer);
    }

    /** The same without a word on which series are meant. */
    URI everything() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/samples");
    }

    /** The first lines of all requests so far. */
    List<String> questions() {
        return List.copyOf(questions);
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) socket.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                connections.incrementAndGet();
                daemon(() -> serve(socket)).start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            while (readRequest(in)) {
                String answer = answers.take();
                if (answer.equals(HANG_UP)) return;
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException closed) {
            // The other side or the test is done with it.
        } catch (InterruptedException stop) {
            throw new UncheckedIOException(new IOException(stop));
        }
    }

    private boolean readRequest(BufferedReader in) throws IOException {
        String line = in.readLine();
        if (line == null) return false;
        questions.add(line);
        while (!line.isEmpty()) {
            line = in.readLine();
            if (line == null) return false;
        }
        return true;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "fake-tier");
        thread.setDaemon(true);
        return thread;
    }
}
