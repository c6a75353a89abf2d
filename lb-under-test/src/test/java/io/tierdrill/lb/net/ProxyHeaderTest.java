package io.tierdrill.lb.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.tierdrill.lb.hash.Flow;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {

    @Test
    void isWrittenAsTheSpecificationSays() {
        assertThat(ByteBufUtil.hexDump(ProxyHeader.v2(flow("10.1.2.3", "10.0.0.1"))))
                .isEqualTo("0d0a0d0a000d0a515549540a" + "2111000c" + "0a010203" + "0a000001" + "1f900050");
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3, 10.0.0.1", "2001:db8::1, ::1"})
    void isReadBackHoweverItIsCut(String from, String to) {
        Flow flow = flow(from, to);
        byte[] bytes = ByteBufUtil.getBytes(ProxyHeader.v2(flow));
        for (int cut = 1; cut < bytes.length; cut++) {
            EmbeddedChannel channel = new EmbeddedChannel(new ProxySniffer());
            channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, cut));
            channel.writeInbound(
                    Unpooled.wrappedBuffer(Unpooled.copiedBuffer(bytes, cut, bytes.length - cut), text("more")));
            HAProxyMessage header = channel.readInbound();
            assertThat(ProxySniffer.flow(header)).contains(flow);
            header.release();
            assertThat(rest(channel)).isEqualTo("more");
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void tellsNoFlowWhereTheHeaderTellsNone() {
        EmbeddedChannel channel = new EmbeddedChannel(new ProxySniffer());
        channel.writeInbound(text("PROXY UNKNOWN whatever\r\nGET"));
        HAProxyMessage header = channel.readInbound();
        assertThat(ProxySniffer.flow(header)).isEqualTo(Optional.empty());
        header.release();
        assertThat(rest(channel)).isEqualTo("GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET / HTTP/1.1\r\n", "PROX", "PROXIES are here", "\r\n\r\nX"})
    void passesOnWhatIsNoHeader(String first) {
        EmbeddedChannel channel = new EmbeddedChannel(new ProxySniffer());
        channel.writeInbound(text(first));
        channel.writeInbound(text("!!!!!!!!!!!!"));
        assertThat(rest(channel)).isEqualTo(first + "!!!!!!!!!!!!");
    }

    private static String rest(EmbeddedChannel channel) {
        StringBuilder rest = new StringBuilder();
        for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
            rest.append(((ByteBuf) part).toString(StandardCharsets.US_ASCII));
            ((ByteBuf) part).release();
        }
        return rest.toString();
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static Flow flow(String from, String to) {
        return new Flow(new InetSocketAddress(from, 8080), new InetSocketAddress(to, 80));
    }
}
