package io.tierdrill.recorder.har;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
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

/**
 * Makes the request that an entry of a HAR tells of (HAR 1.2, Odvarko). An archive is what one browser saw, so all
 * its entries have one client and one user. Stateless.
 */
final class HarEntryParser {
    private final String session;

    /** @param session names the client and the user */
    HarEntryParser(String session) {
        this.session = session;
    }

    Arrival parse(byte[] bytes, int from, int to) throws Refused {
        JsonFields entry = JsonFields.parse(bytes, from, to);
        refuseUnsent(entry);
        JsonFields request = entry.object("request");
        HttpUrl url = url(request);
        List<Header> headers = HarHeaders.of(request);
        RequestRecord record = new RequestRecord(
                0,
                session,
                HarConnection.of(entry, url),
                session,
                url.scheme(),
                HttpWords.method(request.text("method"), request.pointerTo("method")),
                url.authority(),
                url.path(),
                headers,
                HarBody.of(request, headers),
                response(entry));
        return new Arrival(time(entry), record);
    }

    private static long time(JsonFields entry) throws Refused {
        return TimeText.iso(entry.text("startedDateTime"), entry.pointerTo("startedDateTime"));
    }

    /** Chrome says of an entry when its cache answered, or when the browser itself forbade the request. */
    private static void refuseUnsent(JsonFields entry) throws Refused {
        if (entry.has("_fromCache"))
            throw new Refused(
                    Flaw.NOT_FOR_A_SERVER,
                    entry.pointerTo("_fromCache"),
                    entry.node().get("_fromCache").asString());
        Optional<JsonFields> response = entry.optionalObject("response");
        if (response.isEmpty() || !response.get().has("_error")) return;
        String error = response.get().node().get("_error").asString();
        if (error.contains("BLOCKED_BY")) throw new Refused(Flaw.NOT_FOR_A_SERVER, "/response/_error", error);
    }

    /** Some tools leave the query out of the URL and tell it apart only. */
    private static HttpUrl url(JsonFields request) throws Refused {
        HttpUrl url = HttpUrl.of(request.text("url"), request.pointerTo("url"));
        List<JsonFields> query = request.objects("queryString");
        if (query.isEmpty() || url.path().contains("?")) return url;
        return new HttpUrl(url.scheme(), url.authority(), url.path() + "?" + FormText.of(query));
    }

    /** Status 0 stands for no response: the connection broke, or the page was left. */
    private static Optional<Response> response(JsonFields entry) throws Refused {
        Optional<JsonFields> response = entry.optionalObject("response");
        if (response.isEmpty()) return Optional.empty();
        double status = response.get().optionalAmount("status").orElse(0);
        if (status == 0) return Optional.empty();
        if (status < 100 || status > 599 || status != Math.rint(status))
            throw new Refused(Flaw.BAD_STATUS, "/response/status", String.valueOf(status));
        return Optional.of(
                new Response((int) status, HarBody.responseBytes(response.get()), HarTimings.latency(entry)));
    }
}
