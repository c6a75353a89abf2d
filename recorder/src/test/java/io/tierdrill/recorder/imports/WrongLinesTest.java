package io.tierdrill.recorder.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.json.JsonFormat;
import io.tierdrill.recorder.json.Mapping;
import io.tierdrill.recorder.template.TemplateFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong line is told by its number, the column and the reason, in every format. */
class WrongLinesTest {
    private static final String NL = System.lineSeparator();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "haproxy  | h[1]: 10.0.1.2:3 [06/Feb/2009:12:14:14.655] f b/s 1/0/3/6/x 200 27 - - ---- 1/1/1/1/0 0/0 \"GET / HTTP/1.1\" | not-this-format | 59",
                "haproxy  | h[1]: 10.0.1.2:3 [06/Feb/2009:12:14:14.655] f b/s 1/0/3/6/9 2x0 27 - - ---- 1/1/1/1/0 0/0 \"GET / HTTP/1.1\" | bad-status | 61",
                "haproxy  | h[1]: 10.0.1.2:3 [36/Feb/2009:12:14:14.655] f b/s 1/0/3/6/9 200 27 - - ---- 1/1/1/1/0 0/0 \"GET / HTTP/1.1\" | bad-timestamp | 19",
                "haproxy  | nothing of the kind | not-this-format | 20",
                "envoy    | [2016-04-15T20:17:00.310Z] \"POST /api HTTP/2\" 204 - 154 0 226 100 \"10.0.35.28\" | not-this-format | 68",
                "envoy    | [2016-04-15T25:17:00.310Z] \"POST /api HTTP/2\" 204 - 154 0 226 100 \"-\" \"n\" \"c\" \"l\" \"t\" | bad-timestamp | 2",
                "envoy    | [2016-04-15T20:17:00.310Z] \"POST api HTTP/2\" 204 - 154 0 226 100 \"-\" \"n\" \"c\" \"l\" \"t\" | no-path | 34",
                "aws-elb  | 2015-05-13T23:39:43.945958Z my 192.168.131.39:2817 10.0.0.1:80 0.1 0.1 0.1 200 200 0 57 \"- - - \" \"-\" - - | connection | 90",
                "aws-elb  | 2015-05-13T23:39:43.945958Z my 192.168.131.39:2817 | not-this-format | 51",
                "aws-alb  | tcp 2018-07-02T22:23:00.186641Z | not-this-format | 1",
                "json-caddy | {\"ts\":1646861401.5,\"msg\":\"started\"} | no-request | 1",
                "json-caddy | {\"ts\":1646861401.5,\"request\":{\"uri\":\"x\"}} | no-path | 38",
                "json-caddy | {\"ts\":\"yesterday\",\"request\":{\"uri\":\"/x\"}} | bad-timestamp | 8",
                "json-caddy | {\"ts\":1646861401.5,\"request\":{\"uri\":/x}} | not-this-format | 37",
                "json-caddy | {\"ts\":1646861401.5 | not-this-format | 19"
            })
    void aReasonAndAColumn(String word, String line, String reason, int column) throws Exception {
        Format format = Formats.named(word.strip()).orElseThrow();
        Path log = Files.writeString(folder.resolve("a.log"), "\n" + line.strip() + "\n");
        assertThatThrownBy(() -> TraceImport.run(
                        List.of(log),
                        folder.resolve("t"),
                        ImportOptions.defaults().withFormat(format)))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(log + ":2:" + column + ": found no request in 2 lines" + NL)
                .hasMessageContaining("    1 " + reason.strip() + " (");
    }

    @Test
    void aLogOfConnectionsIsRefused() throws Exception {
        Path log = Files.writeString(
                folder.resolve("a.log"),
                "tls 2.0 2018-12-20T02:59:40 net/my-network-loadbalancer/c6e77e28c25b2234 g3d4b5e8bb8464cd"
                        + " 72.21.218.154:51341 172.100.100.185:443 5 2 98 246 - arn:aws:acm:us-east-2:1:certificate/2a -"
                        + " ECDHE-RSA-AES128-SHA tlsv12 - my-network-loadbalancer.example - - - 2018-12-20T02:59:30\n");

        assertThatThrownBy(() -> TraceImport.run(List.of(log), folder.resolve("t"), ImportOptions.defaults()))
                .hasMessage(log
                        + ": is the log of a network load balancer: each line is a TLS connection, and none tells"
                        + " of a request" + NL + "  Import the log of what stands behind it, or a packet capture." + NL
                        + "1 problem; nothing was started.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "$remote_addr$request $time_local § one cannot tell where $remote_addr ends"
                        + " § The next field follows it without anything between.",
                "$remote_addr $request § names no time"
                        + " § A trace needs to know when. nginx: $time_local or $msec; Apache: %t.",
                "$remote_addr $time_local § names no request"
                        + " § nginx: $request or $request_uri; Apache: %r or %U; Envoy: %REQ(:PATH)%.",
                "%h %t \"%r\" \"%{User Agent}i\" § %{User Agent}i is not the name of a header or a cookie"
                        + " § Letters, digits and !#$%&'*+-.^_`|~ are allowed in one.",
                "%h %{%d}t %r § has a time that is not read; of Apache's times %t, %{sec}t, %{msec}t and %{usec}t are"
                        + " § Give the string of nginx's log_format ($remote_addr ...), Apache's LogFormat (%h ...) or"
                        + " Envoy's (%START_TIME% ...).",
                "combined § names no field"
                        + " § Give the string of nginx's log_format ($remote_addr ...), Apache's LogFormat (%h ...) or"
                        + " Envoy's (%START_TIME% ...)."
            })
    void formatStringsThatCannotWork(String format, String what, String help) {
        assertThatThrownBy(() -> TemplateFormat.of(format))
                .hasMessage("--log-format: " + what + NL + "  " + help + NL + "1 problem; nothing was started.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time | cannot read \"time\"",
                "time=a,path=b,colour=c | unknown \"colour\"",
                "time=a:h,path=b | unknown unit \"h\" of time; known: clf, iso, ms, ns, s, us",
                "time=a,path=b:ms | path has no unit, but \"ms\" is given",
                "time=a,path=b,cookie.a b=c | no header or cookie can have that name",
                "path=b | maps no time",
                "time=b | maps neither path nor request",
                "time=a,path=b,logged=middle | logged is end or arrival, not \"middle\""
            })
    void mappingsThatCannotWork(String mapping, String what) {
        assertThatThrownBy(() -> Mapping.of(mapping))
                .hasMessageStartingWith("--map: " + what + NL + "  Give WHAT=MEMBER");
    }

    /** Whatever bytes: a request that can be made, or a reason. */
    @ParameterizedTest
    @ValueSource(
            strings = {"haproxy", "envoy", "istio", "aws-alb", "aws-elb", "aws-cloudfront", "json-caddy", "json-nginx"})
    void noBytesWhateverMakeAParserFail(String word) throws Exception {
        Format format = Formats.named(word).orElseThrow();
        Harm.everyByte(format, Harm.sample(word));
        assertThat(JsonFormat.known()).isNotEmpty();
    }
}
