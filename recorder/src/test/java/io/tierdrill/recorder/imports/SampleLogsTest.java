package io.tierdrill.recorder.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.json.JsonFormat;
import io.tierdrill.recorder.json.Mapping;
import io.tierdrill.recorder.template.TemplateFormat;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines as the makers of each format document them, found by their looks and read field by field. */
class SampleLogsTest {
    private static final String ALB = "h2 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188"
            + " 10.0.1.252:48160 10.0.0.66:9000 0.000 0.002 0.000 200 200 5 257 \"GET https://10.0.2.105:773/ HTTP/2.0\""
            + " \"curl/7.46.0\" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:us-east-2:123456789012:"
            + "targetgroup/my-targets/73e2d6bc24d8a067 \"Root=1-58337327-72bd00b0343d75b906739c42\" \"-\" \"-\" 1"
            + " 2018-07-02T22:22:48.364000Z \"redirect\" \"https://example.com:80/\" \"-\" \"10.0.0.66:9000\" \"200\" \"-\" \"-\"";
    private static final String ELB = "2015-05-13T23:39:43.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80"
            + " 0.000086 0.001048 0.001337 200 200 0 57 \"GET https://www.example.com:443/ HTTP/1.1\" \"curl/7.38.0\""
            + " DHE-RSA-AES128-SHA TLSv1.2";
    private static final String CLOUDFRONT_FIELDS =
            "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host)"
                    + " cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type"
                    + " x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher"
                    + " x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port"
                    + " time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end";
    private static final String CLOUDFRONT = String.join(
            "\t",
            ("2019-12-04 21:02:31 LAX1 392 192.0.2.100 GET d111111abcdef8.cloudfront.net /a%2520b/index.html 200 -"
                            + " Mozilla/5.0%2520(Windows%2520NT%252010.0) q=%2525 - Hit SOX4 www.example.com https 23"
                            + " 0.25 - TLSv1.2 ECDHE Hit HTTP/2.0 - - 11040 0.001 Hit text/html 78 - -")
                    .split(" "));
    private static final String ENVOY =
            "[2016-04-15T20:17:00.310Z] \"POST /api/v1/locations HTTP/2\" 204 - 154 0 226 100"
                    + " \"10.0.35.28\" \"nsq2http\" \"cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2\" \"locations\""
                    + " \"tcp://10.0.2.1:80\"";
    private static final String ISTIO =
            "[2020-10-29T03:22:16.126Z] \"GET /headers HTTP/1.1\" 200 - via_upstream - \"-\" 0"
                    + " 547 5 4 \"-\" \"curl/7.73.0-DEV\" \"24e58e43-e576-9048-829b-02e3f3da16f0\" \"httpbin:8000\""
                    + " \"127.0.0.1:80\" inbound|8000|| 127.0.0.1:51680 172.17.0.7:80 172.17.0.6:59022"
                    + " outbound_.8000_._.httpbin.foo.svc.cluster.local default";
    private static final String HAPROXY =
            "haproxy[14389]: 10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1"
                    + " 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} \"GET /index.html HTTP/1.1\"";
    private static final String TRAEFIK = "{\"ClientAddr\":\"192.0.2.9:63261\",\"ClientHost\":\"192.0.2.9\","
            + "\"ClientPort\":\"63261\",\"ClientUsername\":\"-\",\"DownstreamContentSize\":287,\"DownstreamStatus\":207,"
            + "\"Duration\":8184335,\"OriginStatus\":207,\"RequestAddr\":\"sub.example.com\",\"RequestContentSize\":366,"
            + "\"RequestHost\":\"sub.example.com\",\"RequestMethod\":\"REPORT\",\"RequestPath\":\"/dav.php/calendars/\","
            + "\"RequestPort\":\"-\",\"RequestProtocol\":\"HTTP/2.0\",\"RequestScheme\":\"https\","
            + "\"StartLocal\":\"2024-12-29T12:42:47.503803974+01:00\",\"StartUTC\":\"2024-12-29T11:42:47.503803974Z\","
            + "\"level\":\"info\",\"msg\":\"\",\"request_User-Agent\":\"CalendarAgent\","
            + "\"time\":\"2024-12-29T12:42:47+01:00\"}";
    private static final String CADDY = "{\"level\":\"info\",\"ts\":1646861401.5241024,\"logger\":\"http.log.access\","
            + "\"msg\":\"handled request\",\"request\":{\"remote_ip\":\"127.0.0.1\",\"remote_port\":\"41342\","
            + "\"client_ip\":\"127.0.0.1\",\"proto\":\"HTTP/2.0\",\"method\":\"GET\",\"host\":\"localhost\",\"uri\":\"/a?b\","
            + "\"headers\":{\"User-Agent\":[\"curl/7.82.0\"],\"Accept\":[\"*/*\"]},\"tls\":{\"resumed\":false,"
            + "\"version\":772}},\"bytes_read\":0,\"user_id\":\"\",\"duration\":0.000929675,\"size\":10900,"
            + "\"status\":200,\"resp_headers\":{\"Server\":[\"Caddy\"]}}";

    @TempDir
    private Path folder;

    @Test
    void combinedWithTheVirtualHostInFront() throws Exception {
        ImportedLog log = ImportedLog.found(
                folder,
                "shop.example:443 192.0.2.1 - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 200 7 \"-\" \"M\"");

        assertThat(log.format()).isEqualTo("vhost_combined");
        assertThat(log.line()).isEqualTo("192.0.2.1 - - GET http://shop.example:443 /a 200 7 -");
    }

    @Test
    void haproxyWithSyslogInFrontOrNot() throws Exception {
        for (String prefix : new String[] {"", "Feb  6 12:14:14 localhost ", "2009-02-06T12:14:14+01:00 lb1 "}) {
            ImportedLog log = ImportedLog.found(folder, prefix + HAPROXY);

            assertThat(log.format()).isEqualTo("haproxy");
            assertThat(log.resolution()).isEqualTo("1 ms");
            assertThat(log.line()).isEqualTo("10.0.1.2 10.0.1.2:33317 - GET http:// /index.html 200 2750 109000us");
            assertThat(log.start()).isEqualTo(Instant.parse("2009-02-06T12:14:14.655Z"));
            assertThat(log.account().remarks()).containsKey("captures");
        }
    }

    @Test
    void haproxysAbortsAndBadRequestsAndConnections() throws Exception {
        ImportedLog log = ImportedLog.found(
                folder,
                HAPROXY.replace("http-in", "https-in~")
                        .replace("109 200", "+109 200")
                        .replace("{1wt.eu} {} ", ""),
                HAPROXY.replace("10/0/30/69/109 200 2750 - - ----", "10/-1/-1/-1/50 -1 0 - - CR--"),
                HAPROXY.replace("GET /index.html HTTP/1.1", "<BADREQ>").replace(" 200 ", " 400 "),
                "10.0.1.2:33313 [06/Feb/2009:12:12:51.443] fnt bck/srv1 0/0/5007 212 -- 0/0/0/0/3 0/0");

        assertThat(log.account().rejected()).containsEntry("badreq", 1L).containsEntry("connection", 1L);
        assertThat(log.account().remarks().get("aborted").count()).isEqualTo(1);
        assertThat(log.requests().get(0).scheme()).isEqualTo("https");
        assertThat(log.requests().get(0).response().orElseThrow().latencyNanos())
                .isEmpty();
        assertThat(log.requests().get(1).response()).isEmpty();
    }

    @Test
    void envoysDefault() throws Exception {
        ImportedLog log = ImportedLog.found(folder, ENVOY);

        assertThat(log.format()).isEqualTo("envoy");
        assertThat(log.line()).isEqualTo("10.0.35.28 - - POST http://locations /api/v1/locations 204 0 226000us");
        assertThat(log.only().body().size()).isEqualTo(154);
        assertThat(log.only().headers()).contains(new Header("user-agent", "nsq2http"));
        assertThat(log.start()).isEqualTo(Instant.parse("2016-04-15T20:17:00.310Z"));
    }

    @Test
    void envoyInAnIstioMesh() throws Exception {
        ImportedLog log = ImportedLog.found(folder, ISTIO);

        assertThat(log.format()).isEqualTo("istio");
        assertThat(log.line())
                .isEqualTo("172.17.0.6 172.17.0.6:59022 - GET http://httpbin:8000 /headers 200 547 5000us");
    }

    @Test
    void envoyInJson() throws Exception {
        ImportedLog log = ImportedLog.found(
                folder,
                "{\"start_time\":\"2020-10-29T03:22:16.126Z\",\"method\":\"GET\",\"path\":\"/headers?x=\\u00e4\","
                        + "\"response_code\":\"200\",\"bytes_sent\":\"547\",\"bytes_received\":\"0\",\"duration\":\"5\","
                        + "\"authority\":\"httpbin:8000\",\"downstream_remote_address\":\"172.17.0.6:59022\","
                        + "\"x_forwarded_for\":null,\"user_agent\":\"curl\\/7\"}");

        assertThat(log.format()).isEqualTo("json-envoy");
        assertThat(log.line())
                .isEqualTo("172.17.0.6 172.17.0.6:59022 - GET http://httpbin:8000 /headers?x=%C3%A4 200 547 5000us");
        assertThat(log.only().headers()).containsExactly(new Header("User-Agent", "curl/7"));
    }

    @Test
    void anApplicationLoadBalancerTellsWhenTheRequestWasMade() throws Exception {
        ImportedLog log = ImportedLog.found(folder, ALB);

        assertThat(log.format()).isEqualTo("aws-alb");
        assertThat(log.line())
                .isEqualTo("10.0.1.252 10.0.1.252:48160 - GET https://10.0.2.105:773 / 200 257 11822641us");
        assertThat(log.start()).isEqualTo(Instant.parse("2018-07-02T22:22:48.364Z"));
    }

    @Test
    void aClassicLoadBalancerHasThreeTimers() throws Exception {
        ImportedLog log = ImportedLog.found(folder, ELB);

        assertThat(log.format()).isEqualTo("aws-elb");
        assertThat(log.line())
                .isEqualTo("192.168.131.39 192.168.131.39:2817 - GET https://www.example.com:443 / 200 57 2471us");
        assertThat(log.start()).isEqualTo(Instant.parse("2015-05-13T23:39:43.945958Z"));
    }

    @Test
    void cloudFrontEncodesTwice() throws Exception {
        for (int head = 0; head < 2; head++) {
            String[] lines = {"#Version: 1.0", CLOUDFRONT_FIELDS, CLOUDFRONT};
            ImportedLog log = head == 1 ? ImportedLog.found(folder, lines) : ImportedLog.found(folder, CLOUDFRONT);

            assertThat(log.format()).isEqualTo("aws-cloudfront");
            assertThat(log.line())
                    .isEqualTo("192.0.2.100 192.0.2.100:11040 - GET https://www.example.com /a%20b/index.html?q=%25 200"
                            + " 392 250000us");
            assertThat(log.only().headers()).contains(new Header("User-Agent", "Mozilla/5.0 (Windows NT 10.0)"));
            Instant end = log.arrival(0).plusMillis(250);
            assertThat(end)
                    .isBetween(Instant.parse("2019-12-04T21:02:31Z"), Instant.parse("2019-12-04T21:02:31.999999999Z"));
        }
    }

    @Test
    void commentsDoNotCountAsRejects() throws Exception {
        ImportedLog log = ImportedLog.found(folder, "#Version: 1.0", CLOUDFRONT_FIELDS, CLOUDFRONT);

        assertThat(log.account().rejected()).containsEntry("comment", 2L);
        assertThat(log.account().rejectedShare()).isZero();
    }

    @Test
    void traefik() throws Exception {
        ImportedLog log = ImportedLog.found(folder, TRAEFIK);

        assertThat(log.format()).isEqualTo("json-traefik");
        assertThat(log.line())
                .isEqualTo(
                        "192.0.2.9 192.0.2.9:63261 - REPORT https://sub.example.com /dav.php/calendars/ 207 287 8184us");
        assertThat(log.only().headers()).containsExactly(new Header("User-Agent", "CalendarAgent"));
        assertThat(log.start()).isEqualTo(Instant.parse("2024-12-29T11:42:47.503803974Z"));
    }

    @Test
    void caddyLogsTheEnd() throws Exception {
        ImportedLog log = ImportedLog.found(folder, CADDY);

        assertThat(log.format()).isEqualTo("json-caddy");
        assertThat(log.line()).isEqualTo("127.0.0.1 127.0.0.1:41342 - GET http://localhost /a?b 200 10900 929us");
        assertThat(log.only().headers())
                .containsExactly(new Header("User-Agent", "curl/7.82.0"), new Header("Accept", "*/*"));
        assertThat(log.start())
                .isEqualTo(Instant.parse("2022-03-09T21:30:01.524102400Z").minusNanos(929_675));
    }

    @Test
    void nginxInJsonWithItsOwnNames() throws Exception {
        ImportedLog log = ImportedLog.found(
                folder,
                "{\"time_iso8601\":\"2024-05-01T10:00:00+02:00\",\"msec\":\"1714550400.250\",\"remote_addr\":\"10.1.1.1\","
                        + "\"request\":\"GET /x?y=1 HTTP/1.1\",\"status\":\"200\",\"body_bytes_sent\":\"12\","
                        + "\"request_time\":\"0.050\",\"http_x_forwarded_for\":\"203.0.113.7, 10.9.9.9\","
                        + "\"host\":\"shop.example\",\"scheme\":\"https\",\"http_user_agent\":\"M \\\"q\\\"\"}");

        assertThat(log.format()).isEqualTo("json-nginx");
        assertThat(log.line()).isEqualTo("203.0.113.7 - - GET https://shop.example /x?y=1 200 12 50000us");
        assertThat(log.only().headers())
                .containsExactly(
                        new Header("User-Agent", "M \"q\""), new Header("X-Forwarded-For", "203.0.113.7, 10.9.9.9"));
    }

    @Test
    void anyJsonWithAMapping() throws Exception {
        Mapping mapping = Mapping.of("time=ts:ms,method=req.method,path=req.url,status=res.code,duration=took:us,"
                + "client=ip,user=uid,header.Referer=req.ref,logged=end");
        ImportedLog log = ImportedLog.as(
                JsonFormat.of(mapping),
                folder,
                " {\"ts\": 1714550400250, \"req\": {\"url\": \"/x\", \"method\": \"PUT\", \"ref\": [\"http://r/\"]},"
                        + " \"junk\": [1, {\"a\": null}, true], \"res\": {\"code\": 201}, \"took\": 1500, \"ip\": \"192.0.2.3\","
                        + " \"uid\": \"u1\"} ");

        assertThat(log.format()).isEqualTo("json");
        assertThat(log.line()).isEqualTo("192.0.2.3 - u1 PUT http:// /x 201 - 1500us");
        assertThat(log.start())
                .isEqualTo(Instant.ofEpochMilli(1_714_550_400_250L).minusNanos(1_500_000));
        assertThat(log.only().headers()).containsExactly(new Header("Referer", "http://r/"));
    }

    @Test
    void nginxsFormatStrings() throws Exception {
        String format =
                "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\""
                        + " \"$http_user_agent\" \"$http_x_forwarded_for\" rt=$request_time uct=\"$upstream_connect_time\""
                        + " host=$host:$server_port $cookie_sid $connection";
        ImportedLog log = ImportedLog.as(
                TemplateFormat.of(format),
                folder,
                "10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET /a\\x22b HTTP/1.1\" 200 7 \"-\" \"M\" \"-\" rt=1.500"
                        + " uct=\"0.1, 0.2\" host=shop.example:8443 s1 77");

        assertThat(log.format()).isEqualTo("log-format (nginx)");
        assertThat(log.line()).isEqualTo("10.0.0.1 77 - GET http://shop.example:8443 /a\"b 200 7 1500000us");
        Instant end = log.arrival(0).plusMillis(1500);
        assertThat(end)
                .isBetween(Instant.parse("2015-05-17T10:05:03Z"), Instant.parse("2015-05-17T10:05:03.999999999Z"));
    }

    @Test
    void aWholeDirectiveOfNginxWithJsonEscapes() throws Exception {
        ImportedLog log = ImportedLog.as(
                TemplateFormat.of("log_format main escape=json '{\"t\":$msec,\"m\":\"$request_method\",'\n"
                        + "   '\"u\":\"$scheme://$http_host$uri$is_args$args\",\"ua\":\"$http_user_agent\"}';"),
                folder,
                "{\"t\":1714550400.250,\"m\":\"GET\",\"u\":\"https://shop.example/a?b=c\",\"ua\":\"x\\u0001\\\"y\"}",
                "{\"t\":1714550400.251,\"m\":\"GET\",\"u\":\"https://shop.example/a\",\"ua\":\"\"}");

        assertThat(log.requests())
                .extracting(r -> r.scheme() + "://" + r.authority() + r.path())
                .containsExactly("https://shop.example/a?b=c", "https://shop.example/a");
        assertThat(log.requests().get(0).headers()).containsExactly(new Header("User-Agent", "x \"y"));
        assertThat(log.resolution()).isEqualTo("1 ms");
    }

    @Test
    void apachesFormatStrings() throws Exception {
        ImportedLog log = ImportedLog.as(
                TemplateFormat.of(
                        "LogFormat \"%v:%p %a %l %u %t \\\"%m %U%q %H\\\" %>s %O %D \\\"%{Referer}i\\\"\" mine"),
                folder,
                "shop.example:443 192.0.2.1 - bob [17/May/2015:10:05:03 +0000] \"GET /a?b=1 HTTP/1.1\" 200 7 2500 \"-\"",
                "shop.example:443 192.0.2.1 - bob [17/May/2015:10:05:04 +0000] \"GET /a HTTP/1.1\" 200 7 2500 \"-\"");

        assertThat(log.requests())
                .extracting(r -> r.authority() + r.path())
                .containsExactly("shop.example/a?b=1", "shop.example/a");
        assertThat(log.requests().get(0).response().orElseThrow().latencyNanos())
                .contains(2_500_000L);
        // Apache logs the arrival: nothing is taken off.
        assertThat(log.start()).isEqualTo(Instant.parse("2015-05-17T10:05:03Z"));
    }
}
