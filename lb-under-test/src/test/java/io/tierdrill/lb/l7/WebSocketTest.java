package io.tierdrill.lb.l7;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.tierdrill.lb.Await;
import io.tierdrill.lb.EchoService;
import io.tierdrill.lb.Raw;
import io.tierdrill.lb.RawServer;
import io.tierdrill.lb.Stacks;
import io.tierdrill.lb.TestCertificate;
import io.tierdrill.lb.TierInstance;
import io.tierdrill.lb.Witness;
import io.tierdrill.lb.net.Transport;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.websocket.Opcode;
import io.tierdrill.model.websocket.Side;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that begin as HTTP/1.1 and go on as WebSocket. */
class WebSocketTest {
    private static final String UPGRADE = "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n";
    private static final String AGREED = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Accept: y\r\n\r\n";

    private final Witness witness = new Witness();

    @TempDir
    Path folder;

    @AfterEach
    void everyRequestEndedOnce() {
        assertThat(witness.endedAgain()).isZero();
        assertThat(witness.ended(witness.begun())).hasSize(witness.begun());
    }

    @Test
    void carriesFramesBothWays() throws Exception {
        try (Transport service = Transport.open("ws-echo");
                TierInstance l7 = l7("", echo(service))) {
            echoes(HttpClient.newHttpClient(), "ws://127.0.0.1:" + l7.traffic().getPort(), l7);
        }
        assertThat(witness.only().scheme()).isEqualTo("http");
    }

    @Test
    void carriesFramesOfThoseWhoEncrypt() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "l7");
        HttpClient client =
                HttpClient.newBuilder().sslContext(certificate.trusting()).build();
        try (Transport service = Transport.open("ws-echo");
                TierInstance l7 = l7(certificate.yaml(), echo(service))) {
            echoes(client, "wss://localhost:" + l7.traffic().getPort(), l7);
        }
        assertThat(witness.only().scheme()).isEqualTo("https");
    }

    private void echoes(HttpClient client, String url, TierInstance l7) throws Exception {
        byte[] large = EchoService.Bytes.array(1 << 20);
        Echoed echoed = new Echoed(large.length);
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(url + "/chat?room=1"), echoed)
                .get(10, TimeUnit.SECONDS);
        socket.sendBinary(ByteBuffer.wrap(large), true).get(10, TimeUnit.SECONDS);
        assertThat(echoed.whole.get(10, TimeUnit.SECONDS)).isEqualTo(large);
        assertThat(L7BalancerTest.metric(l7, "tierdrill_l7_tunnels")).isEqualTo(1);
        assertThat(L7BalancerTest.metric(l7, "tierdrill_tier_in_flight")).isZero();
        assertThat(L7BalancerTest.metric(l7, "tierdrill_resource_used")).isEqualTo(1);
        RequestRecord told = witness.only();
        assertThat(told.path()).isEqualTo("/chat?room=1");
        assertThat(told.response().orElseThrow().status()).isEqualTo(101);
        assertThat(told.response().orElseThrow().latencyNanos()).isPresent();
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(10, TimeUnit.SECONDS);
        assertThat(echoed.closed.get(10, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
        Await.until("it is over", () -> L7BalancerTest.metric(l7, "tierdrill_l7_tunnels") == 0);
        Await.until("its place is free", () -> L7BalancerTest.metric(l7, "tierdrill_resource_used") == 0);
        assertThat(L7BalancerTest.metric(l7, "tierdrill_l7_upgrades_total")).isEqualTo(1);
        isTold(large.length);
    }

    /** Clients may cut what they send into frames; whatever they do it is one message, echoed as one. */
    private void isTold(int bytes) {
        for (Side side : Side.values()) {
            List<MessageRecord> told =
                    witness.messages(4).stream().filter(m -> m.from() == side).toList();
            assertThat(told).extracting(MessageRecord::opcode).containsExactly(Opcode.BINARY, Opcode.CLOSE);
            assertThat(told.get(0).bytes()).isEqualTo(bytes);
            assertThat(told.get(1).closeCode()).hasValue(WebSocket.NORMAL_CLOSURE);
        }
        assertThat(witness.unread()).isZero();
    }

    @Test
    void passesWhatWasSaidAheadOnEitherSide() throws Exception {
        try (RawServer service = upgrading(socket -> {
                    RawServer.say(socket, AGREED + "first from the service");
                    byte[] early = socket.getInputStream().readNBytes(5);
                    RawServer.say(socket, new String(early));
                    socket.close();
                });
                TierInstance l7 = l7("", service.address())) {
            String answer = Raw.exchange(l7.traffic(), UPGRADE + "early");
            assertThat(answer)
                    .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
                    .containsIgnoringCase("connection: upgrade\r\n")
                    .containsIgnoringCase("upgrade: websocket\r\n")
                    .contains("Sec-WebSocket-Accept: y\r\n")
                    .endsWith("first from the serviceearly");
        }
    }

    @Test
    void goesOnWithHttpWhereTheServiceDoesNotAgree() throws Exception {
        try (RawServer service = upgrading(socket -> {
                    RawServer.say(socket, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
                    assertThat(RawServer.head(socket)).startsWith("GET /next ");
                    RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                });
                TierInstance l7 = l7("", service.address())) {
            String answer =
                    Raw.exchange(l7.traffic(), UPGRADE + "GET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(answer)
                    .startsWith("HTTP/1.1 403 ")
                    .contains("HTTP/1.1 200 OK")
                    .endsWith("ok");
        }
        assertThat(witness.ended(2)).extracting(RequestRecord::path).containsExactly("/chat", "/next");
    }

    @Test
    void answersWhatCannotBeConnectedAndStaysHttp() throws Exception {
        try (TierInstance l7 = l7("")) {
            String answer = Raw.exchange(l7.traffic(), UPGRADE + "GET / HTTP/1.1\r\nHost: a b\r\n\r\n");
            assertThat(answer.split("HTTP/1.1 ")).hasSize(3);
            assertThat(answer).startsWith("HTTP/1.1 503 ").contains("HTTP/1.1 400 ");
        }
    }

    /** What was said ahead is nobody's any more. */
    @Test
    void endsTheConnectionWhereTheClientWantedThatIfRefused() throws Exception {
        String closing = UPGRADE.replace("keep-alive", "close");
        try (TierInstance l7 = l7("")) {
            String answer = Raw.exchange(l7.traffic(), closing + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(answer.split("HTTP/1.1 ")).hasSize(2);
            assertThat(answer).startsWith("HTTP/1.1 503 ").contains("connection: close\r\n");
        }
        assertThat(witness.ended(1)).hasSize(1);
    }

    @Test
    void doesNotSwitchWhereNobodyAskedForIt() throws Exception {
        try (RawServer service = upgrading(socket -> RawServer.say(socket, AGREED));
                TierInstance l7 = l7("", service.address())) {
            assertThat(Raw.exchange(l7.traffic(), "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 502 ");
            String notWebSocket = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close, Upgrade\r\nUpgrade: h2c\r\n\r\n";
            assertThat(Raw.exchange(l7.traffic(), notWebSocket)).startsWith("HTTP/1.1 502 ");
        }
    }

    @Test
    void passesOnTheEndOfOneDirection() throws Exception {
        try (RawServer service = upgrading(socket -> {
                    RawServer.say(socket, AGREED);
                    byte[] all = socket.getInputStream().readAllBytes();
                    RawServer.say(socket, "heard " + all.length);
                    socket.close();
                });
                TierInstance l7 = l7("", service.address());
                Socket client = Raw.connect(l7.traffic())) {
            RawServer.say(client, UPGRADE);
            RawServer.head(client);
            RawServer.say(client, "abc");
            client.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("heard 3");
        }
    }

    @Test
    void slowsTheServiceDownToTheClientsPace() throws Exception {
        AtomicLong said = new AtomicLong();
        byte[] piece = new byte[1 << 20];
        CountDownLatch asked = new CountDownLatch(1);
        try (RawServer service = upgrading(socket -> {
                    RawServer.say(socket, AGREED);
                    asked.countDown();
                    for (int i = 0; i < 1024; i++) {
                        socket.getOutputStream().write(piece);
                        said.addAndGet(piece.length);
                    }
                });
                TierInstance l7 = l7("", service.address());
                Socket client = Raw.connect(l7.traffic())) {
            RawServer.say(client, UPGRADE);
            asked.await();
            Http2FramesTest.awaitStandstill(said);
            assertThat(said.get()).isLessThan(64L << 20);
            long before = said.get();
            client.getInputStream().skipNBytes(64L << 20);
            Await.until("it goes on", () -> said.get() > before);
        }
    }

    @Test
    void endsWhatIsQuietForTooLong() throws Exception {
        try (RawServer service = upgrading(socket -> {
                    RawServer.say(socket, AGREED);
                    RawServer.head(socket);
                });
                TierInstance l7 = l7("{idleTimeout: 50ms}", service.address());
                Socket client = Raw.connect(l7.traffic())) {
            RawServer.say(client, UPGRADE);
            RawServer.head(client);
            assertThat(endsWithReset(client)).isTrue();
            Await.until("its place is free", () -> L7BalancerTest.metric(l7, "tierdrill_resource_used") == 0);
        }
    }

    private static boolean endsWithReset(Socket client) throws IOException {
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private TierInstance l7(String yaml, InetSocketAddress... services) throws Exception {
        TierInstance l7 = Stacks.start(TierKind.L7, yaml, witness);
        l7.wire(List.of(services));
        return l7;
    }

    /** What a service does once it has read a request. */
    private interface Then {
        void go(Socket socket) throws IOException;
    }

    private static RawServer upgrading(Then then) throws IOException {
        return new RawServer((socket, number) -> {
            String head = RawServer.head(socket);
            if (!RawServer.wasHealthCheck(socket, head)) then.go(socket);
        });
    }

    private static InetSocketAddress echo(Transport transport) throws IOException {
        Channel listener = transport.listen(
                new InetSocketAddress("127.0.0.1", 0),
                channel -> channel.pipeline()
                        .addLast(
                                new HttpServerCodec(),
                                new HttpObjectAggregator(1 << 16),
                                new WebSocketServerProtocolHandler("/chat", null, true, 1 << 21, false, true),
                                new SimpleChannelInboundHandler<WebSocketFrame>() {
                                    @Override
                                    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
                                        ctx.writeAndFlush(frame.retain());
                                    }
                                }));
        return (InetSocketAddress) listener.localAddress();
    }

    /** Gathers what comes until it is as long as expected. */
    private static final class Echoed implements WebSocket.Listener {
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int expected;

        Echoed(int expected) {
            this.expected = expected;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            bytes.writeBytes(copy);
            if (bytes.size() >= expected) whole.complete(bytes.toByteArray());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            whole.completeExceptionally(error);
            closed.completeExceptionally(error);
        }
    }
}
