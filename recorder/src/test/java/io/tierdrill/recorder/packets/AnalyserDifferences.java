package io.tierdrill.recorder.packets;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Where what we read from a capture differs from a log of the independent analyser, in words. */
final class AnalyserDifferences {
    private final Imported ours;
    private final List<String> found = new ArrayList<>();

    private AnalyserDifferences(Imported ours) {
        this.ours = ours;
    }

    static List<String> of(String log, List<Map<String, String>> rows, Imported ours) {
        AnalyserDifferences differences = new AnalyserDifferences(ours);
        switch (log) {
            case "http" -> differences.http(rows);
            case "dns" -> differences.dns(rows);
            case "conn" -> differences.connections(rows);
            case "websocket" -> differences.upgrades(rows);
            case "ssl" -> differences.tls(rows);
            default -> throw new IllegalArgumentException("no such log: " + log);
        }
        return differences.found;
    }

    private void http(List<Map<String, String>> rows) {
        Deque<RequestRecord> left = new ArrayDeque<>(
                ours.requests().stream().filter(r -> !r.scheme().equals("dns")).toList());
        for (Map<String, String> row : rows) {
            if ("-".equals(row.get("method"))) {
                found.add("-".equals(row.get("status_code")) ? "row without request and response" : "response alone");
            } else if (!left.isEmpty() && isSame(row, left.peek())) {
                compare(row, left.poll());
            } else if ("0.9".equals(row.get("version"))) {
                found.add("HTTP/0.9 request");
            } else {
                found.add("not in the trace: " + row.getOrDefault("method", "?") + " " + row.get("uri"));
            }
        }
        left.forEach(r -> found.add("only in the trace: " + r.method() + " " + r.path()));
    }

    private static boolean isSame(Map<String, String> row, RequestRecord request) {
        return row.getOrDefault("method", request.method()).equals(request.method())
                && row.get("uri").equals(request.path())
                && row.get("host").replaceAll("^-$", "").equals(request.authority());
    }

    private void compare(Map<String, String> row, RequestRecord request) {
        String status = request.response().map(r -> "" + r.status()).orElse("-");
        same("status", row.getOrDefault("status_code", status), status);
        long size = request.response().flatMap(RequestRecord.Response::bytes).orElse(0L);
        same("response bytes", row.getOrDefault("response_body_len", "" + size), "" + size);
        long sent = request.body().size();
        same("request bytes", row.getOrDefault("request_body_len", "" + sent), "" + sent);
    }

    private void same(String what, String theirs, String our) {
        if (!theirs.equals(our)) found.add(what + " " + our + ", analyser " + theirs);
    }

    private void dns(List<Map<String, String>> rows) {
        Deque<RequestRecord> left = new ArrayDeque<>(
                ours.requests().stream().filter(r -> r.scheme().equals("dns")).toList());
        for (Map<String, String> row : rows) {
            if (!row.get("opcode").equals("0")) found.add("DNS update");
            else if (row.get("qtype").equals("-")) found.add("answer alone");
            else if (left.isEmpty()) found.add("not in the trace: " + row.get("query"));
            else compareDns(row, left.poll());
        }
        left.forEach(r -> found.add("only in the trace: " + r.method() + " " + r.path()));
    }

    private void compareDns(Map<String, String> row, RequestRecord question) {
        same("name", row.get("query"), question.path());
        same("type", row.get("qtype_name").replace("query-", "TYPE"), question.method());
        same("client", row.get("id.orig_h"), question.client());
        same(
                "rcode",
                row.get("rcode"),
                question.response().map(r -> "" + r.status()).orElse("-"));
        String latency = question.response()
                .flatMap(RequestRecord.Response::latencyNanos)
                .map(n -> String.format("%.6f", n / 1e9))
                .orElse("-");
        same("latency", row.get("rtt"), latency);
    }

    /** TCP only: the rows of UDP tell of questions, which dns.log tells better, and of tunnels. */
    private void connections(List<Map<String, String>> rows) {
        List<Map<String, String>> tcp =
                rows.stream().filter(r -> !"udp".equals(r.get("proto"))).toList();
        same("connections", "" + tcp.size(), "" + ours.observed(Observation.CONNECTIONS));
        if (!tcp.get(0).containsKey("orig_bytes")) return;
        same("client bytes", sum(tcp, "orig_bytes"), "" + ours.observed(Observation.CLIENT_BYTES));
        same("server bytes", sum(tcp, "resp_bytes"), "" + ours.observed(Observation.SERVER_BYTES));
    }

    private static String sum(List<Map<String, String>> rows, String column) {
        return "" + rows.stream().mapToLong(r -> Long.parseLong(r.get(column))).sum();
    }

    private void upgrades(List<Map<String, String>> rows) {
        same("upgrades", "" + rows.size(), "" + ours.observed(Observation.UPGRADES));
        for (int i = 0; i < rows.size(); i++) {
            RequestRecord request = ours.requests().get(i);
            same("host", rows.get(i).get("host"), request.authority());
            same("uri", rows.get(i).get("uri"), request.path());
        }
    }

    private void tls(List<Map<String, String>> rows) {
        var told = ours.account().packets().tls().withoutKeys();
        for (Map<String, String> row : rows) {
            found.add(ours.packets(Fate.TLS_WITHOUT_KEYS) > 0 ? "TLS is opaque" : "TLS was not noticed");
            if (!told.containsKey(row.get("server_name"))) found.add("server name not told: " + row.get("server_name"));
        }
    }
}
