package io.tierdrill.lb.l7;

import static io.tierdrill.lb.l7.RawHttp2.END_HEADERS;
import static io.tierdrill.lb.l7.RawHttp2.END_STREAM;
import static io.tierdrill.lb.l7.RawHttp2.GOAWAY;
import static io.tierdrill.lb.l7.RawHttp2.HEADERS;
import static io.tierdrill.lb.l7.RawHttp2.RST_STREAM;
import static io.tierdrill.lb.l7.RawHttp2.get;
import static io.tierdrill.lb.l7.RawHttp2.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import io.tierdrill.lb.Await;
import io.tierdrill.lb.EchoService;
import io.tierdrill.lb.Raw;
import io.tierdrill.lb.RawServer;
import io.tierdrill.lb.Stacks;
import io.tierdrill.lb.TierInstance;
import io.tierdrill.lb.Witness;
import io.tierdrill.lb.hash.Flow;
import io.tierdrill.lb.net.ProxyHeader;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.provider.Arguments;

/** HTTP/2 frame by frame, by clients that have few manners. */
class Http2FramesTest {
    private static final int NO_ERROR = 0;
    private static final int PROTOCOL_ERROR = 1;
    private static final int REFUSED_STREAM = 7;
    private static final int CANCEL = 8;
    private static final int ENHANCE_YOUR_CALM = 11;

    private final Witness witness = new Witness();
    private EchoService service;
    private TierInstance l7;

    @BeforeEach
    void start() throws Exception {
        service = new EchoService("s");
        l7 = l7("", service.address());
    }

    private TierInstance l7(String yaml, InetSocketAddress... services) throws Exception {
        TierInstance started = Stacks.start(TierKind.L7, yaml, witness);
        started.wire(List.of(services));
        return started;
    }

    @AfterEach
    void stop() {
        l7.close();
        service.close();
        assertThat(witness.endedAgain()).isZero();
        assertThat(witness.ended(witness.begun())).hasSize(witness.begun());
    }

    @Test
    void carriesStreamsAndTellsOfThem() throws Exception {
        try (RawHttp2 client = RawHttp2.connect(l7.traffic())) {
            client.ask(1, get("/?size=20", "cookie", "a=1", "x-mine", "2", "cookie", "b=2"));
            Http2Headers head = client.head(1);
            assertThat(head.status()).asString().isEqualTo("200");
            assertThat(head.get("x-seen-via")).asString().isEqualTo("2.0 tierdrill");
            assertThat(head.contains("connection") || head.contains("transfer-encoding"))
                    .isFalse();
            assertThat(head.getAll("server-timing")).hasSize(2);
            assertThat(client.body(1)).hasSize(20);
            client.begin(3, post("content-length", "4"));
            client.data(3, true, "body");
            assertThat(client.head(3).status()).asString().isEqualTo("200");
            assertThat(client.body(3)).isEqualTo("body");
        }
        List<RequestRecord> told = witness.ended(2);
        assertThat(told.get(0).headers())
                .containsExactly(new Header("cookie", "a=1"), new Header("x-mine", "2"), new Header("cookie", "b=2"));
        assertThat(told.get(0).authority()).isEqualTo("a");
        assertThat(told.get(0).path()).isEqualTo("/?size=20");
        assertThat(told.get(0).response().orElseThrow().bytes()).hasValue(20L);
        assertThat(told.get(1).body()).isEqualTo(RequestRecord.Body.of("body".getBytes()));
        assertThat(told.get(1).connection()).isEqualTo(told.get(0).connection());
    }

    @Test
    void takesAProxyHeaderInFrontOfThePreface() throws Exception {
        Socket socket = Raw.connect(l7.traffic());
        ByteBuf header = ProxyHeader.v2(
                new Flow(new InetSocketAddress("10.9.8.7", 4711), new InetSocketAddress("10.0.0.1", 80)));
        socket.getOutputStream().write(header.array(), 0, header.readableBytes());
        try (RawHttp2 client = RawHttp2.over(socket, new byte[0])) {
            client.ask(1, get("/"));
            assertThat(client.head(1).get("x-seen-x-forwarded-for")).asString().isEqualTo("10.9.8.7");
        }
        assertThat(witness.only().client()).isEqualTo("10.9.8.7");
    }

    /** What reaches the service is one request of HTTP/1.1, with the pieces of a cookie joined (RFC 9113, 8.2.3). */
    @Test
    void saysToTheServiceWhatTheClientSaid() throws Exception {
        try (RawServer mirror = mirror();
                TierInstance front = l7("", mirror.address());
                RawHttp2 client = RawHttp2.connect(front.traffic())) {
            client.ask(1, get("/x?y", "cookie", "a=1", "te", "trailers", "x-a", "\u00e4", "cookie", "b=2"));
            assertThat(client.body(1))
                    .startsWith("GET /x?y HTTP/1.1\r\n")
                    .contains("host: a\r\n", "cookie: a=1; b=2\r\n", "x-a: \u00e4\r\n")
                    .doesNotContain("te:", "transfer-encoding", "content-length", ":path");
            client.ask(3, post());
            assertThat(client.body(3)).contains("content-length: 0\r\n");
            client.begin(5, post());
            client.data(5, true, "");
            assertThat(client.body(5)).contains("transfer-encoding: chunked\r\n");
        }
    }

    static Stream<Arguments> malformed() {
        String[] fine = get("/");
        return Stream.of(
                Arguments.of("no path", without(fine, 6)),
                Arguments.of("no method", without(fine, 0)),
                Arguments.of("no scheme", without(fine, 2)),
                Arguments.of("neither authority nor host", without(fine, 4)),
                Arguments.of("empty path", get("")),
                Arguments.of("relative path", get("x")),
                Arguments.of("absolute path", get("http://b/")),
                Arguments.of("asterisk without OPTIONS", get("*")),
                Arguments.of("blank in path", get("/a b")),
                Arguments.of("line in path", get("/ HTTP/1.1\r\nHost: b\r\n\r\n")),
                Arguments.of("bad method", with(fine, 1, "GET / HTTP/1.1\r\nx:")),
                Arguments.of("bad scheme", with(fine, 3, "ftp")),
                Arguments.of("line in authority", with(fine, 5, "a\r\nx: y")),
                Arguments.of("user in authority", with(fine, 5, "u@a")),
                Arguments.of("host is not authority", get("/", "host", "b")),
                Arguments.of("two hosts", get("/", "host", "a", "host", "a")),
                Arguments.of("path twice", get("/", ":path", "/b")),
                Arguments.of("unknown pseudo", with(fine, 2, ":what")),
                Arguments.of("pseudo of responses", get("/", ":status", "200")),
                Arguments.of("pseudo behind field", get("/", "x", "y", ":path", "/")),
                Arguments.of("extended CONNECT", get("/", ":protocol", "websocket")),
                Arguments.of("capitals", get("/", "X-A", "b")),
                Arguments.of("empty name", get("/", "", "b")),
                Arguments.of("colon in name", get("/", "x:y", "b")),
                Arguments.of("line in name", get("/", "x: y\r\nz", "b")),
                Arguments.of("blank in name", get("/", "x y", "b")),
                Arguments.of("line in value", get("/", "x", "a\r\ny: b")),
                Arguments.of("LF in value", get("/", "x", "a\nb")),
                Arguments.of("CR in value", get("/", "x", "a\rb")),
                Arguments.of("NUL in value", get("/", "x", "a\0b")),
                Arguments.of("blank before value", get("/", "x", " a")),
                Arguments.of("blank behind value", get("/", "x", "a\t")),
                Arguments.of("connection", get("/", "connection", "close")),
                Arguments.of("keep-alive", get("/", "keep-alive", "1")),
                Arguments.of("proxy-connection", get("/", "proxy-connection", "close")),
                Arguments.of("transfer-encoding", get("/", "transfer-encoding", "chunked")),
                Arguments.of("upgrade", get("/", "upgrade", "websocket")),
                Arguments.of("te", get("/", "te", "gzip")),
                Arguments.of("length without body", get("/", "content-length", "4")),
                Arguments.of("two lengths", get("/", "content-length", "0", "content-length", "1")),
                Arguments.of("odd length", get("/", "content-length", "+0")));
    }

    private static String[] without(String[] fields, int at) {
        String[] fewer = new String[fields.length - 2];
        System.arraycopy(fields, 0, fewer, 0, at);
        System.arraycopy(fields, at + 2, fewer, at, fields.length - at - 2);
        return fewer;
    }

    private static String[] with(String[] fields, int at, String value) {
        String[] changed = fields.clone();
        changed[at] = value;
        return changed;
    }

    /** One balancer for all: what it made of one must not show in the next. */
    @TestFactory
    Stream<DynamicTest> resetsAStreamThatIsMalformedAndGoesOn() {
        return malformed()
                .map(Arguments::get)
                .map(m -> DynamicTest.dynamicTest((String) m[0], () -> resetsAndGoesOn((String[]) m[1])));
    }

    private void resetsAndGoesOn(String[] malformed) throws Exception {
        int before = service.requests();
        double rejected = L7BalancerTest.metric(l7, "tierdrill_l7_rejected_total");
        try (RawHttp2 client = RawHttp2.connect(l7.traffic())) {
            client.ask(1, malformed);
            assertThat(client.await(RST_STREAM, 1).number()).isEqualTo(PROTOCOL_ERROR);
            client.ask(3, get("/"));
            assertThat(client.head(3).status()).asString().isEqualTo("200");
        }
        assertThat(service.requests()).isEqualTo(before + 1);
        assertThat(L7BalancerTest.metric(l7, "tierdrill_l7_rejected_total")).isEqualTo(rejected + 1);
        assertThat(witness.ended(before + 1)).hasSize(before + 1);
    }

    @Test
    void saysWhatItDoesNotOffer() throws Exception {
        assertThat(status(with(get("/"), 1, "CONNECT"))).isEqualTo("501");
        assertThat(status(get("/" + "a".repeat(9_000)))).isEqualTo("414");
        assertThat(status(get("/", "expect", "cake"))).isEqualTo("417");
        String[] many = new String[202];
        java.util.Arrays.fill(many, "x");
        assertThat(status(get("/", many))).isEqualTo("431");
        assertThat(status(get("/", "x", "a".repeat(14_000), "y", "b".repeat(14_000))))
                .isEqualTo("200");
        assertThat(L7BalancerTest.metric(l7, "tierdrill_l7_rejected_total")).isEqualTo(4);
    }

    private String status(String[] fields) throws Exception {
        try (RawHttp2 client = RawHttp2.connect(l7.traffic())) {
            byte[] block = RawHttp2.block(fields);
            int first = Math.min(16_384, block.length);
            boolean one = first == block.length;
            client.send(HEADERS, END_STREAM | (one ? END_HEADERS : 0), 1, java.util.Arrays.copyOf(block, first));
            if (!one)
                client.send(
                        RawHttp2.CONTINUATION,
                        END_HEADERS,
                        1,
                        java.util.Arrays.copyOfRange(block, first, block.length));
            return client.head(1).status().toString();
        }
    }

    @Test
    void resetsAStreamWhoseBodyIsNotAsLongAsItSaid() throws Exception {
        try (RawHttp2 client = RawHttp2.connect(l7.traffic())) {
            client.begin(1, post("content-length", "5"));
            client.data(1, true, "four");
            assertThat(client.await(RST_STREAM, 1).number()).isEqualTo(PROTOCOL_ERROR);
            client.begin(3, post("content-length", "3"));
            client.data(3, true, "four");
            assertThat(client.await(RST_STREAM, 3).number()).isEqualTo(PROTOCOL_ERROR);
        }
        assertThat(witness.ended(2)).allMatch(r -> r.response().isEmpty());
        assertThat(service.requests()).isZero();
    }

    @Test
    void passesTrailersOnButNotThoseThatWouldRouteOrFrame() throws Exception {
        try (RawServer chunked = new RawServer((socket, number) -> {
                    String head = RawServer.head(socket);
                    if (RawServer.wasHealthCheck(socket, head)) return;
                    String body = RawServer.head(socket);
                    RawServer.say(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: x-sum\r\n\r\n");
                    RawServer.say(socket, Integer.toHexString(body.length()) + "\r\n" + body + "\r\n");
                    RawServer.say(socket, "0\r\nX-Sum: 7\r\n\r\n");
                });
                TierInstance front = l7("", chunked.address());
                RawHttp2 client = RawHttp2.connect(front.traffic())) {
            client.begin(1, post());
            client.data(1, false, "ab");
            client.send(HEADERS, END_HEADERS | END_STREAM, 1, RawHttp2.block("x-end", "1", "host", "b", "cookie", "c"));
            assertThat(client.head(1).status()).asString().isEqualTo("200");
            RawHttp2.Frame data = client.await(RawHttp2.DATA, 1);
            assertThat(data.text()).isEqualTo("2\r\nab\r\n0\r\nx-end: 1\r\n\r\n");
            assertThat(client.head(1).get("x-sum")).asString().isEqualTo("7");
        }
    }

    @Test
    void answersWithOneFrameWhereThereIsNoBody() throws Exception {
        try (RawServer empty = new RawServer((socket, number) -> {
                    while (true) {
                        String head = RawServer.head(socket);
                        if (RawServer.wasHealthCheck(socket, head)) return;
                        String status = head.startsWith("HEAD") ? "200 OK\r\nContent-Length: 9" : "304 Not Modified";
                        RawServer.say(socket, "HTTP/1.1 " + status + "\r\n\r\n");
                    }
                });
                TierInstance front = l7("", empty.address());
                RawHttp2 client = RawHttp2.connect(front.traffic())) {
            client.ask(1, with(get("/"), 1, "HEAD"));
            RawHttp2.Frame head = client.await(HEADERS, 1);
            assertThat(head.ends()).isTrue();
            assertThat(client.decode(head).get("content-length")).asString().isEqualTo("9");
            client.ask(3, get("/"));
            assertThat(client.await(HEADERS, 3).ends()).isTrue();
        }
    }

    @Test
    void passesAContinueOnAndAnEarlyAnswer() throws Exception {
        try (RawServer picky = new RawServer((socket, number) -> {
                    String head = RawServer.head(socket);
                    if (RawServer.wasHealthCheck(socket, head)) return;
                    RawServer.say(socket, "HTTP/1.1 100 Continue\r\n\r\n");
                    RawServer.say(socket, "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
                });
                TierInstance front = l7("", picky.address());
                RawHttp2 client = RawHttp2.connect(front.traffic())) {
            client.begin(1, post("content-length", "5", "expect", "100-continue"));
            assertThat(client.head(1).status()).asString().isEqualTo("100");
            assertThat(client.head(1).status()).asString().isEqualTo("413");
            assertThat(client.await(RST_STREAM, 1).number()).isEqualTo(NO_ERROR);
        }
    }

    @Test
    void endsTheConnectionOfAClientThatAsksAndCancelsWithoutEnd() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        // Without an answer: cancelling what is over already costs nobody anything and does not count.
        try (RawServer silent = silent(never);
                TierInstance strict = l7("{http2: {resets: 20}}", silent.address());
                RawHttp2 client = RawHttp2.connect(strict.traffic())) {
            for (int i = 0; i < 21; i++) {
                client.ask(2 * i + 1, get("/"));
                client.send(RST_STREAM, 0, 2 * i + 1, RawHttp2.number(CANCEL));
            }
            assertThat(client.await(GOAWAY, 0).goAwayError()).isEqualTo(ENHANCE_YOUR_CALM);
        } finally {
            never.countDown();
        }
    }

    @Test
    void refusesMoreStreamsThanItAllows() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer silent = silent(never);
                TierInstance narrow = l7("{http2: {streams: 2}}", silent.address());
                RawHttp2 client = RawHttp2.connect(narrow.traffic())) {
            for (int stream = 1; stream <= 5; stream += 2) client.ask(stream, get("/"));
            assertThat(client.await(RST_STREAM, 5).number()).isEqualTo(REFUSED_STREAM);
            Await.until("two are under way", () -> witness.begun() == 2);
        } finally {
            never.countDown();
        }
    }

    @Test
    void endsTheConnectionWhoseHeadNeverEnds() throws Exception {
        try (RawHttp2 client = RawHttp2.connect(l7.traffic())) {
            client.send(HEADERS, END_STREAM, 1, RawHttp2.block(get("/")));
            byte[] more = RawHttp2.block("x", "a".repeat(1000));
            try {
                for (int i = 0; i < 1000; i++) client.send(RawHttp2.CONTINUATION, 0, 1, more);
            } catch (java.io.IOException ended) {
                return;
            }
            assertThat(client.await(GOAWAY, 0).goAwayError()).isNotZero();
        } catch (java.net.SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        assertThat(witness.begun()).isZero();
    }

    @Test
    void endsTheConnectionOfAClientWithoutManners() throws Exception {
        try (RawHttp2 client = RawHttp2.connect(l7.traffic())) {
            client.send(RawHttp2.DATA, 0, 7, new byte[3]);
            assertThat(client.await(GOAWAY, 0).goAwayError()).isEqualTo(PROTOCOL_ERROR);
        }
        try (RawHttp2 client = RawHttp2.connect(l7.traffic())) {
            client.send(HEADERS, END_HEADERS | END_STREAM, 1, new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff});
            assertThat(client.await(GOAWAY, 0).goAwayError()).isEqualTo(9);
        }
    }

    /** A gibibyte from the service, and a client that takes nothing of it: it must stay where it is. */
    @Test
    void takesNoMoreFromTheServiceThanTheClientTakes() throws Exception {
        AtomicLong said = new AtomicLong();
        byte[] piece = new byte[1 << 20];
        try (RawServer endless = new RawServer((socket, number) -> {
                    String head = RawServer.head(socket);
                    if (RawServer.wasHealthCheck(socket, head)) return;
                    RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
                    for (int i = 0; i < 1024; i++) {
                        socket.getOutputStream().write(piece);
                        said.addAndGet(piece.length);
                    }
                });
                TierInstance front = l7("", endless.address());
                RawHttp2 client = RawHttp2.over(Raw.connect(front.traffic()), RawHttp2.window(1000))) {
            client.ask(1, get("/"));
            client.await(RawHttp2.DATA, 1);
            awaitStandstill(said);
            assertThat(said.get()).isLessThan(64L << 20);
            long before = said.get();
            client.send(RawHttp2.WINDOW_UPDATE, 0, 0, RawHttp2.number(1 << 30));
            client.send(RawHttp2.WINDOW_UPDATE, 0, 1, RawHttp2.number(1 << 30));
            long taken = 0;
            while (taken < (64L << 20)) taken += client.await(RawHttp2.DATA, 1).payload().length;
            Await.until("it goes on", () -> said.get() > before);
            client.send(RST_STREAM, 0, 1, RawHttp2.number(CANCEL));
        }
        assertThat(witness.only().response().orElseThrow().latencyNanos()).isEmpty();
    }

    /** The client may say what fits its window and no more, however long; its other streams go on. */
    @Test
    void takesNoMoreFromTheClientThanTheServiceTakes() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer deaf = new RawServer((socket, number) -> {
                    String head = RawServer.head(socket);
                    if (RawServer.wasHealthCheck(socket, head)) return;
                    if (head.startsWith("POST")) awaitQuietly(never);
                    RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                });
                TierInstance front = l7("", deaf.address());
                RawHttp2 client = RawHttp2.connect(front.traffic())) {
            client.begin(1, post());
            long granted = 65_535;
            long said = 0;
            int quietRounds = 0;
            String piece = "x".repeat(16_384);
            for (int round = 1; quietRounds < 50; round++) {
                for (; said + piece.length() <= granted; said += piece.length()) client.data(1, false, piece);
                assertThat(said).isLessThan(64L << 20);
                long more = grantedUntilAnswered(client, round);
                quietRounds = more == 0 ? quietRounds + 1 : 0;
                granted += more;
            }
            client.ask(3, get("/"));
            assertThat(client.head(3).status()).asString().isEqualTo("200");
        } finally {
            never.countDown();
        }
    }

    @Test
    void saysGoodbye() throws Exception {
        try (RawHttp2 client = RawHttp2.connect(l7.traffic())) {
            client.ask(1, get("/"));
            client.body(1);
            l7.close();
            assertThat(client.await(GOAWAY, 0).goAwayError()).isEqualTo(NO_ERROR);
        }
        try (TierInstance impatient = l7("{idleTimeout: 20ms}", service.address());
                RawHttp2 client = RawHttp2.connect(impatient.traffic())) {
            assertThat(client.await(GOAWAY, 0).goAwayError()).isEqualTo(NO_ERROR);
        }
    }

    @Test
    void resetsWhatCannotBeCompleted() throws Exception {
        try (RawServer broken = new RawServer((socket, number) -> {
                    String head = RawServer.head(socket);
                    if (RawServer.wasHealthCheck(socket, head)) return;
                    RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
                    socket.close();
                });
                TierInstance front = l7("", broken.address());
                RawHttp2 client = RawHttp2.connect(front.traffic())) {
            client.ask(1, get("/"));
            assertThat(client.await(RST_STREAM, 1).number()).isEqualTo(2);
        }
        assertThat(witness.only().response().orElseThrow().latencyNanos()).isEmpty();
    }

    @Test
    void givesUpOnWhatACancelledStreamAskedFor() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (RawServer waiting = new RawServer((socket, number) -> {
                    String head = RawServer.head(socket);
                    if (RawServer.wasHealthCheck(socket, head)) return;
                    asked.countDown();
                    if (socket.getInputStream().read() < 0) ended.countDown();
                });
                TierInstance front = l7("", waiting.address());
                RawHttp2 client = RawHttp2.connect(front.traffic())) {
            client.ask(1, get("/"));
            asked.await();
            client.send(RST_STREAM, 0, 1, RawHttp2.number(CANCEL));
            ended.await();
        }
        assertThat(witness.only().response()).isEmpty();
    }

    private static RawServer mirror() throws Exception {
        return new RawServer((socket, number) -> {
            while (true) {
                String head = RawServer.head(socket);
                if (RawServer.wasHealthCheck(socket, head)) return;
                if (head.contains("chunked")) RawServer.head(socket);
                RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + head.length() + "\r\n\r\n" + head);
            }
        });
    }

    private static RawServer silent(CountDownLatch until) throws Exception {
        return new RawServer((socket, number) -> {
            String head = RawServer.head(socket);
            if (!RawServer.wasHealthCheck(socket, head)) awaitQuietly(until);
        });
    }

    /** What stream 1 may say more, as told before this ping was answered. */
    private static long grantedUntilAnswered(RawHttp2 client, int ping) throws java.io.IOException {
        byte[] payload = java.nio.ByteBuffer.allocate(8).putInt(ping).array();
        client.send(RawHttp2.PING, 0, 0, payload);
        long granted = 0;
        while (true) {
            RawHttp2.Frame frame = client.read();
            if (frame.type() == RawHttp2.WINDOW_UPDATE && frame.stream() == 1) granted += frame.number();
            if (frame.type() == RawHttp2.PING && frame.number() == ping) return granted;
        }
    }

    /** Until a figure has not grown for a hundred looks at it. */
    static void awaitStandstill(AtomicLong figure) {
        long[] last = {-1, 0};
        Await.until("it stands still", () -> {
            long now = figure.get();
            last[1] = now == last[0] ? last[1] + 1 : 0;
            last[0] = now;
            return last[1] > 100;
        });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
