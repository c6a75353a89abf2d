package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was not captured of a record of TLS cannot be opened, and is told. Nothing is skipped silently. */
class TlsHolesTest {
    private static final int FILE_HEADER = 24;
    private static final int FRAME_HEADER = 16;

    /** The answer with the page: two requests on the connection, the second behind the hole. */
    @ParameterizedTest
    @ValueSource(strings = {"tls12-resumed-http1", "tls13-resumed-http1"})
    void aHoleWithinARecordIsNamedAndTheRestIsRead(String name) {
        TlsCapture capture = new TlsCapture(name);
        Imported imported = Imported.of(
                withoutTheEndOfTheLongest(capture.packets(), 1000),
                CaptureOptions.defaults(),
                TlsCapture.keyLog(capture.keys()));

        assertThat(imported.requests())
                .extracting(r -> r.method() + " " + r.path())
                .containsExactly("GET /page", "GET /missing");
        assertThat(imported.requests().get(1).response().orElseThrow().status()).isEqualTo(404);
        assertThat(imported.requests().get(0).response()).isEmpty();
        assertThat(imported.packets(Fate.GAP)).isEqualTo(1);
        assertThat(CaptureText.of(imported.account()))
                .contains(
                        "1 packets cut by the capture",
                        "1 TLS records of which a part was not captured",
                        "1 requests whose response was not seen");
        assertFatesAddUp(imported);
    }

    /** How many records there were nobody knows, so nothing behind them can be opened. */
    @ParameterizedTest
    @ValueSource(strings = {"tls12-resumed-http1", "tls13-resumed-http1"})
    void recordsThatAreMissingWholeEndTheReadingOfTheirDirectionAndAreNamed(String name) {
        TlsCapture capture = new TlsCapture(name);
        Imported imported = Imported.of(
                withoutTheLongest(capture.packets()), CaptureOptions.defaults(), TlsCapture.keyLog(capture.keys()));

        assertThat(imported.requests())
                .extracting(r -> r.method() + " " + r.path())
                .containsExactly("GET /page", "GET /missing");
        assertThat(imported.requests()).allMatch(r -> r.response().isEmpty());
        assertThat(imported.observed(Observation.HOLES)).isEqualTo(1);
        assertThat(imported.packets(Fate.GAP)).isEqualTo(2);
        assertFatesAddUp(imported);
    }

    private static void assertFatesAddUp(Imported imported) {
        long all = 0;
        for (Fate fate : Fate.values()) all += imported.packets(fate);
        assertThat(all).isEqualTo(imported.account().packets().seen());
    }

    /** As a capture with a snapshot length has it. */
    private static byte[] withoutTheEndOfTheLongest(byte[] pcap, int bytes) {
        int frame = longest(pcap);
        ByteBuffer file = ByteBuffer.wrap(pcap.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int length = file.getInt(frame + 8);
        file.putInt(frame + 8, length - bytes);
        return join(file.array(), frame + FRAME_HEADER + length - bytes, frame + FRAME_HEADER + length);
    }

    private static byte[] withoutTheLongest(byte[] pcap) {
        int frame = longest(pcap);
        int length = ByteBuffer.wrap(pcap).order(ByteOrder.LITTLE_ENDIAN).getInt(frame + 8);
        return join(pcap, frame, frame + FRAME_HEADER + length);
    }

    private static int longest(byte[] pcap) {
        ByteBuffer file = ByteBuffer.wrap(pcap).order(ByteOrder.LITTLE_ENDIAN);
        int longest = FILE_HEADER;
        for (int at = FILE_HEADER; at < pcap.length; at += FRAME_HEADER + file.getInt(at + 8))
            if (file.getInt(at + 8) > file.getInt(longest + 8)) longest = at;
        return longest;
    }

    /** Without what lies between. */
    private static byte[] join(byte[] bytes, int from, int to) {
        byte[] rest = new byte[bytes.length - (to - from)];
        System.arraycopy(bytes, 0, rest, 0, from);
        System.arraycopy(bytes, to, rest, from, bytes.length - to);
        return rest;
    }
}
