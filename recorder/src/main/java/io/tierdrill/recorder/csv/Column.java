package io.tierdrill.recorder.csv;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a column may tell, and the names it goes by, without case and marks between words. */
enum Column {
    TIME(
            "time",
            "timestamp",
            "ts",
            "arrival",
            "arrivaltime",
            "arrivals",
            "datetime",
            "date",
            "start",
            "starttime",
            "offset",
            "epoch",
            "second",
            "minute",
            "hour",
            "t",
            "requesttime",
            "eventtime",
            "starteddatetime"),
    CLIENT("client", "clientip", "clientaddress", "ip", "ipaddress", "remoteaddr", "remoteaddress", "source", "src"),
    USER("user", "userid", "username", "session", "sessionid", "uid"),
    CONNECTION("connection", "connectionid", "conn"),
    METHOD("method", "verb", "httpmethod", "requestmethod"),
    PATH("path", "url", "uri", "requesturi", "requestpath", "target", "resource"),
    AUTHORITY("authority", "host", "hostname", "vhost", "server", "domain"),
    SCHEME("scheme"),
    STATUS("status", "code", "statuscode", "responsecode", "httpstatus"),
    BYTES("bytes", "size", "responsebytes", "responsesize", "bytessent", "responselength", "bodybytessent"),
    REQUEST_BYTES("requestbytes", "requestsize", "bytesreceived", "requestlength", "bodysize"),
    LATENCY("latency", "duration", "responsetime", "elapsed", "servicetime"),
    COUNT(
            "requests",
            "count",
            "hits",
            "rate",
            "requestcount",
            "numrequests",
            "load",
            "value",
            "n",
            "invocations",
            "requestrate",
            "rps",
            "qps",
            "reqs",
            "rpm",
            "qpm",
            "persecond",
            "perminute",
            "calls",
            "queries",
            "views");

    private final List<String> names;

    Column(String... names) {
        this.names = List.of(names);
    }

    /** What a column of this name tells; empty where that is unknown. */
    static Optional<Column> named(String name) {
        String word = ColumnUnit.without(name);
        return Arrays.stream(values()).filter(c -> c.names.contains(word)).findFirst();
    }

    /** For messages: the first few names. */
    String example() {
        return String.join(", ", names.subList(0, Math.min(4, names.size())));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
