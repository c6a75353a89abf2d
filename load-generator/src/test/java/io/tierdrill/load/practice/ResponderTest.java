package io.tierdrill.load.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ResponderTest {
    private static final Path CONNECTIONS = Path.of("/proc/net/tcp6");

    @Test
    void answersRequestsThatComeTogetherAndInPieces() throws IOException {
        try (Responder responder = new Responder();
                Socket socket = to(responder)) {
            OutputStream out = socket.getOutputStream();
            out.write(ascii("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r"));
            assertThat(answers(socket, 2))
                    .hasSize(2)
                    .allSatisfy(answer -> assertThat(answer)
                            .startsWith("HTTP/1.1 200 OK\r\n")
                            .contains("Content-Length: 3\r\n")
                            .endsWith("\r\n\r\nok\n"));
            out.write(ascii("\nHost: a\r\n"));
            out.write(ascii("\r\n"));
            assertThat(answers(socket, 1)).hasSize(1);
        }
    }

    @Test
    void listensOnLoopbackAndNowhereElse() throws IOException {
        try (Responder responder = new Responder()) {
            assertThat(responder.address().getAddress().isLoopbackAddress()).isTrue();
        }
    }

    @Test
    void leavesNeitherThreadNorConnectionBehind() throws IOException {
        assumeTrue(Files.isReadable(CONNECTIONS), "only Linux tells of connections");
        Responder responder = new Responder();
        int port = responder.address().getPort();
        for (int i = 0; i < 20; i++) {
            try (Socket socket = to(responder)) {
                socket.getOutputStream().write(ascii("GET / HTTP/1.1\r\n\r\n"));
                answers(socket, 1);
            }
        }
        try (Socket stillOpen = to(responder)) {
            stillOpen.getOutputStream().write(ascii("GET / HTTP/1.1\r\n\r\n"));
            answers(stillOpen, 1);
            responder.close();
            responder.close();

            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("practice-responder");
            assertThatThrownBy(() -> to(responder)).isInstanceOf(ConnectException.class);
            assertThat(connectionsOf(port)).isEmpty();
        }
    }

    private static Socket to(Responder responder) throws IOException {
        Socket socket =
                new Socket(responder.address().getAddress(), responder.address().getPort());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static List<String> answers(Socket from, int count) throws IOException {
        InputStream in = from.getInputStream();
        StringBuilder all = new StringBuilder();
        while (all.toString().split("ok\n", -1).length <= count) {
            int next = in.read();
            if (next < 0) break;
            all.append((char) next);
        }
        return List.of(all.toString().split("(?<=ok\n)"));
    }

    /** All there are in any state, waiting for their last packets included. */
    private static List<String> connectionsOf(int port) throws IOException {
        String end = String.format(Locale.ROOT, ":%04X", port);
        return Stream.concat(
                        Files.readAllLines(CONNECTIONS).stream(), Files.readAllLines(Path.of("/proc/net/tcp")).stream())
                .filter(line -> line.contains(end + " "))
                .toList();
    }
}
