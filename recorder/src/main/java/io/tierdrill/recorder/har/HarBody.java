package io.tierdrill.recorder.har;

import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.fields.Flaw;
import io.tierdrill.recorder.fields.HttpWords;
import io.tierdrill.recorder.fields.JsonFields;
import io.tierdrill.recorder.fields.KeptBody;
import io.tierdrill.recorder.fields.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a request carried, and how much came back. */
final class HarBody {
    private HarBody() {}

    static Body of(JsonFields request, List<Header> headers) throws Refused {
        long told = toldSize(request, headers);
        Optional<JsonFields> post = request.optionalObject("postData");
        if (post.isEmpty()) return KeptBody.ofSize(told);
        String text = post.get().optionalText("text").orElse("");
        if (!text.isEmpty()) return KeptBody.of(bytes(post.get(), text, told));
        List<JsonFields> params = post.get().objects("params");
        boolean form = post.get().optionalText("mimeType").orElse("").contains("x-www-form-urlencoded");
        if (params.isEmpty() || !form) return KeptBody.ofSize(told);
        return KeptBody.of(FormText.of(params).getBytes(StandardCharsets.UTF_8));
    }

    /** The size on the wire, else the header's, else that of the content unpacked; empty where none is told. */
    static Optional<Long> responseBytes(JsonFields response) throws Refused {
        OptionalDouble body = response.optionalAmount("bodySize");
        if (body.isPresent()) return Optional.of((long) body.getAsDouble());
        for (JsonFields header : response.objects("headers"))
            if (header.text("name").equalsIgnoreCase("Content-Length"))
                return HttpWords.size(header.optionalText("value").orElse(""));
        Optional<JsonFields> content = response.optionalObject("content");
        if (content.isEmpty()) return Optional.empty();
        OptionalDouble size = content.get().optionalAmount("size");
        return size.isPresent() ? Optional.of((long) size.getAsDouble()) : Optional.empty();
    }

    private static long toldSize(JsonFields request, List<Header> headers) throws Refused {
        OptionalDouble size = request.optionalAmount("bodySize");
        if (size.isPresent() && size.getAsDouble() > 0) return (long) size.getAsDouble();
        return HttpWords.first(headers, "Content-Length")
                .flatMap(HttpWords::size)
                .orElse(0L);
    }

    /**
     * Firefox writes a binary body one letter a byte, others write text; the size tells which it was. Without one, text
     * it is.
     */
    private static byte[] bytes(JsonFields post, String text, long told) throws Refused {
        for (String name : List.of("encoding", "_encoding"))
            if (post.optionalText(name).orElse("").equals("base64")) return base64(post, text);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        boolean letterPerByte =
                told == text.length() && told != utf8.length && text.chars().allMatch(c -> c < 256);
        return letterPerByte ? text.getBytes(StandardCharsets.ISO_8859_1) : utf8;
    }

    private static byte[] base64(JsonFields post, String text) throws Refused {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw new Refused(Flaw.BAD_BODY, post.pointerTo("text"), text);
        }
    }
}
