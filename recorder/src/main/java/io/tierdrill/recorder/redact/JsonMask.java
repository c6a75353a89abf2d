package io.tierdrill.recorder.redact;

import java.util.Optional;

/**
 * Secrets in JSON: values of names that say so, with all that is within them, and whatever looks like a secret. All else
 * stays as it is, to the space. One thread.
 */
final class JsonMask {
    private static final int MOST_DEPTH = 512;

    private final TextMask text;
    private final SecretNames names;
    private final Pseudonyms pseudonyms;
    private final MaskedCounts counts;

    JsonMask(TextMask text, SecretNames names, Pseudonyms pseudonyms, MaskedCounts counts) {
        this.text = text;
        this.names = names;
        this.pseudonyms = pseudonyms;
        this.counts = counts;
    }

    /** One document or several in a row; empty where this is no JSON. */
    Optional<String> mask(String json) {
        return new Pass(json).run();
    }

    private final class Pass {
        private final String json;
        private final StringBuilder out;
        /** Whether everything at this depth is within a secret. */
        private final boolean[] within = new boolean[MOST_DEPTH];

        private final boolean[] object = new boolean[MOST_DEPTH];
        private int depth;
        private boolean secretNext;
        private boolean any;

        Pass(String json) {
            this.json = json;
            this.out = new StringBuilder(json.length() + 64);
        }

        Optional<String> run() {
            int i = 0;
            while (i >= 0 && i < json.length()) i = step(i);
            return i < 0 || depth > 0 || !any ? Optional.empty() : Optional.of(out.toString());
        }

        /** Takes what begins here; answers where the next begins, or -1 where this is no JSON. */
        private int step(int i) {
            char c = json.charAt(i);
            switch (c) {
                case '{', '[':
                    return open(i, c == '{');
                case '}', ']':
                    if (depth == 0 || object[depth] != (c == '}')) return -1;
                    depth--;
                    break;
                case ',':
                    secretNext = within[depth];
                    break;
                case ' ', '\t', '\r', '\n', ':':
                    break;
                case '"':
                    return string(i);
                default:
                    return literal(i);
            }
            out.append(c);
            return i + 1;
        }

        private int open(int i, boolean isObject) {
            if (++depth == MOST_DEPTH) return -1;
            any = true;
            object[depth] = isObject;
            within[depth] = secretNext;
            out.append(json.charAt(i));
            return i + 1;
        }

        private int string(int i) {
            int end = i + 1;
            while (end < json.length() && json.charAt(end) != '"') {
                if (json.charAt(end) < ' ') return -1;
                end += json.charAt(end) == '\\' ? 2 : 1;
            }
            if (end >= json.length()) return -1;
            String raw = json.substring(i + 1, end);
            Optional<String> value = JsonText.unescaped(raw);
            if (value.isEmpty()) return -1;
            boolean name = object[depth] && depth > 0 && isColonNext(end + 1);
            boolean secret = !name && secretNext && !value.get().isBlank();
            String masked = secret ? pseudonym(value.get()) : text.mask(value.get(), TextMask.Form.TEXT);
            out.append('"')
                    .append(masked.equals(value.get()) ? raw : JsonText.escaped(masked))
                    .append('"');
            secretNext = within[depth] || name && names.isSecret(value.get());
            return end + 1;
        }

        private String pseudonym(String value) {
            counts.add(SecretKind.NAMED);
            return pseudonyms.of(value);
        }

        private int literal(int i) {
            int end = i;
            while (end < json.length() && " \t\r\n,:]}[{\"".indexOf(json.charAt(end)) < 0) end++;
            String word = json.substring(i, end);
            boolean number = JsonText.isNumber(word);
            if (!number && !word.equals("true") && !word.equals("false") && !word.equals("null")) return -1;
            String masked = !number ? word : secretNext ? pseudonym(word) : text.mask(word, TextMask.Form.TEXT);
            out.append(masked.equals(word) ? word : '"' + masked + '"');
            secretNext = within[depth];
            return end;
        }

        private boolean isColonNext(int i) {
            int at = i;
            while (at < json.length() && json.charAt(at) <= ' ') at++;
            return at < json.length() && json.charAt(at) == ':';
        }
    }
}
