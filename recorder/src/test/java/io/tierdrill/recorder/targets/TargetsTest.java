package io.tierdrill.recorder.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.fields.Opened;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Likeness;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private static final String VEGETA =
            "{\"method\":\"POST\",\"url\":\"http://a.example/x\",\"header\":{\"A\":[\"1\",\"2\"]},\"body\":\"aGk=\"}";

    @Test
    void aTargetOfVegetaHasListsOfHeadersAndABodyInBase64() throws Exception {
        Opened opened = Opened.of(TargetFormat.VEGETA, VEGETA + "\n");
        RequestRecord request = opened.only();
        assertThat(opened.reading().timing().tellsTimes()).isFalse();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.authority()).isEqualTo("a.example");
        assertThat(request.headers()).containsExactly(new Header("A", "1"), new Header("A", "2"));
        assertThat(body(request)).isEqualTo("hi");
    }

    @Test
    void aPlainTargetHasHeadersByNameAndABodyThatIsTextOrJson() throws Exception {
        Opened opened = Opened.of(
                TargetFormat.TARGETS,
                "[{\"url\":\"https://a.example/x\",\"headers\":{\"A\":\"1\",\"n\":2},\"body\":\"aGk=\"},\n"
                        + " {\"method\":\"PUT\",\"url\":\"/y\",\"body\":{\"a\":[1]}}]");
        assertThat(opened.refused()).isEmpty();
        RequestRecord first = opened.records().get(0);
        assertThat(first.method()).isEqualTo("GET");
        assertThat(first.headers()).containsExactly(new Header("A", "1"), new Header("n", "2"));
        assertThat(body(first)).isEqualTo("aGk=");
        RequestRecord second = opened.records().get(1);
        assertThat(second.authority() + second.path()).isEqualTo("example.org/y");
        assertThat(body(second)).isEqualTo("{\"a\":[1]}");
    }

    @Test
    void wrongTargetsAreNamedByLineAndPointer() throws Exception {
        Opened opened = Opened.of(
                TargetFormat.VEGETA,
                VEGETA.replace("aGk=", "!") + "\nGET http://a.example/\n{\"method\":\"GET\"}\n"
                        + VEGETA.replace("http:", "ftp:") + "\n" + VEGETA.substring(0, 40) + "\n" + VEGETA);
        assertThat(opened.refused())
                .containsExactly(
                        "1 1:77 bad-body /body",
                        "2 2:1 not-json",
                        "3 3:1 missing-field /url",
                        "4 4:24 bad-url /url",
                        "5 5:1 cut-off");
        assertThat(opened.records()).hasSize(1);
    }

    @Test
    void eachKindIsKnownByItsHeadersAndALogLineIsNeither() {
        assertThat(judge(TargetFormat.VEGETA, VEGETA)).isEqualTo(Likeness.SURE);
        assertThat(judge(TargetFormat.TARGETS, VEGETA)).isEqualTo(Likeness.NONE);
        String plain = VEGETA.replace("header", "headers");
        assertThat(judge(TargetFormat.TARGETS, plain)).isEqualTo(Likeness.SURE);
        assertThat(judge(TargetFormat.VEGETA, plain)).isEqualTo(Likeness.NONE);
        assertThat(judge(TargetFormat.TARGETS, "\n [" + plain + "," + plain + "]")
                        .share())
                .isEqualTo(1);
        String log = "{\"method\":\"GET\",\"url\":\"http://a.example/\",\"status\":200}";
        assertThat(judge(TargetFormat.VEGETA, log).share()
                        + judge(TargetFormat.TARGETS, log).share())
                .isZero();
        assertThat(judge(TargetFormat.VEGETA, "").share()).isZero();
    }

    @Test
    void aPointOfK6BeganItsDurationBeforeItsTime() throws Exception {
        Opened opened = Opened.of(
                new K6Format(),
                metric("http_reqs") + request("1", "") + metric("http_req_duration") + request("250.5", "\"vu\":7"));
        assertThat(opened.refused())
                .containsExactly(
                        "1 1:27 no-request-point /metric",
                        "2 2:11 no-request-point /metric",
                        "3 3:27 no-request-point /metric");
        RequestRecord request = opened.records().get(0);
        assertThat(request.offsetNanos()).isEqualTo(1_767_225_600_000_000_000L - 250_500_000);
        assertThat(request.user()).isEqualTo("7");
        assertThat(request.method() + request.path()).isEqualTo("POST/x");
        assertThat(request.response())
                .contains(new RequestRecord.Response(201, Optional.empty(), Optional.of(250_500_000L)));
    }

    @Test
    void withoutDurationsThePointsOfRequestsAreTaken() throws Exception {
        Opened opened =
                Opened.of(new K6Format(), metric("http_reqs") + request("1", "").replace("duration", "reqs"));
        RequestRecord request = opened.records().get(0);
        assertThat(request.offsetNanos()).isEqualTo(1_767_225_600_000_000_000L);
        assertThat(request.client()).isEqualTo("k6");
        assertThat(request.response().orElseThrow().latencyNanos()).isEmpty();
    }

    @Test
    void aRequestThatBrokeHasNoResponse() throws Exception {
        Opened opened = Opened.of(new K6Format(), request("1", "").replace("\"201\"", "\"0\""));
        assertThat(opened.only().response()).isEmpty();
    }

    private static String metric(String name) {
        return "{\"type\":\"Metric\",\"metric\":\"" + name + "\",\"data\":{\"name\":\"" + name + "\"}}\n";
    }

    /** The first is a point of another metric, as durations stand in the file. */
    private static String request(String value, String metadata) {
        String name = value.equals("1") && metadata.isEmpty() ? "http_reqs" : "http_req_duration";
        return "{\"metric\":\"" + name + "\",\"type\":\"Point\",\"data\":{\"time\":\"2026-01-01T01:00:00+01:00\","
                + "\"value\":" + value + ",\"tags\":{\"method\":\"POST\",\"status\":\"201\","
                + "\"url\":\"http://a.example/x\"},\"metadata\":{" + metadata + "}}}\n";
    }

    private static String body(RequestRecord request) {
        return new String(request.body().bytes(), StandardCharsets.UTF_8);
    }

    private static Likeness judge(TargetFormat format, String text) {
        return format.judge(new Head("x", text.getBytes(StandardCharsets.UTF_8), true));
    }
}
