package io.tierdrill.recorder.har;

import io.tierdrill.recorder.fields.JsonFields;
import io.tierdrill.recorder.fields.Refused;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;

/** Names and values as a form sends them. */
final class FormText {
    private FormText() {}

    static String of(List<JsonFields> pairs) throws Refused {
        StringJoiner text = new StringJoiner("&");
        for (JsonFields pair : pairs)
            text.add(encoded(pair.text("name")) + "="
                    + encoded(pair.optionalText("value").orElse("")));
        return text.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
