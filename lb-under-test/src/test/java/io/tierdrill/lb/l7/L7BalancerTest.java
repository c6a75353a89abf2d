package io.tierdrill.lb.l7;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.lb.Await;
import io.tierdrill.lb.EchoService;
import io.tierdrill.lb.Raw;
import io.tierdrill.lb.RawServer;
import io.tierdrill.lb.Stacks;
import io.tierdrill.lb.TierInstance;
import io.tierdrill.model.tier.TierKind;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Its manners towards clients and services that have few. */
class L7BalancerTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @Test
    void keepsAnswersInTheOrderOfPipelinedRequests() throws Exception {
        try (EchoService service = new EchoService("s");
                TierInstance l7 = l7("", service.address())) {
            String answers = Raw.exchange(
                    l7.traffic(),
                    "GET /?size=3 HTTP/1.1\r\nHost: a\r\n\r\n"
                            + "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody"
                            + "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(answers.split("HTTP/1.1 200 OK\r\n")).hasSize(4);
            assertThat(answers.indexOf("body")).isLessThan(answers.lastIndexOf("\r\n\r\ns"));
            assertThat(answers).endsWith("\r\n\r\ns");
        }
    }

    @Test
    void answersHeadWithTheLengthAndWithoutTheBody() throws Exception {
        try (EchoService service = new EchoService("s");
                TierInstance l7 = l7("", service.address())) {
            String answer =
                    Raw.exchange(l7.traffic(), "HEAD /?size=500 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("content-length: 500\r\n")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void stripsWhatWasMeantForOneConnectionAlone() throws Exception {
        try (RawServer service = scripted((socket, head, number) -> {
                    RawServer.say(
                            socket,
                            "HTTP/1.1 200 OK\r\nContent-Length: " + head.length()
                                    + "\r\nKeep-Alive: timeout=5\r\nX-Hop: 1\r\nConnection: X-Hop\r\n\r\n" + head);
                });
                TierInstance l7 = l7("", service.address())) {
            String answer = Raw.exchange(
                    l7.traffic(),
                    "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close, X-Mine\r\nX-Mine: 1\r\nTE: trailers\r\n"
                            + "Upgrade: h2c\r\nProxy-Connection: keep-alive\r\ntraceparent: 00-1-2-01\r\n"
                            + "X-Forwarded-For: 10.1.2.3\r\n\r\n");
            String seen = answer.substring(answer.indexOf("GET /x"));
            assertThat(seen)
                    .startsWith("GET /x HTTP/1.1\r\nHost: a\r\n")
                    .contains("traceparent: 00-1-2-01\r\n")
                    .contains("x-forwarded-for: 10.1.2.3, 127.0.0.1\r\n")
                    .contains("via: 1.1 tierdrill\r\n")
                    .doesNotContainIgnoringCase("x-mine", "connection", "upgrade", "\r\nte:");
            assertThat(answer.substring(0, answer.indexOf("GET /x")))
                    .doesNotContainIgnoringCase("keep-alive", "x-hop")
                    .contains("connection: close\r\n");
        }
    }

    /** As a tap must be: the service sees what the client said, and nobody else ever asks it. */
    @Test
    void addsNoWordOfItsOwnWhereItIsTransparent() throws Exception {
        String settings = "{transparent: true, healthCheck: {enabled: false, interval: 1ms}}";
        try (RawServer service = new RawServer((socket, number) -> {
                    String head = RawServer.head(socket);
                    RawServer.say(
                            socket,
                            "HTTP/1.1 200 OK\r\nX-Own: 1\r\nContent-Length: " + head.length() + "\r\n\r\n" + head);
                });
                TierInstance l7 = l7(settings, service.address())) {
            String request = "GET /x?y HTTP/1.1\r\nHost: shop.test:81\r\nX-a: b\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n";
            try (Socket client = Raw.connect(l7.traffic())) {
                RawServer.say(client, request);
                assertThat(RawServer.head(client))
                        .isEqualTo("HTTP/1.1 200 OK\r\nX-Own: 1\r\nContent-Length: " + request.length() + "\r\n\r\n");
                assertThat(client.getInputStream().readNBytes(request.length()))
                        .asString()
                        .isEqualTo(request);
            }
            assertThat(service.connections()).isEqualTo(1);
        }
    }

    @Test
    void keepsItsTimesToItselfWhereItIsToldTo() throws Exception {
        try (EchoService service = new EchoService("s");
                TierInstance l7 = l7("{serverTiming: false}", service.address())) {
            assertThat(get(l7)).contains("server-timing: service;dur=1.000\r\n").doesNotContain("l7;dur");
        }
    }

    @Test
    void chunksForNewClientsWhatTheServiceEndsByClosingAndClosesForOldOnes() throws Exception {
        try (RawServer service = scripted((socket, head, number) -> {
                    RawServer.say(socket, "HTTP/1.0 200 OK\r\n\r\nuntil the end");
                    socket.close();
                });
                TierInstance l7 = l7("", service.address())) {
            String chunked = Raw.exchange(l7.traffic(), "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(chunked).contains("transfer-encoding: chunked\r\n").endsWith("d\r\nuntil the end\r\n0\r\n\r\n");
            String plain = Raw.exchange(l7.traffic(), "GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
            assertThat(plain).contains("connection: close\r\n").endsWith("\r\n\r\nuntil the end");
        }
    }

    @Test
    void sendsAgainOverAFreshConnectionWhenAnIdleOneHadGone() throws Exception {
        try (RawServer service = new RawServer((socket, number) -> {
                    String head = RawServer.head(socket);
                    if (RawServer.wasHealthCheck(socket, head)) return;
                    RawServer.say(socket, OK);
                    RawServer.head(socket);
                    socket.close();
                });
                TierInstance l7 = l7("{connectionsPerUpstream: 1}", service.address());
                Socket client = Raw.connect(l7.traffic())) {
            for (int i = 0; i < 3; i++) {
                RawServer.say(client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(RawServer.head(client)).startsWith("HTTP/1.1 200 OK");
                assertThat(client.getInputStream().readNBytes(2)).asString().isEqualTo("ok");
            }
            assertThat(metric(l7, "tierdrill_l7_retries_total")).isEqualTo(2);
        }
    }

    /** Not even over a connection that may have been stale: it may have been done all the same. */
    @Test
    void doesNotSendAPostAgain() throws Exception {
        AtomicInteger posts = new AtomicInteger();
        try (RawServer service = scripted((socket, head, number) -> {
                    if (head.startsWith("GET")) {
                        RawServer.say(socket, OK);
                    } else {
                        posts.incrementAndGet();
                        socket.close();
                    }
                });
                TierInstance l7 = l7("", service.address())) {
            assertThat(Raw.get(l7.traffic(), "/")).isEqualTo("ok");
            String answer = Raw.exchange(
                    l7.traffic(), "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            assertThat(answer)
                    .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                    .endsWith("\r\n\r\nl7: the service closed without a response\n");
            assertThat(posts).hasValue(1);
        }
    }

    @Test
    void triesAnotherServiceWhenOneCannotBeReached() throws Exception {
        InetSocketAddress dead = deadAddress();
        try (EchoService service = new EchoService("s");
                TierInstance l7 = l7("", dead, service.address())) {
            for (int i = 0; i < 10; i++) assertThat(Raw.get(l7.traffic(), "/")).isEqualTo("s");
            assertThat(metric(l7, "tierdrill_tier_errors_total")).isZero();
        }
    }

    @Test
    void saysWhomItCouldNotReach() throws Exception {
        InetSocketAddress dead = deadAddress();
        try (TierInstance l7 = l7("", dead)) {
            String answer = get(l7);
            assertThat(Raw.status(answer)).isEqualTo(502);
            assertThat(answer).endsWith("l7: no connection to 127.0.0.1:" + dead.getPort() + "\n");
        }
    }

    @Test
    void givesUpOnASilentServiceAfterTheResponseTimeout() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer service = scripted((socket, head, number) -> awaitQuietly(never));
                TierInstance l7 = l7("{responseTimeout: 50ms}", service.address())) {
            String answer = get(l7);
            assertThat(answer)
                    .startsWith("HTTP/1.1 504 Gateway Timeout\r\n")
                    .endsWith("l7: no response within responseTimeout\n");
            assertThat(metric(l7, "tierdrill_tier_errors_total")).isEqualTo(1);
        } finally {
            never.countDown();
        }
    }

    @Test
    void letsRequestsWaitForAConnectionAndRefusesThoseTooMany() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawServer service = scripted((socket, head, number) -> {
                    awaitQuietly(go);
                    RawServer.say(socket, OK);
                });
                TierInstance l7 = l7("{connectionsPerUpstream: 1, pending: 1}", service.address());
                Socket first = ask(l7);
                Socket second = askOnce(l7, "tierdrill_resource_used", 1)) {
            Await.until("one waits", () -> metric(l7, "tierdrill_tier_queued") == 1);
            String third = get(l7);
            assertThat(third)
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .endsWith("l7: no connection free and the queue is full\n");
            go.countDown();
            assertThat(RawServer.head(first)).startsWith("HTTP/1.1 200");
            assertThat(RawServer.head(second)).startsWith("HTTP/1.1 200");
            Await.until("nobody waits", () -> metric(l7, "tierdrill_tier_queued") == 0);
            assertThat(metric(l7, "tierdrill_tier_queue_seconds_total")).isPositive();
        }
    }

    @Test
    void refusesWhatWaitedLongerThanTheQueueTimeout() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer service = scripted((socket, head, number) -> awaitQuietly(never));
                TierInstance l7 = l7("{connectionsPerUpstream: 1, queueTimeout: 30ms}", service.address());
                Socket first = ask(l7)) {
            Await.until("it has the connection", () -> metric(l7, "tierdrill_tier_in_flight") == 1);
            assertThat(get(l7))
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .endsWith("l7: waited queueTimeout for a connection\n");
            assertThat(first.isConnected()).isTrue();
        } finally {
            never.countDown();
        }
    }

    @Test
    void closesTheServiceConnectionOfAClientThatLeaves() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (RawServer service = scripted((socket, head, number) -> {
                    asked.countDown();
                    if (socket.getInputStream().read() < 0) ended.countDown();
                });
                TierInstance l7 = l7("", service.address())) {
            Socket client = ask(l7);
            asked.await();
            client.close();
            ended.await();
            Await.until("it is counted", () -> metric(l7, "tierdrill_l7_client_aborts_total") == 1);
            assertThat(metric(l7, "tierdrill_tier_in_flight")).isZero();
        }
    }

    @Test
    void cutsTheClientOffWhenTheServiceStopsMidway() throws Exception {
        try (RawServer service = scripted((socket, head, number) -> {
                    RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
                    socket.close();
                });
                TierInstance l7 = l7("", service.address())) {
            assertThat(Raw.exchange(l7.traffic(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .endsWith("only this");
            Await.until("it is counted", () -> metric(l7, "tierdrill_tier_errors_total") == 1);
        }
    }

    @Test
    void passesAContinueOnAndThenTheBody() throws Exception {
        try (RawServer service = scripted((socket, head, number) -> {
                    assertThat(head).containsIgnoringCase("expect: 100-continue\r\n");
                    RawServer.say(socket, "HTTP/1.1 100 Continue\r\n\r\n");
                    byte[] body = socket.getInputStream().readNBytes(5);
                    RawServer.say(
                            socket,
                            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
                                    + new String(body, StandardCharsets.US_ASCII));
                });
                TierInstance l7 = l7("", service.address());
                Socket client = Raw.connect(l7.traffic())) {
            RawServer.say(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(RawServer.head(client)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            RawServer.say(client, "hello");
            assertThat(RawServer.head(client)).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(client.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
        }
    }

    @Test
    void passesAnEarlyAnswerOnWhileTheBodyIsStillComing() throws Exception {
        try (RawServer service = scripted((socket, head, number) ->
                        RawServer.say(socket, "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"));
                TierInstance l7 = l7("", service.address());
                Socket client = Raw.connect(l7.traffic())) {
            RawServer.say(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf ");
            assertThat(RawServer.head(client)).startsWith("HTTP/1.1 413 ");
            RawServer.say(client, "again" + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(RawServer.head(client)).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void takesAnIllServiceOutAndBringsItBack() throws Exception {
        boolean[] ill = {true};
        String check = "{healthCheck: {interval: 10ms, rise: 2, fall: 2}}";
        try (RawServer moody = new RawServer((socket, number) -> {
                    RawServer.head(socket);
                    RawServer.say(socket, ill[0] ? "HTTP/1.1 500 No\r\n\r\n" : "HTTP/1.1 200 OK\r\n\r\nmoody");
                    socket.close();
                });
                EchoService well = new EchoService("well");
                TierInstance l7 = l7(check, moody.address(), well.address())) {
            Await.until("only the other answers", () -> {
                for (int i = 0; i < 6; i++) if (!Raw.get(l7.traffic(), "/").equals("well")) return false;
                return true;
            });
            ill[0] = false;
            Await.until("it is back", () -> Raw.get(l7.traffic(), "/").contains("moody"));
        }
    }

    @Test
    void usesOneConnectionForOneClientAfterAnother() throws Exception {
        try (RawServer service = new RawServer((socket, number) -> {
                    while (true) {
                        if (RawServer.wasHealthCheck(socket, RawServer.head(socket))) return;
                        RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + number);
                    }
                });
                TierInstance l7 = l7("{healthCheck: {interval: 1h}}", service.address())) {
            String first = Raw.get(l7.traffic(), "/");
            for (int i = 0; i < 5; i++) assertThat(Raw.get(l7.traffic(), "/")).isEqualTo(first);
        }
    }

    @Test
    void costsTheProcessorTimeItIsToldTo() throws Exception {
        try (EchoService service = new EchoService("s");
                TierInstance l7 = l7("{cpuPerRequest: 20ms}", service.address())) {
            String answer = get(l7);
            String dur = answer.substring(answer.indexOf("l7;dur=") + 7, answer.indexOf(", l7-queue"));
            assertThat(Double.parseDouble(dur)).isGreaterThanOrEqualTo(20);
        }
    }

    /** Says what to answer to a request; health checks never reach it. */
    private interface Answer {
        void to(Socket socket, String head, int number) throws java.io.IOException;
    }

    private static RawServer scripted(Answer answer) throws Exception {
        return new RawServer((socket, number) -> {
            while (true) {
                String head = RawServer.head(socket);
                if (RawServer.wasHealthCheck(socket, head)) return;
                answer.to(socket, head, number);
                if (socket.isClosed()) return;
            }
        });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static TierInstance l7(String yaml, InetSocketAddress... services) throws Exception {
        TierInstance l7 = Stacks.start(TierKind.L7, yaml);
        l7.wire(List.of(services));
        return l7;
    }

    private static String get(TierInstance l7) throws Exception {
        return Raw.exchange(l7.traffic(), "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }

    private static Socket ask(TierInstance l7) throws Exception {
        Socket socket = Raw.connect(l7.traffic());
        RawServer.say(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        return socket;
    }

    private static Socket askOnce(TierInstance l7, String name, double value) throws Exception {
        Await.until(name, () -> metric(l7, name) == value);
        return ask(l7);
    }

    private static InetSocketAddress deadAddress() throws Exception {
        try (RawServer server = new RawServer((socket, number) -> socket.close())) {
            return server.address();
        }
    }

    static double metric(TierInstance tier, String name) {
        return Raw.get(tier.admin(), "/metrics")
                .lines()
                .filter(l -> l.startsWith(name + "{"))
                .filter(l -> !l.contains("resource=\"upstream-ports\""))
                .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' '))))
                .sum();
    }
}
