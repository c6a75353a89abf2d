package io.tierdrill.recorder.targets;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.recorder.fields.Arrival;
import io.tierdrill.recorder.fields.Flaw;
import io.tierdrill.recorder.fields.HttpUrl;
import io.tierdrill.recorder.fields.HttpWords;
import io.tierdrill.recorder.fields.JsonFields;
import io.tierdrill.recorder.fields.Refused;
import io.tierdrill.recorder.fields.TimeText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes the request that a point of k6 tells of: {@code {"metric": "http_reqs", "type": "Point", "data": {"time": ...,
 * "value": 1, "tags": {"method": "GET", "url": ..., "status": "200"}}}}. k6 stamps the points of a request when it
 * ends; those of {@code http_req_duration} also tell how long it took, so that its beginning is known. Stateless.
 */
final class K6PointParser {
    static final String REQUESTS = "http_reqs";
    static final String DURATIONS = "http_req_duration";
    private static final double MILLISECOND = 1e6;

    private final String metric;

    /** Which metric's points stand for requests. */
    K6PointParser(String metric) {
        this.metric = metric;
    }

    Arrival parse(byte[] bytes, int from, int to) throws Refused {
        JsonFields line = JsonFields.parse(bytes, from, to);
        String found = line.text("metric");
        if (!line.text("type").equals("Point") || !found.equals(metric))
            throw new Refused(Flaw.NO_REQUEST_POINT, "/metric", found);
        JsonFields data = line.object("data");
        JsonFields tags = data.object("tags");
        HttpUrl url = HttpUrl.of(tags.text("url"), tags.pointerTo("url"));
        Optional<Long> duration = duration(data);
        String user = user(data, tags);
        long end = TimeText.iso(data.text("time"), data.pointerTo("time"));
        return new Arrival(
                end,
                duration.orElse(0L),
                new RequestRecord(
                        0,
                        user.isEmpty() ? "k6" : "k6-" + user,
                        "",
                        user,
                        url.scheme(),
                        HttpWords.method(tags.text("method"), tags.pointerTo("method")),
                        url.authority(),
                        url.path(),
                        List.of(),
                        Body.none(),
                        response(tags, duration)));
    }

    private Optional<Long> duration(JsonFields data) throws Refused {
        if (!metric.equals(DURATIONS)) return Optional.empty();
        OptionalDouble millis = data.optionalAmount("value");
        if (millis.isEmpty()) throw new Refused(Flaw.MISSING_FIELD, data.pointerTo("value"), "");
        return Optional.of(Math.round(millis.getAsDouble() * MILLISECOND));
    }

    /** The virtual user, where k6 was told to write it. */
    private static String user(JsonFields data, JsonFields tags) throws Refused {
        Optional<JsonFields> metadata = data.optionalObject("metadata");
        if (metadata.isPresent() && metadata.get().has("vu"))
            return metadata.get().optionalWord("vu").orElse("");
        return tags.optionalWord("vu").orElse("");
    }

    /** Status 0 stands for a request that broke. */
    private static Optional<Response> response(JsonFields tags, Optional<Long> duration) throws Refused {
        String status = tags.optionalWord("status").orElse("0");
        if (status.equals("0")) return Optional.empty();
        if (!status.matches("[1-5]\\d\\d")) throw new Refused(Flaw.BAD_STATUS, tags.pointerTo("status"), status);
        return Optional.of(new Response(Integer.parseInt(status), Optional.empty(), duration));
    }
}
