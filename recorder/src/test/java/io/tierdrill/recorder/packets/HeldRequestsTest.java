package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.packets.account.Observation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** While recording, no request may hold up those behind it for long: a kill would lose them. */
class HeldRequestsTest {
    private static final CaptureOptions LIVE = CaptureOptions.defaults().withHeldFor(Duration.ofSeconds(1));

    private final PacketLab lab = new PacketLab();

    @Test
    void aSlowResponseIsLeftOutAndCounted() {
        PacketLab.Talk slow = lab.talk().open().request("GET /slow HTTP/1.1\r\n\r\n");
        lab.later(1500);
        lab.talk("10.0.0.3", 1, "10.0.0.2", 80, 0, 0).open();
        slow.response("HTTP/1.1 204 No\r\n\r\n");
        Imported imported = Imported.of(lab, LIVE);

        assertThat(imported.paths()).containsExactly("/slow");
        assertThat(imported.requests().get(0).response()).isEmpty();
        assertThat(imported.observed(Observation.WRITTEN_EARLY)).isEqualTo(1);
    }

    @Test
    void anUploadThatTakesLongIsMovedAndNotLost() {
        PacketLab.Talk upload = lab.talk().open().request("POST /upload HTTP/1.1\r\nContent-Length: 8\r\n\r\n1234");
        PacketLab.Talk other =
                lab.talk("10.0.0.3", 1, "10.0.0.2", 80, 0, 0).open().request("GET /a HTTP/1.1\r\n\r\n");
        other.response("HTTP/1.1 204 No\r\n\r\n");
        lab.later(1500);
        other.request("GET /b HTTP/1.1\r\n\r\n").response("HTTP/1.1 204 No\r\n\r\n");
        upload.request("5678").response("HTTP/1.1 204 No\r\n\r\n");
        Imported imported = Imported.of(lab, LIVE);

        assertThat(imported.account().rejected()).isEmpty();
        assertThat(imported.paths())
                .containsExactlyInAnyOrder("/a", "/upload", "/b")
                .startsWith("/a");
        assertThat(imported.requests()).extracting(RequestRecord::offsetNanos).isSorted();
        assertThat(imported.requests()).allMatch(r -> r.response().isPresent());
        assertThat(imported.observed(Observation.MOVED)).isEqualTo(1);
    }

    @Test
    void whatIsImportedFromAFileWaitsAsLongAsItTakes() {
        PacketLab.Talk slow = lab.talk().open().request("GET /slow HTTP/1.1\r\n\r\n");
        lab.later(60_000);
        slow.response("HTTP/1.1 204 No\r\n\r\n");

        assertThat(Imported.of(lab).requests().get(0).response()).isPresent();
    }
}
