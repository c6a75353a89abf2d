package io.tierdrill.recorder.redact;

import java.util.List;
import java.util.Optional;

/**
 * Replaces the secrets in a text, wherever in it they stand and however they are written; all else stays as it is. One
 * thread.
 */
final class TextMask {
    /** So often a text is taken to be escaped: a URL in a URL in a URL, and two to spare. */
    static final int MOST_LAYERS = 5;

    private static final int MOST_NESTED = 3;
    private static final int SLOT_BITS = 14;
    /** Nobody repeats longer ones, and bodies can be huge. */
    private static final int MOST_KEPT = 1024;

    /** Sooner looked through than looked up. */
    private static final int SHORT = 32;

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
    /** Direct-mapped: texts seen lately, by their form. */
    private final Answer[][] known = new Answer[Form.values().length][1 << SLOT_BITS];

    /**
     * What became of a text.
     *
     * @param masked the same object as the text where there is no secret in it
     * @param kinds of the secrets in it, to be counted each time
     */
    private record Answer(String text, String masked, List<SecretKind> kinds) {}

    TextMask(Pseudonyms pseudonyms, SecretNames names, MaskedCounts counts) {
        this.pseudonyms = pseudonyms;
        this.counts = counts;
        this.quick = new QuickLook(names);
        this.pairs = new Pairs(names);
    }

    /** The same text where there is no secret in it. */
    String mask(String text, Form form) {
        if (text.length() <= SHORT && quick.isClean(text, form == Form.PARAMETERS)) return text;
        Answer answer = text.length() > MOST_KEPT ? made(text, form) : known(text, known[form.ordinal()], form);
        List<SecretKind> kinds = answer.kinds;
        for (int i = 0; i < kinds.size(); i++) counts.add(kinds.get(i));
        return answer.masked;
    }

    private Answer known(String text, Answer[] answers, Form form) {
        int slot = text.hashCode() * 0x9e3779b9 >>> Integer.SIZE - SLOT_BITS;
        Answer there = answers[slot];
        if (there != null && text.equals(there.text)) return there;
        return answers[slot] = made(text, form);
    }

    private Answer made(String text, Form form) {
        if (quick.isClean(text, form == Form.PARAMETERS)) return new Answer(text, text, List.of());
        List<Findings.Finding> findings = find(text, form, MOST_NESTED).apart();
        if (findings.isEmpty()) return new Answer(text, text, List.of());
        return new Answer(
                text,
                replaced(text, findings),
                findings.stream().map(Findings.Finding::kind).toList());
    }

    private String replaced(String text, List<Findings.Finding> findings) {
        StringBuilder masked = new StringBuilder(text.length() + Pseudonyms.LENGTH);
        int done = 0;
        for (Findings.Finding finding : findings) {
            masked.append(text, done, finding.from()).append(pseudonyms.of(finding.secret()));
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
}
