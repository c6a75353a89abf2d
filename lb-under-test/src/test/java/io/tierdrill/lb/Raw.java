package io.tierdrill.lb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that says exact bytes. */
public final class Raw {
    private Raw() {}

    /** Connects with a ten second patience. */
    public static Socket connect(InetSocketAddress to) throws IOException {
        Socket socket = new Socket();
        socket.connect(to, 10_000);
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Says it all and returns what comes until the other side ends; a reset is an {@link IOException}. */
    public static String exchange(InetSocketAddress to, String text) throws IOException {
        try (Socket socket = connect(to)) {
            RawServer.say(socket, text);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }

    /** A GET on a connection of its own: the body, or {@code refused} where the connection ends without an answer. */
    public static String get(InetSocketAddress to, String path) {
        try {
            String answer = exchange(to, "GET " + path + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
            return answer.isEmpty() ? "refused" : answer.substring(answer.indexOf("\r\n\r\n") + 4);
        } catch (IOException reset) {
            return "refused";
        }
    }

    /** The status of the one response. */
    public static int status(String answer) {
        return answer.isEmpty() ? 0 : Integer.parseInt(answer.substring(9, 12));
    }
}
