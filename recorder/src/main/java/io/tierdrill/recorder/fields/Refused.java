package io.tierdrill.recorder.fields;

/** A part of a document is no request. Cheap: it may happen for every part of a file. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MOST_SHOWN = 60;

    private final Flaw flaw;
    private final String place;
    private final String found;

    /**
     * @param place which field: a JSON pointer, a column; empty for the whole
     * @param found what stands there; shortened, and with nothing left in it that would upset a terminal
     */
    public Refused(Flaw flaw, String place, String found) {
        super(flaw.reason().meaning(), null, false, false);
        this.flaw = flaw;
        this.place = place;
        this.found = shown(found);
    }

    public Flaw flaw() {
        return flaw;
    }

    public String place() {
        return place;
    }

    /** In quotes, or {@code nothing}. */
    public String found() {
        return found;
    }

    private static String shown(String text) {
        if (text.isEmpty()) return "nothing";
        StringBuilder safe = new StringBuilder("\"");
        text.chars().limit(MOST_SHOWN).forEach(c -> {
            if (c >= 0x20 && c < 0x7f) safe.append((char) c);
            else safe.append(String.format("\\x%02x", c));
        });
        return safe.append(text.length() > MOST_SHOWN ? "\"..." : "\"").toString();
    }
}
