package io.tierdrill.recorder.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A valid input or two of every form, of our own making. */
final class FormatSeeds {
    private static final String CLF = "10.0.0.1 - frank [17/May/2015:10:05:03 +0000] \"GET /a?b=c HTTP/1.1\" 200 203";
    private static final String HAR = "{\"log\":{\"version\":\"1.2\",\"entries\":[{\"startedDateTime\":"
            + "\"2026-01-01T00:00:00.250Z\",\"time\":12.5,\"connection\":\"5\",\"request\":{\"method\":\"POST\",\"url\":"
            + "\"https://a.example/x?y=1#p\",\"headers\":[{\"name\":\"accept\",\"value\":\"*/*\"}],\"cookies\":[{\"name\":"
            + "\"a\",\"value\":\"1\"}],\"queryString\":[],\"postData\":{\"mimeType\":\"application/x-www-form-urlencoded\","
            + "\"params\":[{\"name\":\"k\",\"value\":\"\\u00e4\"}]},\"bodySize\":-1},\"response\":{\"status\":200,"
            + "\"bodySize\":5,\"content\":{\"size\":5}},\"timings\":{\"send\":1,\"wait\":3,\"receive\":-1}}]}}";
    private static final String GOR = "1 abc 1700000000000000000 -1\nPOST /a?b=1 HTTP/1.1\r\nHost: a.example\r\n"
            + "Content-Length: 2\r\n\r\nhi\n🐵🙈🙉\n2 abc 1700000000002000000 2500000\nHTTP/1.1 200 OK\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n\n🐵🙈🙉\n";
    private static final String K6 =
            "{\"type\":\"Metric\",\"data\":{\"name\":\"http_reqs\"},\"metric\":\"http_reqs\"}\n"
                    + "{\"metric\":\"http_req_duration\",\"type\":\"Point\",\"data\":{\"time\":\"2026-01-01T00:00:01.5+01:00\","
                    + "\"value\":12.25,\"tags\":{\"method\":\"GET\",\"url\":\"http://a.example/x\",\"name\":\"x\",\"status\":"
                    + "\"200\",\"vu\":\"3\",\"proto\":\"HTTP/1.1\"}}}\n";
    private static final String TARGET =
            "{\"method\":\"POST\",\"url\":\"http://a.example/x\",\"headers\":{\"A\":[\"1\",\"2\"]},\"body\":\"aGk=\"}\n";
    private static final String HAPROXY = "Feb  6 12:14:14 host haproxy[14389]: 10.0.1.2:33317 "
            + "[06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {a.example} {} "
            + "\"GET /x HTTP/1.1\"\n";
    private static final String ENVOY = "[2016-04-15T20:17:00.310Z] \"POST /api/v1 HTTP/2\" 204 - 154 0 226 100 "
            + "\"10.0.35.28\" \"nsq2http\" \"cc21d9b0-cf5c\" \"locations\" \"tcp://10.0.2.1:80\"\n";
    private static final String ISTIO = "[2020-11-25T21:26:18.409Z] \"GET /status/418 HTTP/1.1\" 418 - via_upstream - "
            + "\"-\" 0 135 4 4 \"-\" \"curl/7.73.0\" \"84961386\" \"httpbin:8000\" \"127.0.0.1:80\" inbound|8000|| "
            + "127.0.0.1:41854 10.44.1.27:80 10.44.1.23:37652 outbound_.8000_._.httpbin default\n";
    private static final String ALB = "https 2018-07-02T22:23:00.186641Z app/lb/50dc 192.168.131.39:2817 10.0.0.1:80 "
            + "0.086 0.048 0.037 200 200 0 57 \"GET https://www.example.com:443/a HTTP/1.1\" \"curl/7.46.0\" "
            + "ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:x \"Root=1-58337281\" \"www.example.com\" \"arn:y\" 1 "
            + "2018-07-02T22:22:48.364000Z \"authenticate,forward\" \"-\" \"-\" \"10.0.0.1:80\" \"200\" \"-\" \"-\"\n";
    private static final String ELB =
            "2015-05-13T23:39:43.945958Z lb 192.168.131.39:2817 10.0.0.1:80 0.000086 0.001048 "
                    + "0.001337 200 200 0 57 \"GET https://www.example.com:443/ HTTP/1.1\" \"curl/7.38.0\" DHE-RSA-AES128-SHA "
                    + "TLSv1.2\n";
    private static final String NLB =
            "tls 2.0 2018-12-20T02:59:40 net/lb/c6e7 g3d4 72.21.218.154:51341 172.100.100.185:443 "
                    + "5 2 98 246 - arn:aws:acm - ECDHE-RSA-AES128-SHA tlsv12 - my.example - - - 2018-12-20T02:59:30\n";
    private static final String CLOUDFRONT =
            "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method "
                    + "cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type "
                    + "x-edge-request-id x-host-header cs-protocol cs-bytes time-taken\n"
                    + "2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\tGET\td1.cloudfront.net\t/index.html\t200\t-\tMozilla%2520(a)\t"
                    + "a=b\t-\tHit\tSOX4xwn\td1.cloudfront.net\thttps\t23\t0.001\n";
    private static final String NGINX_JSON =
            "{\"time_iso8601\":\"2026-01-01T00:00:00+00:00\",\"request\":\"GET /a HTTP/1.1\","
                    + "\"status\":200,\"body_bytes_sent\":\"5\",\"request_time\":0.25,\"remote_addr\":\"10.0.0.1\","
                    + "\"http_user_agent\":\"a\\u0041\"}\n";
    private static final String CADDY =
            "{\"level\":\"info\",\"ts\":1646861401.52,\"logger\":\"http.log.access\",\"request\":{"
                    + "\"remote_ip\":\"127.0.0.1\",\"remote_port\":\"41342\",\"method\":\"GET\",\"host\":\"localhost\",\"uri\":"
                    + "\"/a\",\"headers\":{\"Accept\":[\"*/*\"]}},\"bytes_read\":0,\"duration\":0.0009,\"size\":10900,\"status\":200}\n";
    private static final String TRAEFIK = "{\"ClientHost\":\"10.0.0.1\",\"ClientPort\":\"5\",\"Duration\":1500000,"
            + "\"DownstreamStatus\":200,\"DownstreamContentSize\":12,\"RequestMethod\":\"GET\",\"RequestPath\":\"/a\","
            + "\"RequestHost\":\"a.example\",\"StartUTC\":\"2026-01-01T00:00:00.25Z\",\"request_User-Agent\":\"x\"}\n";
    private static final String ENVOY_JSON =
            "{\"start_time\":\"2026-01-01T00:00:00.25Z\",\"method\":\"GET\",\"path\":\"/a\","
                    + "\"authority\":\"a\",\"response_code\":200,\"bytes_sent\":5,\"bytes_received\":0,\"duration\":7,"
                    + "\"downstream_remote_address\":\"10.0.0.1:5\",\"user_agent\":null}\n";

    static final List<byte[]> LOG_FORMATS = seeds(
            "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" $request_time\n"
                    + "10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" 0.005\n",
            "log_format x '$msec|$request_method|$host|$uri?$args|$status';\n1700000000.123|GET|a|/b?c=d|200\n",
            "%h %l %u %t \"%r\" %>s %b %D \"%{User-agent}i\"\n10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\""
                    + " 200 5 1200 \"x\"\n",
            "[%START_TIME%] %REQ(:METHOD)% %REQ(X-A?:PATH):9% %RESPONSE_CODE% %DURATION%\n"
                    + "[2026-01-01T00:00:00.5Z] GET /a 200 7\n");

    static final List<byte[]> JSON_MAPS = seeds(
            "time=ts,method=req.method,path=uri\n{\"ts\":\"2026-01-01T00:00:00Z\",\"req\":{\"method\":\"GET\"},\"uri\":\"/a\"}\n",
            "time=t:ms,request=r,status=s,headers=h,duration=d:us,logged=end\n"
                    + "{\"t\":1700000000123,\"r\":\"GET / HTTP/1.1\",\"s\":200,\"h\":{\"A\":\"b\"},\"d\":5}\n");

    private static final Map<String, List<byte[]>> ALL = Map.ofEntries(
            Map.entry("har", seeds(HAR)),
            Map.entry("gor", seeds(GOR)),
            Map.entry("k6", seeds(K6)),
            Map.entry("targets", seeds(TARGET, "[" + TARGET + "," + TARGET.replace("\"aGk=\"", "{\"a\":[1]}") + "]")),
            Map.entry("vegeta", seeds(TARGET.replace("headers", "header"))),
            Map.entry(
                    "vegeta-http",
                    seeds(
                            "GET http://a.example/x?y=1\nHEAD https://a.example/\n",
                            "# two\r\n\r\nPOST http://a.example:8080/x\r\nContent-Type: text/plain\r\nHost: b\r\n@body.txt\r\n\r\n"
                                    + "\tPUT /y\n# why\nA: 1\nA: 2\n\nno target\n")),
            Map.entry(
                    "csv-rates",
                    seeds("time,requests\n2026-01-01T00:00:00Z,3\n2026-01-01T00:00:01Z,0\n", "t;rps\n0;1.5\n60;2\n")),
            Map.entry(
                    "csv",
                    seeds(
                            "time;client_ip;User ID;method;URL;Host;status;bytes;request_bytes;Latency (us)\n"
                                    + "2026-01-01T00:00:00.5Z;192.0.2.1;\"u\"\"7\";POST;/a?b=1;a.example;201;12;34;5600\n",
                            "timestamp\n1767225600.25\n1767225601\n")),
            Map.entry("vhost_combined", seeds("a.example:80 " + CLF + " \"http://b/\" \"Moz \\\"5\\\"\"\n")),
            Map.entry("combined", seeds(CLF + " \"http://b/\" \"Moz \\\"5\\\"\"\n")),
            Map.entry("common", seeds(CLF + "\n\n" + CLF.replace("200 203", "- -") + "\r\n")),
            Map.entry("haproxy", seeds(HAPROXY, HAPROXY.substring(HAPROXY.indexOf("10.0.1.2")))),
            Map.entry("istio", seeds(ISTIO)),
            Map.entry("envoy", seeds(ENVOY)),
            Map.entry("aws-alb", seeds(ALB)),
            Map.entry("aws-elb", seeds(ELB)),
            Map.entry("aws-nlb", seeds(NLB)),
            Map.entry("aws-cloudfront", seeds(CLOUDFRONT)),
            Map.entry("json-caddy", seeds(CADDY)),
            Map.entry("json-traefik", seeds(TRAEFIK)),
            Map.entry("json-envoy", seeds(ENVOY_JSON)),
            Map.entry("json-nginx", seeds(NGINX_JSON)));

    private FormatSeeds() {}

    static List<byte[]> of(String format) {
        List<byte[]> seeds = ALL.get(format);
        if (seeds == null) throw new IllegalStateException("no seeds to fuzz the format " + format + "; add some here");
        return seeds;
    }

    private static List<byte[]> seeds(String... texts) {
        return Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
