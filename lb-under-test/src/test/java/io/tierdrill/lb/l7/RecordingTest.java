package io.tierdrill.lb.l7;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.tierdrill.lb.EchoService;
import io.tierdrill.lb.Raw;
import io.tierdrill.lb.RawServer;
import io.tierdrill.lb.Stacks;
import io.tierdrill.lb.TierInstance;
import io.tierdrill.lb.Witness;
import io.tierdrill.lb.hash.Flow;
import io.tierdrill.lb.net.ProxyHeader;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.PackedHeaders;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.RequestRecord.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the L7 tells of the traffic it carries. */
class RecordingTest {
    private final Witness witness = new Witness();

    @AfterEach
    void everyRequestEndedOnce() {
        assertThat(witness.endedAgain()).isZero();
        assertThat(witness.ended(witness.begun())).hasSize(witness.begun());
    }

    @Test
    void tellsOfARequestAsItCameAndOfWhatCameBack() throws Exception {
        long before = NanoClock.system().nanos();
        try (EchoService service = new EchoService("s");
                TierInstance l7 = l7("", service.address())) {
            Raw.exchange(
                    l7.traffic(),
                    "POST /a?b=c HTTP/1.1\r\nHost: shop.test:8080\r\nConnection: close, X-Mine\r\nX-Mine: 1\r\n"
                            + "cookie: a=1\r\nCookie: b=2\r\nX-Forwarded-For: 10.1.2.3\r\nContent-Length: 4\r\n\r\nbody");
        }
        RequestRecord told = witness.only();
        assertThat(told.offsetNanos()).isBetween(before, NanoClock.system().nanos());
        assertThat(told.client()).isEqualTo("127.0.0.1");
        assertThat(told.connection()).matches("127\\.0\\.0\\.1:\\d+@\\d+");
        assertThat(told.user()).isEmpty();
        assertThat(told.scheme()).isEqualTo("http");
        assertThat(told.method()).isEqualTo("POST");
        assertThat(told.authority()).isEqualTo("shop.test:8080");
        assertThat(told.path()).isEqualTo("/a?b=c");
        assertThat(told.headers())
                .containsExactly(
                        new Header("Host", "shop.test:8080"),
                        new Header("Connection", "close, X-Mine"),
                        new Header("X-Mine", "1"),
                        new Header("cookie", "a=1"),
                        new Header("Cookie", "b=2"),
                        new Header("X-Forwarded-For", "10.1.2.3"),
                        new Header("Content-Length", "4"));
        assertThat(told.body()).isEqualTo(RequestRecord.Body.of("body".getBytes()));
        Response response = told.response().orElseThrow();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.bytes()).hasValue(4L);
        assertThat(response.latencyNanos().orElseThrow()).isBetween(1L, 10_000_000_000L);
    }

    @Test
    void tellsTheAuthorityOfAnAbsoluteTargetAndTheHostAsItCame() throws Exception {
        try (EchoService service = new EchoService("s");
                TierInstance l7 = l7("", service.address())) {
            Raw.exchange(l7.traffic(), "GET http://a/x HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n");
        }
        assertThat(witness.only().authority()).isEqualTo("a");
        assertThat(witness.only().path()).isEqualTo("/x");
        assertThat(witness.only().headers()).first().isEqualTo(new Header("Host", "b"));
    }

    @Test
    void keepsABodyUpToTheLimitAndItsSizeAlways() throws Exception {
        String chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
        try (EchoService service = new EchoService("s");
                TierInstance l7 = l7("{record: {bodies: 5}}", service.address())) {
            Raw.exchange(l7.traffic(), chunked + "2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n");
            Raw.exchange(l7.traffic(), chunked + "2\r\nab\r\n4\r\ncdef\r\n0\r\n\r\n");
        }
        List<RequestRecord> told = witness.ended(2);
        assertThat(told.get(0).body()).isEqualTo(RequestRecord.Body.of("abcde".getBytes()));
        assertThat(told.get(1).body()).isEqualTo(new RequestRecord.Body(new byte[0], 6, ""));
    }

    /** So that a recorder need not wait for a response that takes its time. */
    @Test
    void tellsABodyAsSoonAsItIsWholeWhileTheResponseIsStillToCome() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        try (RawServer service = new RawServer((socket, number) -> {
                    RawServer.head(socket);
                    awaitQuietly(told);
                    RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                });
                TierInstance l7 = l7("{healthCheck: {interval: 1h}}", service.address());
                Socket client = Raw.connect(l7.traffic())) {
            RawServer.say(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbo");
            RawServer.say(client, "dy");
            assertThat(witness.received(1).get(0).body()).isEqualTo(RequestRecord.Body.of("body".getBytes()));
            told.countDown();
            client.getInputStream().readAllBytes();
        } finally {
            told.countDown();
        }
        assertThat(witness.only().body()).isEqualTo(RequestRecord.Body.of("body".getBytes()));
        assertThat(witness.received(1)).hasSize(1);
    }

    /** Ten at 4 MiB are more than all bodies together may take. */
    @Test
    void keepsNoMoreThanItMayOfManyBodiesAtOnce() {
        Recordings all = new Recordings(witness, 16 << 20, NanoClock.system());
        Client client = new Client(false, 1);
        EmbeddedChannel channel = new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress("127.0.0.1", 1);
            }
        };
        channel.pipeline().addLast(client);
        var head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.PUT, "/");
        ByteBuf part = Unpooled.wrappedBuffer(new byte[4 << 20]);
        List<Recording> open = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            open.add(all.begin(1, client, head, PackedHeaders.NONE));
            open.get(i).requestBody(part);
        }
        open.forEach(o -> o.end(Optional.empty()));
        assertThat(witness.ended(10)).extracting(r -> r.body().bytes().length).containsOnly(4 << 20, 0);
        assertThat(witness.ended(10))
                .filteredOn(r -> r.body().bytes().length > 0)
                .hasSize(8);
        assertThat(witness.ended(10)).extracting(r -> r.body().size()).containsOnly(4L << 20);
        Recording later = all.begin(1, client, head, PackedHeaders.NONE);
        later.requestBody(part);
        later.end(Optional.empty());
        assertThat(witness.ended(11).get(10).body().bytes()).hasSize(4 << 20);
    }

    @Test
    void tellsTheClientThatAProxyHeaderNames() throws Exception {
        try (EchoService service = new EchoService("s");
                TierInstance l7 = l7("", service.address());
                Socket socket = Raw.connect(l7.traffic())) {
            ByteBuf header = ProxyHeader.v2(
                    new Flow(new InetSocketAddress("10.9.8.7", 4711), new InetSocketAddress("10.0.0.1", 80)));
            socket.getOutputStream().write(header.array(), 0, header.readableBytes());
            RawServer.say(socket, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            socket.getInputStream().readAllBytes();
        }
        assertThat(witness.only().client()).isEqualTo("10.9.8.7");
        assertThat(witness.only().connection()).startsWith("10.9.8.7:4711@");
    }

    @Test
    void tellsWhichRequestsShareAConnection() throws Exception {
        String pipelined = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        try (EchoService service = new EchoService("s");
                TierInstance l7 = l7("", service.address())) {
            Raw.exchange(l7.traffic(), pipelined);
            Raw.get(l7.traffic(), "/3");
        }
        List<RequestRecord> told = witness.ended(3);
        assertThat(told).extracting(RequestRecord::path).containsExactly("/1", "/2", "/3");
        assertThat(told.get(1).connection()).isEqualTo(told.get(0).connection());
        assertThat(told.get(2).connection()).isNotEqualTo(told.get(0).connection());
    }

    @Test
    void tellsOfWhatItRefusesItself() throws Exception {
        try (TierInstance l7 = l7("")) {
            Raw.get(l7.traffic(), "/");
        }
        Response response = witness.only().response().orElseThrow();
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.bytes()).hasValue((long) "l7: not wired to any service\n".length());
        assertThat(response.latencyNanos()).isPresent();
    }

    @Test
    void doesNotTellOfWhatIsNoRequest() throws Exception {
        try (EchoService service = new EchoService("s");
                TierInstance l7 = l7("", service.address())) {
            Raw.exchange(l7.traffic(), "GET / HTTP/1.1\r\nHost: a b\r\n\r\n");
            Raw.exchange(l7.traffic(), "GET /\r\n\r\n");
            assertThat(L7BalancerTest.metric(l7, "tierdrill_l7_rejected_total")).isEqualTo(2);
        }
        assertThat(witness.begun()).isZero();
    }

    @Test
    void tellsThatTheServiceWasSilent() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer service = new RawServer((socket, number) -> awaitQuietly(never));
                TierInstance l7 = l7("{responseTimeout: 30ms, healthCheck: {interval: 1h}}", service.address())) {
            Raw.get(l7.traffic(), "/");
        } finally {
            never.countDown();
        }
        assertThat(witness.only().response().orElseThrow().status()).isEqualTo(504);
    }

    @Test
    void tellsThatNothingCameBackToAClientThatLeft() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer service = new RawServer((socket, number) -> {
                    RawServer.head(socket);
                    asked.countDown();
                    awaitQuietly(never);
                });
                TierInstance l7 = l7("{healthCheck: {interval: 1h}}", service.address())) {
            try (Socket client = Raw.connect(l7.traffic())) {
                RawServer.say(client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                asked.await();
            }
            assertThat(witness.only().response()).isEmpty();
        } finally {
            never.countDown();
        }
    }

    @Test
    void tellsHowMuchCameBackWhenTheServiceStoppedMidway() throws Exception {
        try (RawServer service = new RawServer((socket, number) -> {
                    RawServer.head(socket);
                    RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
                    socket.close();
                });
                TierInstance l7 = l7("{healthCheck: {interval: 1h}}", service.address())) {
            Raw.get(l7.traffic(), "/");
            assertThat(witness.only().response()).contains(new Response(200, Optional.of(9L), Optional.empty()));
        }
    }

    @Test
    void tellsOfAClientThatIsCutOffBecauseItsBodyBreaks() throws Exception {
        try (EchoService service = new EchoService("s");
                TierInstance l7 = l7("", service.address())) {
            Raw.exchange(
                    l7.traffic(), "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabXX3\r\n");
        }
        assertThat(witness.only().response().orElseThrow().status()).isEqualTo(400);
        assertThat(witness.only().body().size()).isEqualTo(2);
    }

    private TierInstance l7(String yaml, InetSocketAddress... services) throws Exception {
        TierInstance l7 = Stacks.start(TierKind.L7, yaml, witness);
        l7.wire(List.of(services));
        return l7;
    }

    private static void awaitQuietly(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException over) {
            throw new IOException(over);
        }
    }
}
