package io.tierdrill.load.check;

/** In what an answer can differ from what was expected. */
enum Kind {
    STATUS("status"),
    LENGTH("length"),
    HEADER("header"),
    BODY("body"),
    /** From the answer of an earlier run. */
    BASELINE("baseline");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    int bit() {
        return 1 << ordinal();
    }
}
