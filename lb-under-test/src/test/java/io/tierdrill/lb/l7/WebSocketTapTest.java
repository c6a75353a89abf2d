package io.tierdrill.lb.l7;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.tierdrill.lb.Raw;
import io.tierdrill.lb.RawServer;
import io.tierdrill.lb.Stacks;
import io.tierdrill.lb.TierInstance;
import io.tierdrill.lb.Witness;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.websocket.Opcode;
import io.tierdrill.model.websocket.Side;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is told of messages on WebSockets, and that what passes passes as it is. */
class WebSocketTapTest {
    private static final String UPGRADE = "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n";
    private static final String AGREED = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Accept: y\r\n\r\n";
    /** "hi", masked with zeros so that it can be read here. */
    private static final String HI = "\u0081\u0082\0\0\0\0hi";

    private static final String BYE = "\u0088\u0002\u0003\u00e8";

    private final Witness witness = new Witness();

    @Test
    void tellsWhoseMessagesTheyAreAndNothingOfWhatWasSaid() throws Exception {
        try (RawServer service = upgrading(socket -> {
                    say(socket, AGREED + "\u0082\u0003abc");
                    assertThat(heard(socket, HI.length())).isEqualTo(HI);
                    say(socket, BYE);
                    socket.close();
                });
                TierInstance l7 = l7(service.address())) {
            assertThat(exchange(l7, UPGRADE + HI)).endsWith("\u0082\u0003abc" + BYE);
        }
        List<MessageRecord> told = witness.messages(3);
        RequestRecord request = witness.only();
        assertThat(told).hasSize(3).allSatisfy(m -> {
            assertThat(m.client()).isEqualTo(request.client());
            assertThat(m.connection()).isEqualTo(request.connection());
            assertThat(m.offsetNanos()).isGreaterThanOrEqualTo(request.offsetNanos());
            assertThat(m.toString()).doesNotContain("hi").doesNotContain("abc");
        });
        assertThat(of(told, Side.CLIENT)).containsExactly("TEXT 2 Optional.empty");
        assertThat(of(told, Side.SERVER)).containsExactly("BINARY 3 Optional.empty", "CLOSE 2 Optional[1000]");
        assertThat(witness.unread()).isZero();
    }

    @Test
    void passesOnWhatIsNoFrameAndCountsEachSideOnce() throws Exception {
        String nonsense = "\u0083 neither of these is a frame";
        try (RawServer service = upgrading(socket -> {
                    say(socket, AGREED + nonsense);
                    assertThat(heard(socket, 9)).isEqualTo("\u008bnonsense");
                    say(socket, nonsense);
                    socket.close();
                });
                TierInstance l7 = l7(service.address())) {
            assertThat(exchange(l7, UPGRADE + "\u008bnonsense")).endsWith(nonsense + nonsense);
        }
        assertThat(witness.unread()).isEqualTo(2);
        assertThat(witness.messages(0)).isEmpty();
    }

    @Test
    void tellsThatTheOneSideBrokeOff() throws Exception {
        try (RawServer service = upgrading(socket -> {
                    say(socket, AGREED);
                    heard(socket, HI.length());
                    socket.close();
                });
                TierInstance l7 = l7(service.address())) {
            exchange(l7, UPGRADE + HI);
            assertThat(of(witness.messages(2), Side.SERVER)).containsExactly("CLOSE 0 Optional[1006]");
        }
        assertThat(witness.messages(2)).hasSize(2);
    }

    /** The very buffer it came in, in the same call. */
    @Test
    void neitherCopiesNorHoldsBackAByte() {
        AtomicLong now = new AtomicLong(5);
        Client client = new Client(false, 1);
        EmbeddedChannel near = new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress("127.0.0.1", 1);
            }
        };
        EmbeddedChannel far = new EmbeddedChannel();
        near.pipeline().addLast(client);
        near.pipeline().remove(client);
        new WebSocketTap(witness, now::get, client).between(near, far);
        for (char c : (HI + HI).toCharArray()) {
            ByteBuf one = Unpooled.wrappedBuffer(new byte[] {(byte) c});
            now.incrementAndGet();
            near.writeInbound(one);
            Object passed = near.readInbound();
            assertThat(passed).isSameAs(one);
            assertThat(one.readableBytes()).isEqualTo(1);
            assertThat(one.refCnt()).isEqualTo(1);
        }
        assertThat(witness.messages(2))
                .extracting(m -> m.opcode() + " " + m.bytes() + " " + m.offsetNanos() + " " + m.tookNanos())
                .containsExactly("TEXT 2 13 7", "TEXT 2 21 7");
        far.close();
        near.close();
        assertThat(witness.messages(3))
                .last()
                .extracting(MessageRecord::opcode, MessageRecord::closeCode)
                .containsExactly(Opcode.CLOSE, Optional.of(1006));
        assertThat(witness.messages(3)).hasSize(3);
    }

    private static List<String> of(List<MessageRecord> told, Side side) {
        return told.stream()
                .filter(m -> m.from() == side)
                .map(m -> m.opcode() + " " + m.bytes() + " " + m.closeCode())
                .toList();
    }

    private static String exchange(TierInstance l7, String bytes) throws IOException {
        try (Socket client = Raw.connect(l7.traffic())) {
            say(client, bytes);
            return latin(client.getInputStream().readAllBytes());
        }
    }

    private static void say(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String heard(Socket socket, int count) throws IOException {
        return latin(socket.getInputStream().readNBytes(count));
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private TierInstance l7(InetSocketAddress service) throws Exception {
        TierInstance l7 = Stacks.start(TierKind.L7, "{healthCheck: {interval: 1h}}", witness);
        l7.wire(List.of(service));
        return l7;
    }

    private interface Then {
        void go(Socket socket) throws IOException;
    }

    private static RawServer upgrading(Then then) throws IOException {
        return new RawServer((socket, number) -> {
            String head = RawServer.head(socket);
            if (!RawServer.wasHealthCheck(socket, head)) then.go(socket);
        });
    }
}
