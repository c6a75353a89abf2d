package io.tierdrill.recorder.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.UnitParser;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Changes every byte of a good line to others and cuts the line everywhere. */
final class Harm {
    private static final byte[] NASTY = {0, ' ', '"', '\\', '-', '[', ']', '{', '}', ':', '/', '9', '%', ',', '\t', -1};

    private Harm() {}

    static void everyByte(Format format, String line) throws Exception {
        byte[] good = line.getBytes(StandardCharsets.ISO_8859_1);
        UnitParser parser = format.open(
                        new Head("a", good, true), InputStream.nullInputStream(), new Server("http", ""))
                .parser();
        assertThat(parser.parse(good, 0, good.length)).as(line).isTrue();
        for (int at = 0; at < good.length; at++) {
            for (byte nasty : NASTY) {
                byte[] harmed = good.clone();
                harmed[at] = nasty;
                for (int end : new int[] {at, at + 1, good.length}) {
                    if (parser.parse(harmed, 0, end))
                        assertThat(parser.request(0).path()).isNotEmpty();
                    else assertThat(parser.wrongAt()).isBetween(0, end);
                }
            }
        }
    }

    static String sample(String word) {
        return switch (word) {
            case "haproxy" ->
                "h[1]: 10.0.1.2:3 [06/Feb/2009:12:14:14.655] f~ b/s 1/0/3/6/9 200 27 - - ---- 1/1/1/1/0 0/0"
                        + " {a|b} {c} \"GET /\\\" HTTP/1.1\"";
            case "envoy" ->
                "[2016-04-15T20:17:00.310Z] \"POST /api HTTP/2\" 204 - 154 0 226 100 \"10.0.35.28\" \"n\" \"c\""
                        + " \"l\" \"t\"";
            case "istio" ->
                "[2020-10-29T03:22:16.126Z] \"GET /h HTTP/1.1\" 200 - via - \"-\" 0 547 5 4 \"-\" \"c\" \"2\""
                        + " \"h:8\" \"1:8\" i|8|| 1:5 1:8 [::1]:59 o d";
            case "aws-alb" ->
                "wss 2018-07-02T22:23:00.186641Z a 10.0.1.2:4 - 0.0 0.2 0.0 200 200 5 257"
                        + " \"GET https://10.0.2.105:773/ HTTP/2.0\" \"c\" - - - \"-\" \"-\" \"-\" 1 2018-07-02T22:22:48.364000Z";
            case "aws-elb" ->
                "2015-05-13T23:39:43.945958Z my 192.168.131.39:28 - 0.1 -1 0.1 200 200 0 57"
                        + " \"GET http://w:80/?a HTTP/1.1\" \"c\" - -";
            case "aws-cloudfront" ->
                "2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.1\tGET\td\t/a%2520b\t200\t-\tM%2520x\tq=%25"
                        + "\t-\tHit\tS\twww\thttps\t23\t0.25";
            case "json-caddy" ->
                "{\"ts\":1646861401.5,\"request\":{\"method\":\"GET\",\"uri\":\"/\\u00e4\\ud83d\\ude00\","
                        + "\"headers\":{\"A\":[\"b\",\"c\"]}},\"duration\":0.1,\"size\":1,\"status\":200,\"x\":[1,{\"a\":null}]}";
            default ->
                "{\"time_local\":\"17/May/2015:10:05:03 +0000\",\"request\":\"GET / HTTP/1.1\",\"status\":\"200\","
                        + "\"request_time\":\"0.1\",\"http_cookie\":\"a=b\"}";
        };
    }
}
