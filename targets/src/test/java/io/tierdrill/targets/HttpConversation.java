package io.tierdrill.targets;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A client so plain that nothing comes between a test and the bytes. */
public final class HttpConversation implements Closeable {
    private final Socket socket = new Socket();

    public HttpConversation(InetSocketAddress server) throws IOException {
        socket.connect(server, 5_000);
        socket.setSoTimeout(20_000);
    }

    public record Answer(int status, Map<String, String> headers, int bodyBytes) {
        /** Milliseconds of one entry of Server-Timing. */
        public double timing(String name) {
            for (String entry : headers.get("server-timing").split(", "))
                if (entry.startsWith(name + ";dur=")) return Double.parseDouble(entry.substring(name.length() + 5));
            throw new AssertionError("no " + name + " in " + headers);
        }
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    public Answer get(String path) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n");
        return read();
    }

    public Answer read() throws IOException {
        Answer head = readHead();
        int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
        return new Answer(head.status(), head.headers(), socket.getInputStream().readNBytes(length).length);
    }

    public Answer readHead() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Answer(status, headers, 0);
    }

    /** Whether the server has closed the connection and sent nothing more. */
    public boolean isClosedByServer() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    /** Before the conversation is over. */
    public void leave() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        InputStream in = socket.getInputStream();
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) throw new IOException("the server closed the connection");
            if (b != '\r') line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
