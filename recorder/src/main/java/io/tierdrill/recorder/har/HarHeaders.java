package io.tierdrill.recorder.har;

import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.fields.HttpWords;
import io.tierdrill.recorder.fields.JsonFields;
import io.tierdrill.recorder.fields.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The header lines of a request. Cookies and the type of the body, which some browsers tell apart only, are put back in
 * place.
 */
final class HarHeaders {
    private HarHeaders() {}

    static List<Header> of(JsonFields request) throws Refused {
        List<Header> headers = new ArrayList<>();
        for (JsonFields header : request.objects("headers"))
            HttpWords.header(header.text("name"), header.optionalText("value").orElse(""))
                    .ifPresent(headers::add);
        if (HttpWords.first(headers, "Cookie").isEmpty()) cookies(request, headers);
        if (HttpWords.first(headers, "Content-Type").isEmpty()) contentType(request, headers);
        return headers;
    }

    private static void cookies(JsonFields request, List<Header> headers) throws Refused {
        List<String> pairs = new ArrayList<>();
        for (JsonFields cookie : request.objects("cookies"))
            pairs.add(cookie.text("name") + "=" + cookie.optionalText("value").orElse(""));
        if (!pairs.isEmpty())
            HttpWords.header("Cookie", pairs.stream().collect(Collectors.joining("; ")))
                    .ifPresent(headers::add);
    }

    private static void contentType(JsonFields request, List<Header> headers) throws Refused {
        var body = request.optionalObject("postData");
        if (body.isEmpty()) return;
        String type = body.get().optionalText("mimeType").orElse("");
        if (!type.isEmpty()) HttpWords.header("Content-Type", type).ifPresent(headers::add);
    }
}
