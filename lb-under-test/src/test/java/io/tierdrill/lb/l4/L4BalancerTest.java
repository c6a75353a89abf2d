package io.tierdrill.lb.l4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.lb.Await;
import io.tierdrill.lb.EchoService;
import io.tierdrill.lb.Raw;
import io.tierdrill.lb.RawServer;
import io.tierdrill.lb.Stacks;
import io.tierdrill.lb.TierInstance;
import io.tierdrill.model.tier.TierKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class L4BalancerTest {
    /** Bytes of a PROXY v2 header for IPv4. */
    private static final int HEADER = 28;

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void resetsAndCountsConnectionsThatFindTheTableFull() throws Exception {
        try (EchoService service = new EchoService("s");
                TierInstance l4 = l4("connections: 2", service.address());
                Socket first = ask(l4);
                Socket second = ask(l4)) {
            assertThatThrownBy(() -> ask(l4)).isInstanceOf(IOException.class);
            assertThat(metric(l4, "tierdrill_resource_capacity")).isEqualTo(2);
            assertThat(metric(l4, "tierdrill_resource_used")).isEqualTo(2);
            assertThat(metric(l4, "tierdrill_resource_drops_total")).isEqualTo(1);
            assertThat(metric(l4, "tierdrill_tier_errors_total")).isEqualTo(1);
            assertThat(metric(l4, "tierdrill_tier_arrivals_total")).isEqualTo(3);

            first.shutdownOutput();
            Await.until("a place is free", () -> metric(l4, "tierdrill_resource_used") == 1);
            ask(l4).close();
            assertThat(second.isClosed()).isFalse();
        }
    }

    @Test
    void keepsConnectionsWhereTheyAreWhenOthersLeave() throws Exception {
        try (EchoService a = new EchoService("a");
                EchoService b = new EchoService("b");
                TierInstance l4 = l4("", a.address(), b.address())) {
            Map<Socket, String> served = new HashMap<>();
            for (int i = 0; i < 16; i++) {
                Socket socket = Raw.connect(l4.traffic());
                served.put(socket, whoServes(socket));
            }
            assertThat(served.values()).contains("a", "b");
            l4.wire(List.of(a.address()));
            for (Map.Entry<Socket, String> one : served.entrySet()) {
                assertThat(whoServes(one.getKey())).isEqualTo(one.getValue());
                one.getKey().close();
            }
            for (int i = 0; i < 8; i++) assertThat(Raw.get(l4.traffic(), "/")).isEqualTo("a");
        }
    }

    @Test
    void choosesTheSameOnEveryInstanceByTheFlowInTheHeader() throws Exception {
        try (EchoService a = new EchoService("a");
                EchoService b = new EchoService("b");
                TierInstance one = l4("", a.address(), b.address());
                TierInstance other = l4("", b.address(), a.address())) {
            for (int port = 4000; port < 4030; port++) {
                String header = "PROXY TCP4 10.9.8.7 10.0.0.1 " + port + " 80\r\n";
                String first = Raw.exchange(one.traffic(), header + closing());
                assertThat(first).contains("x-proxy-source: 10.9.8.7:" + port + "\r\n");
                String second = Raw.exchange(other.traffic(), header + closing());
                assertThat(second.substring(second.indexOf("x-service")))
                        .isEqualTo(first.substring(first.indexOf("x-service")));
            }
        }
    }

    @Test
    void takesTheFlowOfAVersionTwoHeader() throws Exception {
        String v2 = new String(
                new byte[] {
                    0x0d,
                    0x0a,
                    0x0d,
                    0x0a,
                    0,
                    0x0d,
                    0x0a,
                    0x51,
                    0x55,
                    0x49,
                    0x54,
                    0x0a, //
                    0x21,
                    0x11,
                    0,
                    12,
                    10,
                    1,
                    2,
                    3,
                    10,
                    0,
                    0,
                    1,
                    0x1f,
                    (byte) 0x90,
                    0,
                    80
                },
                StandardCharsets.ISO_8859_1);
        try (EchoService a = new EchoService("a");
                TierInstance l4 = l4("", a.address())) {
            assertThat(Raw.exchange(l4.traffic(), v2 + closing())).contains("x-proxy-source: 10.1.2.3:8080\r\n");
        }
    }

    @Test
    void endsConnectionsWhoseHeaderIsBroken() throws Exception {
        try (EchoService a = new EchoService("a");
                TierInstance l4 = l4("", a.address())) {
            for (String broken : List.of("PROXY TCP4 1.2.3.4\r\n", "PROXY TCP4 1.2.3 1.1.1.1 1 1\r\n"))
                assertThat(answerOrNothing(l4, broken + closing())).isEmpty();
            assertThat(a.requests()).isZero();
        }
    }

    @Test
    void passesTheEndOfOneDirectionOnAndKeepsTheOther() throws Exception {
        try (RawServer server = new RawServer((socket, number) -> {
                    byte[] all = socket.getInputStream().readAllBytes();
                    if (all.length == 0) return;
                    RawServer.say(socket, "heard " + new String(all, all.length - 5, 5, StandardCharsets.US_ASCII));
                    socket.close();
                });
                TierInstance l4 = l4("", server.address());
                Socket client = Raw.connect(l4.traffic())) {
            RawServer.say(client, "hello");
            client.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("heard hello");
            Await.until("it is over", () -> metric(l4, "tierdrill_tier_in_flight") == 0);
        }
    }

    @Test
    void closesWhatHasBeenIdleTooLong() throws Exception {
        try (EchoService a = new EchoService("a");
                TierInstance l4 = l4("idleTimeout: 30ms", a.address());
                Socket talked = Raw.connect(l4.traffic());
                Socket silent = Raw.connect(l4.traffic())) {
            RawServer.say(talked, GET);
            Await.until("both are gone", () -> metric(l4, "tierdrill_tier_completions_total") == 2);
            assertThat(silent.isConnected()).isTrue();
        }
    }

    @Test
    void resetsConnectionsToAnL7ThatIsGoneAndThenLeavesItOut() throws Exception {
        InetSocketAddress dead;
        try (RawServer server = new RawServer((socket, number) -> socket.close())) {
            dead = server.address();
        }
        try (EchoService a = new EchoService("a");
                TierInstance l4 = l4("", dead, a.address())) {
            Await.until("it is left out", () -> {
                for (int i = 0; i < 20; i++) if (!Raw.get(l4.traffic(), "/").equals("a")) return false;
                return true;
            });
            assertThat(metric(l4, "tierdrill_tier_errors_total")).isPositive();
        }
    }

    @Test
    void slowsTheServerDownWhenTheClientDoesNotRead() throws Exception {
        long much = 64 << 20;
        CountDownLatch done = new CountDownLatch(1);
        try (RawServer server = new RawServer((socket, number) -> {
                    if (socket.getInputStream().readNBytes(HEADER + 1).length == 0) return;
                    byte[] block = new byte[1 << 16];
                    for (long sent = 0; sent < much; sent += block.length)
                        socket.getOutputStream().write(block);
                    done.countDown();
                    socket.close();
                });
                TierInstance l4 = l4("", server.address());
                Socket client = Raw.connect(l4.traffic())) {
            RawServer.say(client, "x");
            client.getInputStream().readNBytes(1 << 20);
            assertThat(done.getCount()).isEqualTo(1);
            assertThat(client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream()))
                    .isEqualTo(much - (1 << 20));
        }
    }

    private static String answerOrNothing(TierInstance l4, String text) {
        try {
            return Raw.exchange(l4.traffic(), text);
        } catch (IOException reset) {
            return "";
        }
    }

    private static String closing() {
        return "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    }

    private static String whoServes(Socket socket) throws IOException {
        RawServer.say(socket, GET);
        String head = RawServer.head(socket);
        assertThat(socket.getInputStream().read()).isPositive();
        return head.replaceAll("(?s).*x-service: (\\w+)\r\n.*", "$1");
    }

    private static Socket ask(TierInstance l4) throws IOException {
        Socket socket = Raw.connect(l4.traffic());
        whoServes(socket);
        return socket;
    }

    private static TierInstance l4(String yaml, InetSocketAddress... below) throws Exception {
        TierInstance l4 = Stacks.start(TierKind.L4, yaml);
        l4.wire(List.of(below));
        return l4;
    }

    private static double metric(TierInstance tier, String name) {
        return Raw.get(tier.admin(), "/metrics")
                .lines()
                .filter(l -> l.startsWith(name + "{"))
                .filter(l -> !l.contains("resource=\"upstream-ports\""))
                .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' '))))
                .sum();
    }
}
