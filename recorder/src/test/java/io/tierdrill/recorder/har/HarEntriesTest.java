package io.tierdrill.recorder.har;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.recorder.fields.Opened;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Likeness;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What entries may look like, one oddity at a time. */
class HarEntriesTest {
    private static final String TIME = "\"startedDateTime\":\"2026-01-01T00:00:00.250Z\"";
    private static final String RESPONSE = "\"response\":{\"status\":200,\"bodySize\":5}";

    @Test
    void pseudoHeadersOfHttp2AreNoHeaders() throws Exception {
        RequestRecord request = only(entry("{\"method\":\"GET\",\"url\":\"https://a.example/x?y=1#part\",\"headers\":["
                + "{\"name\":\":authority\",\"value\":\"a.example\"},{\"name\":\":path\",\"value\":\"/x\"},"
                + "{\"name\":\"accept\",\"value\":\"*/*\"}]}"));
        assertThat(request.headers()).containsExactly(new Header("accept", "*/*"));
        assertThat(request.scheme()).isEqualTo("https");
        assertThat(request.authority()).isEqualTo("a.example");
        assertThat(request.path()).isEqualTo("/x?y=1");
        assertThat(request.offsetNanos()).isEqualTo(1_767_225_600_250_000_000L);
    }

    @Test
    void cookiesTypeAndQueryThatAreToldApartArePutBack() throws Exception {
        RequestRecord request = only(entry("{\"method\":\"POST\",\"url\":\"http://a.example/x\",\"headers\":[],"
                + "\"cookies\":[{\"name\":\"a\",\"value\":\"1\"},{\"name\":\"b\",\"value\":\"2\"}],"
                + "\"queryString\":[{\"name\":\"q\",\"value\":\"ä b\"}],"
                + "\"postData\":{\"mimeType\":\"application/json\",\"text\":\"{}\"}}"));
        assertThat(request.headers())
                .containsExactly(new Header("Cookie", "a=1; b=2"), new Header("Content-Type", "application/json"));
        assertThat(request.path()).isEqualTo("/x?q=%C3%A4+b");
        assertThat(new String(request.body().bytes(), StandardCharsets.UTF_8)).isEqualTo("{}");
    }

    @Test
    void aBodyOfWhichOnlyTheSizeIsToldHasThatSize() throws Exception {
        RequestRecord request = only(entry("{\"method\":\"PUT\",\"url\":\"http://a.example/\",\"bodySize\":70000}"));
        assertThat(request.body().size()).isEqualTo(70_000);
        assertThat(request.body().bytes()).isEmpty();
    }

    @Test
    void aBodyInBase64IsDecoded() throws Exception {
        RequestRecord request = only(entry("{\"method\":\"PUT\",\"url\":\"http://a.example/\",\"postData\":"
                + "{\"mimeType\":\"a/b\",\"text\":\"/+8=\",\"encoding\":\"base64\"}}"));
        assertThat(request.body().bytes()).containsExactly(0xff, 0xef);
    }

    @Test
    void withoutTimingsTheWholeTimeIsTheLatency() throws Exception {
        RequestRecord request = only("{" + TIME + ",\"time\":12.5,\"request\":" + get("http://a.example/")
                + ",\"timings\":" + "{\"send\":-1,\"wait\":3,\"receive\":1}," + RESPONSE + "}");
        assertThat(request.response()).contains(new Response(200, Optional.of(5L), Optional.of(12_500_000L)));
    }

    @Test
    void aRequestThatNobodyAnsweredHasNoResponse() throws Exception {
        RequestRecord request =
                only("{" + TIME + ",\"request\":" + get("http://a.example/") + ",\"response\":{\"status\":0}}");
        assertThat(request.response()).isEmpty();
    }

    @Test
    void theServersPortIsNoConnection() throws Exception {
        assertThat(connection("443", "https://a.example/")).isEmpty();
        assertThat(connection("8080", "http://a.example:8080/")).isEmpty();
        assertThat(connection("1234", "http://a.example/")).isEqualTo("1234");
    }

    @Test
    void whatNoServerWasAskedIsRefusedWithItsReason() throws Exception {
        Opened opened = open(
                entry(get("wss://a.example/socket")),
                entry(get("data:text/plain,x")),
                entry(get("blob:https://a.example/1")),
                entry(get("chrome-extension://abc/x.js")),
                "{" + TIME + ",\"_fromCache\":\"disk\",\"request\":" + get("http://a.example/") + "," + RESPONSE + "}",
                "{" + TIME + ",\"request\":" + get("http://a.example/")
                        + ",\"response\":{\"status\":0,\"_error\":\"net::ERR_BLOCKED_BY_CLIENT\"}}");
        assertThat(opened.records()).isEmpty();
        assertThat(opened.refused())
                .containsExactly(
                        "1 2:79 websocket /request/url",
                        "2 3:79 not-for-a-server /request/url",
                        "3 4:79 not-for-a-server /request/url",
                        "4 5:79 not-for-a-server /request/url",
                        "5 6:60 not-for-a-server /_fromCache",
                        "6 7:132 not-for-a-server /response/_error");
    }

    @Test
    void aWrongFieldIsNamedByItsPointerAndTheRestGoesOn() throws Exception {
        Opened opened = open(
                "{\"request\":" + get("http://a.example/") + "}",
                "{\"startedDateTime\":\"yesterday\",\"request\":" + get("http://a.example/") + "}",
                "{" + TIME + "}",
                entry("{\"method\":\"GET\",\"url\":7}"),
                entry("{\"method\":\"GET\",\"url\":\"/no/host\"}"),
                entry("{\"method\":\"G T\",\"url\":\"http://a.example/\"}"),
                entry(
                        "{\"method\":\"GET\",\"url\":\"http://a.example/\",\"headers\":[{\"name\":\"a\",\"value\":\"b\"},{\"name\":3}]}"),
                "{" + TIME + ",\"request\":" + get("http://a.example/") + ",\"response\":{\"status\":42}}",
                "{" + TIME + ",\"request\" " + get("http://a.example/") + "}",
                "17",
                entry(get("http://a.example/good")));
        assertThat(opened.refused())
                .containsExactly(
                        "1 2:1 missing-field /startedDateTime",
                        "2 3:20 bad-timestamp /startedDateTime",
                        "3 4:1 missing-field /request",
                        "4 5:79 wrong-type /request/url",
                        "5 6:79 bad-url /request/url",
                        "6 7:67 bad-method /request/method",
                        "7 8:143 wrong-type /request/headers/1/name",
                        "8 9:121 bad-status /response/status",
                        "9 10:1 not-json",
                        "10 11:1 wrong-type");
        assertThat(opened.records()).extracting(RequestRecord::path).containsExactly("/good");
    }

    @Test
    void anArchiveThatWasCutGivesWhatIsWholeAndCountsTheRest() throws Exception {
        String whole = archive(entry(get("http://a.example/1")), entry(get("http://a.example/2")));
        int second = whole.indexOf("http://a.example/2");
        assertThat(Opened.of(new HarFormat(), whole.substring(0, second)).refused())
                .containsExactly("2 3:1 cut-off");
        String between = whole.substring(0, whole.lastIndexOf("]"));
        Opened opened = Opened.of(new HarFormat(), between);
        assertThat(opened.records()).hasSize(2);
        assertThat(opened.refused()).containsExactly("3 3:139 cut-off");
    }

    @Test
    void otherArraysOfTheSameNameAreNotTheEntries() throws Exception {
        String text =
                "\ufeff{\"log\":{\"creator\":{\"entries\":[{}]},\"pages\":[{\"entries\":[1,2]}],\"comment\":\"]}\\\"\","
                        + "\"entries\":[" + entry(get("http://a.example/")) + "]},\"entries\":[{}]}";
        assertThat(Opened.of(new HarFormat(), text).only().path()).isEqualTo("/");
    }

    @Test
    void onlyAnArchiveLooksLikeOne() {
        assertThat(judge("\n {\"log\" : {\"version\"")).isEqualTo(Likeness.SURE);
        assertThat(judge("{\"time\":1,\"log\":{")).isEqualTo(Likeness.NONE);
        assertThat(judge("")).isEqualTo(Likeness.NONE);
    }

    private static String connection(String told, String url) throws Exception {
        return only("{" + TIME + ",\"connection\":\"" + told + "\",\"request\":" + get(url) + "}")
                .connection();
    }

    private static RequestRecord only(String entry) throws Exception {
        return open(entry).only();
    }

    private static Opened open(String... entries) throws Exception {
        return Opened.of(new HarFormat(), archive(entries));
    }

    /** An entry a line, from the second line on. */
    private static String archive(String... entries) {
        return "{\"log\":{\"version\":\"1.2\",\"entries\":[\n" + String.join(",\n", List.of(entries)) + "]}}";
    }

    private static String entry(String request) {
        return "{" + TIME + ",\"request\":" + request + "," + RESPONSE + "}";
    }

    private static String get(String url) {
        return "{\"method\":\"GET\",\"url\":\"" + url + "\"}";
    }

    private static Likeness judge(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new HarFormat().judge(new Head("x", bytes, true));
    }
}
