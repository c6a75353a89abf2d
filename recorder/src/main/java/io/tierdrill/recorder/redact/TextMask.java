package io.tierdrill.recorder.redact;

import java.util.Optional;

/**
 * Replaces the secrets in a text, wherever in it they stand and however they are written; all else stays as it is. One
 * thread.
 */
final class TextMask {
    /** So often a text is taken to be escaped: a URL in a URL in a URL, and two to spare. */
    static final int MOST_LAYERS = 5;

    private static final int MOST_NESTED = 3;
    private static final int MOST_REMEMBERED = 2048;

    /** What a text is. */
    enum Form {
        TEXT,
        /** Names and values: begins with a name. */
        PARAMETERS,
        /** Host and port, perhaps with a user before. */
        AUTHORITY
    }

    private final Pseudonyms pseudonyms;
    private final MaskedCounts counts;
    private final QuickLook quick;
    private final Pairs pairs;
    /** Texts that were found clean. */
    private final Recent clean = new Recent(13);

    TextMask(Pseudonyms pseudonyms, SecretNames names, MaskedCounts counts) {
        this.pseudonyms = pseudonyms;
        this.counts = counts;
        this.quick = new QuickLook(names);
        this.pairs = new Pairs(names);
    }

    /** For texts that come again and again, such as user agents. */
    String maskOften(String text) {
        int hash = sampled(text);
        if (clean.of(text, hash) != null) return text;
        String masked = mask(text, Form.TEXT);
        if (masked.equals(text)) remember(text, hash);
        return masked;
    }

    /** The same text where there is no secret in it. */
    String mask(String text, Form form) {
        if (text.isEmpty() || quick.isClean(text, form == Form.PARAMETERS)) return text;
        int hash = sampled(text);
        if (form == Form.TEXT && clean.of(text, hash) != null) return text;
        Findings findings = find(text, form, MOST_NESTED);
        if (!findings.none()) return replaced(text, findings);
        if (form == Form.TEXT) remember(text, hash);
        return text;
    }

    /** Large ones would make the memory large. */
    private void remember(String text, int hash) {
        if (text.length() <= MOST_REMEMBERED && clean.of(text, hash) == null) clean.put(text, hash, text);
    }

    private String replaced(String text, Findings findings) {
        StringBuilder masked = new StringBuilder(text.length() + Pseudonyms.LENGTH);
        int done = 0;
        for (Findings.Finding finding : findings.apart()) {
            masked.append(text, done, finding.from()).append(pseudonyms.of(finding.secret()));
            counts.add(finding.kind());
            done = finding.to();
        }
        return masked.append(text, done, text.length()).toString();
    }

    private Findings find(String text, Form form, int nested) {
        Findings findings = new Findings();
        Layer layer = Layer.of(text);
        for (int i = 0; i < MOST_LAYERS; i++) {
            Optional<Layer> next = layer.decoded();
            inEveryLayer(layer, form, nested, findings);
            if (next.isEmpty() || i == MOST_LAYERS - 1) break;
            layer = next.get();
        }
        // By their looks, and digits of escapes would add to the looks.
        Emails.find(layer, findings);
        Cards.find(layer, findings);
        Ibans.find(layer, findings);
        return findings;
    }

    /** What may hold characters that mean something else once they are decoded. */
    private void inEveryLayer(Layer layer, Form form, int nested, Findings findings) {
        pairs.find(layer, form == Form.PARAMETERS, findings);
        UserInfo.find(layer, findings);
        if (form == Form.AUTHORITY) UserInfo.findInAuthority(layer, findings);
        Tokens.find(layer, findings);
        if (nested > 0)
            Base64Text.find(
                    layer,
                    t -> !quick.isClean(t, true)
                            && !find(t, Form.PARAMETERS, nested - 1).none(),
                    findings);
    }

    /** A hash of a few characters; equality decides. */
    private static int sampled(String text) {
        int n = text.length();
        int hash = n;
        int step = Math.max(1, n >> 3);
        for (int i = n - 1; i >= 0; i -= step) hash = hash * 31 + text.charAt(i);
        return hash;
    }
}
