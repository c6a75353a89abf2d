package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.capture.Frame;
import io.tierdrill.recorder.packets.stream.StreamLimits;
import io.tierdrill.recorder.packets.tls.KeyLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The whole pipeline under what would make it grow: a flood, and hours. */
class LongRecordingTest {
    private static final int SERVER = 0x0a000002;
    private static final StreamLimits LIMITS = new StreamLimits(1000, 1000, 1 << 20, 1 << 16, Duration.ofMinutes(2));

    private final Tally tally = new Tally();
    private final PacketPipeline pipeline = new PacketPipeline(
            CaptureOptions.defaults().withStreams(LIMITS).withHeldBytes(1 << 20).withHeldFor(Duration.ofSeconds(1)),
            tally,
            KeyLog.empty(),
            request -> tally.imported());
    private long nanos = PacketLab.START_NANOS;
    private long packets;

    /** From client to server, or back where the client is given as negative. */
    private void tcp(boolean fromClient, int client, int port, long seq, long ack, int flags, String payload)
            throws IOException {
        byte[] tcp = PacketLab.tcpBytes(
                fromClient ? port : 80, fromClient ? 80 : port, seq, ack, flags, PacketLab.bytes(payload));
        ByteBuffer packet = ByteBuffer.allocate(14 + 20 + tcp.length);
        packet.putShort(12, (short) 0x0800).position(14);
        packet.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (20 + tcp.length))
                .putInt(0);
        packet.put((byte) 64).put((byte) 6).putShort((short) 0);
        packet.putInt(fromClient ? client : SERVER)
                .putInt(fromClient ? SERVER : client)
                .put(tcp);
        packet.flip();
        pipeline.take(new Frame(new Place("wire", ++packets), nanos, PacketLab.ETHERNET, packet.limit(), packet));
    }

    @Test
    void aMillionHalfOpenConnectionsCostNoMemoryAndNoRequest() throws IOException {
        tcp(true, 1, 1000, 0, 0, PacketLab.SYN, "");
        tcp(true, 1, 1000, 1, 0, PacketLab.ACK, "GET /first HTTP/1.1\r\n");
        long before = 0;
        for (int flow = 0; flow < 1_000_000; flow++) {
            nanos += 1000;
            tcp(true, 0x0b000000 + flow / 50_000, 1024 + flow % 50_000, 77, 0, PacketLab.SYN, "");
            if (flow == 100_000) before = usedBytes();
        }
        assertThat(usedBytes() - before).isLessThan(2 << 20);
        tcp(true, 1, 1000, 22, 0, PacketLab.ACK, "\r\n");
        pipeline.finish();

        assertThat(tally.importedSoFar()).isEqualTo(1);
        assertThat(tally.packets(0).of(Observation.HALF_OPEN_DROPPED)).isEqualTo(1_000_000 - LIMITS.quiet());
    }

    @Test
    void sixHoursOfConnectionsThatNeverCloseLeaveNothingBehind() throws IOException {
        long before = 0;
        int seconds = 6 * 3600;
        for (int second = 0; second < seconds; second++) {
            nanos += 1_000_000_000;
            int port = 1024 + second % 60_000;
            tcp(true, 2, port, 0, 0, PacketLab.SYN, "");
            tcp(true, 2, port, 1, 0, PacketLab.ACK, "GET /" + second + " HTTP/1.1\r\n\r\n");
            // Every third is answered, every third half, every third not.
            if (second % 3 == 0) tcp(false, 2, port, 1, 30, PacketLab.ACK, "HTTP/1.1 204 No\r\n\r\n");
            if (second % 3 == 1)
                tcp(false, 2, port, 1, 30, PacketLab.ACK, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
            if (second == 600) before = usedBytes();
        }
        assertThat(usedBytes() - before).isLessThan(1 << 20);
        pipeline.finish();

        assertThat(tally.importedSoFar()).isEqualTo(seconds);
        assertThat(tally.packets(0).seen()).isEqualTo(packets);
    }

    /** After everything that can be collected has been. */
    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
